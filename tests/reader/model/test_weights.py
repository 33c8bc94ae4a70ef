"""The bundled files of the networks, and the table of word pieces that they share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dateline.errors import ModelError
from dateline.reader.model.network import WEIGHTS, Network
from dateline.reader.model.pairs import PairReader


def test_the_word_pieces_are_kept_once() -> None:
    words = (WEIGHTS / "words.bin").read_bytes()
    sample = words[: 1 << 16]
    for name in ("model.onnx", "segments.onnx", "contradictions.onnx"):
        assert sample not in (WEIGHTS / name).read_bytes(), "run `python -m training.shared_words`"


def test_without_them_no_network_is_loaded(tmp_path: Path) -> None:
    for file in WEIGHTS.iterdir():
        if file.name != "words.bin":
            shutil.copy(file, tmp_path)
    with pytest.raises(ModelError, match="reinstall"):
        Network(tmp_path)
    with pytest.raises(ModelError, match="reinstall"):
        PairReader(tmp_path).verdicts([("It will rain.", "It rained.")])
