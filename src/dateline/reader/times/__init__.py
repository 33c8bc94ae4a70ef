"""TIMEX3: every time expression of a text, its value, and the days it covers."""

from dateline.reader.times.finding import find

__all__ = ["find"]
