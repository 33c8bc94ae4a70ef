"""Datelines: "PORT ELLERY, March 8 (Meridian) -" tells where and when a report was filed, and is no part of its story."""

from __future__ import annotations

import re

# a place in capitals, perhaps a day and an agency, then a dash
_DATELINE = re.compile(
    r"\A[A-Z][A-Z .'’-]{2,40}(?:,[^()\n]{1,30})?(?:\s*\([^)\n]{1,40}\))?\s*[-–—]+(?:\s+|\Z)|\A\([^)\n]{2,30}\)\s*[-–—]+(?:\s+|\Z)"
)


def without_dateline(text: str) -> str:
    """`text` on one line without the dateline that it opens with; empty where it is nothing else."""
    return _DATELINE.sub("", " ".join(text.split()), count=1)
