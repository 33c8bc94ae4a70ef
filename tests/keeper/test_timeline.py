"""Timelines: which days a sentence is a line of, what stands for many reports, and what weighs how much."""

from __future__ import annotations

import time
from datetime import date

from dateline.keeper import timeline
from dateline.records import Interval, StoryArticle, TimelineEntry
from tests.keeper.stories_by_hand import Report, TableJudge, days

LATE = date(2024, 12, 31)


def built(*filed: StoryArticle, as_of: date = LATE, most: int | None = None) -> list[TimelineEntry]:
    return timeline.build("s", filed, as_of, days=most)


def opened(name: str, published: str) -> Report:
    return (
        Report(name, published)
        .say("The bridge of Arlen opened on Monday.")
        .happened("opened", "open", days("2024-03-04"))
    )


def test_an_age_named_in_passing_is_no_line_of_its_own() -> None:
    year = Interval(date(1662, 1, 1), date(1662, 12, 31), "year")
    report = Report("a", "2024-03-05").say("Thieves took a painting of 1662 on Monday.")
    report.happened("took", "take", days("2024-03-04")).happened("painting", "paint", year)
    assert [e.interval for e in built(report.file())] == [days("2024-03-04")]
    alone = Report("b", "2024-03-05").say("The hall was built in 1662.").happened("built", "build", year)
    assert [e.interval for e in built(alone.file())] == [year]


def test_reports_of_one_thing_on_one_day_are_one_line_with_all_its_sources() -> None:
    (line,) = built(opened("a", "2024-03-05").file(), opened("b", "2024-03-06").file())
    assert sorted(s.article for s in line.sources) == ["a", "b"]
    assert (line.text, line.realis) == ("The bridge of Arlen opened on Monday.", "actual")


def test_a_copy_adds_nothing_and_a_new_version_stands_for_the_old() -> None:
    once = built(opened("a", "2024-03-05").file())
    assert built(opened("a", "2024-03-05").file(), opened("b", "2024-03-05").file(duplicate_of="a")) == once
    newer = (
        Report("c", "2024-03-06")
        .say("The bridge of Arlen opened on Tuesday.")
        .happened("opened", "open", days("2024-03-05"))
    )
    lines = built(opened("a", "2024-03-05").file(), newer.file(revision_of="a"))
    assert [e.interval for e in lines] == [days("2024-03-05")]


def test_what_was_expected_is_told_by_the_report_that_it_happened() -> None:
    before = (
        Report("a", "2024-03-01")
        .say("The bridge of Arlen opens on Monday.")
        .happened("opens", "open", days("2024-03-04"), realis="expected")
    )
    assert [e.realis for e in built(before.file())] == ["expected"]
    (line,) = built(before.file(), opened("b", "2024-03-05").file())
    assert (line.realis, line.text) == ("actual", "The bridge of Arlen opened on Monday.")


def sank(name: str, published: str, words: str = "The ferry to Isk sank on Sunday.") -> Report:
    return (
        Report(name, published)
        .say(words)
        .happened("sank", "sink", days("2024-03-03"))
        .dated("on Sunday", days("2024-03-03"))
    )


def test_lines_come_in_order_and_weigh_the_more_the_more_reports_tell_them() -> None:
    lines = built(
        opened("b", "2024-03-05").file(),
        opened("c", "2024-03-05").file(),
        sank("a", "2024-03-05").file(),
        most=2,
    )
    assert [e.interval.start.day for e in lines] == [3, 4]
    assert 0 < lines[0].weight < lines[1].weight < 1


def test_weights_compare_between_stories() -> None:
    (alone,) = built(sank("a", "2024-03-04").file())
    (told,) = built(*(sank(name, "2024-03-04").file() for name in "abcd"))
    assert alone.weight < told.weight


def test_the_sentences_that_bear_a_line_out_come_earliest_first() -> None:
    (line,) = built(
        sank("c", "2024-03-06").file(),
        sank("a", "2024-03-05").file(),
        sank("b", "2024-03-04").file(),
    )
    assert [s.article for s in line.sources] == ["b", "a", "c"]


def test_as_of_a_day_nothing_that_came_later_counts() -> None:
    early = [sank("a", "2024-03-04").file(), opened("b", "2024-03-05").file()]
    late = [sank("c", "2024-03-07").file(), sank("d", "2024-03-08").file()]
    assert built(*early, *late, as_of=date(2024, 3, 6)) == built(*early)
    assert built(*early, *late) != built(*early)


def many_days() -> list[StoryArticle]:
    """On each of five days something of its own happened; the later, the more reports tell of it."""
    words = ("bridge", "harbour", "school", "market", "tower")
    return [
        Report(f"{word}{n}", "2024-03-20")
        .say(f"The {word} of Arlen burned on that day.")
        .happened("burned", "burn", days(f"2024-03-{number + 4:02}"))
        .file()
        for number, word in enumerate(words)
        for n in range(number + 1)
    ]


def test_a_timeline_has_as_many_days_as_are_asked_for_the_weightiest() -> None:
    for count in (1, 3, 5):
        lines = timeline.build("s", many_days(), LATE, days=count)
        assert [e.interval.start.day for e in lines] == list(range(9 - count, 9))


def test_a_day_has_as_many_lines_as_are_asked_for_each_of_its_own() -> None:
    told = [
        Report("a", "2024-03-05")
        .say("The bridge of Arlen opened.")
        .happened("opened", "open", days("2024-03-04"))
        .say("Farmers blocked the northern road.")
        .happened("blocked", "block", days("2024-03-04"))
        .say("The bridge of Arlen opened at noon.")
        .happened("opened", "open", days("2024-03-04"))
        .file()
    ]
    one = timeline.build("s", told, LATE, sentences=1)
    three = timeline.build("s", told, LATE, sentences=3)
    assert len(one) == 1
    assert len(three) == 2  # the bridge is told once
    assert {e.text[:5] for e in three} == {"The b", "Farme"}


def test_left_to_itself_it_leaves_out_what_is_hardly_told_beside_the_rest() -> None:
    told = [sank(f"r{n}", f"2024-03-{4 + n % 3:02}").file() for n in range(9)]
    aside = Report("z", "2024-03-06").say("a").say("b").say("c").say("d").say("e").say("f")
    aside.say("Painters were seen in the upper hall.").happened("seen", "see", days("2024-01-09"))
    assert [e.interval.start.day for e in built(*told, aside.file())] == [3]
    assert len(timeline.build("s", [*told, aside.file()], LATE, days=2)) == 2


def test_two_lines_never_tell_one_event() -> None:
    right = [sank(name, "2024-03-04").file() for name in "abc"]
    a_day_off = (
        Report("d", "2024-03-05")
        .say("The ferry to Isk sank on Monday.")
        .happened("sank", "sink", days("2024-03-04"))
        .dated("on Monday", days("2024-03-04"))
    )
    (line,) = built(*right, a_day_off.file(), most=2)
    assert line.interval == days("2024-03-03")
    assert [s.article for s in line.sources] == ["a", "b", "c", "d"]


def test_where_words_leave_it_open_the_judge_says_whether_it_is_one_event() -> None:
    first = [sank(name, "2024-03-04", "The old ferry to Isk sank on Sunday.").file() for name in "abc"]
    other = (
        Report("d", "2024-03-06")
        .say("The old ferry to Isk went down.")
        .happened("went", "go", days("2024-03-05"))
        .file()
    )
    one = TableJudge(facts={("sank", "went down"): "same"})
    assert len(timeline.build("s", [*first, other], LATE, one, days=2)) == 1
    assert len(timeline.build("s", [*first, other], LATE, TableJudge(), days=2)) == 2


def test_a_sentence_of_two_days_is_not_printed_twice() -> None:
    both = (
        Report("a", "2024-03-06")
        .say("The ferry sank on Sunday and was raised on Tuesday.")
        .happened("sank", "sink", days("2024-03-03"))
        .dated("on Sunday", days("2024-03-03"))
        .happened("raised", "raise", days("2024-03-05"))
        .dated("on Tuesday", days("2024-03-05"))
    )
    assert len(built(both.file())) == 1


def test_a_question_a_caption_and_a_byline_are_no_lines() -> None:
    for words in (
        "Why did the ferry to Isk sank on Sunday?",
        "Photograph: the ferry that sank on Sunday near Isk",
        "By Anna Beck, who sank on Sunday with it",
        "and so the ferry sank on Sunday near Isk.",
    ):
        assert built(sank("a", "2024-03-04", words).file()) == []


def test_what_stands_behind_after_is_background_where_others_tell_it_outright() -> None:
    aside = "Flags flew at half-mast across Isk after the ferry sank on Sunday."
    (line,) = built(
        sank("a", "2024-03-04", aside).file(),
        sank("b", "2024-03-04", "The ferry sank near Isk on Sunday.").file(),
    )
    assert line.text == "The ferry sank near Isk on Sunday."


def test_nothing_has_happened_after_its_report() -> None:
    misread = (
        Report("a", "2024-03-04")
        .say("The ferry to Isk sank with all hands.")
        .happened("sank", "sink", days("2024-05-13"))
    )
    assert built(misread.file()) == []
    planned = Report("b", "2024-03-04").say("The inquest of Isk opens on Friday.")
    planned.happened("opens", "open", days("2024-03-08")).dated("on Friday", days("2024-03-08"))
    assert [e.realis for e in built(planned.file())] == ["expected"]


def test_the_head_of_a_report_without_a_day_bears_out_but_is_no_line() -> None:
    head = Report("a", "2024-03-03").say("The ferry to Isk sank in a storm.").happened("sank", "sink")
    assert built(head.file()) == []
    (line,) = built(head.file(), sank("b", "2024-03-04").file())
    assert line.text == "The ferry to Isk sank on Sunday."
    assert [s.article for s in line.sources] == ["a", "b"]


def test_about_words_a_report_on_something_else_gives_only_what_holds_them() -> None:
    market = (
        Report("m", "2024-03-05")
        .say("The market of Arlen closed.")
        .say("Traders packed up.")
        .say("Rain fell.")
    )
    market.say("The ferry sank on Sunday.").happened("sank", "sink", days("2024-03-03"))
    market.say("Prices of fresh fish doubled.").happened("doubled", "double", days("2024-03-04"))
    told = timeline.build("s", [market.file()], LATE, about=("ferry",))
    assert [e.text for e in told] == ["The ferry sank on Sunday."]
    assert len(built(market.file(), most=2)) == 2


def test_about_somebody_every_report_gives_only_what_names_him() -> None:
    speech = Report("m", "2024-03-05").say("Keller spoke in Arlen on Sunday.").names("Keller")
    speech.happened("spoke", "speak", days("2024-03-03"))
    speech.say("Prices of fresh fish doubled.").happened("doubled", "double", days("2024-03-04"))
    told = timeline.build("s", [speech.file()], LATE, about=("keller",), days=2)
    assert [e.text for e in told] == ["Keller spoke in Arlen on Sunday."]
    ferry = Report("f", "2024-03-05").say("The ferry sank in Arlen on Sunday.").names("Arlen", "place")
    ferry.happened("sank", "sink", days("2024-03-03"))
    ferry.say("Prices of fresh fish doubled.").happened("doubled", "double", days("2024-03-04"))
    assert len(timeline.build("s", [ferry.file()], LATE, about=("arlen",), days=2)) == 2


def test_a_report_of_thousands_of_sentences_costs_no_minutes() -> None:
    report = Report("a", "2024-03-05")
    for number in range(3000):
        report.say(f"The bridge of pier {number} opened on Monday.")
        report.happened("opened", "open", days("2024-03-04"))
    begun = time.process_time()
    lines = built(report.file())
    assert time.process_time() - begun < 20
    assert lines


def test_unlikely_sentences_stand_only_where_there_are_few_others_or_a_length_is_asked_for() -> None:
    towns = {"Arlen": "Monday", "Borr": "Tuesday", "Cald": "Wednesday", "Dorn": "Thursday", "Elm": "Friday"}
    firm = [
        Report(town, f"2024-03-{n:02}")
        .say(f"{town} Bridge opened on {weekday}.")
        .names(f"{town} Bridge")
        .happened("opened", "open", days(f"2024-03-{n:02}"))
        .dated(f"on {weekday}", days(f"2024-03-{n:02}"))
        .file()
        for n, (town, weekday) in enumerate(towns.items(), start=4)
    ]
    loose = (
        Report("loose", "2024-03-20")
        .say("The ferry at Isk sailed on Wednesday.")
        .names("Isk")
        .happened("sailed", "sail", days("2024-03-20"))
        .dated("on Wednesday", days("2024-03-20"))
        .file()
    )
    on = [e.interval for e in timeline.build("s", [*firm, loose], LATE)]
    assert len(on) == len(firm)
    assert days("2024-03-20") not in on
    assert days("2024-03-20") in [e.interval for e in timeline.build("s", [*firm[:2], loose], LATE)]
    asked = timeline.build("s", [*firm, loose], LATE, days=len(firm) + 1)
    assert days("2024-03-20") in [e.interval for e in asked]


def test_where_something_better_is_told_the_unlikeliest_sentences_are_left_out() -> None:
    seen = Report("b", "2024-03-06").say("We saw it: they closed the ferry.")
    seen.happened("closed", "close", days("2024-03-05"))
    assert [e.interval.start.day for e in built(opened("a", "2024-03-05").file(), seen.file())] == [4]
    assert [e.interval.start.day for e in built(seen.file())] == [5]
