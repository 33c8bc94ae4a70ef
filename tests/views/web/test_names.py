"""What reports are called on a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

from dateline.notebook import Notebook
from dateline.records import ArticleSummary, Evidence, Span
from dateline.views.web.names import Names

DAY = date(2024, 3, 5)


class _Book:
    """A notebook that knows three reports of one outlet, two of one day."""

    def article_summaries(self, ids: Iterable[str]) -> dict[str, ArticleSummary]:
        told = {"a": ("Depots stand still", DAY), "b": (None, DAY), "c": (None, date(2023, 3, 5))}
        opening = "No tram left the depots of Arlen this morning. " * 6
        return {
            i: ArticleSummary(i, f"{i}.txt", told[i][1], told[i][0], None, "Arlen Post", opening) for i in ids
        }


def _passage(article: str, start: int = 0) -> Evidence:
    return Evidence(article, f"{article}.txt", Span(start, start + 5), "words", DAY)


def test_a_report_without_a_headline_is_told_by_how_it_begins() -> None:
    names = Names(cast(Notebook, _Book()), DAY, {})
    assert names.title("a") == "Depots stand still"
    assert names.title("b").startswith("No tram left the depots of Arlen this morning.")
    assert len(names.title("b")) <= 110


def test_a_headline_is_not_said_again_beside_itself() -> None:
    named = ArticleSummary("a", "a.txt", DAY, "Depots stand still", None, "Depots stand still")
    cut = ArticleSummary("b", "b.txt", DAY, "Depots stand still for a third day", None, "Depots stand still…")
    names = Names(cast(Notebook, _Book()), DAY, {"a": named, "b": cut})
    assert [names.beside_title(i).replace("\N{NO-BREAK SPACE}", " ") for i in "abc"] == [
        "5 March",
        "5 March",
        "Arlen Post, 5 March 2023",
    ]


def test_a_second_report_of_an_outlet_and_day_is_told_apart() -> None:
    names = Names(cast(Notebook, _Book()), DAY, {})
    reports = names.reports([_passage("a"), _passage("b"), _passage("a", 9), _passage("c")])
    assert [(r.name.replace("\N{NO-BREAK SPACE}", " "), len(r.evidence)) for r in reports] == [
        ("Arlen Post, 5 March", 2),
        ("Arlen Post, 5 March (2)", 1),
        ("Arlen Post, 5 March 2023", 1),
    ]
