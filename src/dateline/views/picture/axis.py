"""The axis of a picture: days to x, and the days that are told by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.language.days import SHORT_MONTHS, moved
from dateline.views.contents import StoryContents

WIDTH, LEFT, RIGHT = 960, 190, 104
"""The picture's width, and what of it is kept for words on either side of the days."""
LETTER = 6.7
"""About how wide a letter is, in the widest of the fonts that are asked for."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Days to x: `first` stands at the left edge of the plot, `last` at the right."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1

    def x(self, day: date) -> float:
        """Where the middle of `day` stands; days beyond the axis stand at its ends."""
        day = min(max(day, self.first), self.last)
        share = ((day - self.first).days + 0.5) / self.days
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def holds(self, day: date) -> bool:
        """True where `day` is on the axis."""
        return self.first <= day <= self.last

    def zoomed(self, factor: float, about: date | None = None) -> Axis:
        """The axis with `factor` times as many days, at least one, about `about` where that is on it, else about its middle."""
        days = max(round(self.days * factor), 1)
        middle = self.first.toordinal() + (self.days - 1) / 2
        if about and self.holds(about):
            # the day keeps its place
            share = (about - self.first).days / self.days
            middle = about.toordinal() + (0.5 - share) * (days - 1)
        first = moved(date.min, round(middle - (days - 1) / 2) - 1)
        return Axis(first, moved(first, days - 1))

    def moved(self, share: float) -> Axis:
        """The axis moved by a share of its length, by a day at least."""
        days = round(self.days * share) or (1 if share > 0 else -1)
        return Axis(moved(self.first, days), moved(self.last, days))

    def ticks(self) -> Iterator[tuple[date, str]]:
        """Days with their names, so far apart that no name touches the next."""
        free = float("-inf")
        for day, words in self._named():
            x, half = self.x(day), len(words) * LETTER / 2
            if x - half > free and x + half < WIDTH:
                free = x + half + LETTER
                yield day, words

    def _named(self) -> Iterator[tuple[date, str]]:
        """About ten days with their names: days, weeks, months or years apart."""
        if self.days <= 120:
            step = 1 if self.days <= 12 else 7 if self.days <= 80 else 14
            # weeks are told by their Monday
            day = self.first if step == 1 else moved(self.first, -self.first.weekday() % 7)
            while day <= self.last:
                yield day, f"{day.day} {SHORT_MONTHS[day.month - 1]}"
                if (date.max - day).days < step:
                    return
                day += timedelta(days=step)
            return
        months = next(m for m in (1, 3, 6, 12, 60, 120, 600, 1200, 12000) if self.days / 30.4 / m <= 11)
        index = -(-(self.first.year * 12 + self.first.month - 1 + (self.first.day > 1)) // months) * months
        while index // 12 <= self.last.year:
            day = date(max(index // 12, 1), index % 12 + 1, 1)
            if day > self.last:
                return
            yield day, f"{day.year}" if months >= 12 else f"{SHORT_MONTHS[day.month - 1]} {day.year}"
            index += months


def whole(story: StoryContents) -> Axis:
    """The axis from the first report or what lies shortly before it, to the last report or what lies ahead of it.

    A year mentioned in passing (1662) would squeeze the story itself to a line, so the margins grow with its length.
    """
    first, last = story.summary.first, story.summary.last
    length = (last - first).days
    earliest, latest = moved(first, -max(7, length // 3)), moved(last, max(21, length // 2))
    days = [d for e in story.entries for d in (e.interval.start, e.interval.end)]
    days += [d for x in story.expectations if x.due for d in (x.due.start, x.due.end)]
    inside = [d for d in days if earliest <= d <= latest]
    return Axis(min([first, *inside]), moved(max([last, *inside]), 1))
