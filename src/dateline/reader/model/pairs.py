"""The pair reader: two texts in; out a verdict on an expectation, the likeness of two facts, or whether two expectations are one.

Its lower layers read each part of a pair by itself (`segments.py`), its upper ones read all of it. What the lower ones give for a part is
kept, so that a text that is asked about with many others is read through them once. Contradictions are told by a network of their own, which reads both texts
together from its first layer on.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from threading import Lock
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from dateline.errors import ModelError
from dateline.reader.model import runtime
from dateline.reader.model.decoding import softmax
from dateline.reader.model.network import WEIGHTS
from dateline.reader.model.segments import Segment, segments
from dateline.reader.model.wordpiece import WordPiece

FILES = ("segments.onnx", "pairs.onnx", "contradictions.onnx", "pairs.json", "tokenizer.json")
WHOLE = {"contradiction": "contradictions.onnx"}
"""The networks that read all of a pair in all their layers, by the task that each tells."""
KEPT = 40_000
"""The most pieces whose states are kept: 61 MB."""
_PARTS = ("first", "days", "sentence")
"""The upper layers' inputs."""
_TOGETHER = 64
"""The pairs whose parts are read before the pairs are."""
Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]


class PairReader:
    """The bundled pair network; answers as `dateline.keeper.judge.Judge` asks. The model is loaded at the first question."""

    def __init__(self, folder: Path = WEIGHTS, threads: int | None = None, kept: int = KEPT) -> None:
        """`kept`: the most pieces whose states are kept; answers do not hang on it."""
        self._folder = folder
        self._threads = threads
        self._kept = kept
        self._network: _Network | None = None

    def version(self) -> str:
        """A digest of the model's files: the same answers come of the same version. Raises ModelError where one is missing."""
        found = hashlib.blake2b(digest_size=16)
        for name in FILES:
            try:
                found.update((self._folder / name).read_bytes())
            except OSError as fault:
                raise self._fault(fault) from fault
        return found.hexdigest()

    def verdicts(self, pairs: Sequence[tuple[str, str]]) -> list[dict[Any, float]]:
        """What each second text tells of the expectation in the first: verdict to probability."""
        return self._answers(pairs, "verdict")

    def facts(self, pairs: Sequence[tuple[str, str]]) -> list[dict[Any, float]]:
        """How the facts of both texts lie to each other: likeness to probability."""
        return self._answers(pairs, "fact")

    def contradictions(self, pairs: Sequence[tuple[str, str]]) -> list[dict[Any, float]]:
        """Whether both sentences give one fact otherwise: likeness to probability."""
        return self._answers(pairs, "contradiction")

    def sameness(self, pairs: Sequence[tuple[str, str]]) -> list[dict[Any, float]]:
        """Whether the expectations of both texts are one: "same" and "another", to probability."""
        return self._answers(pairs, "same")

    def _answers(self, pairs: Sequence[tuple[str, str]], task: str) -> list[dict[Any, float]]:
        """Probabilities a pair, in the order of `pairs`. Raises ModelError where the model's files are missing."""
        try:
            if self._network is None:
                self._network = _Network(self._folder, self._threads, self._kept)
            self._network.load(task)
        except Exception as fault:
            raise self._fault(fault) from fault
        return list(self._network.answers(pairs, task))

    def _fault(self, fault: Exception) -> ModelError:
        return ModelError(
            f"{self._folder}: the bundled pair model cannot be loaded ({fault}); reinstall dateline"
        )


class _Network:
    """The lower layers, loaded, and the others, each when it is first asked."""

    def __init__(self, folder: Path, threads: int | None, kept: int) -> None:
        about = json.loads((folder / "pairs.json").read_text(encoding="utf-8"))
        self._labels: dict[str, list[str]] = about["labels"]
        self._lower = runtime.Session(folder / "segments.onnx", threads)
        self._threads = threads
        self._folder = folder
        self._loaded: dict[str, runtime.Session] = {}
        self._encode = WordPiece(folder / "tokenizer.json").encode
        self._shelf = Shelf(kept)

    def answers(self, pairs: Sequence[tuple[str, str]], task: str) -> Iterator[dict[Any, float]]:
        """Of each pair each label's probability."""
        network, names = self.load(task), self._labels[task]
        number = network.outputs.index(task)
        # each pair is a pass by itself: in a batch its answer would depend on its neighbours (the steps of whole numbers are a pass's own)
        passes = network.run_each(self._whole(pairs) if task in WHOLE else self._feeds(pairs))
        for told in passes:
            yield dict(zip(names, map(float, softmax(cast(Floats, told[number][0]))), strict=True))

    def load(self, task: str) -> runtime.Session:
        """The layers that tell a task, the upper ones where the lower ones are shared."""
        file = WHOLE.get(task, "pairs.onnx")
        if file not in self._loaded:
            self._loaded[file] = runtime.Session(self._folder / file, self._threads)
        return self._loaded[file]

    def _whole(self, pairs: Sequence[tuple[str, str]]) -> Iterator[dict[str, Whole]]:
        """The pieces of all parts and the places where they stand, each (1, pieces), pair by pair."""
        for pair in pairs:
            parts = [(part.kind.place, part.pieces(self._encode)) for part in segments(*pair, self._encode)]
            places = chain(*(range(place, place + len(pieces)) for place, pieces in parts))
            yield {
                "pieces": np.array([[*chain(*(pieces for _, pieces in parts))]], np.int64),
                "places": np.array([[*places]], np.int64),
            }

    def _feeds(self, pairs: Sequence[tuple[str, str]]) -> Iterator[dict[str, Floats]]:
        """What the lower layers give for each part of a pair, (1, pieces, width), pair by pair."""
        parts = iter([segments(*pair, self._encode) for pair in pairs])
        while some := list(islice(parts, _TOGETHER)):
            found = self._read(list(dict.fromkeys(chain(*some))))
            for pair in some:
                yield {name: found[part] for name, part in zip(_PARTS, pair, strict=True)}

    def _read(self, parts: Sequence[Segment]) -> dict[Segment, Floats]:
        found = self._shelf.of(parts)
        new = [part for part in parts if part not in found]
        passes = self._lower.run_each(
            {
                "pieces": np.array([part.pieces(self._encode)], np.int64),
                "place": np.array(part.kind.place, np.int64),
            }
            for part in new
        )
        read = {part: cast(Floats, states) for part, (states,) in zip(new, passes, strict=True)}
        self._shelf.keep(read)
        return found | read


class Shelf:
    """The states of parts that were read last, of at most so many pieces. Threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pieces = 0
        self._states: OrderedDict[Segment, Floats] = OrderedDict()
        self._lock = Lock()

    def of(self, parts: Iterable[Segment]) -> dict[Segment, Floats]:
        """Those of `parts` that are kept."""
        with self._lock:
            found = {part: self._states[part] for part in parts if part in self._states}
            for part in found:
                self._states.move_to_end(part)
        return found

    def keep(self, states: Mapping[Segment, Floats]) -> None:
        """Keep the states of parts, (1, pieces, width), in place of those that nobody asked for the longest."""
        with self._lock:
            for part, read in states.items():
                if part not in self._states:
                    self._states[part] = read
                    self._pieces += read.shape[1]
            while self._pieces > self._most:
                _, gone = self._states.popitem(last=False)
                self._pieces -= gone.shape[1]
