"""The query parameters that pages and the API share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BeforeValidator, Field, StringConstraints

from dateline.records import Status


def _blank_is_none(value: Any) -> Any:
    # a form sends what was left empty as ""
    return None if isinstance(value, str) and not value.strip() else value


_optional = BeforeValidator(_blank_is_none)
_Text = Annotated[str, StringConstraints(max_length=500)]

AsOf = Annotated[
    date | None,
    _optional,
    Query(description="Only what was known at the close of this day; the last day without it."),
]
Day = Annotated[date | None, _optional, Query()]
DueBefore = Annotated[
    date | None, _optional, Query(description="Only those whose last due day is before this.")
]
DueAfter = Annotated[
    date | None, _optional, Query(description="Only those whose last due day is not before this.")
]
StatusIs = Annotated[Status | None, _optional, Query(description="Only those that came out so.")]
StoryKey = Annotated[
    _Text | None,
    _optional,
    Query(description="A story's id, or words of its title; all without it."),
]
Words = Annotated[_Text | None, _optional, Query()]
Who = Annotated[_Text | None, _optional, Query(description="A name, as in `dateline statements --by`.")]
After = Annotated[date | None, _optional, Query(description="Published on or after this day.")]
Before = Annotated[date | None, _optional, Query(description="Published on or before this day.")]
Since = Annotated[date | None, _optional, Query(description="What counts as new: all from this day on.")]
All = Annotated[bool, Query(alias="all", description="Also what scores too low to be shown.")]
Limit = Annotated[
    Annotated[int, Field(ge=1, le=1_000_000)] | None,
    _optional,
    Query(description="How many rows at the most; all without it."),
]
Offset = Annotated[int, Query(ge=0, le=1_000_000_000, description="How many rows to leave out first.")]
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
SortBy = Annotated[Literal["due", "voiced", "who", "status"], Query()]
