"""What a round changed, as people and as programs are told it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

from rich.console import Console

from dateline.records import Article, Member, Outcome
from dateline.views import news
from dateline.watching import Changes, NewReport, Round
from tests.test_watching import MONDAY, dispute, expected, passage, state

SUMMARY = state().stories[0].summary
ARTICLE = Article(
    "a2", "echo2.txt", MONDAY, "The lock opened.", title="Lock \x1b[2Jopens", publisher="Merrow Echo"
)
SETTLED = replace(expected("met"), outcome=Outcome("met", passage("a2", 7)))
TOLD = Round(
    datetime(2024, 6, 3, 9, 30, tzinfo=UTC),
    date(2024, 6, 3),
    Changes(
        (NewReport(SUMMARY, Member("a2", "echo2.txt", MONDAY), ARTICLE),),
        (expected(), expected("overdue")),
        (SETTLED,),
        (dispute("14", "20"),),
    ),
)


def handle(article: str) -> str:
    return f"Echo 3 Jun {article}"


def shown(told: Round) -> str:
    out = io.StringIO()
    news.show(Console(file=out, width=40), told, handle)
    return out.getvalue()


def test_people_are_told_each_kind_with_its_source() -> None:
    lines = shown(TOLD).splitlines()
    assert lines[0] == "2024-06-03 09:30  1 new report, 2 newly due, 1 newly settled, 1 newly disputed"
    # a line of its own each, however narrow the terminal, without what would drive it
    assert lines[1] == "  new  2024-06-03  Lock [2Jopens  Echo 3 Jun a2 · story s1 Lock"
    assert lines[2] == "  due  7 June 2024: the lock opens  (Echo 3 Jun a1:0)"
    assert lines[3].startswith("  no report found  7 June 2024: the lock opens")
    assert lines[4].startswith("  met  7 June 2024: the lock opens")
    assert lines[5] == "    → words (Echo 3 Jun a2:7)"
    assert lines[6:] == [
        "  disputed  How many?",
        "    14: words (Echo 3 Jun a1:0)",
        "    20: words (Echo 3 Jun a2:0)",
    ]


def test_a_copy_and_a_new_version_are_called_so() -> None:
    for member, word in (
        (Member("a2", "x.txt", MONDAY, duplicate_of="a1"), "  copy  "),
        (Member("a2", "x.txt", MONDAY, revision_of="a1"), "  new version  "),
    ):
        told = replace(TOLD, changes=Changes((NewReport(SUMMARY, member, ARTICLE),)))
        assert shown(told).splitlines()[1].startswith(word)


def test_a_post_of_a_live_blog_is_told_from_the_others_by_how_it_begins() -> None:
    post = replace(
        ARTICLE, title="Storm: live", dated_by="post", text="The harbour has been closed.\nMore to come."
    )
    for article, named in (
        (post, "Storm: live · The harbour has been closed. More to come."),
        (replace(post, title=None), "The harbour has been closed. More to come."),
        (replace(post, title="The harbour has been closed."), "The harbour has been closed. More to come."),
        (replace(post, dated_by="feed"), "Storm: live"),
    ):
        told = replace(TOLD, changes=Changes((NewReport(SUMMARY, Member("a2", "x.txt", MONDAY), article),)))
        assert shown(told).splitlines()[1] == f"  new  2024-06-03  {named}  Echo 3 Jun a2 · story s1 Lock"


def test_programs_get_a_row_a_change() -> None:
    found = [json.loads(json.dumps(row)) for row in news.change_rows(TOLD)]
    assert [row["change"] for row in found] == ["report", "due", "due", "settled", "disputed"]
    assert {row["at"] for row in found} == {"2024-06-03T09:30:00+00:00"}
    assert (found[0]["id"], found[0]["story"], found[0]["title"]) == ("a2", "s1", ARTICLE.title)
    assert [row["status"] for row in found[1:4]] == ["open", "overdue", "met"]
    assert [v["value"] for v in found[4]["values"]] == ["14", "20"]


def test_a_message_has_words_and_rows() -> None:
    sent = news.message(TOLD, handle)
    assert sent["text"].startswith("1 new report, 2 newly due")
    assert "How many?" in sent["text"]
    assert (sent["as_of"], len(sent["changes"])) == ("2024-06-03", 5)
    assert news.summary(Changes()) == "nothing new"
