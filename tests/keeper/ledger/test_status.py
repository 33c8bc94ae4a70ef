"""What became of an expectation: which sentence settles it, which are set aside, and why."""

from __future__ import annotations

import pytest

from dateline.keeper.ledger import is_shown, ledger
from dateline.records import Event, LedgerEntry, Outcome, StoryArticle
from tests.keeper.ledger import bridge
from tests.keeper.stories_by_hand import Report, TableJudge, day, days


def row(as_of: str, *filed: StoryArticle, judge: TableJudge = bridge.JUDGE) -> LedgerEntry:
    return ledger("s", filed, day(as_of), judge)[0]


def outcome(as_of: str, *filed: StoryArticle, judge: TableJudge = bridge.JUDGE) -> Outcome:
    return row(as_of, *filed, judge=judge).outcome


def test_open_until_its_days_are_over_then_overdue() -> None:
    assert outcome("2024-05-10", bridge.announced()).status == "open"
    later = outcome("2024-05-13", bridge.announced())
    assert (later.status, later.days_late, later.evidence, later.searched) == ("overdue", 3, None, 0)
    assert later.reason == "due 2024-05-10; 3 days later no report of it was found"


def test_overdue_says_how_many_reports_since_were_searched() -> None:
    filed = [
        bridge.announced(),
        bridge.elsewhere("2024-05-08", "early"),
        bridge.elsewhere(),
        StoryArticle(bridge.elsewhere("2024-05-11", "copy").reading, duplicate_of="bakery"),
    ]
    found = outcome("2024-05-13", *filed)
    assert (found.status, found.searched) == ("overdue", 1)
    assert found.reason.endswith("the one report since does not tell of it")
    more = outcome("2024-05-13", *filed, bridge.elsewhere("2024-05-12", "more"))
    assert more.reason.endswith("none of the 2 reports since tells of it")


def test_met_by_the_earliest_report_with_later_ones_as_further_sources() -> None:
    found = outcome(
        "2024-05-20", bridge.announced(), bridge.opened("2024-05-12"), bridge.opened("2024-05-11")
    )
    assert (found.status, found.days_late) == ("met", None)
    assert found.evidence is not None
    assert found.evidence.source == "opened-2024-05-11"
    assert [e.source for e in found.told_by] == ["opened-2024-05-11", "opened-2024-05-12"]


def test_met_late_by_the_day_that_the_report_gives_or_its_own() -> None:
    found = outcome("2024-05-16", bridge.announced(), bridge.opened("2024-05-15", "2024-05-14"))
    assert (found.status, found.days_late) == ("met late", 4)
    assert outcome("2024-05-20", bridge.announced(), bridge.opened("2024-05-15", None)).status == "met"
    found = outcome("2024-06-20", bridge.announced(), bridge.opened("2024-06-15", None))
    assert (found.status, found.days_late) == ("met late", 36)


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_have_an_outcome(edge: str) -> None:
    report = Report("a", edge).say("The Orrin footbridge will open on Friday, the council said.")
    announced = report.expects("open", "open", "The Orrin footbridge opens", days(edge)).file()
    assert outcome(edge, announced).status == "open"
    assert outcome(edge, announced, bridge.opened(edge, None)).status == "met"
    assert outcome("9999-12-31", announced).status == ("open" if edge[0] == "9" else "overdue")


def test_missed_when_called_off_and_met_late_when_it_came_after_all() -> None:
    off = [bridge.announced(), bridge.called_off()]
    found = outcome("2024-05-12", *off)
    assert (found.status, found.told_by) == ("missed", (found.evidence,))
    assert outcome("2024-06-03", *off, bridge.opened("2024-06-02", "2024-06-01")).status == "met late"


def test_a_new_day_replaces_the_old_one_and_both_have_their_own_outcome() -> None:
    filed = [bridge.announced(), bridge.put_off()]
    first, second = ledger("s", filed, day("2024-05-12"), bridge.JUDGE)
    assert second.revises == first.id
    assert (first.outcome.status, second.outcome.status) == ("missed", "open")
    filed.append(bridge.opened("2024-05-21", "2024-05-20"))
    first, second = ledger("s", filed, day("2024-05-22"), bridge.JUDGE)
    assert (first.outcome.status, second.outcome.status) == ("met late", "met")


def test_a_later_day_alone_says_that_it_was_missed_and_an_earlier_one_does_not() -> None:
    judge = TableJudge({("will * open", "now expected"): "again"})
    first, second = ledger("s", [bridge.announced(), bridge.put_off()], day("2024-05-12"), judge)
    assert (first.outcome.status, first.outcome.evidence) == ("missed", second.sources[0].evidence)
    sooner = Report("soon", "2024-05-07").say("The Orrin footbridge is now expected to open tomorrow.")
    sooner.expects("open", "open", "The Orrin footbridge opens", days("2024-05-08"))
    first, _ = ledger("s", [bridge.announced(), sooner.file()], day("2024-05-09"), judge)
    assert first.outcome.status == "open"


def test_called_off_before_it_was_expected_again_counts_no_more() -> None:
    after_all = Report("again", "2024-05-10").say("The footbridge will open this afternoon after all.")
    after_all.expects("open", "open", "The footbridge opens", days("2024-05-10"))
    judge = TableJudge({("will * open", "called off"): "did not happen", ("will * open", "after all"): "again"})  # fmt: skip
    entry = row("2024-05-10", bridge.announced(), bridge.called_off(), after_all.file(), judge=judge)
    assert [s.status for s in entry.sources] == ["missed", "open"]
    assert entry.outcome.status == "open"
    assert "said before it was expected again" in {w.set_aside for w in entry.outcome.weighed}


@pytest.mark.parametrize(
    ("sentence", "trigger", "realis", "why"),
    [
        ("The council plans to open the Orrin footbridge.", "open", "expected", "looks ahead"),
        ("Visitors could open the Orrin footbridge.", "open", "possible", "looks ahead"),
        ("Orrin footbridge open at last", "open", "actual", "a headline"),
    ],
)
def test_a_plan_or_a_headline_settles_nothing(sentence: str, trigger: str, realis: str, why: str) -> None:
    report = Report("x", "2024-05-11").say(sentence).happened(trigger, "open", None, realis)  # type: ignore[arg-type]
    judge = TableJudge({("will * open", sentence[:20]): "happened"})
    found = outcome("2024-05-12", bridge.announced(), report.file(), judge=judge)
    assert found.status == "overdue"
    assert [(w.verdict, w.set_aside) for w in found.weighed] == [("happened", why)]


def test_the_sentence_that_announces_it_settles_nothing() -> None:
    late = bridge.announced("2024-05-10", "late")
    mixed = Event(late.reading.sentences[0], 0, "say", "actual")
    telling = Report("late", "2024-05-10").say(late.article.text).file()
    telling = StoryArticle(
        type(telling.reading)(
            telling.article,
            telling.reading.sentences,
            events=(mixed, *late.reading.events),
            expectations=late.reading.expectations,
            vectors=telling.reading.vectors,
        )
    )
    judge = TableJudge({("will * open", "will open"): "happened"})
    found = outcome("2024-05-10", bridge.announced(), telling, judge=judge)
    assert found.status == "open"
    assert [w.set_aside for w in found.weighed] == ["announces it"]


def test_what_was_told_before_its_days_is_of_another_event() -> None:
    judge = TableJudge({("will * open", "when it was opened"): "happened"})
    found = outcome("2024-05-12", bridge.announced(), bridge.opened("2024-05-08", "2024-05-07"), judge=judge)
    assert (found.status, found.weighed[0].set_aside) == ("overdue", "told before its days began")


def held_up(published: str = "2024-05-08") -> StoryArticle:
    return (
        Report("r", published)
        .say("The Orrin footbridge was due to open on Monday but was held up.")
        .expects("open", "open", "The Orrin footbridge opens", days("2024-05-06"))
        .happened("held up", "hold")
        .file()
    )


def test_what_was_due_before_the_report_is_told_by_its_own_sentence() -> None:
    found = outcome("2024-05-08", held_up(), judge=TableJudge({("due to", "held up"): "did not happen"}))
    assert found.status == "missed"
    assert found.evidence is not None
    assert found.evidence.published == day("2024-05-08")


def not_to_open() -> StoryArticle:
    report = Report("n", "2024-05-06").say("The Orrin footbridge will not open on Friday.")
    report.happened("open", "open", bridge.FRIDAY, "negated")
    return report.expects("open", "open", "The Orrin footbridge does not open", bridge.FRIDAY, negated=True).file()  # fmt: skip


@pytest.mark.parametrize(("verdict", "status"), [("happened", "met"), ("did not happen", "missed")])
def test_what_is_expected_not_to_be_is_asked_about_as_it_was_put(verdict: str, status: str) -> None:
    judge = TableJudge({("will not", "bakery"): verdict})  # type: ignore[dict-item]
    stayed = Report("x", "2024-05-11").say("The Orrin footbridge stayed shut, said a bakery.")
    told = stayed.happened("stayed", "stay", bridge.FRIDAY).file()
    assert outcome("2024-05-12", not_to_open(), told, judge=judge).status == status


def vowed() -> Report:
    report = Report("v", "2024-05-01").say("The union vowed to fight the closure of the pool.")
    return report.expects("fight", "fight", "the union fights the closure", None, "the union", "certain")


def test_an_expectation_without_days_is_open_until_it_is_told_and_cannot_be_moved() -> None:
    judge = TableJudge({("vowed", "fought"): "happened", ("vowed", "waits"): "moved"})
    assert outcome("2030-01-01", vowed().file(), judge=judge).status == "open"
    fought = Report("f", "2024-05-04").say("The union fought the closure of the pool in court.")
    told = fought.happened("fought", "fight").file()
    assert outcome("2024-05-05", vowed().file(), told, judge=judge).status == "met"
    waits = Report("w", "2024-05-04").say("The union waits with the closure of the pool.")
    moved = waits.happened("waits", "wait").file()
    assert outcome("2024-05-05", vowed().file(), moved, judge=judge).status == "open"


def test_without_days_its_own_report_does_not_settle_it() -> None:
    report = vowed().say("The union fought the closure of the pool before.").happened("fought", "fight")
    judge = TableJudge({("vowed", "fought"): "happened"})
    found = outcome("2024-05-02", report.file(), judge=judge)
    assert (found.status, found.weighed[0].set_aside) == ("open", "stands in the report that announces it")


def test_an_unsure_verdict_is_set_aside_and_shown() -> None:
    judge = TableJudge({("will * open", "bakery"): ("happened", 0.4)})
    found = outcome("2024-05-12", bridge.announced(), bridge.elsewhere(), judge=judge)
    assert found.status == "overdue"
    (weighed,) = found.weighed
    assert weighed.score < 0.25
    assert weighed.set_aside in ("not sure enough", "tells of something else")


def test_a_passing_word_does_not_outweigh_the_news_itself() -> None:
    hint = Report("hint", "2024-05-10").say("A bakery opened in Orrin.")
    hint.happened("opened", "open", days("2024-05-10"))
    judge = TableJudge(
        {("will * open", "bakery"): ("happened", 0.6), ("will * open", "crossed"): ("happened", 0.95)}
    )
    found = outcome("2024-05-12", bridge.announced(), hint.file(), bridge.opened(), judge=judge)
    assert found.evidence is not None
    assert found.evidence.source == "opened-2024-05-11"
    assert [e.source for e in found.told_by] == ["opened-2024-05-11"]
    alone = outcome("2024-05-10", bridge.announced(), hint.file(), bridge.opened(), judge=judge)
    assert (alone.status, [e.source for e in alone.told_by]) == ("met", ["hint"])


def test_an_outcome_is_explained_by_what_tells_it_first() -> None:
    filed = [bridge.announced(), bridge.called_off(), bridge.opened("2024-05-11"), bridge.elsewhere()]
    weighed = outcome("2024-05-12", *filed).weighed
    assert [(w.evidence.source, w.set_aside) for w in weighed][:2] == [
        ("opened-2024-05-11", ""),
        ("off", "outweighed"),
    ]
    assert len(weighed) <= 5


def test_a_row_scores_as_its_surest_source_and_low_ones_are_not_shown() -> None:
    def scored(name: str, published: str, score: float) -> StoryArticle:
        report = Report(name, published).say("The Orrin footbridge may open on Friday.")
        return report.expects("open", "open", "it opens", bridge.FRIDAY, score=score).file()

    low, high = scored("a", "2024-05-06", 0.2), scored("b", "2024-05-07", 0.8)
    assert row("2024-05-07", low, high).score == 0.8
    assert is_shown(row("2024-05-07", low, high))
    assert not is_shown(row("2024-05-07", low))
