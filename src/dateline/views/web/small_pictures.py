"""Small pictures: reports per day as a sparkline, and how a source's expectations came out as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.language.counting import counted
from dateline.records import StoryOverview, TrackRecord
from dateline.views.labels import status_label

_WIDTH, _HEIGHT = 180, 26
_MOST_BARS = 60


def sparkline(daily: Sequence[tuple[date, int]], first: date, last: date) -> str:
    """Reports per day as bars on the axis from `first` to `last`, the same for all stories of a list; what lies before is left out."""
    days = max((last - first).days + 1, 1)
    per_bar = -(-days // _MOST_BARS)
    bars = -(-days // per_bar)
    counts = [0] * bars
    for day, count in daily:
        if first <= day <= last:
            counts[(day - first).days // per_bar] += count
    most = max(counts) or 1
    step = _WIDTH / bars
    width = max(step - 0.8, 0.7)
    path = "".join(
        f"M{i * step:.1f} {_HEIGHT}h{width:.1f}v-{max(c / most * (_HEIGHT - 4), 2):.1f}h-{width:.1f}z"
        for i, c in enumerate(counts)
        if c
    )
    total = sum(counts)
    name = f"{total} report{'' if total == 1 else 's'} in {days} day{'' if days == 1 else 's'}, at most {most} in {'one day' if per_bar == 1 else f'{per_bar} days'}"
    return (
        f'<svg class="spark" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{name}">'
        f'<path class="base" d="M0 {_HEIGHT}h{bars * step:.1f}"/><path class="bars" d="{path}"/></svg>'
    )


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a source's expectations: its status, how many, and where its bar stands on a scale of 0 to 100."""

    status: str
    count: int
    start: float
    width: float


def shares(record: TrackRecord) -> list[Share]:
    """What came of a source's expectations that a report settled, as shares of them all; empty where there are none."""
    counts = (("met", record.met), ("met late", record.met_late), ("missed", record.missed))
    total = record.settled
    out, start = [], 0.0
    for status, count in counts:
        if count:
            width = 100 * count / total
            out.append(Share(status, count, round(start, 2), round(width, 2)))
            start += width
    return out


def changed(story: StoryOverview) -> list[str]:
    """What a story's last day brought, in words: new reports, outcomes, expectations and disagreements; empty where nothing."""
    told = [f"+{counted(story.new_reports, 'report')}"] if story.new_reports else []
    told += [f"{count} {status_label(status)}" for status, count in story.new_outcomes if count]
    told += [f"{story.new_expectations} newly expected"] if story.new_expectations else []
    told += [f"{story.new_disagreements} newly disputed"] if story.new_disagreements else []
    return told
