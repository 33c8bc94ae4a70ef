"""How likely a sentence makes a faultless entry of a timeline: a logistic regression over signs of how it tells its event.

A faultless entry tells an event, on its right day, and is understood alone. Much that a report ties to a day is comment, colour or
background; what it is shows in how the sentence is built. Fitted by `training.entries`.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from dateline.keeper.dated_sentences import DatedSentence
from dateline.keeper.logistic import Weights
from dateline.keeper.sentences import leans

SIGNS = ("named", "before", "quoted", "actual", "leans")
"""What is weighed: the sentence names its day; the logarithm of how many other events stand in it before the one that it tells there
(one behind others is mostly a clause beside the main one); some of it is quoted; the share of its events that are actual; it is
understood only from what stands before it."""


def signs(sentence: DatedSentence) -> tuple[float, ...]:
    """One number for each of SIGNS."""
    events = sentence.events
    # what is told by a verb may be named once more behind it: "voted to strike, by 1,140 votes"
    first = min((e.span.start for e in events if e.predicate == sentence.event.predicate), default=0)
    return (
        float(sentence.named),
        math.log1p(sum(e.span.start < first for e in events)),
        float(sentence.quoted),
        sum(e.realis == "actual" for e in events) / max(1, len(events)),
        float(leans(sentence.text)),
    )


def likelihood(sentence: DatedSentence) -> float:
    """The probability that `sentence` makes a faultless entry."""
    return _fitted().likelihood(signs(sentence))


@cache
def least() -> float:
    """The probability from which a sentence may stand where a timeline has the length that it thinks fit."""
    return float(_table()["least"])


@cache
def _fitted() -> Weights:
    table = _table()
    return Weights(tuple(table["weights"][name] for name in SIGNS), table["bias"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("dateline.keeper").joinpath("entries.toml").read_text("utf-8"))
