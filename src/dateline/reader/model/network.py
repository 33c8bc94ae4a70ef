"""The bundled network: sentences in, judgements out.

Consecutive sentences are read together, in windows of at most `WINDOW` word pieces; windows of like length share a
batch. A sentence that is longer than a window is read in parts whose trees are hung together. Arcs that are no part of
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
from tokenizers import Tokenizer

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
from dateline.reader.segmentation import Sentence
from dateline.records import Realis

WEIGHTS = Path(__file__).parent / "weights"
FORMAT = 2
WINDOW = 160
"""Word pieces of a window of several sentences."""
LONGEST = 320
"""Word pieces of a window that holds one long sentence, or a part of it."""
BUDGET = 2048
"""Padded word pieces of a batch: bounds the memory that one pass takes."""
TRIGGER_FROM = 0.5
"""The least probability at which a token is told to report an event."""
LEAST_ARC = 0.02
"""The least probability of an arc that is told."""
ANNOUNCED_FROM = 0.2
"""The least probability at which a token is told to announce one."""
_BY_WORD = (
    "upos", "names", "times", "attribution", "triggers", "realis", "factuality", "expects", "polarity", "days",
)  # fmt: skip
_CLS, _SEP, _UNKNOWN = 101, 102, 100
_PIECES_OF_WORD = 8
_LONGEST_WORD = 100

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


def case_of(word: str, initial: bool) -> int:
    """How a word is written, as the network learnt it (`cases` in labels.json); `initial`: it opens its sentence."""
    if not any(c.isalnum() for c in word):
        return 7
    if not any(c.isalpha() for c in word):
        return 5
    if any(c.isdigit() for c in word):
        return 6
    if len(word) == 1 and word.isupper():
        return 9
    if word.islower() or not any(c.isupper() for c in word):
        return 1
    if word.isupper():
        return 3
    if word[0].isupper() and not any(c.isupper() for c in word[1:]):
        return 8 if initial else 2
    return 4


@dataclass(frozen=True, slots=True)
class Part:
    """Words [first, last) of sentence `sentence`: all of it, or as much as fits a window."""

    sentence: int
    first: int
    last: int
    size: int

    @property
    def places(self) -> list[Place]:
        """The words."""
        return [Place(self.sentence, i) for i in range(self.first, self.last)]


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
        """Load the files of `folder`. `threads`: cores that one pass uses, all of them by default.

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
            self._session = runtime.session(folder / "model.onnx", threads)
            self._outputs = [output.name for output in self._session.get_outputs()]
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except ModelError:
            raise
        except (
            Exception
        ) as fault:  # tokenizers and onnxruntime raise bare Exception for a missing or damaged file
            raise ModelError(
                f"{folder}: the bundled model cannot be loaded ({fault}); reinstall dateline"
            ) from fault
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
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
        self._pieces: dict[str, tuple[int, ...]] = {}

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
        self._look_up(words)
        windows = list(self._windows(words, documents or [0] * len(words)))
        found: dict[tuple[int, int], Scores] = {}
        lengths = [1 + sum(p.size + 1 for p in window) for window in windows]
        order = sorted(range(len(windows)), key=lambda i: lengths[i])
        start = 0
        while start < len(order):
            end = start + 1
            while end < len(order) and lengths[order[end]] * (end + 1 - start) <= BUDGET:
                end += 1
            for scores in self._run([windows[i] for i in order[start:end]], words):
                found[scores.part.sentence, scores.part.first] = scores
            start = end
        by_sentence: list[list[Scores]] = [[] for _ in words]
        for (sentence, _), scores in sorted(found.items(), key=lambda item: item[0]):
            by_sentence[sentence].append(scores)
        return by_sentence

    # ------------------------------------------------------------ words to windows

    def _look_up(self, words: Sequence[Sequence[str]]) -> None:
        new = {w for sentence in words for w in sentence} - self._pieces.keys()
        if len(self._pieces) > 200_000:
            self._pieces.clear()
            new = {w for sentence in words for w in sentence}
        unseen = sorted(new)
        safe = [w[:_LONGEST_WORD].encode("utf-8", "replace").decode("utf-8") for w in unseen]
        for word, encoding in zip(
            unseen, self._tokenizer.encode_batch(safe, add_special_tokens=False), strict=True
        ):
            self._pieces[word] = tuple(encoding.ids[:_PIECES_OF_WORD]) or (_UNKNOWN,)

    def _parts(self, number: int, words: Sequence[str]) -> Iterator[Part]:
        first = size = 0
        for i, word in enumerate(words):
            pieces = len(self._pieces[word])
            if size + pieces > LONGEST - 2:
                yield Part(number, first, i, size)
                first, size = i, 0
            size += pieces
        if first < len(words):
            yield Part(number, first, len(words), size)

    def _windows(self, words: Sequence[Sequence[str]], documents: Sequence[int]) -> Iterator[list[Part]]:
        window: list[Part] = []
        length = 1
        document: int | None = None
        for number, sentence in enumerate(words):
            for part in self._parts(number, sentence):
                if window and (documents[number] != document or length + part.size + 1 > WINDOW):
                    yield window
                    window, length = [], 1
                document = documents[number]
                window.append(part)
                length += part.size + 1
        if window:
            yield window

    # ------------------------------------------------------------ windows to scores

    def _run(self, batch: list[list[Part]], words: Sequence[Sequence[str]]) -> Iterator[Scores]:
        n = len(batch)
        p = max(1 + sum(part.size + 1 for part in window) for window in batch)
        w = max(sum(part.last - part.first for part in window) for window in batch)
        s = max(len(window) for window in batch)
        pieces, cases = np.zeros((n, p), np.int64), np.zeros((n, p), np.int64)
        first, last, word_cases = (np.zeros((n, w), np.int64) for _ in range(3))
        pool = np.zeros((n, s, p), np.float32)
        for row, window in enumerate(batch):
            ids, shapes, starts, ends, forms = [_CLS], [0], [], [], []
            for k, part in enumerate(window):
                opening = len(ids)
                for i in range(part.first, part.last):
                    word = words[part.sentence][i]
                    form = case_of(word, i == 0)
                    found = self._pieces[word]
                    starts.append(len(ids))
                    ids += found
                    ends.append(len(ids) - 1)
                    shapes += [form] * len(found)
                    forms.append(form)
                pool[row, k, opening : len(ids)] = 1 / max(1, len(ids) - opening)
                ids.append(_SEP)
                shapes.append(0)
            pieces[row, : len(ids)] = ids
            cases[row, : len(ids)] = shapes
            first[row, : len(starts)] = starts
            last[row, : len(starts)] = ends
            word_cases[row, : len(starts)] = forms
        feeds = {
            "pieces": pieces,
            "cases": cases,
            "first": first,
            "last": last,
            "word_cases": word_cases,
            "pool": pool,
        }
        outputs = dict(zip(self._outputs, cast(list[Any], self._session.run(None, feeds)), strict=True))
        for row, window in enumerate(batch):
            start = 0
            columns = [place for part in window for place in part.places]
            for k, part in enumerate(window):
                end = start + part.last - part.first
                yield self._scores(outputs, (row, k), part, (start, end), columns)
                start = end

    def _scores(
        self,
        found: dict[str, Any],
        at: tuple[int, int],
        part: Part,
        bounds: tuple[int, int],
        columns: list[Place],
    ) -> Scores:
        """What the outputs hold of the words [start, end) of row and sentence `at`."""
        (row, k), (start, end) = at, bounds
        place = slice(start, end)
        own = np.concatenate([[0], np.arange(start + 1, end + 1)])
        heads = tree(found["arcs"][row, place][:, own])
        dependent, head = found["label_dependent"][row, place], found["label_head"][row][own]
        return Scores(
            part=part,
            **{name: found[name][row, place] for name in _BY_WORD},
            heads=heads,
            deprels=self._label(dependent, head, heads),
            vector=found["vectors"][row, k],
            block=found["blocks"][row, k],
            links={link: found[f"{link}_links"][row, place][:, : 1 + len(columns)] for link in self._links},
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
            for i, above in enumerate(scores.heads):
                if above >= 0:
                    heads.append(int(above) + offset)
                    deprels.append(self._deprels[scores.deprels[i]])
                elif root < 0:
                    root = offset + i
                    heads.append(-1)
                    deprels.append("root")
                else:  # a later part of a very long sentence hangs on the first
                    heads.append(root)
                    deprels.append("parataxis")
        upos = tuple(self._upos[i] for scores in parts for i in scores.upos)
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
        times = self._arcs(scores, "time", words)
        for i, arcs in zip(words.tolist(), times, strict=True):
            day = int(scores.days[i].argmax())
            yield Trigger(
                token=scores.part.first + i,
                score=float(scores.triggers[i, 0]),
                realis={k: float(v) for k, v in zip(self._realis, scores.realis[i], strict=True)},
                factuality=float(np.clip(scores.factuality[i, 0], -3, 3)),
                times=arcs,
                day=self._days[day],
                sure=float(scores.days[i, day]),
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
        for paragraph in (
            list(g) for _, g in groupby(range(len(sentences)), lambda i: sentences[i].paragraph)
        ):
            places = [Place(i, k) for i in paragraph for k in range(len(sentences[i].tokens))]
            emissions = np.concatenate([part.attribution for i in paragraph for part in scores[i]])
            for first, last, kind, score in self._attribution.spans(emissions):
                joined.add(kind, places[first:last], score)
        rows = {
            Place(part.part.sentence, part.part.first + k): (part.links["attribution"][k], part.columns)
            for found in scores
            for part in found
            for k in range(part.part.last - part.part.first)
        }
        return joined.join(rows)


def load(folder: Path = WEIGHTS, threads: int | None = None) -> Network:
    """The bundled model, or the one in `folder`. Raises ModelError where it is missing or of another version."""
    return Network(folder, threads)
