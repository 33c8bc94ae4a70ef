"""Where sentences end, by a small network: convolutions over the tokens of a paragraph, one score a gap.

A token is its word, its first and last three letters, its shape and its length, each hashed to a row of a table; the rows
are summed. Three convolutions (Collobert et al. 2011; dilated as in Strubell et al. 2017, a window of 29 tokens in all)
then tell for each token whether a sentence ends after it. Trained by `training/sentence_boundaries.py`.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.reader.segmentation.tokens import Token

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

WEIGHTS = Path(__file__).parent / "boundaries.npz"
ROWS = {"word": 6144, "affix": 3072, "shape": 256, "length": 16}
"""Rows of each table."""
WIDTH = 5
"""Tokens that a convolution sees at once."""
DILATIONS = (1, 2, 4)
"""Steps between these tokens, one a convolution."""
GAP = DILATIONS[-1] * (WIDTH // 2)
"""Empty rows between paragraphs, so that no convolution looks from one into another."""
_CHUNK = 8192
"""Rows of one pass: bounds the memory that a long text takes."""

_SAME = str.maketrans(
    dict.fromkeys("’‘`", "'") | dict.fromkeys("“”«»„", '"') | dict.fromkeys("–—", "-") | {"…": "..."}
)
_DIGIT = re.compile(r"\d")
_UPPER = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_LOWER = re.compile(r"[a-zß-öø-ÿ]")
_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)


@lru_cache(maxsize=50_000)
def features(word: str) -> tuple[int, int, int, int, int]:
    """Rows of the tables that a token is the sum of: word, first and last letters (both of "affix"), shape, length."""
    written = word[:24].translate(_SAME)
    plain = _DIGIT.sub("0", written.lower()).replace("''", '"').replace("--", "-")
    shape = _LOWER.sub("x", _UPPER.sub("X", _DIGIT.sub("0", written)))
    return (
        _hashed("w" + plain, ROWS["word"]),
        _hashed("p" + plain[:3], ROWS["affix"]),
        _hashed("s" + plain[-3:], ROWS["affix"]),
        _hashed("h" + _RUN.sub(r"\1\1", shape)[:8], ROWS["shape"]),
        min(len(word), ROWS["length"] - 1),
    )


def _hashed(name: str, rows: int) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % rows


class Boundaries:
    """The network, read from a file. Stateless; the same tokens always give the same scores."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        """Load `path`: tables as int8 with one scale each, the rest float16."""
        with np.load(path) as stored:
            arrays = {name: stored[name].astype(np.float32) for name in stored.files}
        self._tables = {name: arrays[name] * arrays[f"{name}_scale"] for name in ROWS}
        self._space: Floats = arrays["space"]
        self._layers: list[tuple[Floats, Floats]] = [
            (arrays[f"kernel{i}"].reshape(-1, arrays[f"bias{i}"].size), arrays[f"bias{i}"])
            for i in range(len(DILATIONS))
        ]
        self._out: Floats = arrays["out"]
        self._threshold = float(arrays["threshold"])

    def scores(self, paragraphs: Sequence[Sequence[Token]]) -> list[Floats]:
        """For each token how much speaks for a sentence's end after it (above 0: it ends), by paragraph."""
        sizes = [len(tokens) for tokens in paragraphs]
        rows = [np.zeros((GAP, self._space.size), np.float32)]
        for tokens in paragraphs:
            rows += [self._embed(tokens), rows[0]]
        inputs = np.concatenate(rows)
        inside = np.zeros((len(inputs), 1), np.float32)
        starts = np.cumsum([GAP, *(size + GAP for size in sizes)])
        for start, size in zip(starts, sizes, strict=False):
            inside[start : start + size] = 1
        halo = 1 + sum(d * (WIDTH // 2) for d in DILATIONS)
        out = np.empty(len(inputs), np.float32)
        for low in range(0, len(inputs), _CHUNK):
            first, last = max(0, low - halo), min(len(inputs), low + _CHUNK + halo)
            told = self._pass(inputs[first:last], inside[first:last])
            out[low : low + _CHUNK] = told[low - first : low - first + _CHUNK]
        return [out[start : start + size] for start, size in zip(starts, sizes, strict=False)]

    def _embed(self, tokens: Sequence[Token]) -> Floats:
        """What the first convolution sees of each token; shape (tokens, dimensions)."""
        table = self._tables
        word, prefix, suffix, shape, length = np.array([features(t.text) for t in tokens], np.int64).T
        spaced = [a.end < b.start for a, b in itertools.pairwise(tokens)]
        summed = table["word"][word] + table["affix"][prefix] + table["affix"][suffix]
        summed += table["shape"][shape] + table["length"][length]
        summed[np.array([*spaced, True])] += self._space
        found: Floats = summed
        return found

    def _pass(self, inputs: Floats, inside: Floats) -> Floats:
        """Scores of rows; `inside` is 1 for tokens and 0 for the rows between paragraphs."""
        hidden = inputs
        for number, ((kernel, bias), dilation) in enumerate(zip(self._layers, DILATIONS, strict=True)):
            reach = dilation * (WIDTH // 2)
            padded = np.pad(hidden, ((reach, reach), (0, 0)))
            seen = np.concatenate(
                [padded[i * dilation : i * dilation + len(hidden)] for i in range(WIDTH)], axis=1
            )
            told = np.maximum(seen @ kernel + bias, 0)
            hidden = (told + hidden if number else told) * inside
        following = np.concatenate([hidden[1:], np.zeros_like(hidden[:1])])
        scores: Floats = np.concatenate([hidden, following], axis=1) @ self._out[:-1] + self._out[-1]
        return scores - np.float32(self._threshold)


@cache
def bundled() -> Boundaries:
    """The network of the package."""
    return Boundaries()
