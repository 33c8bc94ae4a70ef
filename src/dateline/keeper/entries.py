"""How likely a sentence makes a faultless entry of a timeline: a logistic regression over signs of how it tells its event, and its vector.

A faultless entry tells an event, on its right day, and is understood alone. Much that a report ties to a day is comment, colour or
background; what it is shows in how the sentence is built, and in what the model's vector says of it. Fitted by `training.entries`, for
the network whose vectors these are.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any

import numpy as np

from dateline.keeper.dated_sentences import DatedSentence
from dateline.keeper.logistic import Weights, probability
from dateline.keeper.sentences import leans
from dateline.language.tables import toml_table
from dateline.records import Vector

SIGNS = (
    "named", "before", "leans", "colon", "definite", "head", "possessive", "since", "noun", "saying", "relative",
    "place", "modifier", "day", "perfect", "quoted",
)  # fmt: skip
"""What is weighed: the sentence names its day; the logarithm of how many other events stand in it before the one that it tells there
(one behind others is mostly a clause beside the main one); it is understood only from what stands before it, or is somebody's
own; it holds a colon or a semicolon (lists, headlines); it opens with what was named before ("The injunction", "On Friday the shares"); the day
stands at its head; "Tuesday's quake"; "since Tuesday" or "until Tuesday"; the event is told by a noun ("a rally on Tuesday"); what is dated
is that somebody said it; it stands in a clause behind "who" or "which"; the logarithm of how many sentences stand before it in the report;
"the March 4 letter"; the time is a day without a date ("Tuesday", "yesterday"); "has", "have" or "had" stands before the event; some of
it is quoted."""

_HEAD = 12
"""Characters at the head of a sentence."""
_REACH = 60
"""Characters before an event, or a time, within which what stands there says how it is told."""
_POSSESSIVE = ("'s", "’s")
_SINCE = re.compile(r"\b(?:since|until|till|through)\s*\Z", re.IGNORECASE)
_MODIFIER = re.compile(r"\b(?:the|a|an|his|her|its|their)\s+\Z")
_PERFECT = re.compile(r"\b(?:has|have|had)\b[^,]{0,20}\Z")
_DAY = re.compile(r"\D*day\b\D*")
_RELATIVE = re.compile(r"\b(?:who|which|whom|whose|where|when)\b[^,;]{0,30}\Z", re.IGNORECASE)
_INFINITIVE = re.compile(r"\b(?:to|will|would|can|could|did|put|set|hit)\s*\Z")

_OWN = re.compile(r"\b(?:I|me|[Ww]e|[Mm]y|[Oo]ur|us|you|your)\b")
_QUOTED = re.compile('[“"].*?[”"]')
_DEFINITE = re.compile(
    r"(?:(?:The|Both|Such|Another|Other|Those|Two|Three) (?=[a-z])|Others\b|One\b)"
    r"|(?:On|In|At|By|Last|Early|Late|Yesterday|Today|Earlier)\b[^,]{0,25},? (?:the (?=[a-z])|(?:he|she|they|it|his|her|their|its|we|I) )"
)


def signs(sentence: DatedSentence) -> tuple[float, ...]:
    """One number for each of SIGNS."""
    events, text, start = sentence.events, sentence.text, sentence.span.start
    article, event, time = sentence.filed.article.text, sentence.event, sentence.time
    # what is told by a verb may be named once more behind it: "voted to strike, by 1,140 votes"
    first = min((e.span.start for e in events if e.predicate == event.predicate), default=0)
    before = article[max(start, event.span.start - _REACH) : event.span.start]
    before_time = article[max(start, time.start - _REACH) : time.start] if time else ""
    told_time = time.of(article) if time else ""
    bare = event.span.of(article).lower() == event.predicate
    return (
        float(sentence.named),
        math.log1p(sum(e.span.start < first for e in events)),
        float(leans(text) or _OWN.search(_QUOTED.sub("", text)) is not None),
        float(":" in text or ";" in text),
        float(_DEFINITE.match(text) is not None),
        float(time is not None and time.start - start < _HEAD),
        float(time is not None and article.startswith(_POSSESSIVE, time.end)),
        float(_SINCE.search(before_time) is not None),
        float(bare and _INFINITIVE.search(before) is None),
        float(sentence.saying),
        float(_RELATIVE.search(before) is not None),
        math.log1p(sentence.number),
        float(_MODIFIER.search(before_time) is not None),
        float(_DAY.fullmatch(told_time) is not None),
        float(_PERFECT.search(before) is not None),
        float(sentence.quoted),
    )


def likelihood(sentence: DatedSentence) -> float:
    """The probability that `sentence` makes a faultless entry: by its signs and its vector, where that is of the size of the bundled network's."""
    told = math.fsum(w * x for w, x in zip(_fitted().weights, signs(sentence), strict=True))
    if sentence.vector is not None and sentence.vector.shape == _direction().shape:
        told += float(sentence.vector @ _direction()) - _table()["middle"]
    return probability(_fitted().bias + told)


@cache
def least() -> float:
    """The probability from which a sentence may stand where a timeline has the length that it thinks fit."""
    return float(_table()["least"])


@cache
def _fitted() -> Weights:
    table = _table()
    return Weights(tuple(table["weights"][name] for name in SIGNS), table["bias"])


@cache
def _direction() -> Vector:
    """(dimensions,) what each component of a sentence's vector counts."""
    return np.array(_table()["vector"], np.float32)


@cache
def _table() -> dict[str, Any]:
    return toml_table("dateline.keeper", "entries.toml")
