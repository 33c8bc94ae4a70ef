"""Temperatures that make the heads' probabilities honest (Guo et al. 2017): fitted on the development sets, divided out at export.

`python -m training.calibrate CHECKPOINT` writes temperatures.json beside the checkpoint and prints, for each head, the expected
calibration error before and after (ten bins of equal width, the mean gap of confidence and accuracy weighed by their size).
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from training.batches import Pieces, dev_batches
from training.data import dev_sets
from training.model import Network, load_checkpoint
from training.run import BASE
from training.sentences import Paragraph

HEADS = ("expects", "blocks", "realis", "attribution", "names", "polarity", "days")


@torch.no_grad()
def gather(
    network: Network, sets: dict[str, list[Paragraph]], pieces: Pieces
) -> dict[str, tuple[Tensor, Tensor]]:
    """For each head the scores (examples, labels) and the right label of what the development sets label for certain."""
    network.eval()
    scores: defaultdict[str, list[Tensor]] = defaultdict(list)
    gold: defaultdict[str, list[Tensor]] = defaultdict(list)

    def keep(head: str, told: Tensor, right: Tensor) -> None:
        scores[head].append(told.float())
        gold[head].append(right)

    for name, paragraphs in sets.items():
        for batch in dev_batches(paragraphs, pieces):
            layers, words = network.encode(
                batch.pieces, batch.cases, batch.first, batch.last, batch.word_cases
            )
            known = batch.expects >= 0
            if known.any():
                keep("expects", network.expects(words)[known], batch.expects[known])
            known = batch.negated >= 0
            if known.any():
                told = network.polarity(words)[known]
                keep(
                    "polarity",
                    torch.stack([torch.zeros_like(told[:, 0]), told[:, 0]], -1),
                    batch.negated[known],
                )
            known = batch.days >= 0
            if known.any():
                keep("days", network.days(words)[known], batch.days[known])
            for head in ("names", "attribution", "realis"):
                allowed = getattr(batch, head)
                known = (allowed > 0) & ((allowed & (allowed - 1)) == 0)
                if known.any() and (head != "realis" or name in ("meantime", "labels")):
                    right = allowed[known].float().log2().round().long()
                    keep(head, getattr(network, head)(words)[known], right)
            allowed = batch.blocks
            known = (allowed > 0) & ((allowed & (allowed - 1)) == 0)
            if known.any():
                told = network.block_scores(layers, batch.pool)[known]
                keep("blocks", told, allowed[known].float().log2().round().long())
    return {head: (torch.cat(scores[head]), torch.cat(gold[head])) for head in scores}


def temperature(scores: Tensor, gold: Tensor) -> float:
    """The temperature with the least log loss, by ternary search over [0.3, 4]."""
    low, high = 0.3, 4.0
    for _ in range(40):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        if F.cross_entropy(scores / a, gold) < F.cross_entropy(scores / b, gold):
            high = b
        else:
            low = a
    return (low + high) / 2


def calibration_error(scores: Tensor, gold: Tensor, bins: int = 10) -> float:
    """The expected calibration error in percent."""
    sure, told = torch.softmax(scores, -1).max(-1)
    right = (told == gold).float()
    error = 0.0
    for k in range(bins):
        inside = (sure > k / bins) & (sure <= (k + 1) / bins)
        if inside.any():
            error += float((sure[inside].mean() - right[inside].mean()).abs() * inside.float().mean())
    return 100 * error


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    pieces = Pieces(Tokenizer.from_file(str(BASE / "tokenizer.json")))
    wanted = ("labels", "meantime", "polnear", "worldwide", "tdg")
    sets = {name: found for name, found in dev_sets(options.data).items() if name in wanted}
    found = {}
    for head, (scores, gold) in gather(load_checkpoint(options.checkpoint), sets, pieces).items():
        found[head] = round(temperature(scores, gold), 3)
        before, after = calibration_error(scores, gold), calibration_error(scores / found[head], gold)
        print(f"{head:12} temperature {found[head]:.3f}  calibration error {before:.2f} -> {after:.2f}")
    assert set(found) <= set(HEADS), found
    (options.checkpoint.parent / "temperatures.json").write_text(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
