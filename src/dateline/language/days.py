"""Days in English words, and days counted without leaving the calendar (years 1 to 9999)."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = tuple(month[:3] for month in MONTHS)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_WEEKDAYS = tuple(day[:3] for day in WEEKDAYS)


def moved(day: date, days: int) -> date:
    """`day` moved by so many days, no further than the calendar's first or last."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def last_day_of_news(today: date) -> date:
    """The last day that a report may bear without being from the future: tomorrow, for elsewhere it has begun."""
    return moved(today, 1)
