"""Pairs of sentences with what the second tells of the first: of an expectation its outcome, of a fact its value.

Verdicts: happened, did not happen, moved, again (expects the same again), unrelated. Facts: same, differs, update, other.
Each pair is written as two marked texts, by the functions that write them at run time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.keeper import judge
from dateline.keeper.judge import again_text, expectation_text, fact_text, marked, telling_text
from dateline.reader import Reader
from dateline.reader import segmentation as splitter
from dateline.records import Interval, Span, StoryArticle
from training.news_labels import Report, Story, own_stories, shared_stories

VERDICTS: tuple[str, ...] = judge.VERDICTS
FACTS: tuple[str, ...] = judge.LIKENESSES
SAME: tuple[str, ...] = judge.SAMENESS
TASKS = {"verdict": VERDICTS, "fact": FACTS, "same": SAME}
"""What is told of a pair of texts, and by which labels."""
_WORD = re.compile(r"\w{3,}")
UNLIKE = 4
"""The claims of a story that do not expect the same as a claim, and that are read beside it: all but one those with most words in common."""


@dataclass(frozen=True)
class Pair:
    """Two texts, one of TASKS, the label's index, and the story that they come from; `chances` in its place where a teacher gave them."""

    first: str
    second: str
    task: str
    label: int
    story: str
    weight: float = 1.0
    chances: tuple[float, ...] = ()


# ------------------------------------------------------------------------------------------------ verdicts


def _sentences(report: Report) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in splitter.split(report.text)]


@dataclass(frozen=True)
class Row:
    """An expectation of either source of stories, with offsets."""

    id: str
    report: int
    trigger: tuple[int, int]
    sentence: tuple[int, int]
    due: Interval | None
    told: tuple[tuple[int, tuple[int, int], str], ...]
    same_as: str | None


def read_story(story: Story, reader: Reader) -> list[StoryArticle]:
    """What the reader reads in a story's reports, in the order of the labels."""
    return [StoryArticle(reader.read(report.article)) for report in story.reports]


def rows(story: Story) -> Iterator[Row]:
    number = {r.id: i for i, r in enumerate(story.reports)}
    for row in story.rows["expectations"]:
        if "report" in row:
            due = Interval(*map(date.fromisoformat, row["due"])) if row["due"] else None
            told = tuple((t["report"], tuple(t["sentence"]), t["verdict"]) for t in row["told_by"])
            yield Row(
                row["id"],
                row["report"],
                tuple(row["trigger"]),
                tuple(row["sentence"]),
                due,
                told,
                row["same_as"],
            )  # type: ignore[arg-type]
            continue
        report = number[row["article"]]
        text = story.reports[report].text
        start = text.find(row["sentence"])
        found = re.search(rf"(?<!\w){re.escape(row['trigger'])}(?!\w)", row["sentence"])
        assert found
        due = (
            Interval(date.fromisoformat(row["due_from"]), date.fromisoformat(row["due_to"]))
            if row["due_from"]
            else None
        )
        told_rows = []
        for item in row["told_by"]:
            other = number[item["article"]]
            at = story.reports[other].text.find(item["sentence"])
            told_rows.append((other, (at, at + len(item["sentence"])), item["verdict"]))
        yield Row(
            row["id"],
            report,
            (start + found.start(), start + found.end()),
            (start, start + len(row["sentence"])),
            due,
            tuple(told_rows),
            row["same_as"],
        )


def verdict_pairs(story: Story, chance: random.Random, negatives: int = 6) -> Iterator[Pair]:
    """Each expectation with every sentence that tells of it, and with the likest sentences that do not."""
    bounds = [_sentences(r) for r in story.reports]
    days = [date.fromisoformat(r.published) for r in story.reports]
    labelled = list(rows(story))
    for row in labelled:
        report = story.reports[row.report]
        inside = next((b for b in bounds[row.report] if b[0] <= row.trigger[0] < b[1]), row.sentence)
        own = report.text[inside[0] : inside[1]]
        sentence = marked(own, Span(row.trigger[0] - inside[0], row.trigger[1] - inside[0]))
        first = expectation_text(sentence, days[row.report], row.due)
        told = {}
        for other, (start, end), verdict in row.told:
            for b in bounds[other]:
                if b[0] < end and start < b[1] and min(b[1], end) - max(b[0], start) > 0.5 * (b[1] - b[0]):
                    told[other, b] = verdict
        # rows that state the same expectation expect it again
        group = row.same_as or row.id
        for twin in labelled:
            if twin is not row and (twin.same_as or twin.id) == group:
                b = next((b for b in bounds[twin.report] if b[0] <= twin.trigger[0] < b[1]), None)
                if b is not None and b != inside and days[twin.report] >= days[row.report]:
                    told.setdefault((twin.report, b), "again")
        words = set(_WORD.findall(own.lower()))
        rest = []
        for other, found in enumerate(bounds):
            if days[other] < days[row.report]:
                continue
            for b in found:
                if (other, b) not in told and not (other == row.report and b == inside):
                    text = story.reports[other].text[b[0] : b[1]]
                    if 20 < len(text) < 500:
                        rest.append(
                            (len(words & set(_WORD.findall(text.lower()))), chance.random(), other, b)
                        )
        rest.sort(reverse=True)
        chosen = rest[: negatives - 2] + chance.sample(rest, min(2, len(rest)))
        for (other, b), verdict in told.items():
            yield _verdict(story, first, (other, b), days, row, verdict)
        for _, _, other, b in chosen:
            yield _verdict(story, first, (other, b), days, row, "unrelated")


def _verdict(
    story: Story, first: str, at: tuple[int, tuple[int, int]], days: list[date], row: Row, verdict: str
) -> Pair:
    other, (start, end) = at
    text = " ".join(story.reports[other].text[start:end].split())
    second = telling_text(text, days[other], days[row.report], row.due)
    return Pair(first, second, "verdict", VERDICTS.index(verdict), story.id)


# ------------------------------------------------------------------------------------------ which expect one thing


def stated(story: Story) -> list[Stated]:
    """The labelled expectations of a story, as claims to be compared."""
    found = []
    for row in rows(story):
        report = story.reports[row.report]
        first, last = next(((x, y) for x, y in _sentences(report) if x <= row.trigger[0] < y), row.sentence)
        sentence = marked(report.text[first:last], Span(row.trigger[0] - first, row.trigger[1] - first))
        said = date.fromisoformat(report.published)
        found.append(Stated(sentence, said, row.due, (report.id, first), row.same_as or row.id))
    return found


@dataclass(frozen=True)
class Stated:
    """A claim's marked sentence, its day and due days, the place of its sentence, and what it shares with claims that expect the same."""

    sentence: str
    said: date
    due: Interval | None
    place: tuple[str, int]
    group: object

    def with_later(self, later: Stated) -> tuple[str, str]:
        """Both texts of the pair."""
        return (
            expectation_text(self.sentence, self.said, self.due),
            again_text(later.sentence, later.said, later.due, self.said, self.due),
        )


def same_pairs(stated: Sequence[Stated], story: str, seed: int = 3) -> Iterator[Pair]:
    """Each claim with those before it that expect the same, and with some that do not: UNLIKE of them, the likest but one."""
    chance = random.Random(seed)
    order = sorted(stated, key=lambda s: (s.said, s.place))
    words = [set(_WORD.findall(s.sentence.lower())) for s in order]
    for number, later in enumerate(order):
        others = [n for n in range(number) if order[n].place != later.place]
        same = [n for n in others if order[n].group == later.group]
        unlike = [n for n in others if order[n].group != later.group]
        unlike.sort(key=lambda n: (-len(words[n] & words[number]) / (1 + len(words[n])), n))
        likest, rest = unlike[: UNLIKE - 1], unlike[UNLIKE - 1 :]
        for n in (*same[-UNLIKE:], *likest, *chance.sample(rest, min(1, len(rest)))):
            label = SAME.index("same" if order[n].group == later.group else "another")
            yield Pair(*order[n].with_later(later), "same", label, story)


# --------------------------------------------------------------------------------------------------- facts


def _side(story: Story, side: dict[str, Any]) -> str:
    if "report" in side:
        report = story.reports[side["report"]]
        sentence = report.text[side["sentence"][0] : side["sentence"][1]]
    else:
        report = next(r for r in story.reports if r.id == side["article"])
        sentence = side["sentence"]
    at = sentence.lower().find(str(side["value"]).lower())
    words = marked(sentence, Span(at, at + len(side["value"])) if at >= 0 else None)
    return fact_text(words, date.fromisoformat(report.published))


def fact_pairs(story: Story) -> Iterator[Pair]:
    """The labelled pairs, in both orders where the order does not matter."""
    for row in story.rows["facts"]:
        a, b = _side(story, row["a"]), _side(story, row["b"])
        if a[:10] > b[:10]:
            a, b = b, a
        yield Pair(a, b, "fact", FACTS.index(row["relation"]), story.id)
        if row["relation"] in ("same", "other"):
            yield Pair(b, a, "fact", FACTS.index(row["relation"]), story.id, 0.5)


_NUMBER = re.compile(
    r"(?<![\w.,$£€])\d{1,3}(?:,\d{3})*(?![\w.,%]*\d)|(?<!\w)(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens)(?!\w)"
)


def perturbed(pair: Pair, chance: random.Random) -> Pair | None:
    """A pair of the same fact with the marked number of its second text changed: another value."""
    if pair.task != "fact" or pair.label != FACTS.index("same") or pair.first[:10] != pair.second[:10]:
        return None
    found = re.search(r"\* (.*?) \*", pair.second)
    number = _NUMBER.search(found[1]) if found else None
    if found is None or number is None:
        return None
    value = number[0].replace(",", "")
    other = (
        str(max(1, int(int(value) * chance.choice((0.5, 0.7, 1.4, 2, 3)) + chance.choice((1, 2, 3)))))
        if value.isdigit()
        else chance.choice(("two", "three", "six", "nine", "twelve"))
    )
    if other == value:
        return None
    start = found.start(1) + number.start()
    second = pair.second[:start] + other + pair.second[start + len(number[0]) :]
    return Pair(pair.first, second, "fact", FACTS.index("differs"), pair.story, 0.7)


def pairs(root: Path, *, validation: bool, seed: int = 5) -> list[Pair]:
    """All pairs of the stories that are, or are not, for validation."""
    chance = random.Random(seed)
    found: list[Pair] = []
    for story in (*shared_stories(root), *own_stories(root)):
        if story.is_validation != validation:
            continue
        found += verdict_pairs(story, chance)
        found += same_pairs(stated(story), story.id)
        facts = list(fact_pairs(story))
        found += facts
        if not validation:
            found += [p for p in (perturbed(f, chance) for f in facts) if p is not None]
    return found
