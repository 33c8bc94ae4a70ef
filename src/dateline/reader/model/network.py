"""The bundled network: sentences in, judgements out.

Consecutive sentences are read together, in windows (`windows.py`). A sentence that is longer than a window is read in
parts whose trees are hung together. Arcs that are no part of
the tree (a source to its cue, an event to its time, an expectation to its holder) run between all words of a window.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from dateline.errors import ModelError
from dateline.reader.model import runtime
from dateline.reader.model.attribution_arcs import AttributionArcs
from dateline.reader.model.decoding import Tags, softmax, tree
from dateline.reader.model.interface import (
    Analysis,
    Announcement,
    Arc,
    Attribution,
    Block,
    Day,
    Firmness,
    Labelled,
    Place,
    SentenceAnalysis,
    Trigger,
)
from dateline.reader.model.lemmas import Lemmatiser
from dateline.reader.model.windows import Packer, Part, Window, batches
from dateline.reader.segmentation import Sentence
from dateline.records import Realis

WEIGHTS = Path(__file__).parent / "weights"
FORMAT = 2
TRIGGER_FROM = 0.5
"""The least probability at which a token is told to report an event."""
LEAST_ARC = 0.02
"""The least probability of an arc that is told."""
ANNOUNCED_FROM = 0.2
"""The least probability at which a token is told to announce one."""
_BY_WORD = (
    "upos", "names", "times", "attribution", "triggers", "realis", "factuality", "expects", "polarity", "days",
)  # fmt: skip
Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


@dataclass(slots=True)
class Scores:
    """What the network says of one part of a sentence; rows are words.

    `links` has for each kind of arc the scores (words, 1 + words of the window), column 0 is the root, and `columns` are
    the words of the other ones.
    """

    part: Part
    upos: Integers
    names: Floats
    times: Floats
    attribution: Floats
    triggers: Floats
    realis: Floats
    factuality: Floats
    heads: Integers
    deprels: Integers
    vector: Floats
    expects: Floats
    polarity: Floats
    days: Floats
    block: Floats
    links: dict[str, Floats]
    columns: list[Place]


class Network:
    """The bundled model. Stateless but for a cache of word pieces; safe to share between readers of one thread."""

    def __init__(self, folder: Path = WEIGHTS, threads: int | None = None) -> None:
        """Load the files of `folder`. `threads`: cores in use, all of them by default.

        Raises ModelError where a file is missing or of another version.
        """
        try:
            description = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            if description["format"] != FORMAT:
                raise ModelError(
                    f"{folder}: the model is of format {description['format']}, this version reads {FORMAT}; reinstall dateline"
                )
            with np.load(folder / "labels.npz") as arrays:
                self._label_weight: Floats = arrays["weight"]
                self._label_bias: Floats = arrays["bias"]
            self._session = runtime.Session(folder / "model.onnx", threads)
            self._packer = Packer(folder / "tokenizer.json")
        except ModelError:
            raise
        except Exception as fault:  # onnxruntime raises bare Exception for a missing or damaged file
            raise ModelError(
                f"{folder}: the bundled model cannot be loaded ({fault}); reinstall dateline"
            ) from fault
        self._upos: tuple[str, ...] = tuple(description["upos"])
        self._deprels: tuple[str, ...] = tuple(description["deprels"])
        self._root = self._deprels.index("root")
        self._bilinear: int = description["bilinear"]
        self._names = Tags(description["names"])
        self._times = Tags(description["times"])
        self._attribution = Tags(description["attribution"])
        self._realis = cast(tuple[Realis, ...], tuple(description["realis"]))
        self._expects: tuple[str, ...] = tuple(description["expects"])
        self._firm = [i for i, kind in enumerate(self._expects) if kind not in ("none", "neutral")]
        self._blocks = cast(tuple[Block, ...], tuple(description["blocks"]))
        self._days = cast(tuple[Day, ...], tuple(description["days"]))
        self._links: tuple[str, ...] = tuple(description["links"])
        self._lemmatiser = Lemmatiser()

    # ------------------------------------------------------------ the interface

    def analyse(self, text: str, sentences: Sequence[Sentence]) -> Analysis:
        """Analyse the sentences of one article. Deterministic; never raises on any text; spans are offsets into `text`."""
        del text  # the tokens carry their characters
        words = [[token.text for token in s.tokens] for s in sentences]
        return self.decode(sentences, self.score(words))

    def decode(self, sentences: Sequence[Sentence], scores: list[list[Scores]]) -> Analysis:
        """Spans and trees from the scores of the same sentences."""
        analyses = [self._analysis(s, found) for s, found in zip(sentences, scores, strict=True)]
        return Analysis(tuple(analyses), tuple(self._attributions(sentences, scores)))

    def score(
        self, words: Sequence[Sequence[str]], documents: Sequence[int] | None = None
    ) -> list[list[Scores]]:
        """The heads' scores of given words: for each sentence its parts in order (one, unless it is very long).

        `documents` tells by a number which sentences belong together; all of them where it is left out.
        """
        by_sentence: list[list[Scores]] = [[] for _ in words]
        windows = list(self._packer.pack(words, documents or [0] * len(words)))
        read = [[windows[i] for i in batch] for batch in batches(windows)]
        passes = self._session.run_each(self._packer.feeds(batch, words) for batch in read)
        for batch, outputs in zip(read, passes, strict=True):
            for row, window in enumerate(batch):
                found = {n: v[row] for n, v in zip(self._session.outputs, outputs, strict=True)}
                for scores in self._of_window(window, found):
                    by_sentence[scores.part.sentence].append(scores)
        for parts in by_sentence:
            parts.sort(key=lambda scores: scores.part.first)
        return by_sentence

    # ------------------------------------------------------------ windows to scores

    def _of_window(self, window: Window, found: dict[str, Any]) -> Iterator[Scores]:
        """The scores of a window's parts, from the outputs for it."""
        columns = [place for part in window for place in part.places]
        start = 0
        for k, part in enumerate(window):
            end = start + part.last - part.first
            yield self._scores(found, k, part, (start, end), columns)
            start = end

    def _scores(
        self,
        found: dict[str, Any],
        k: int,
        part: Part,
        bounds: tuple[int, int],
        columns: list[Place],
    ) -> Scores:
        """What a window's outputs hold of its words [start, end), which are those of its `k`th sentence."""
        start, end = bounds
        place = slice(start, end)
        own = np.concatenate([[0], np.arange(start + 1, end + 1)])
        heads = tree(found["arcs"][place][:, own])
        dependent, head = found["label_dependent"][place], found["label_head"][own]
        return Scores(
            part=part,
            **{name: found[name][place] for name in _BY_WORD},
            heads=heads,
            deprels=self._label(dependent, head, heads),
            vector=found["vectors"][k],
            block=found["blocks"][k],
            links={link: found[f"{link}_links"][place][:, : 1 + len(columns)] for link in self._links},
            columns=columns,
        )

    def _label(self, dependent: Floats, head: Floats, heads: Integers) -> Integers:
        above = head[heads + 1]
        b = self._bilinear
        joined = np.concatenate(
            [dependent[:, :b] * above[:, :b], np.maximum(dependent[:, b:] + above[:, b:], 0)], 1
        )
        scores = joined @ self._label_weight + self._label_bias
        scores[:, self._root] = -np.inf
        labels = scores.argmax(1)
        labels[heads < 0] = self._root
        return cast(Integers, labels)

    # ------------------------------------------------------------ scores to records

    def _analysis(self, sentence: Sentence, parts: list[Scores]) -> SentenceAnalysis:
        heads: list[int] = []
        deprels: list[str] = []
        root = -1
        for scores in parts:
            offset = scores.part.first
            for i, (above, label) in enumerate(
                zip(scores.heads.tolist(), scores.deprels.tolist(), strict=True)
            ):
                if above >= 0:
                    heads.append(above + offset)
                    deprels.append(self._deprels[label])
                elif root < 0:
                    root = offset + i
                    heads.append(-1)
                    deprels.append("root")
                else:  # a later part of a very long sentence hangs on the first
                    heads.append(root)
                    deprels.append("parataxis")
        upos = tuple(self._upos[i] for scores in parts for i in scores.upos.tolist())
        vector = np.sum([scores.vector * (scores.part.last - scores.part.first) for scores in parts], 0)
        vector = (vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(np.float32)
        return SentenceAnalysis(
            upos=upos,
            lemmas=tuple(
                self._lemmatiser.lemma(t.text, u) for t, u in zip(sentence.tokens, upos, strict=True)
            ),
            heads=tuple(heads),
            deprels=tuple(deprels),
            names=tuple(self._spans(sentence, self._names, parts, lambda s: s.names)),
            times=tuple(self._spans(sentence, self._times, parts, lambda s: s.times)),
            triggers=tuple(t for scores in parts for t in self._triggers(scores)),
            vector=vector,
            announcements=tuple(a for scores in parts for a in self._announcements(scores)),
            block=self._block(parts),
        )

    def _triggers(self, scores: Scores) -> Iterator[Trigger]:
        words = np.flatnonzero(scores.triggers[:, 0] >= TRIGGER_FROM)
        days = scores.days[words]
        columns = (
            words + scores.part.first,
            scores.triggers[words, 0],
            scores.realis[words],
            np.clip(scores.factuality[words, 0], -3, 3),
            days.argmax(1),
            days.max(1),
        )
        told = zip(*(column.tolist() for column in columns), self._arcs(scores, "time", words), strict=True)
        for token, score, realis, factuality, day, sure, times in told:
            yield Trigger(
                token=token,
                score=score,
                realis=dict(zip(self._realis, realis, strict=True)),
                factuality=factuality,
                times=times,
                day=self._days[day],
                sure=sure,
            )

    def _announcements(self, scores: Scores) -> Iterator[Announcement]:
        firm = scores.expects[:, self._firm]
        words = np.flatnonzero(firm.sum(1) >= ANNOUNCED_FROM)
        holders, times = (self._arcs(scores, link, words) for link in ("holder", "time"))
        for i, whose, when in zip(words.tolist(), holders, times, strict=True):
            yield Announcement(
                token=scores.part.first + i,
                score=float(firm[i].sum()),
                firmness={
                    cast(Firmness, self._expects[k]): float(v)
                    for k, v in zip(self._firm, firm[i], strict=True)
                },
                negated=float(scores.polarity[i, 0]),
                conditional=float(scores.polarity[i, 1]),
                holders=whose,
                times=when,
            )

    def _arcs(self, scores: Scores, link: str, words: Integers) -> list[tuple[Arc, ...]]:
        """Where each of `words` may point, the likeliest first, what is hardly likely left out."""
        if not words.size:
            return []
        chances = softmax(scores.links[link][words])
        orders = np.argsort(-chances, axis=1, kind="stable")
        counts = (chances >= LEAST_ARC).sum(1)
        return [
            tuple(Arc(scores.columns[i - 1] if i else None, float(row[i])) for i in order[:count].tolist())
            for row, order, count in zip(chances, orders, counts, strict=True)
        ]

    def _block(self, parts: list[Scores]) -> Block:
        if not parts:
            return "report"
        if len(parts) == 1:
            return self._blocks[int(parts[0].block.argmax())]
        weights = [scores.part.last - scores.part.first for scores in parts]
        return self._blocks[int(np.average([s.block for s in parts], axis=0, weights=weights).argmax())]

    def _spans(
        self, sentence: Sentence, tags: Tags, parts: list[Scores], of: Callable[[Scores], Floats]
    ) -> Iterator[Labelled]:
        scores = np.concatenate([of(part) for part in parts])
        for first, last, kind, score in tags.spans(scores):
            yield Labelled(sentence.tokens[first].start, sentence.tokens[last - 1].end, kind, score)

    def _attributions(
        self, sentences: Sequence[Sentence], scores: list[list[Scores]]
    ) -> Iterator[Attribution]:
        """Tags by the best path through each paragraph, then every source and content with the cue that its arcs choose."""
        joined = AttributionArcs(sentences)
        tagged: list[Place] = []
        for paragraph in (
            list(g) for _, g in groupby(range(len(sentences)), lambda i: sentences[i].paragraph)
        ):
            places = [Place(i, k) for i in paragraph for k in range(len(sentences[i].tokens))]
            emissions = np.concatenate([part.attribution for i in paragraph for part in scores[i]])
            for first, last, kind, score in self._attribution.spans(emissions):
                joined.add(kind, places[first:last], score)
                tagged += places[first:last]
        rows = {}
        for place in tagged:
            parts = scores[place.sentence]
            part = next(p for p in parts if place.token < p.part.last)
            rows[place] = part.links["attribution"][place.token - part.part.first], part.columns
        return joined.join(rows)


def load(folder: Path = WEIGHTS, threads: int | None = None) -> Network:
    """The bundled model, or the one in `folder`. Raises ModelError where it is missing or of another version."""
    return Network(folder, threads)
