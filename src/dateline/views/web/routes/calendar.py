"""What is due, on a calendar's page: days in a grid, long windows in a strip of their own."""

from __future__ import annotations

import re
from calendar import Calendar
from collections import defaultdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dateline.language.days import MONTHS, moved
from dateline.records import LedgerEntry
from dateline.views.web.params import AsOf
from dateline.views.web.rendering import address, render
from dateline.views.web.site import Site

_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_LONG = 8
"""Days from which a window is no matter of one day."""


def add(pages: APIRouter, site: Site) -> None:
    """Its route."""

    @pages.get("/calendar")
    def calendar(
        request: Request, as_of: AsOf = None, month: Annotated[str | None, Query(max_length=10)] = None
    ) -> Response:
        """A month of what is due."""
        with site.shared.notebook() as book:
            view = site.view(book, request, as_of, files=("ics",))
            first = _first_of(month) or (view["day"] or date.today()).replace(day=1)
            # a week that runs over the calendar's ends cannot be told
            weeks = Calendar().monthdatescalendar(first.year, first.month) if 1 < first.year < 9999 else []
            last = moved(moved(first, 31).replace(day=1), -1) if first.year < 9999 else date.max
            shown = {day for week in weeks for day in week}
            due: defaultdict[date, list[LedgerEntry]] = defaultdict(list)
            long: list[LedgerEntry] = []
            for entry in site.ledger(book, as_of):
                if entry.due is None:
                    continue
                if (entry.due.end - entry.due.start).days >= _LONG:
                    if entry.due.start <= last and entry.due.end >= first:
                        long.append(entry)
                elif entry.due.end in shown:
                    due[entry.due.end].append(entry)
            total = sum(len(rows) for day, rows in due.items() if day.month == first.month)
            view["twin"] = "/api/" + address(
                "expectations", as_of=as_of, due_after=first, due_before=moved(last, 1)
            )
            return render(
                "calendar.html",
                **view,
                first=first,
                month=f"{MONTHS[first.month - 1]} {first.year}",
                earlier=_month_label(moved(first, -1)),
                later=_month_label(moved(last, 1)),
                weeks=weeks,
                due=due,
                long=sorted(long, key=lambda x: (x.due.end, x.due.start, x.id) if x.due else ()),
                total=total,
                titles=site.titles(book, as_of),
            )  # fmt: skip


def _first_of(month: str | None) -> date | None:
    told = _MONTH.match(month or "")
    if told is None or not 1 <= int(told[2]) <= 12 or not 2 <= int(told[1]) <= 9998:
        return None
    return date(int(told[1]), int(told[2]), 1)


def _month_label(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"
