"""Expectations: what is one, who holds it, and the days in which it falls due."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.reader import Reader, due
from dateline.reader.expectation_cues import cues
from dateline.records import Article, Expectation, Interval, Span, TimeExpression

PUBLISHED = "2024-05-08"  # a Wednesday


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def read(reader: Reader, text: str, published: str = PUBLISHED) -> tuple[Expectation, ...]:
    article = Article("a", "a", date.fromisoformat(published), text)
    return reader.read(article).expectations


def days(window: Interval | None) -> tuple[str, str] | None:
    return (window.start.isoformat(), window.end.isoformat()) if window else None


# ------------------------------------------------------------------------------------------------- what is expected


@pytest.mark.parametrize(
    ("text", "event", "first", "last"),
    [
        ("The council will open the footbridge on Friday.", "opens the footbridge", "2024-05-10", "2024-05-10"),
        ("The board is expected to approve the accord next week.", "approves the accord", "2024-05-13", "2024-05-19"),
        ("The court is due to rule by the end of May.", "rule", "2024-05-08", "2024-05-31"),
        ("Engineers are to finish the repairs within two weeks.", "finish the repairs", "2024-05-08", "2024-05-22"),
        ("The airline plans to resume flights to Tormela tomorrow.", "resumes flights", "2024-05-09", "2024-05-09"),
        ("The hearing was postponed until 20 May.", "hearing", "2024-05-20", "2024-05-20"),
        ("A memorial concert is planned for Sunday.", "concert", "2024-05-12", "2024-05-12"),
        ("The museum reopens on Saturday.", "reopens", "2024-05-11", "2024-05-11"),
        ("The storm is forecast to reach the coast on Thursday night.", "reaches the coast", "2024-05-09", "2024-05-09"),
        ("The ferry should be back in service in early June.", "back in service", "2024-06-01", "2024-06-10"),
        ("The ministry vowed to publish the list in the autumn.", "publishes the list", "2024-09-01", "2024-11-30"),
        ("The delegation will leave for Kestrin on Monday.", "leaves for Kestrin", "2024-05-13", "2024-05-13"),
    ],
)  # fmt: skip
def test_expectations_and_their_days(reader: Reader, text: str, event: str, first: str, last: str) -> None:
    found = read(reader, text)
    assert len(found) == 1
    assert event in found[0].event
    assert days(found[0].due) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "Snow will always melt in the end.",
        "A fire will spread fast if the wind picks up, as any forester knows.",
        "The mayor denied that the library would be closed next week.",
        "Drivers should carry chains in the mountains.",
        "Were the vote held again, the result would be different.",
        "The council opened the footbridge on Tuesday.",
        "The museum will have to do without its director.",
        "The valley is full of people who usually leave in winter.",
    ],
)
def test_what_is_no_expectation(reader: Reader, text: str) -> None:
    assert read(reader, text) == ()


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The council will open the footbridge on Friday, Mayor Anna Holt said.", "Anna Holt"),
        ("Mayor Anna Holt said the council would open the footbridge on Friday.", "Anna Holt"),
        ("The footbridge is expected to open on Friday.", None),
        ("The army will send 300 soldiers by Friday, officials said on Tuesday.", "officials"),
        ("Engineers expect to reopen the tunnel on Friday.", "Engineers"),
        ("The tunnel will reopen on Friday, according to the operator.", "operator"),
    ],
)
def test_who_expects_it(reader: Reader, text: str, holder: str | None) -> None:
    (found,) = read(reader, text)
    assert found.holder == holder if holder is None else holder in (found.holder or "")


def test_a_condition_is_marked_and_its_own_day_is_not_the_due_day(reader: Reader) -> None:
    (found,) = read(reader, "If the miners accept the offer, the company will reopen the shaft.")
    assert found.strength == "conditional"
    assert found.due is None


def test_what_was_to_happen_is_counted_from_when_it_was_said(reader: Reader) -> None:
    (found,) = read(
        reader, "The company had said in March that the tunnel would be open by the end of April."
    )
    assert days(found.due) == ("2024-03-01", "2024-04-30")


def test_the_day_of_the_report_in_its_dateline_is_not_due(reader: Reader) -> None:
    (found,) = read(
        reader, "KESTRIN, May 8 (XYZ) - The council will open the footbridge on Friday, officials said."
    )
    assert days(found.due) == ("2024-05-10", "2024-05-10")


def test_records_slice_back_and_are_the_same_every_time(reader: Reader) -> None:
    text = "The council will open the footbridge on Friday. The mayor plans to attend. Rain is forecast for Sunday."
    once, again = read(reader, text), read(reader, text)
    assert once == again
    for expectation in once:
        assert expectation.span.contains(expectation.trigger)
        assert expectation.trigger.of(text)
        assert 0 <= expectation.score <= 1


@pytest.mark.parametrize(
    "text", ["", "?", "will", "Will will will.", "“", "to be to be to be", "On Friday, on Friday, on Friday."]
)
def test_odd_texts_do_no_harm(reader: Reader, text: str) -> None:
    read(reader, text)


# -------------------------------------------------------------------------------------------------------- due days


def time(text: str, value: str, first: str | None = None, last: str | None = None, granularity: str = "day", **more: str) -> TimeExpression:  # fmt: skip
    interval = (
        Interval(date.fromisoformat(first), date.fromisoformat(last or first), granularity) if first else None  # type: ignore[arg-type]
    )
    kind = "DURATION" if value.startswith("P") and interval is None else "DATE"
    return TimeExpression(Span(0, len(text)), text, kind, value, more.get("mod"), interval)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expression", "before", "first", "last"),
    [
        (time("Friday", "2024-05-10", "2024-05-10"), "by", "2024-05-08", "2024-05-10"),
        (time("Friday", "2024-05-10", "2024-05-10"), "on", "2024-05-10", "2024-05-10"),
        (time("six weeks", "P6W"), "within", "2024-05-08", "2024-06-19"),
        (time("a fortnight", "P2W"), "in", "2024-05-22", "2024-05-22"),
        (time("days", "PXD"), "within", "2024-05-08", "2024-05-15"),
        (time("90 days", "P90D"), "within", "2024-05-08", "2024-08-06"),
        (time("a month", "P1M"), "within", "2024-05-08", "2024-06-08"),
        (time("48 hours", "PT48H"), "within", "2024-05-08", "2024-05-10"),
        (time("early June", "2024-06", "2024-06-01", "2024-06-30", "month", mod="START"), "in", "2024-06-01", "2024-06-10"),
        (time("late June", "2024-06", "2024-06-01", "2024-06-30", "month", mod="END"), "in", "2024-06-21", "2024-06-30"),
        (time("mid-June", "2024-06", "2024-06-01", "2024-06-30", "month", mod="MID"), "by", "2024-05-08", "2024-06-15"),
        (time("mid-June", "2024-06", "2024-06-01", "2024-06-30", "month", mod="MID"), "in", "2024-06-11", "2024-06-20"),
        (time("this week", "2024-W19", "2024-05-06", "2024-05-12", "week"), "", "2024-05-08", "2024-05-12"),
        (time("Monday", "2024-05-06", "2024-05-06"), "on", "2024-05-13", "2024-05-13"),
    ],
)  # fmt: skip
def test_due_windows(expression: TimeExpression, before: str, first: str, last: str) -> None:
    assert days(due.window(expression, before, date.fromisoformat(PUBLISHED))) == (first, last)


def test_what_is_over_is_not_due_and_what_cannot_be_counted_is_unknown() -> None:
    anchor = date.fromisoformat(PUBLISHED)
    assert due.window(time("March", "2024-03", "2024-03-01", "2024-03-31", "month"), "in", anchor) is None
    assert due.window(time("years", "PXY"), "within", anchor) is None


def test_completions_and_what_lasts() -> None:
    anchor = date.fromisoformat(PUBLISHED)
    assert days(due.window(time("six weeks", "P6W"), "in", anchor, limit=True)) == (
        "2024-05-08",
        "2024-06-19",
    )
    assert days(due.window(time("two weeks", "P2W"), "for", anchor, lasting=True)) == (
        "2024-05-08",
        "2024-05-22",
    )


def test_the_tables_hold_lower_case_words_alone() -> None:
    table = cues()
    assert all(w == w.lower() for w in (*table.modal, *table.raising, *table.intention, *table.reporting))
    assert not table.denying & set(table.intention)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Trams will run again on Monday.", "Trams run again"),
        ("Traffic will run again on Monday.", "Traffic runs again"),
        ("Analyst Mira Tolk expects the price of tin to fall by Friday.", "the price of tin falls"),
        (
            "Orrin Steel plans to buy its rival Dune Works, both said on Monday.",
            "Orrin Steel buys its rival Dune Works",
        ),
    ],
)
def test_the_wording_agrees_with_who_does_it(reader: Reader, text: str, event: str) -> None:
    assert [e.event for e in read(reader, text)] == [event]


@pytest.mark.parametrize(
    "text",
    [
        "The flood will have ruined the mill.",
        "They are working on a text that would ban the boats.",
    ],
)
def test_guesses_and_what_a_plan_entails_are_no_expectations(reader: Reader, text: str) -> None:
    assert read(reader, text) == ()
