"""How attributions are joined, written as brat files and counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.bench.statements import (
    PARTS,
    Attribution,
    attribution,
    join,
    predict,
    quotations,
    read_brat,
    write_brat,
)
from dateline.errors import SourceError
from dateline.reader.model import Labelled
from dateline.records import Span, Statement

TEXT = "“The ferry is safe,” said Nell Harker, “and full.” The mayor denied it, and Orvo Stark said it sank."


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


HARKER = Attribution(
    [span("Nell Harker")], [span("said")], [span("“The ferry is safe,”"), span("“and full.”")]
)
STARK = Attribution(
    [span("Orvo Stark")], [Span(TEXT.rindex("said"), TEXT.rindex("said") + 4)], [span("it sank")]
)


def tags(*attributions: Attribution) -> list[Labelled]:
    return [
        Labelled(s.start, s.end, part.upper(), 1.0)
        for a in attributions
        for part in PARTS
        for s in a.part(part)
    ]


def test_tags_are_joined_to_the_nearest_and_a_quotation_goes_on_behind_its_speaker() -> None:
    assert join(TEXT, tags(HARKER, STARK)) == [HARKER, STARK]


def test_two_cues_share_a_source() -> None:
    text = "Nell Harker said it sank and warned of fog."
    found = join(
        text,
        [
            Labelled(0, 11, "SOURCE", 1.0),
            Labelled(12, 16, "CUE", 1.0),
            Labelled(17, 24, "CONTENT", 1.0),
            Labelled(29, 35, "CUE", 1.0),
            Labelled(36, 42, "CONTENT", 1.0),
        ],
    )
    assert [a.source for a in found] == [[Span(0, 11)], [Span(0, 11)]]
    assert [a.content for a in found] == [[Span(17, 24)], [Span(36, 42)]]


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 9), st.sampled_from(PARTS)), max_size=12))
def test_no_tag_is_lost_in_joining(places: list[tuple[int, int, str]]) -> None:
    given_tags = [Labelled(a, a + n, part.upper(), 1.0) for a, n, part in places]
    found = join(TEXT, given_tags)
    for part in PARTS:
        assert {s for a in found for s in a.part(part)} == {Span(a, a + n) for a, n, p in places if p == part}


def test_brat_files_read_back_as_written() -> None:
    written = write_brat(TEXT, [HARKER, STARK])
    assert read_brat(written) == [HARKER, STARK]
    assert "T1\tSource 26 37\tNell Harker\n" in written
    assert "\tContent 0 20;39 50\t“The ferry is safe,” “and full.”\n" in written


def test_a_marked_stretch_may_hold_a_line_break() -> None:
    marks = (
        "T1\tCue 12 16\tsaid\nT2\tContent 17 30\tit sank.\nThe end\nE1\tAttribution:T1 Cue:T1 Content:T2\n"
    )
    assert read_brat(marks) == [Attribution(cue=[Span(12, 16)], content=[Span(17, 30)])]


def test_an_attribution_without_a_source_says_so() -> None:
    written = write_brat(TEXT, [Attribution(cue=HARKER.cue, content=HARKER.content)])
    assert "Attribution-no-source:" in written
    assert "Source:" not in written


def test_predict_writes_a_file_for_each_text_with_offsets_of_the_file(tmp_path: Path) -> None:
    content = "A storm came.\r\n\r\nIt sank, said Nell Harker."
    (tmp_path / "storm.txt").write_bytes(content.encode())
    at = content.index("It sank")
    made = Attribution([Span(at + 14, at + 25)], [Span(at + 9, at + 13)], [Span(at, at + 7)])
    seen: list[str] = []

    def attribute(text: str) -> list[Attribution]:
        seen.append(text)
        return [made]

    assert predict(tmp_path, tmp_path / "out", attribute) == 1
    assert seen == [content]
    assert read_brat((tmp_path / "out" / "storm.ann").read_text(encoding="utf-8")) == [made]


def test_predict_says_what_is_wrong_with_its_input(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no \.txt files"):
        predict(tmp_path, tmp_path / "out", lambda _: [])
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(SourceError, match=r"bad\.txt: not UTF-8"):
        predict(tmp_path, tmp_path / "out", lambda _: [])


def test_a_perfect_answer_and_a_cut_one() -> None:
    gold = [(TEXT, [HARKER, STARK])]
    assert set(attribution(lambda _: [HARKER, STARK], gold).values()) == {100.0}
    cut = Attribution([span("Harker")], HARKER.cue, HARKER.content)
    figures = attribution(lambda _: [cut, STARK], gold)
    assert figures["source exact F1"] == pytest.approx(50)  # one of two names whole
    assert figures["source partial F1"] == pytest.approx(200 * 3 / 7)  # three of four words
    assert figures["attribution F1"] == pytest.approx(100)  # every part still touches


def test_the_wrong_speaker_spoils_the_attribution_alone() -> None:
    crossed = [
        Attribution(STARK.source, HARKER.cue, HARKER.content),
        Attribution(HARKER.source, STARK.cue, STARK.content),
    ]
    figures = attribution(lambda _: crossed, [(TEXT, [HARKER, STARK])])
    assert figures["source exact F1"] == 100.0
    assert figures["attribution F1"] == 0.0


def test_quotations_by_kind() -> None:
    def told(words: str, kind: str, speaker: str | None) -> Statement:
        return Statement(span(words), "direct" if kind == "direct" else "indirect", speaker=speaker)

    gold = [
        ("a", "The ferry is safe,", "direct", "Nell Harker"),
        ("a", "and full.", "direct", "Nell Harker"),
        ("a", "it sank", "indirect", "Orvo Stark"),
    ]
    found = [
        told("The ferry is safe,", "direct", "Harker"),
        told("The mayor denied it", "direct", None),
        told("it sank", "indirect", "Nell Harker"),
    ]
    figures = quotations({"a": (TEXT, found)}, gold)
    assert figures["direct F1"] == pytest.approx(50)  # one of two told, one of two wanted
    assert figures["direct speaker"] == 100.0
    assert figures["indirect and mixed recall"] == 100.0
    assert figures["indirect and mixed speaker"] == 0.0
