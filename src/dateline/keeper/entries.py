"""How likely a sentence makes a faultless entry of a timeline: a small network over signs of how it tells its event, and its vector.

A faultless entry tells an event, on its right day, and is understood alone. Much that a report ties to a day is comment, colour or
background; what it is shows in how the sentence is built, and in what the model's vector says of it. Taught by `training.entries`, for
the network whose vectors these are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.keeper.dated_sentences import DatedSentence
from dateline.keeper.sentences import leans

Floats = npt.NDArray[np.float32]
LABELS = ("faultless", "no event", "wrong day", "not alone")
"""What a sentence may be as an entry."""
LEAST = 0.4
"""The probability from which a sentence may stand where a timeline has the length that it thinks fit."""
FILE = "entries.npz"
SIGNS = (
    "named", "before", "leans", "colon", "definite", "head", "possessive", "since", "noun", "saying", "relative",
    "place", "modifier", "day", "perfect", "quoted", "names", "together", "opens", "attributed",
)  # fmt: skip
"""What is weighed: the sentence names its day; the logarithm of how many other events stand in it before the one that it tells there
(one behind others is mostly a clause beside the main one); it is understood only from what stands before it, or is somebody's
own; it holds a colon or a semicolon (lists, headlines); it opens with what was named before ("The injunction", "On Friday the shares"); the day
stands at its head; "Tuesday's quake"; "since Tuesday", "from Tuesday" or "until Tuesday"; the event is told by a noun ("a rally on Tuesday"); what is dated
is that somebody said it; it stands in a clause behind "who" or "which"; the logarithm of how many sentences stand before it in the report;
"the March 4 letter"; the time is a day without a date ("Tuesday", "yesterday"); "has", "have" or "had" stands before the event; some of
it is quoted; the logarithms of how many names stand in it, and of how many other events that are of the same days; it opens with a name;
"said" or "according to" stands before the event."""

_HEAD = 12
"""Characters at the head of a sentence."""
_DIGITS = 4
"""Where a probability is rounded: it does not hang on which others are worked out beside it."""
_OPENING = 20
"""Characters within which a name opens a sentence."""
_REACH = 60
"""Characters before an event, or a time, within which what stands there says how it is told."""
_POSSESSIVE = ("'s", "’s")
_SINCE = re.compile(r"\b(?:since|after|from|between|until|till|through)\s*(?:the\s*)?\Z", re.IGNORECASE)
_MODIFIER = re.compile(r"\b(?:the|a|an|his|her|its|their)\s+\Z")
_PERFECT = re.compile(r"\b(?:has|have|had)\b[^,]{0,20}\Z")
_DAY = re.compile(r"\D*day\b\D*")
_RELATIVE = re.compile(r"\b(?:who|which|whom|whose|where|when)\b[^,;]{0,30}\Z", re.IGNORECASE)
_ATTRIBUTED = re.compile(r"\b(?:said|says|told|according to)\b", re.IGNORECASE)
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
    names = [m.span.start - start for m in sentence.mentions]
    together = sum(e is not event and e.interval == event.interval for e in events)
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
        math.log1p(len(names)),
        math.log1p(together),
        float(any(place < _OPENING for place in names)),
        float(_ATTRIBUTED.search(article, start, event.span.start) is not None),
    )


@dataclass(frozen=True)
class Network:
    """Small networks of one hidden layer whose probabilities are averaged; m of them.

    `signs` is (m, signs, hidden), `vectors` (m, dimensions, hidden), `hidden` (m, hidden), `labels` (m, hidden, LABELS), `biases`
    (m, LABELS), `middle` (dimensions,) the mean vector, which stands for one that is not given.
    """

    signs: Floats
    vectors: Floats
    hidden: Floats
    labels: Floats
    biases: Floats
    middle: Floats

    @classmethod
    def load(cls, path: Path) -> Network:
        """From a file of NumPy's."""
        with np.load(path) as arrays:
            return cls(**{name: arrays[name].astype(np.float32) for name in arrays})

    def probabilities(self, signs: Floats, vectors: Floats) -> Floats:
        """(sentences, LABELS) of (sentences, signs) and (sentences, dimensions)."""
        inner = signs @ self.signs + (vectors - self.middle) @ self.vectors + self.hidden[:, None]
        told = np.maximum(inner, 0) @ self.labels + self.biases[:, None]
        told = np.exp(told - told.max(axis=-1, keepdims=True))
        return np.asarray((told / told.sum(axis=-1, keepdims=True)).mean(axis=0), np.float32)


def likelihoods(sentences: Sequence[DatedSentence]) -> list[float]:
    """The probability of each sentence that it makes a faultless entry: by its signs and its vector, where that is of the size of the
    bundled network's."""
    if not sentences:
        return []
    network = _network()
    vectors = [
        t.vector if t.vector is not None and t.vector.shape == network.middle.shape else network.middle
        for t in sentences
    ]
    found = network.probabilities(np.array([signs(t) for t in sentences], np.float32), np.stack(vectors))
    return [round(float(p), _DIGITS) for p in found[:, 0]]


@cache
def _network() -> Network:
    return Network.load(Path(__file__).parent / FILE)
