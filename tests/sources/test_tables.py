"""Tables as data sets, news services and spreadsheets write them."""

from __future__ import annotations

import csv
import io
import json
import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import UndatedArticle
from tests.sources.conftest import Reads

TEXT = "The lock at Merrow will be drained on Monday, the canal trust said."
DAY = date(2023, 8, 4)


@pytest.mark.parametrize(
    "row",
    [
        {"headline_text": "Lock to be drained", "publish_date": "20230804"},
        {"title": "Lock", "pubDate": "Fri, 04 Aug 2023 09:00:00 GMT", "description": TEXT},
        {"headline": "Lock", "short_description": TEXT, "date": "2023-08-04"},
        {"Title": "Lock to be drained", "Date": "2023-08-04 12:30:00", "URL": "https://a.example/1"},
        {"title": "Lock to be drained", "publish_date": "2023-08-04", "media_name": "a.example", "indexed_date": "2023-08-09"},
        {"headline": {"main": "Lock"}, "lead_paragraph": TEXT, "abstract": "short", "pub_date": "2023-08-04T09:00:00+0000"},
        {"title": "Lock", "plaintext": TEXT, "publishing_date": "2023-08-04 09:00:00+00:00"},
        {"Title": "Lock", "Abstract Note": TEXT, "Date": "2023-08-04", "Date Added": "2023-09-01", "Access Date": "2023-09-02"},
        {"title": "Lock", "summary": TEXT, "published_at": "2023-08-04"},
        {"titel": "Lock", "text": TEXT, "datum": "04.08.2023"},
        {"webTitle": "Lock", "webPublicationDate": "2023-08-04T09:00:00Z", "fields": {"bodyText": TEXT}},
    ],
)  # fmt: skip
def test_usual_columns_are_known(read: Reads, row: dict[str, object]) -> None:
    article = read("a.jsonl", json.dumps(row)).only
    assert article.published == DAY
    assert article.text in (TEXT, "Lock to be drained")
    assert article.title
    assert article.dated_by == "column"


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "ok", "totalResults": 1, "articles": [{"title": "Lock", "publishedAt": "2023-08-04T09:00:00Z", "content": TEXT}]},
        {"articles": [{"title": "Lock", "seendate": "20230804T090000Z", "url": "https://a.example/1"}]},
        {"response": {"docs": [{"headline": {"main": "Lock"}, "snippet": TEXT, "pub_date": "2023-08-04T09:00:00Z"}]}},
        {"hits": {"hits": [{"_source": {"title": "Lock", "text": TEXT, "date": "2023-08-04"}}]}},
        {"data": [{"title": "Lock", "description": TEXT, "published_at": "2023-08-04"}]},
    ],
)  # fmt: skip
def test_answers_of_services_are_opened(read: Reads, answer: dict[str, object]) -> None:
    article = read("a.json", json.dumps(answer)).only
    assert (article.published, article.title) == (DAY, "Lock")


def test_a_text_that_a_service_cut_is_told(read: Reads) -> None:
    found = read(
        "a.json",
        json.dumps({"articles": [{"publishedAt": "2023-08-04", "content": TEXT + " And… [+812 chars]"}]}),
    )
    assert found.only.text == TEXT + " And…"
    assert "cut 1 text short" in found.warnings[0]


def test_an_address_is_no_publisher(read: Reads) -> None:
    row = {
        "text": TEXT,
        "date": "2023-08-04",
        "source": "https://a.example/1",
        "source-hostname": "Merrow Echo",
        "hostname": "a.example",
    }
    article = read("a.json", json.dumps(row)).only
    assert (article.publisher, article.url) == ("Merrow Echo", "https://a.example/1")


def test_markup_in_a_cell_becomes_text(read: Reads) -> None:
    row = {
        "date": "2023-08-04",
        "content": "<p>First &amp; foremost.</p><script>x()</script><p>Second<br>line.</p>",
    }
    assert read("a.json", json.dumps(row)).only.text == "First & foremost.\n\nSecond\nline."


def test_a_column_of_days_is_judged_as_a_whole(read: Reads) -> None:
    found = read("a.csv", f"date,text\n4/8/2023,{TEXT}\n25/12/2023,{TEXT}\n")
    assert [a.published for a in found.articles] == [DAY, date(2023, 12, 25)]


def test_a_column_that_may_be_read_twice_is_refused_in_one_message(read: Reads) -> None:
    rows = "".join(f"4/{month}/2023,{TEXT}\n" for month in (5, 6, 8))
    problem = read("a.csv", "date,text\n" + rows).problem
    assert "'4/5/2023' may be 2023-05-04 or 2023-04-05" in problem
    assert "--date-order" in problem
    assert "2 more rows" in problem
    assert read("b.csv", "date,text\n" + rows, date_order="dmy").articles[2].published == DAY


def test_many_bad_rows_make_one_message_that_quotes_the_first(read: Reads) -> None:
    found = read("a.csv", "date,text\n2023-08-04,Whole.\n" + "soon,Undated.\n" * 3000)
    assert len(found.articles) == 1
    (problem,) = found.problems
    assert "'soon' tells no day" in str(problem)
    assert "2,999 more rows" in str(problem)


def test_empty_rows_are_skipped_and_empty_texts_named(read: Reads) -> None:
    found = read("a.csv", "date,title,text\n2023-08-04,Lock,Whole.\n,,\n2023-08-05,Empty,\n")
    assert len(found.articles) == 1
    assert "#4" in str(found.problems[0])
    assert "the text is empty" in str(found.problems[0])


def test_a_missing_header_is_told(read: Reads) -> None:
    problem = read("a.csv", f"2023-08-04,Lock,{TEXT}\n2023-08-05,Lock,{TEXT}\n").problem
    assert "names no columns" in problem
    assert "date,title,text" in problem


def test_a_header_without_text_is_told_once(read: Reads) -> None:
    assert "no text among the columns id, when" in read("a.csv", "id,when\n" + "1,2023-08-04\n" * 50).problem
    assert "there is no column 'words'" in read("b.csv", "id,when\n1,2\n", columns={"text": "words"}).problem


def test_a_quotation_mark_that_is_never_closed_loses_one_row(read: Reads) -> None:
    found = read(
        "a.csv",
        'date,text\n2023-08-03,One.\n2023-08-04,"Two.\n2023-08-05,Three.\n2023-08-06,"Four, quoted."\n',
    )
    assert [a.text for a in found.articles] == ["One.", "Three.", "Four, quoted."]
    assert "#3" in str(found.problems[0])
    assert "quotation mark" in str(found.problems[0])


def test_a_cell_of_several_lines_is_whole(read: Reads) -> None:
    found = read("a.csv", 'date,text\n2023-08-03,"One.\n\nTwo ""quoted""."\n2023-08-05,Three.\n')
    assert [a.text for a in found.articles] == ['One.\n\nTwo "quoted".', "Three."]


@pytest.mark.parametrize(
    ("encoding", "warned"), [("utf-8", False), ("utf-8-sig", False), ("cp1252", True), ("utf-16", False)]
)
def test_what_excel_saves(read: Reads, encoding: str, warned: bool) -> None:
    table = "sep=;\r\nDatum;Titel;Text;Quelle\r\n04.08.2023;Schleuse;“We are sorry,” said Zoë Lünd – of the trust.;Echo\r\n"
    found = read("a.csv", table.encode(encoding))
    assert found.only.text == "“We are sorry,” said Zoë Lünd – of the trust."
    assert (found.only.published, found.only.publisher) == (DAY, "Echo")
    assert bool(found.warnings) == warned
    assert not warned or "Windows-1252" in found.warnings[0]


@pytest.mark.parametrize("line", ["sep=", 'sep="', "sep=, or ;", "sep=\r"])
def test_a_first_line_that_tells_no_separator_is_a_header(read: Reads, line: str) -> None:
    found = read("a.csv", f"{line}\ndate,text\n2023-08-04,The lock was drained.\n")
    assert "a.csv" in found.problem


def test_commas_outside_quotation_marks_stay_in_the_text(read: Reads) -> None:
    found = read("a.csv", "date,title,text\n2023-08-04,Lock,“Sorry,” said Zoë, who runs it.\n")
    assert found.only.text == "“Sorry,” said Zoë, who runs it."


def test_mojibake_is_mended_and_told(read: Reads) -> None:
    broken = "“We’re sorry,” said Zoë.".encode().decode("cp1252", "ignore")
    found = read("a.jsonl", json.dumps({"date": "2023-08-04", "text": broken}))
    assert "Zoë" in found.only.text
    assert "mended" in found.warnings[0]


def test_rows_above_others_add_only_themselves(read: Reads) -> None:
    old = [{"date": "2023-08-04", "text": f"Report {n}."} for n in range(3)]
    before = read("a.jsonl", "\n".join(map(json.dumps, old)))
    after = read("a.jsonl", "\n".join(map(json.dumps, [{"date": "2023-08-05", "text": "New."}, *old])))
    assert {a.id for a in before.articles} == {a.id for a in after.articles[1:]}


def test_a_row_is_known_by_its_address(read: Reads) -> None:
    rows = [{"date": "2023-08-04", "title": "Lock shut", "url": f"https://{host}.example/"} for host in "ab"]
    assert len({a.id for a in read("a.jsonl", "\n".join(map(json.dumps, rows))).articles}) == 2


def test_no_date_column(read: Reads) -> None:
    found = read("a.csv", f"title,text\nLock,{TEXT}\n")
    assert isinstance(found.problems[0], UndatedArticle)
    assert "--map published=COLUMN" in found.problem


def test_quotation_marks_that_are_never_closed_cost_no_time(read: Reads) -> None:
    # on every line one that opens to the end of the file
    lines = "date,text\n" + '2023-08-04,x"y,"z\n' * 30_000 + '2023-08-04,"\n'
    begun = time.process_time()
    found = read("a.csv", lines)
    assert time.process_time() - begun < 10
    assert any("never closed" in str(problem) for problem in found.problems)


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
PARAGRAPHS = st.lists(CELL.filter(str.strip), min_size=1, max_size=3).map("\n".join)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PARAGRAPHS, min_size=1, max_size=4))
def test_every_row_comes_back_from_csv_and_json_lines(read: Reads, texts: list[str]) -> None:
    """Whatever quotation marks, commas and scripts a text holds, a table gives it back, and as many rows as it has."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["date", "text"], *(["2023-08-04", text] for text in texts)])
    rows = "\n".join(json.dumps({"date": "2023-08-04", "text": text}) for text in texts)
    from_csv, from_json = read("a.csv", out.getvalue()), read("a.jsonl", rows)
    assert [a.text for a in from_csv.articles] == [a.text for a in from_json.articles]
    assert len(from_json.articles) == len(texts) or from_json.problems


def test_a_headline_of_blanks_is_no_text(read: Reads) -> None:
    found = read("a.csv", "date,title\n2023-08-04,\xa0\n2023-08-04,Lock drained\n")
    assert [a.text for a in found.articles] == ["Lock drained"]
    assert "the text is empty" in str(found.problems[0]) or "no text" in str(found.problems[0])
