"""TIMEX3: every time expression of a text, its value, and the days it covers."""

from dateline.reader.calendar.finding import find

__all__ = ["find"]
