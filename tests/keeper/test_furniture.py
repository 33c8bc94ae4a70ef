"""Lines that an outlet repeats are its furniture; lines of its reports are not."""

from __future__ import annotations

import json
from datetime import date, timedelta

from dateline.keeper.furniture import RECURS, Furniture, digest, edges
from dateline.keeper.reports import Report
from dateline.records import Article, Reading

DAY = date(2024, 3, 5)
NOTICE = "We use cookies to see which pages are read."


def report(number: int, *lines: str, title: str | None = None) -> Reading:
    text = "\n".join([NOTICE, f"Report {number} has a line of its own.", *lines])
    return Reading(Article(f"a{number}", f"a{number}.txt", DAY, text, title or f"Title {number}"))


def count(furniture: Furniture, outlet: str, reading: Reading, day: date = DAY) -> None:
    furniture.count(outlet, Report.of(reading).headline, edges(reading.article.text), day)


def counted(readings: list[Reading], outlet: str = "Meridian") -> Furniture:
    furniture = Furniture()
    for reading in readings:
        count(furniture, outlet, reading)
    return furniture


def told(furniture: Furniture, outlet: str, *lines: str) -> list[str]:
    """Those of `lines` that are furniture of `outlet`."""
    return [line for line in lines if digest(f" {line} ") in furniture.of(outlet)]


def test_a_line_of_several_articles_is_furniture_from_the_third_on() -> None:
    assert counted([report(n) for n in range(RECURS - 1)]).of("Meridian") == frozenset()
    furniture = counted([report(n) for n in range(RECURS)])
    assert told(furniture, "Meridian", NOTICE, "Report 1 has a line of its own.") == [NOTICE]


def test_versions_of_one_article_count_once() -> None:
    assert counted([report(n, title="One title") for n in range(9)]).of("Meridian") == frozenset()


def test_outlets_are_apart_and_one_without_a_name_has_none() -> None:
    furniture = counted([report(n) for n in range(5)])
    assert furniture.of("Courier") == frozenset()
    assert counted([report(n) for n in range(5)], outlet="").of("") == frozenset()


def test_long_lines_are_text_and_the_middle_of_an_article_is_not_looked_at() -> None:
    long = "A sentence that is said in every report. " * 12
    assert told(counted([report(n, long) for n in range(5)]), "Meridian", long.strip(), NOTICE) == [NOTICE]
    filling = [f"Line {k}." for k in range(40)]
    middle = [
        report(n, *(f"{n} {f}" for f in filling[:20]), "In the middle.", *(f"{n} {f}" for f in filling[20:]))
        for n in range(5)
    ]
    assert told(counted(middle), "Meridian", "In the middle.", NOTICE) == [NOTICE]


def test_what_is_not_seen_again_is_forgotten() -> None:
    furniture = counted([report(n) for n in range(RECURS)])
    other = Reading(Article("b", "b.txt", DAY, "Another line.", "Another"))
    count(furniture, "Courier", other, DAY + timedelta(days=60))
    assert told(furniture, "Meridian", NOTICE) == [NOTICE]
    count(furniture, "Courier", other, DAY + timedelta(days=61))
    assert furniture.of("Meridian") == frozenset()


def test_what_is_kept_goes_on_as_before() -> None:
    furniture = counted([report(n) for n in range(RECURS - 1)])
    again = Furniture()
    again.load(json.loads(json.dumps(furniture.dump())))
    count(again, "Meridian", report(RECURS))
    assert told(again, "Meridian", NOTICE) == [NOTICE]
