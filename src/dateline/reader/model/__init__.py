"""The language model: the interface that the reader stands on, and the bundled network that implements it."""

from __future__ import annotations

from dateline.reader.model.interface import (
    Analysis,
    Announcement,
    Arc,
    Attribution,
    Block,
    Day,
    Labelled,
    Model,
    Place,
    SentenceAnalysis,
    Trigger,
)
from dateline.reader.model.network import load

__all__ = [
    "Analysis",
    "Announcement",
    "Arc",
    "Attribution",
    "Block",
    "Day",
    "Labelled",
    "Model",
    "Place",
    "SentenceAnalysis",
    "Trigger",
    "load",
]
