"""TimeML in and out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.errors import BadDate, SourceError, UndatedArticle
from dateline.reader.calendar import find, timeml

FILE = """<?xml version="1.0" ?>
<TimeML>
<DOCID>ferry_1</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2024-03-05" functionInDocument="CREATION_TIME">3/5/24</TIMEX3></DCT>
<TEXT>
The ferry <EVENT eid="e1" class="OCCURRENCE">sank</EVENT> <TIMEX3 tid="t1" type="DATE" value="2024-03-04">yesterday</TIMEX3>.
Holm &amp; Sons expect it back <TIMEX3 tid="t2" type="DATE" value="2024-W11" mod="START">early next week</TIMEX3>.
<TIMEX3 tid="t3" type="DATE" value="2024-03-05"/>
</TEXT>
<MAKEINSTANCE eventID="e1" eiid="ei1" tense="PAST"/>
</TimeML>
"""


def test_a_file_is_read_with_its_annotations() -> None:
    document = timeml.parse(FILE)
    assert document.published == date(2024, 3, 5)
    assert "The ferry sank yesterday.\nHolm & Sons" in document.text
    assert [(t.span.of(document.text), t.type, t.value, t.mod) for t in document.times] == [
        ("yesterday", "DATE", "2024-03-04", None),
        ("early next week", "DATE", "2024-W11", "START"),
    ]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    (source / "deep").mkdir(parents=True)
    (source / "deep" / "a.tml").write_text(FILE, encoding="utf-8")
    (source / "b.tml").write_text("<TimeML><TEXT>No date.</TEXT></TimeML>", encoding="utf-8")
    written, errors = timeml.tag_folder(source, out, find)
    assert written == [out / "deep" / "a.tml"]
    assert [type(error) for error in errors] == [UndatedArticle]
    assert "b.tml" in str(errors[0])
    before, after = timeml.parse(FILE), timeml.parse(written[0].read_text(encoding="utf-8"))
    assert after.text == before.text
    assert [(t.span, t.value, t.mod) for t in after.times] == [(t.span, t.value, t.mod) for t in before.times]
    assert "EVENT" not in written[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("no markup", SourceError),
        ('<DCT><TIMEX3 value="2024-02-31">x</TIMEX3></DCT><TEXT>x</TEXT>', BadDate),
    ],
)
def test_a_fault_is_named(content: str, error: type[SourceError]) -> None:
    with pytest.raises(error, match=r"faulty\.tml"):
        timeml.parse(content, "faulty.tml")
