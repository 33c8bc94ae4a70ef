"""What changed between two looks at a notebook, and rounds over a site that fails, changes and asks to be left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from dateline.errors import NotebookInUse
from dateline.notebook import Notebook
from dateline.reader import Reader
from dateline.records import (
    Disagreement,
    DisagreementValue,
    Evidence,
    ExpectationSource,
    Interval,
    LedgerEntry,
    Member,
    Outcome,
    Span,
    Status,
    StorySummary,
)
from dateline.sources import Fetcher, SourceOptions, make_article
from dateline.store import open_store
from dateline.story import Story
from dateline.watching import Changes, State, StoryState, Watch, compare, look
from tests.end_to_end.test_changes import FIRST, SECOND
from tests.plain_model import PlainModel
from tests.sources.conftest import Site, site  # noqa: F401 - a fixture
from tests.sources.test_feeds import item, rss
from tests.test_adding import Listing, opened

pytestmark = pytest.mark.usefixtures("plain_judge")

MONDAY = date(2024, 6, 3)
REPORT = Member("a1", "echo.txt", MONDAY)


def passage(article: str = "a1", start: int = 0) -> Evidence:
    return Evidence(article, f"{article}.txt", Span(start, start + 5), "words", MONDAY)


def expected(
    status: Status = "open", due: date | None = date(2024, 6, 7), *told: Evidence, name: str = "x1"
) -> LedgerEntry:
    interval = Interval(due, due) if due else None
    sources = tuple(ExpectationSource(e, None, interval, status) for e in told or (passage(),))
    return LedgerEntry(name, "s1", "the lock opens", None, interval, "expected", sources, Outcome(status))


def dispute(*values: str, articles: Sequence[str] = ("a1", "a2"), about: str = "How many?") -> Disagreement:
    pairs = zip(values, articles, strict=True)
    return Disagreement("s1", about, MONDAY, tuple(DisagreementValue(v, passage(a)) for v, a in pairs))


def state(
    day: date = MONDAY,
    members: Sequence[Member] = (REPORT,),
    expectations: Sequence[LedgerEntry] = (),
    disagreements: Sequence[Disagreement] = (),
) -> State:
    summary = StorySummary("s1", "Lock", MONDAY, MONDAY, tuple(members))
    return State(day, (StoryState(summary, tuple(expectations), tuple(disagreements)),))


def due(before: State, after: State) -> list[str]:
    return [e.outcome.status for e in compare(before, after).due]


def settled(before: State, after: State) -> list[str]:
    return [e.outcome.status for e in compare(before, after).settled]


def test_nothing_changed_is_false_and_a_new_report_is_one_whatever_story_it_is_in() -> None:
    assert not compare(state(), state())
    second = Member("a2", "echo2.txt", MONDAY)
    (report,) = compare(state(), state(members=(REPORT, second))).reports
    assert (report.member, report.story.title) == (second, "Lock")
    moved = replace(state().stories[0], summary=replace(state().stories[0].summary, id="s2"))
    assert not compare(state(), State(MONDAY, (moved,)))


def test_an_expectation_is_newly_due_when_its_days_begin_and_when_they_are_over_and_not_between() -> None:
    open_ones = [state(date(2024, 6, 6) + timedelta(days=n), expectations=[expected()]) for n in range(2)]
    over = [state(date(2024, 6, d), expectations=[expected("overdue")]) for d in (8, 9)]
    days = [*open_ones, *over]
    found = [due(a, b) for a, b in pairwise(days)]
    assert found == [["open"], ["overdue"], []]
    assert due(open_ones[1], open_ones[1]) == []


def test_what_is_expected_without_a_day_or_for_later_is_not_due() -> None:
    assert due(state(), state(expectations=[expected(due=None)])) == []
    assert due(state(), state(expectations=[expected()])) == []


@pytest.mark.parametrize("status", ["met", "met late", "missed"])
def test_an_expectation_is_newly_settled_once(status: Status) -> None:
    after = state(expectations=[expected(status)])
    assert settled(state(expectations=[expected()]), after) == [status]
    assert settled(state(), after) == [status]
    assert (settled(after, after), due(after, after)) == ([], [])


def test_an_expectation_is_known_by_its_passages_though_its_id_is_another() -> None:
    # a report that came in late voiced it earlier, and gave it its id
    later = expected("met", date(2024, 6, 7), passage("a0"), passage("a1"), name="x0")
    assert settled(state(expectations=[expected("met")]), state(expectations=[later])) == []


def test_a_disagreement_is_new_with_a_new_value_and_not_with_one_more_who_gives_an_old_one() -> None:
    before = state(disagreements=[dispute("14", "20")])
    again = dispute("14", "20", "14", articles=("a1", "a2", "a3"), about="How many people?")
    assert not compare(before, state(disagreements=[again])).disputed
    third = dispute("14", "20", "22", articles=("a1", "a2", "a3"))
    assert compare(before, state(disagreements=[third])).disputed == (third,)
    elsewhere = dispute("14", "20", articles=("b1", "b2"))
    assert compare(before, state(disagreements=[elsewhere])).disputed == (elsewhere,)


# ------------------------------------------------------------------------------------------- rounds


def watch(tmp_path: Path, *given: str, clock: Sequence[float] = ()) -> Watch:
    now = iter(clock)
    fetcher = Fetcher(allow_private=True, delay=0, sleep=lambda _: None)
    if clock:
        fetcher.clock = lambda: next(now)
    options = SourceOptions(fetcher=fetcher)
    return Watch(opened(tmp_path / "n.db", Listing()), given, options, today=lambda: date(2023, 8, 5))


def titles(found: Changes) -> list[str | None]:
    return [r.article.title for r in found.reports if r.article]


def test_each_round_tells_what_it_added_and_asks_only_for_what_is_new(tmp_path: Path, site: Site) -> None:  # noqa: F811
    feed = site.put("/feed", rss(item(1)), "application/rss+xml", ETag='"one"')
    watching = watch(tmp_path, feed)
    assert titles(watching.round().changes) == ["Lock 1"]
    second = watching.round()
    assert (bool(second.changes), second.problems, second.day) == (False, (), date(2023, 8, 5))
    site.put("/feed", rss(item(2), item(1)), "application/rss+xml", ETag='"two"')
    assert titles(watching.round().changes) == ["Lock 2"]
    # the site's rules are asked for once
    assert site.asked == ["/robots.txt", "/feed", "/feed", "/feed"]


def test_what_others_add_between_two_rounds_is_told_and_what_was_there_before_is_not(
    tmp_path: Path,
    site: Site,  # noqa: F811
) -> None:
    feed = site.put("/feed", rss(item(1)), "application/rss+xml", ETag='"one"')
    (tmp_path / "old.txt").write_text("date 2023-08-01 Old\n\nThe lock is old.", encoding="utf-8")
    (tmp_path / "other.txt").write_text("date 2023-08-02 Other\n\nThe mill is shut.", encoding="utf-8")
    watching = watch(tmp_path, feed)
    watching.notebook.add(tmp_path / "old.txt")
    assert titles(watching.round().changes) == ["Lock 1"]
    watching.notebook.add(tmp_path / "other.txt")
    assert [r.member.source for r in watching.round().changes.reports] == [str(tmp_path / "other.txt")]


def test_a_feed_that_fails_is_named_once_and_the_others_go_on(tmp_path: Path, site: Site) -> None:  # noqa: F811
    bad = site.put("/bad", "", status=404)
    good = site.put("/good", rss(item(1)), "application/rss+xml")
    watching = watch(tmp_path, bad, good)
    first = watching.round()
    assert titles(first.changes) == ["Lock 1"]
    assert [str(p) for p in first.problems] == [f"{bad}: the server answered 404"]
    second = watching.round()
    assert (second.problems, second.failing, second.recovered) == ((), 1, ())
    site.put("/bad", rss(item(2)), "application/rss+xml")
    third = watching.round()
    assert (titles(third.changes), third.failing, third.recovered) == (["Lock 2"], 0, (bad,))


def test_a_site_that_asks_to_be_left_alone_is(tmp_path: Path, site: Site) -> None:  # noqa: F811
    feed = site.put("/feed", "", status=429, Retry_After="3600")
    watching = watch(tmp_path, feed)
    assert "asks to wait 3600 seconds" in str(watching.round().problems[0])
    asked = len(site.asked)
    # said once more as a wait that goes on, then no more
    assert [len(watching.round().problems) for _ in range(3)] == [1, 0, 0]
    assert len(site.asked) == asked


def test_a_notebook_in_use_costs_a_round_and_no_more(
    tmp_path: Path,
    site: Site,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watching = watch(tmp_path, site.put("/feed", rss(item(1)), "application/rss+xml"))

    def in_use(*_: object, **__: object) -> None:
        raise NotebookInUse("n.db: another process adds to it")

    with monkeypatch.context() as patch:
        patch.setattr(Notebook, "add", in_use)
        assert [str(p) for p in watching.round().problems] == ["n.db: another process adds to it"]
    assert titles(watching.round().changes) == ["Lock 1"]


def test_a_new_version_tells_what_it_says_otherwise(tmp_path: Path) -> None:
    watching = watch(tmp_path, str(tmp_path / "first.txt"), str(tmp_path / "second.txt"))
    watching.today = lambda: date(2024, 3, 2)
    (tmp_path / "first.txt").write_text(FIRST, encoding="utf-8")
    watching.round()
    (tmp_path / "second.txt").write_text(SECOND, encoding="utf-8")
    (report,) = watching.round().changes.reports
    assert report.member.revision_of
    assert any("Five people" in c.after.text for c in report.changes if c.after)


def test_a_day_that_turns_is_looked_at_though_nothing_came(tmp_path: Path, site: Site) -> None:  # noqa: F811
    watching = watch(tmp_path, site.put("/feed", rss(item(1)), "application/rss+xml", ETag='"one"'))
    watching.round()
    watching.today = lambda: date(2023, 8, 6)
    assert watching.round().day == date(2023, 8, 6)


def test_stories_that_stand_as_they_did_are_not_looked_through_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_through: list[str] = []
    asked = Story.expectations

    def expectations(story: Story) -> list[LedgerEntry]:
        looked_through.append(story.id)
        return asked(story)

    with Notebook(open_store(tmp_path / "n.db"), Reader(PlainModel())) as notebook:
        words = (
            "The quarry of Lidmar was opened by the mayor.",
            "A whale was seen off Norrland by three anglers.",
        )
        notebook.add_articles(make_article(f"{n}.txt", MONDAY, text) for n, text in enumerate(words))
        before = look(notebook, MONDAY)
        assert len(before.stories) == 2
        monkeypatch.setattr(Story, "expectations", expectations)
        assert look(notebook, MONDAY, before) == before
        assert not looked_through
        notebook.add_articles(
            [make_article("2.txt", MONDAY, "The mayor of Lidmar had opened the quarry at noon.")]
        )
        notebook.redate("1.txt", MONDAY - timedelta(days=1))
        after = look(notebook, MONDAY, before)
        assert after == look(notebook, MONDAY)
        assert set(looked_through) == {s.summary.id for s in after.stories}
        looked_through.clear()
        look(notebook, MONDAY + timedelta(days=1), after)
        assert len(looked_through) == len(after.stories)


def test_a_report_dated_by_a_slip_does_not_turn_the_day(tmp_path: Path) -> None:
    (tmp_path / "slip.txt").write_text("date 2204-08-03 Lock\n\nThe lock is old.", encoding="utf-8")
    (tmp_path / "tomorrow.txt").write_text("date 2023-08-06 Lock\n\nThe mill is shut.", encoding="utf-8")
    watching = watch(tmp_path, str(tmp_path / "slip.txt"))
    assert watching.round().day == date(2023, 8, 6)
    watching.given = [str(tmp_path / "tomorrow.txt")]
    assert [r.member.published for r in watching.round().changes.reports] == [date(2023, 8, 6)]


def test_rounds_begin_at_even_pace_and_never_without_a_pause(tmp_path: Path) -> None:
    pauses: list[float] = []
    # begun and ended, of three rounds
    moments = iter([0.0, 100.0, 900.0, 1790.0, 2000.0, 5000.0, 6000.0])
    rounds = watch(tmp_path).rounds(900, sleep=pauses.append, clock=lambda: next(moments))
    for _ in range(4):
        next(rounds)
    assert pauses == [800.0, 450.0, 450.0]
