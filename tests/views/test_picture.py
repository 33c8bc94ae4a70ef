"""The picture at any size: whatever a story holds is drawn or counted, no label touches another, and nothing stands where it is not."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast
from xml.etree import ElementTree

import pytest

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
    TimelineEntry,
)
from dateline.views.contents import StoryContents
from dateline.views.picture import Axis, draw, whole
from dateline.views.picture.axis import LETTER
from tests.views.exports.conftest import FakeStory

FIRST = date(2024, 3, 1)
STATUSES: tuple[Status, ...] = ("open", "overdue", "met", "met late", "missed")
_SVG = "{http://www.w3.org/2000/svg}"


def story_of(size: int, days: int = 90, seed: int = 5) -> StoryContents:
    """A story with `size` entries, as many expectations and reports, and some disagreements; some far before and far ahead, some undated."""
    chance = random.Random(seed)

    def day() -> date:
        far = chance.random()
        if far < 0.05:
            return FIRST - timedelta(days=chance.randrange(400, 9000))
        if far > 0.95:
            return FIRST + timedelta(days=chance.randrange(900, 9000))
        return FIRST + timedelta(days=int(abs(chance.gauss(0.3, 0.2)) * days) % days)

    def passage(n: int, on: date) -> Evidence:
        return Evidence(f"{n:012x}", "a.txt", Span(0, 5), "words", on)

    members = tuple(
        Member(f"{n:012x}", "a.txt", FIRST + timedelta(days=chance.randrange(days))) for n in range(size)
    )
    entries, ledger, differ = [], [], []
    for n in range(size):
        on = day()
        text = f"Entry {n} tells of something that happened by the harbour in the night"
        entries.append(
            TimelineEntry(
                "s", Interval(on, on), text, "actual", n / (size + 1), (passage(n, members[n].published),)
            )
        )
        due = day() if n % 7 else None
        window = Interval(due, due) if due else None
        source = ExpectationSource(passage(n, FIRST), None, window, "open")
        ledger.append(LedgerEntry(f"x{n:05x}", "s", f"thing {n} will be done", None, window, "expected", (source,), Outcome(STATUSES[n % 5])))  # fmt: skip
        if n % 4 == 0:
            values = tuple(DisagreementValue(f"{n}{k}", passage(n, FIRST)) for k in "ab")
            differ.append(Disagreement("s", f"How many of {n}?", None if n % 8 else on, values))
    summary = StorySummary("s", "A story <of> many", FIRST, max(m.published for m in members), members)
    return StoryContents(FakeStory(summary, [], entries, ledger, [], differ))


def counts(drawn: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for kind, count in re.findall(r'data-kind="(\w+)" data-count="(\d+)"', drawn):
        found[kind] += int(count)
    return found


@dataclass(frozen=True)
class Label:
    left: float
    right: float
    y: float
    words: str


def labels(drawn: str) -> list[Label]:
    """Where the words of a picture stand, as wide as they are taken to be."""
    root = ElementTree.fromstring(drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    found = []
    for node in root.iter(f"{_SVG}text"):
        words, x = node.text or "", float(node.attrib["x"])
        wide = len(words) * LETTER
        anchor = node.attrib.get("text-anchor", "start")
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        found.append(Label(left, left + wide, float(node.attrib["y"]), words))
    return found


@pytest.mark.parametrize("size", [1, 10, 100, 1000])
@pytest.mark.parametrize(
    "axis",
    [
        None,
        Axis(FIRST, FIRST),
        Axis(FIRST, FIRST + timedelta(days=20)),
        Axis(date(1990, 1, 1), date(2060, 1, 1)),
        Axis(date.min, date.max),
        Axis(date(3000, 1, 1), date(3000, 2, 1)),
    ],
)
def test_all_is_drawn_or_counted(size: int, axis: Axis | None) -> None:
    story = story_of(size)
    drawn = draw(story, story.summary.last, axis)
    assert counts(drawn) == {
        kind: n
        for kind, n in {
            "report": size,
            "entry": size,
            "expectation": size,
            "disagreement": len(story.disagreements),
        }.items()
        if n
    }
    height = float(re.search(r'viewBox="0 0 \d+ (\d+)"', drawn)[1])  # type: ignore[index]
    assert height <= 420


@pytest.mark.parametrize("size", [10, 100, 1000])
@pytest.mark.parametrize("days", [3, 30, 400, 3000])
def test_no_words_touch_others(size: int, days: int) -> None:
    story = story_of(size, days)
    found = sorted(labels(draw(story, story.summary.last)), key=lambda t: (t.y, t.left))
    assert len(found) > 8
    for one in found:
        for other in found:
            if one is not other and abs(one.y - other.y) < 6:
                assert one.right <= other.left + 6 or other.right <= one.left + 6, (one, other)


def test_what_lies_off_an_edge_is_an_arrow() -> None:
    story = story_of(100)
    drawn = draw(story, None, Axis(FIRST, FIRST + timedelta(days=5)))
    edges = [t.words for t in labels(drawn) if "◂" in t.words or "▸" in t.words]
    assert any("◂" in e for e in edges)
    assert any("▸" in e for e in edges)
    # no mark of a day beyond the axis
    marked = re.findall(r"<title>(\d+ \w+ \d{4}): Entry", drawn)
    assert set(marked) <= {f"{d} March 2024" for d in range(1, 7)}


def test_the_weightiest_are_told_in_words() -> None:
    told = re.findall(r'class="label happened-label"[^>]*>([^<]+)<', draw(story_of(100)))
    assert 8 <= len(told) <= 12
    # of a hundred, those that lie on the axis
    assert min(int(words.split()[1]) for words in told) >= 80


def test_a_label_with_room_beside_it_is_told_whole() -> None:
    told = re.findall(r'class="label happened-label"[^>]*>([^<]+)<', draw(story_of(1)))
    assert told == ["Entry 0 tells of something that happened by the harbour in the night"]
    assert any(
        words.endswith("…") for words in re.findall(r'class="label[^>]*>([^<]+)<', draw(story_of(100)))
    )


def test_the_as_of_line_stands_on_its_day_or_not_at_all() -> None:
    story, axis = story_of(10), Axis(FIRST, FIRST + timedelta(days=9))
    assert 'class="as-of"' not in draw(story, FIRST - timedelta(days=1), axis)
    assert "as of 1 March 2024" in draw(story, FIRST, axis)
    assert all(t.left >= 0 for t in labels(draw(story, FIRST, axis)))


def test_zooming_keeps_the_day_of_the_view_in_its_place() -> None:
    axis, day = Axis(FIRST, FIRST + timedelta(days=99)), FIRST + timedelta(days=80)
    close = axis.zoomed(0.5, day)
    assert close.days == 50
    assert close.holds(day)
    assert abs(close.x(day) - axis.x(day)) < 12
    assert axis.zoomed(0.5).days == 50
    assert axis.zoomed(1e9).first == date.min


def test_a_story_of_nothing_but_a_report_is_a_picture() -> None:
    story = story_of(1)
    bare = StoryContents(replace(cast(FakeStory, story.story), entries=[], ledger=[], differ=[]))
    assert counts(draw(bare)) == {"report": 1}
    assert whole(bare).holds(bare.summary.first)
    assert "&lt;of&gt;" in draw(bare)
