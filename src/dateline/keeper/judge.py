"""Pairs of sentences as a judge is asked about them, and the judge's answers.

The keeper asks and knows no network: whoever holds the notebook gives it a `Judge`. The texts are written here, and the
training writes its examples with the same functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, Protocol, get_args

from dateline.records import Interval, Span, Verdict

Likeness = Literal["same", "differs", "update", "other"]
"""How two passages lie to each other: one fact with one value, with another, with a newer one, or no one fact."""
Pair = tuple[str, str]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LIKENESSES: tuple[Likeness, ...] = get_args(Likeness)


class Judge(Protocol):
    """Reads two texts at once. Deterministic; the probabilities of an answer sum to 1."""

    def verdicts(self, pairs: Sequence[Pair]) -> list[dict[Verdict, float]]:
        """What each second text tells of the expectation in the first."""
        ...

    def facts(self, pairs: Sequence[Pair]) -> list[dict[Likeness, float]]:
        """Whether both texts give one fact, and one value for it."""
        ...


def marked(text: str, span: Span | None) -> str:
    """The text, white space folded, with the words of `span` between marks that the encoder knows as words."""
    if span is None:
        return " ".join(text.split())
    return " ".join(f"{text[: span.start]} * {text[span.start : span.end]} * {text[span.end :]}".split())


def expectation_text(sentence: str, published: date, due: Interval | None) -> str:
    """The first text of a verdict pair; `sentence` has its trigger marked."""
    window = f"due {due.start.isoformat()} to {due.end.isoformat()}" if due else "no day"
    return f"{window}, said {published.isoformat()}: {sentence}"


def telling_text(sentence: str, published: date, said: date, due: Interval | None) -> str:
    """The second text of a verdict pair: how its day lies to the expectation's, and the sentence."""
    gap = (published - said).days
    later = "the same day" if gap == 0 else f"{gap} days later"
    place = ""
    if due is not None:
        early, late = published < due.start, published > due.end
        place = "before it is due" if early else "after it was due" if late else "in time"
    return f"{later} {place}: {sentence}"


def fact_text(sentence: str, published: date) -> str:
    """Either text of a fact pair; `sentence` has its value marked."""
    return f"{published.isoformat()}: {sentence}"
