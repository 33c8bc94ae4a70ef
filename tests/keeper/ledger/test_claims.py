"""What a claim and a sentence are compared by, and what their own records say of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dateline.keeper.ledger.claims import claims, cosines, likenesses, order, passages, whole_vectors
from dateline.records import Span, Statement, StoryArticle
from tests.keeper.ledger import bridge
from tests.keeper.stories_by_hand import Report, days


def test_a_claim_marks_what_is_expected_and_says_when_it_is_due() -> None:
    (claim,) = claims([bridge.announced()])
    assert claim.text == "due in 4 days: The Orrin footbridge will * open * on Friday, the council said."


def test_the_sentence_held_against_it_says_how_much_later_it_is() -> None:
    (claim,) = claims([bridge.announced()])
    (told,) = passages(bridge.opened())
    assert claim.pair(told)[1] == (
        "5 days later after it was due: Hundreds crossed the Orrin footbridge when it was opened."
    )


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("the talks will resume", "The talks will resume.", 1),
        ("two will stay", "three will stay", 2),
    ],
)
def test_what_reads_alike_in_one_sentence_is_told_once(first: str, second: str, count: int) -> None:
    report = Report("v", "2024-05-01").say("The union said the talks will resume.")
    report.expects("talks", "talks", first, None).expects("resume", "resume", second, None, score=0.8)
    assert len(list(claims([report.file()]))) == count


def test_an_expectation_without_days_says_so() -> None:
    report = Report("v", "2024-05-01").say("The union vowed to fight the closure.")
    (claim,) = claims([report.expects("fight", "fight", "the union fights the closure", None).file()])
    assert claim.text.startswith("no day: ")
    assert claim.pair(passages(bridge.elsewhere())[0])[1].startswith("10 days later: ")


@pytest.mark.parametrize(
    ("sentence", "is_headline"),
    [
        ("Footbridge opens at last", True),
        ("The footbridge opened on Friday.", False),
        ("“We opened it on Friday.”", False),
        ("The mayor (who cut the ribbon) left early.)", False),
    ],
)
def test_a_line_that_ends_without_a_stop_is_a_headline(sentence: str, is_headline: bool) -> None:
    (told,) = passages(Report("a", "2024-05-06").say(sentence).file())
    assert told.is_headline is is_headline


def test_the_title_is_a_headline_whatever_it_ends_in() -> None:
    report = Report("a", "2024-05-06", title="Footbridge opens.").say("Footbridge opens.")
    assert [p.is_headline for p in passages(report.say("It opened.").file())] == [True, False]


def test_a_sentence_looks_ahead_where_all_it_tells_of_is_ahead() -> None:
    plan = Report("a", "2024-05-06").say("The council plans to open the bridge.")
    (ahead,) = passages(plan.happened("open", "open", None, "possible").file())
    mixed = Report("a", "2024-05-06").say("The council met and plans to open the bridge.")
    mixed.happened("met", "meet").happened("open", "open", None, "expected")
    assert ahead.looks_ahead
    assert not passages(mixed.file())[0].looks_ahead
    assert not passages(Report("a", "2024-05-06").say("The bridge is in use.").file())[0].looks_ahead


def recalled(published: str) -> Report:
    report = Report("r", published).say("The bridge was due to open on Monday but was held up.")
    return report.expects("open", "open", "The bridge opens", days("2024-05-06"))


def test_what_was_due_before_the_report_is_over_where_the_sentence_tells_more() -> None:
    (told,) = claims([recalled("2024-05-08").happened("held up", "hold").file()])
    (bare,) = claims([recalled("2024-05-08").happened("open", "open").file()])
    (ahead,) = claims([recalled("2024-05-03").happened("held up", "hold").file()])
    assert [told.is_over, bare.is_over, ahead.is_over] == [True, False, False]


def test_a_cosine_does_not_hang_on_what_is_worked_out_beside_it() -> None:
    filed = [bridge.announced(), bridge.opened(), bridge.called_off(), bridge.elsewhere()]
    everything = [p for f in filed for p in passages(f)]
    whole = likenesses(everything, everything)
    for i, one in enumerate(everything):
        for j, other in enumerate(everything):
            assert likenesses([one], [other])[0, 0] == whole[i, j]
    assert np.allclose(np.diag(whole), 1, atol=5e-3)


def test_without_vectors_nothing_is_alike() -> None:
    bare = whole_vectors([])
    assert cosines(bare, whole_vectors(passages(bridge.opened()))).shape == (0, 1)


def test_reports_are_in_order_of_their_days_and_sources() -> None:
    filed = [bridge.opened(), bridge.elsewhere(), bridge.announced()]
    assert [f.article.id for f in sorted(filed, key=order)] == ["a", "bakery", "opened-2024-05-11"]


def test_a_sentence_has_the_records_that_stand_in_it() -> None:
    report = (
        Report("v", "2024-05-01")
        .say("Anna Holt opened the fair.")
        .names("Anna Holt")
        .happened("opened", "open")
    )
    report.say("Nobody came to Skelby.").names("Skelby")
    report.say("Paul Reve will speak.").names("Paul Reve").expects("speak", "speak", "Paul Reve speaks", None)
    filed = report.file()
    text = filed.article.text
    crossing = Span(text.index("came"), text.index(" will"))
    statement = Statement(crossing, "indirect", None, None, None)
    reading = replace(filed.reading, statements=(statement,))
    found = passages(StoryArticle(reading))
    assert [set(p.names) for p in found] == [{"Anna Holt"}, {"Skelby"}, {"Paul Reve"}]
    assert [[e.predicate for e in p.events] for p in found] == [["open"], [], []]
    assert [[x.predicate for x in p.expectations] for p in found] == [[], [], ["speak"]]
    assert [p.is_said for p in found] == [False, True, True]
    (claim,) = claims([StoryArticle(reading)])
    assert (claim.passage, claim.passage.names) == (found[2], {"Paul Reve"})
