"""The model interface: sentences in, heads out.

Everything the reader knows of language beyond characters comes through `Model.analyse`. The bundled network
(`dateline.reader.network`) implements it; so can a spaCy pipeline, a transformers model or a served LLM.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dateline.reader.text import Sentence
from dateline.records import Realis, Vector


@dataclass(frozen=True, slots=True)
class Labelled:
    """Characters [start, end) of the article's text with a label and its probability."""

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """A token that reports an event: its index in the sentence, the probability that it does, the probability of
    each realis (they sum to 1), and its factuality from -3 (certainly not) to +3 (certainly; Lee et al. 2015)."""

    token: int
    score: float
    realis: Mapping[Realis, float]
    factuality: float


@dataclass(frozen=True, slots=True)
class SentenceAnalysis:
    """What the model says of one sentence; the tuples of tags have one item a token.

    `heads` are token indices in the sentence, -1 for the root; `deprels` are UD relations without subtypes, but for
    `nsubj:pass`, `aux:pass`, `obl:agent` and `nmod:poss`, which the reader needs. `names` have labels PER, ORG, LOC, NORP;
    `times` have TIMEX3 types. `vector` is float32 of unit length.
    """

    upos: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    names: tuple[Labelled, ...]
    times: tuple[Labelled, ...]
    triggers: tuple[Trigger, ...]
    vector: Vector


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the model says of one article.

    `attributions` have labels SOURCE, CUE, CONTENT (PolNeAR's sense); a content may run over several sentences.
    """

    sentences: tuple[SentenceAnalysis, ...]
    attributions: tuple[Labelled, ...]


class Model(Protocol):
    """A language model that the reader can stand on."""

    def analyse(self, text: str, sentences: Sequence[Sentence]) -> Analysis:
        """Analyse the sentences of one article. Deterministic; never raises on any text; spans are offsets into `text`."""
        ...
