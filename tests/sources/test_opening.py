"""Files, folders, globs and standard input become articles; bad input is named and loses nothing."""

from __future__ import annotations

import io
import os
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import BadDate, SourceError, UndatedArticle
from dateline.records import Article
from dateline.sources import SourceOptions, SourceWarning, open_source
from dateline.sources.bounds import can_be_seen

REPORT = "date 2024-05-02 The bridge at Arlen was closed on Thursday.\n\nIt will reopen tomorrow."


def articles(found: object) -> list[Article]:
    return [f for f in found if isinstance(f, Article)]  # type: ignore[attr-defined]


def problems(found: object) -> list[SourceError]:
    return [f for f in found if isinstance(f, SourceError)]  # type: ignore[attr-defined]


def test_dated_text_keeps_everything_after_the_header(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(" " + REPORT + "\n\n", encoding="utf-8")
    (article,) = open_source(str(path))
    assert isinstance(article, Article)
    assert article.published == date(2024, 5, 2)
    assert article.text == REPORT.removeprefix("date 2024-05-02 ")
    assert article.source == str(path)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1))
def test_dated_text_is_otherwise_unchanged(body: str) -> None:
    from dateline.sources import dated_text

    if not can_be_seen(body):
        with pytest.raises(SourceError):
            dated_text.read_text(f"date 2024-05-02 {body}", "a.txt", SourceOptions())
        return
    (article,) = dated_text.read_text(f"date 2024-05-02 {body}", "a.txt", SourceOptions())
    assert article.text == body.strip()


def test_a_headline_becomes_the_title_and_stays_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("date 2024-05-02\nBridge at Arlen closed\n\nIt will reopen tomorrow.", encoding="utf-8")
    (article,) = articles(open_source(str(path)))
    assert article.title == "Bridge at Arlen closed"
    assert article.text.startswith("Bridge at Arlen closed\n")


def test_a_first_sentence_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    (article,) = articles(open_source(str(path)))
    assert article.title is None


@pytest.mark.parametrize(
    ("name", "data", "error", "says"),
    [
        ("undated.txt", b"The bridge was closed.", UndatedArticle, "--date"),
        ("impossible.txt", b"date 2022-02-30 The bridge was closed.", BadDate, "2022-02-30"),
        ("empty.txt", b"", SourceError, "empty"),
        ("blank.txt", b" \n\t\n", SourceError, "empty"),
        ("header-only.txt", b"date 2024-05-02\n", SourceError, "no text"),
        ("binary.txt", b"date 2024-05-02 \0\x01\x02\xff\xfe", SourceError, "binary"),
        ("picture.jpg", bytes(range(128, 256)) * 20, SourceError, "binary"),
        ("bad.jsonl", b'{"text": "A.", "date": "2024-13-01"}', BadDate, "2024-13-01"),
        ("nothing.html", b"<html><body></body></html>", SourceError, "no article"),
    ],
)
def test_bad_files_are_named_with_the_reason(
    tmp_path: Path, name: str, data: bytes, error: type[SourceError], says: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (found,) = open_source(str(tmp_path / name))
    assert isinstance(found, error)
    assert name in str(found)
    assert says in str(found)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (found,) = open_source(str(tmp_path / "gone.txt"))
    assert isinstance(found, SourceError)
    assert "gone.txt" in str(found)
    assert "no such file" in str(found)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(REPORT, encoding="utf-8")
    path.chmod(0)
    (found,) = open_source(str(path))
    assert isinstance(found, SourceError)
    assert "secret.txt" in str(found)


def test_good_files_beside_bad_ones_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_text("no date here", encoding="utf-8")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "c.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / ".hidden").write_text("not for us", encoding="utf-8")
    found = list(open_source(str(tmp_path)))
    assert [a.source for a in articles(found)] == [
        str(tmp_path / "a.txt"),
        str(tmp_path / "deeper" / "c.txt"),
    ]
    assert len(problems(found)) == 1


def test_a_given_date_serves_where_the_file_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The bridge was closed.", encoding="utf-8")
    (article,) = articles(open_source(str(tmp_path), SourceOptions(date(2024, 5, 2))))
    assert article.published == date(2024, 5, 2)


@pytest.mark.parametrize(
    "line", ["2 May 2024", "May 2, 2024", "Thursday, 2 May 2024", "Published: 2024-05-02"]
)
def test_a_date_on_a_line_of_its_own_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text(f"Bridge closed\n{line}\n\nThe bridge was closed.", encoding="utf-8")
    (article,) = articles(open_source(str(tmp_path)))
    assert article.published == date(2024, 5, 2)


def test_bytes_that_are_not_utf8_are_read_as_windows_writes_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("date 2024-05-02 The caf\xe9 at Arlen closed.".encode("latin-1"))
    warning, article = open_source(str(tmp_path / "a.txt"))
    assert isinstance(warning, SourceWarning)
    assert "a.txt" in warning.message
    assert "Windows-1252" in warning.message
    assert isinstance(article, Article)
    assert article.text == "The café at Arlen closed."


def test_a_page_is_decoded_as_it_declares(tmp_path: Path) -> None:
    page = (
        '<html><head><meta charset="latin-1"><title>Café closed</title><meta property="article:published_time" '
        'content="2024-05-02T10:00:00Z"></head><body><article><h1>Café closed</h1><p>The café at Arlen was closed on Thursday '
        "after a long inspection of its kitchen, the city said.</p><p>It will reopen next week if all goes well.</p></article></body></html>"
    )
    (tmp_path / "a.html").write_bytes(page.encode("latin-1"))
    (article,) = open_source(str(tmp_path / "a.html"))
    assert isinstance(article, Article)
    assert article.published == date(2024, 5, 2)
    assert "The café at Arlen was closed" in article.text


def test_byte_order_marks_are_understood(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-16")
    (tmp_path / "b.txt").write_text(REPORT, encoding="utf-8-sig")
    assert {a.text for a in articles(open_source(str(tmp_path)))} == {REPORT.removeprefix("date 2024-05-02 ")}


def test_json_lines_map_usual_names_and_keep_good_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"headline": "One", "content": "First text.", "date": "2024-05-02T09:30:00+00:00", "source": {"name": "Post"}}\n'
        "not json\n"
        '{"content": "Second text.", "date": 1714640400}\n'
        '["a", "list"]\n'
        '{"date": "2024-05-02"}\n',
        encoding="utf-8",
    )
    found = list(open_source(str(path)))
    one, two = articles(found)
    assert (one.title, one.text, one.publisher) == ("One", "First text.", "Post")
    assert one.published_at is not None
    assert one.published_at.hour == 9
    assert two.published == date(2024, 5, 2)
    assert [str(p).partition(":")[0] for p in problems(found)] == [f"{path}#2", f"{path}#4", f"{path}#5"]


def test_csv_columns_can_be_mapped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('when;words\n2024-05-02;"Text; with a semicolon"\n;Undated\n', encoding="utf-8")
    found = list(open_source(str(path), SourceOptions(columns={"published": "when", "text": "words"})))
    (article,) = articles(found)
    assert article.text == "Text; with a semicolon"
    (problem,) = problems(found)
    assert isinstance(problem, UndatedArticle)


def test_a_glob_gives_its_matches_and_an_empty_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "a1.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b1.txt").write_text(REPORT, encoding="utf-8")
    assert [Path(a.source).name for a in articles(open_source(str(tmp_path / "a*.txt")))] == ["a1.txt"]
    assert problems(open_source(str(tmp_path / "c*.txt")))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode())))
    (article,) = articles(open_source("-"))
    assert article.source == "-"


def test_the_same_file_elsewhere_keeps_its_id(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(REPORT, encoding="utf-8")
    one, two = articles(open_source(str(tmp_path)))
    assert one.id == two.id
    assert one.source != two.source
