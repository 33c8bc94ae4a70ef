"""How likely a sentence makes a faultless entry of a timeline: a logistic regression over signs of how it tells its event.

A faultless entry tells an event, on its right day, and is understood alone. Much that a report ties to a day is comment, colour or
background; what it is shows in how the sentence is built. Fitted by `training.entries`.
"""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from dateline.keeper.dated_sentences import DatedSentence
from dateline.keeper.logistic import Weights
from dateline.keeper.sentences import leans

SIGNS = ("named", "before", "quoted", "leans", "colon", "definite", "name")
"""What is weighed: the sentence names its day; the logarithm of how many other events stand in it before the one that it tells there
(one behind others is mostly a clause beside the main one); some of it is quoted; it is understood only from what stands before it, or is somebody's
own; it holds a colon or a semicolon (lists, headlines); it opens with what was named before ("The injunction", "On Friday the shares"); a name
stands at its head."""

_HEAD = 30
"""Characters at the head of a sentence."""

_OWN = re.compile(r"\b(?:I|me|[Ww]e|[Mm]y|[Oo]ur|us|you|your)\b")
_QUOTED = re.compile('[“"].*?[”"]')
_DEFINITE = re.compile(
    r"(?:(?:The|Both|Such|Another|Other|Those|Two|Three) (?=[a-z])|Others\b|One\b)"
    r"|(?:On|In|At|By|Last|Early|Late|Yesterday|Today|Earlier)\b[^,]{0,25},? (?:the (?=[a-z])|(?:he|she|they|it|his|her|their|its|we|I) )"
)


def signs(sentence: DatedSentence) -> tuple[float, ...]:
    """One number for each of SIGNS."""
    events, text, start = sentence.events, sentence.text, sentence.span.start
    # what is told by a verb may be named once more behind it: "voted to strike, by 1,140 votes"
    first = min((e.span.start for e in events if e.predicate == sentence.event.predicate), default=0)
    return (
        float(sentence.named),
        math.log1p(sum(e.span.start < first for e in events)),
        float(sentence.quoted),
        float(leans(text) or _OWN.search(_QUOTED.sub("", text)) is not None),
        float(":" in text or ";" in text),
        float(_DEFINITE.match(text) is not None),
        float(any(0 <= m.span.start - start < _HEAD for m in sentence.filed.reading.mentions)),
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
