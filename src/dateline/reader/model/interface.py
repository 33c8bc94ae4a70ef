"""The model interface: sentences in, judgements out.

Everything the reader knows of language beyond characters comes through `Model.analyse`. The bundled network
(`dateline.reader.model.network`) implements it; so can a spaCy pipeline, a transformers model or a served LLM.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from dateline.reader.segmentation import Sentence
from dateline.records import Realis, Vector

Block = Literal["report", "headline", "caption", "byline", "related", "comment", "advert"]
Day = Literal["included", "before", "after", "overlap"]
Firmness = Literal["certain", "expected", "possible"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A word of an article: the index of its sentence, and of the token in that sentence."""

    sentence: int
    token: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """Characters [start, end) of the article's text with a label and its probability."""

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Arc:
    """Where a word may point, None for the root, and the probability that it does."""

    place: Place | None
    chance: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """A token that reports an event: its index in the sentence, the probability that it does, the probability of
    each realis (they sum to 1), and its factuality from -3 (certainly not) to +3 (certainly; Lee et al. 2015).

    `times` are the words of the time expression that it may be dated by, the likeliest first; the root is the document's
    date. `day` says how it lies to that time (Yao et al. 2020), with the probability `sure`.
    """

    token: int
    score: float
    realis: Mapping[Realis, float]
    factuality: float
    times: tuple[Arc, ...] = ()
    day: Day = "before"
    sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Announcement:
    """A token that announces a later event: the probability of each firmness (they sum to `score`), that what is expected
    is that it does not happen, and that it hangs on a near condition.

    `holders` are the words of whoever may expect it, the likeliest first; the root is the reporter's own voice. `times` are
    those of the time expression in which it may fall due; the root is none.
    """

    token: int
    score: float
    firmness: Mapping[Firmness, float]
    negated: float
    conditional: float
    holders: tuple[Arc, ...] = ()
    times: tuple[Arc, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: a cue with the stretches of its source and of its content (PolNeAR's sense), in text order.

    Any of them may be empty: a source or content without a cue stands alone.
    """

    cue: Labelled | None
    sources: tuple[Labelled, ...]
    contents: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class SentenceAnalysis:
    """What the model says of one sentence; the tuples of tags have one item a token.

    `heads` are token indices in the sentence, -1 for the root; `deprels` are UD relations without subtypes, but for
    `nsubj:pass`, `aux:pass`, `obl:agent` and `nmod:poss`, which the reader needs. `names` have labels PER, ORG, LOC, NORP;
    `times` have TIMEX3 types. `vector` is float32 of unit length. `block` is what of a page the sentence is.
    """

    upos: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    names: tuple[Labelled, ...]
    times: tuple[Labelled, ...]
    triggers: tuple[Trigger, ...]
    vector: Vector
    announcements: tuple[Announcement, ...] = ()
    block: Block = "report"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the model says of one article. A content of `attributions` may run over several sentences."""

    sentences: tuple[SentenceAnalysis, ...]
    attributions: tuple[Attribution, ...] = ()


class Model(Protocol):
    """A language model that the reader can stand on."""

    def analyse(self, text: str, sentences: Sequence[Sentence]) -> Analysis:
        """Analyse the sentences of one article. Deterministic; never raises on any text; spans are offsets into `text`."""
        ...
