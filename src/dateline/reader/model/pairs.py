"""The pair reader: two texts in; out a verdict on an expectation, the likeness of two facts, or whether two expectations are one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from dateline.errors import ModelError
from dateline.reader.model import runtime
from dateline.reader.model.decoding import softmax
from dateline.reader.model.network import WEIGHTS
from dateline.reader.model.wordpiece import CLS, SEP, WordPiece

Floats = npt.NDArray[np.float32]


class PairReader:
    """The bundled pair network; answers as `dateline.keeper.judge.Judge` asks. The model is loaded at the first question."""

    def __init__(self, folder: Path = WEIGHTS, threads: int | None = None) -> None:
        self._folder = folder
        self._threads = threads
        self._session: runtime.Session | None = None

    def version(self) -> str:
        """A digest of the model's files: the same answers come of the same version. Raises ModelError where one is missing."""
        found = hashlib.blake2b(digest_size=16)
        for name in ("pairs.onnx", "pairs.json", "tokenizer.json"):
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

    def sameness(self, pairs: Sequence[tuple[str, str]]) -> list[dict[Any, float]]:
        """Whether the expectations of both texts are one: "same" and "another", to probability."""
        return self._answers(pairs, "same")

    def _load(self) -> runtime.Session:
        try:
            self._about: dict[str, Any] = json.loads(
                (self._folder / "pairs.json").read_text(encoding="utf-8")
            )
            session = runtime.Session(self._folder / "pairs.onnx", self._threads)
            self._tokenizer = WordPiece(self._folder / "tokenizer.json")
        except Exception as fault:
            raise self._fault(fault) from fault
        self._session = session
        return session

    def _fault(self, fault: Exception) -> ModelError:
        return ModelError(
            f"{self._folder}: the bundled pair model cannot be loaded ({fault}); reinstall dateline"
        )

    def _answers(self, pairs: Sequence[tuple[str, str]], task: str) -> list[dict[Any, float]]:
        """Probabilities a pair, in the order of `pairs`. Raises ModelError where the model's files are missing."""
        session = self._session or self._load()
        number, names = list(self._about["labels"]).index(task), self._about["labels"][task]
        # each pair is a pass by itself: in a batch its answer would depend on its neighbours (the steps of whole numbers are a pass's own)
        passes = session.run_each({"pieces": np.array([self._encoded(pair)], np.int64)} for pair in pairs)
        chances = (softmax(cast(Floats, told[number][0])) for told in passes)
        return [dict(zip(names, map(float, row), strict=True)) for row in chances]

    def _encoded(self, pair: tuple[str, str]) -> list[int]:
        longest = self._about["longest"]
        first, second = (self._tokenizer.encode(text)[:longest] for text in pair)
        return [CLS, *first, SEP, *second, SEP]
