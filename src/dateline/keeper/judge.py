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
Sameness = Literal["same", "another"]
"""Whether two claims expect one thing."""
Pair = tuple[str, str]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LIKENESSES: tuple[Likeness, ...] = get_args(Likeness)
SAMENESS: tuple[Sameness, ...] = get_args(Sameness)


class Judge(Protocol):
    """Reads two texts at once. Deterministic; the probabilities of an answer sum to 1."""

    def verdicts(self, pairs: Sequence[Pair]) -> list[dict[Verdict, float]]:
        """What each second text tells of the expectation in the first."""
        ...

    def facts(self, pairs: Sequence[Pair]) -> list[dict[Likeness, float]]:
        """Whether both texts give one fact, and one value for it."""
        ...

    def contradictions(self, pairs: Sequence[Pair]) -> list[dict[Likeness, float]]:
        """Whether both sentences, the earlier first, give one fact otherwise; as `facts`, of whole sentences."""
        ...

    def sameness(self, pairs: Sequence[Pair]) -> list[dict[Sameness, float]]:
        """Whether the expectations of both texts, the earlier first, are one."""
        ...


def marked(text: str, span: Span | None) -> str:
    """The text, white space folded, with the words of `span` between marks that the encoder knows as words."""
    if span is None:
        return " ".join(text.split())
    return " ".join(f"{text[: span.start]} * {text[span.start : span.end]} * {text[span.end :]}".split())


def expectation_text(sentence: str, published: date, due: Interval | None) -> str:
    """The first text of a pair about an expectation; `sentence` has its trigger marked. Its days are told by how far off they are."""
    return f"{_off(published, due)}: {sentence}"


def telling_text(sentence: str, published: date, said: date, due: Interval | None) -> str:
    """The second text of a verdict pair: how its day lies to the expectation's, and the sentence."""
    place = ""
    if due is not None:
        early, late = published < due.start, published > due.end
        place = " before it is due" if early else " after it was due" if late else " in time"
    return f"{_later(published, said)}{place}: {sentence}"


def again_text(
    sentence: str, published: date, due: Interval | None, said: date, other: Interval | None
) -> str:
    """The second text of a pair of expectations: how its day and its due days lie to those of the first, `said` and `other`, and the sentence."""
    if due is None or other is None:
        days = "no days" if due is other else "days in one"
    else:
        same = (due.start, due.end) == (other.start, other.end)
        days = "the same days" if same else "days in common" if due.overlaps(other) else "other days"
    return f"{_later(published, said)}, {_off(published, due)}, {days}: {sentence}"


def _later(published: date, said: date) -> str:
    gap = (published - said).days
    return "the same day" if gap == 0 else f"{gap} days later"


def _off(published: date, due: Interval | None) -> str:
    if due is None:
        return "no day"
    near, far = ((day - published).days for day in (due.start, due.end))
    return f"due in {near} days" if near == far else f"due in {near} to {far} days"


def fact_text(sentence: str, published: date) -> str:
    """Either text of a fact pair; `sentence` has its value marked."""
    return f"{published.isoformat()}: {sentence}"


def contrast(first: str, published: date, second: str, later: date) -> Pair:
    """Both texts of a pair of sentences that may contradict each other, the earlier first, and how the later one's day lies to it."""
    return marked(first, None), f"{_later(later, published)}: {marked(second, None)}"
