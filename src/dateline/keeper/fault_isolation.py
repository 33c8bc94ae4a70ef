"""Work on several articles as far as it goes: an article that makes it fail is left out and named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from dateline.records import Fault, StoryArticle

T = TypeVar("T")
_TRIED = 60
"""Articles of a story up to which each is tried as the one without which the work goes through."""


def isolate_faults(
    part: str, work: Callable[[Sequence[StoryArticle]], T], filed: Sequence[StoryArticle], nothing: T
) -> tuple[T, tuple[Fault, ...]]:
    """What `work` makes of `filed`, or of those on which it does not fail, or `nothing`; and what was left out of `part`."""
    error = _failure(work, filed)
    if not isinstance(error, Exception):
        return error[0], ()
    failing = [f for f in filed if isinstance(_failure(work, [f]), Exception)]
    if not failing and len(filed) <= _TRIED:
        failing = next(
            ([f] for f in filed if not isinstance(_failure(work, _without(filed, [f])), Exception)), []
        )
    rest = _without(filed, failing)
    made = _failure(work, rest) if failing and rest else error
    if isinstance(made, Exception):
        return nothing, (Fault(part, None, None, _told(error)),)
    return made[0], tuple(Fault(part, f.article.id, f.article.source, _told(error)) for f in failing)


def _without(filed: Sequence[StoryArticle], some: Sequence[StoryArticle]) -> list[StoryArticle]:
    left_out = {f.article.id for f in some}
    return [f for f in filed if f.article.id not in left_out]


def _failure(
    work: Callable[[Sequence[StoryArticle]], T], filed: Sequence[StoryArticle]
) -> Exception | tuple[T]:
    """The exception that `work` ends with, or what it makes."""
    try:
        return (work(filed),)
    except Exception as error:  # noqa: BLE001 - it is handed back
        return error


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
