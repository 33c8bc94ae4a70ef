"""What tells that two records speak of one event."""

from __future__ import annotations

import pytest

from dateline.keeper import findings, matching, telling, words
from dateline.keeper.words import Weights
from tests.keeper.stories_by_hand import Report, days


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ratified", "ratify"),
        ("signing", "signed"),
        ("flew", "fly"),
        ("towns", "town"),
        ("Ferries", "ferry"),
        ("stopped", "stop"),
    ],
)
def test_stems_of_one_word_agree(a: str, b: str) -> None:
    assert words.stem(a) == words.stem(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("sign", "ink"),
        ("ratify", "approval"),
        ("launch", "lift off"),
        ("launch", "blast off"),
        ("restore", "switch on"),
        ("resign", "step down"),
        ("publish", "release"),
        ("buy", "sale"),
    ],
)
def test_words_for_one_happening_share_a_family(a: str, b: str) -> None:
    assert words.happenings([words.phrase_stem(a)]) & words.happenings([words.phrase_stem(b)])


@pytest.mark.parametrize(("a", "b"), [("sign", "build"), ("resign", "win"), ("launch", "bury")])
def test_words_for_different_happenings_share_none(a: str, b: str) -> None:
    assert not words.happenings([words.phrase_stem(a)]) & words.happenings([words.phrase_stem(b)])


def test_two_spellings_of_a_name_are_alike_and_two_names_are_not() -> None:
    assert words.alike(words.stem("Tormela"), words.stem("Tormella"))
    assert not words.alike(words.stem("Tormela"), words.stem("Kestrin"))


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        (("2024-03-04", "2024-03-10"), ("2024-03-04", "2024-03-10"), True),
        (("2024-03-04", "2024-03-10"), ("2024-03-15", "2024-03-15"), False),
        (("2024-03-01", "2024-03-10"), ("2024-03-05", "2024-03-10"), True),
        (("2024-03-04", "2024-03-04"), ("2024-03-05", "2024-03-05"), False),
    ],
)
def test_days_agree(a: tuple[str, str], b: tuple[str, str], agree: bool) -> None:
    assert matching.days_agree(days(*a), days(*b)) is agree
    assert matching.days_agree(days(*b), days(*a)) is agree


def test_rare_words_tell_more_than_common_ones() -> None:
    weights = Weights(["The dam burst.", "The dam is old.", "Engineers saw the dam.", "A heron flew."])
    assert weights.of("heron") > weights.of("dam")
    assert weights.share({"heron", "dam"}, {"heron"}) > weights.share({"heron", "dam"}, {"dam"})


def test_a_report_before_the_announcement_is_no_evidence() -> None:
    said = Report("a", "2024-05-06").say("The bridge will open on Friday.").expects("open", "open", "The bridge opens", days("2024-05-10")).file()  # fmt: skip
    before = Report("b", "2024-05-01").say("The bridge opened.").happened("opened", "open").file()
    after = Report("c", "2024-05-11").say("The bridge opened.").happened("opened", "open").file()
    weights = Weights(["The bridge opened.", "The bridge will open on Friday.", "A cat slept."])
    claim = matching.make_claim(said, said.reading.expectations[0])
    assert findings.findings(claim, findings.Register([telling.told(before)]), weights) == []
    assert [
        f.verdict
        for f in findings.findings(
            claim, findings.Register([telling.told(before), telling.told(after)]), weights
        )
    ] == ["happened"]
