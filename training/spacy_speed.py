"""How fast a spaCy CNN pipeline (tagger, parser, names) reads the articles that `dateline bench model` times.

Run it with a Python that has spaCy 3.8 and this package: `OTHER/bin/python -m training.spacy_speed --data ../shared/data`.
The pipeline is trained for two minutes, on EWT's trees with proper nouns for names: enough to read at its true speed, not well.
"""

from __future__ import annotations

import argparse
import gzip
import random
import time
from pathlib import Path

import spacy
from spacy.cli.init_config import init_config
from spacy.tokens import Doc
from spacy.training import Example

from dateline.bench import model as bench


def examples(path: Path, nlp: spacy.Language, most: int) -> list[Example]:
    """Sentences of a CoNLL-U file as spaCy's examples."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        blocks = stream.read().split("\n\n")
    random.Random(1).shuffle(blocks)
    found = []
    for block in blocks[:most]:
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        rows = [r for r in rows if r[0].isdigit()]
        if not 3 < len(rows) < 50:
            continue
        words = [r[1] for r in rows]
        proper = [r[3] == "PROPN" for r in rows]
        told = Doc(
            nlp.vocab,
            words=words,
            tags=[r[4] for r in rows],
            heads=[i if r[6] == "0" else int(r[6]) - 1 for i, r in enumerate(rows)],
            deps=["ROOT" if r[6] == "0" else r[7].partition(":")[0] for r in rows],
            ents=[
                "O" if not p else "I-PER" if i and proper[i - 1] else "B-PER" for i, p in enumerate(proper)
            ],
        )
        found.append(Example(Doc(nlp.vocab, words=words), told))
    return found


def main() -> None:
    """Train, then time three rounds over the articles, by the processor's clock."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--seconds", type=float, default=120)
    options = parser.parse_args()
    config = init_config(lang="en", pipeline=["tagger", "parser", "ner"], optimize="efficiency")
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    trained = examples(options.data / "ud/ewt.train.conllu.gz", nlp, 6000)
    optimizer = nlp.initialize(lambda: trained[:2000])
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        nlp.update(random.sample(trained, 32), sgd=optimizer, drop=0.1)
    texts = bench.timed_articles(options.data / "news/allsides_2012_2016.jsonl.gz")
    for _ in range(3):
        began = time.process_time()
        list(nlp.pipe(texts))
        print(f"{len(texts) / (time.process_time() - began):.1f} articles a second")


if __name__ == "__main__":
    main()
