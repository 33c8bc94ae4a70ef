"""Which corpora train the model, in what shares, and which parts of them are kept to measure with."""

from __future__ import annotations

from pathlib import Path

from training import news_labels
from training.corpora.attribution import polnear
from training.corpora.events import add_factuality, ecbplus, meantime, meantime_held_out, tdg, uw
from training.corpora.names import CROSSNER, WNUT, column_names, name_masks, re3d, worldwide
from training.corpora.trees import read_conllu, trees
from training.sentences import Paragraph, lines_of

OPEN = frozenset({"ewt", "gum", "wikigold", "crossner", "re3d", "wnut", "meantime", "ecbplus", "uds"})
"""Corpora under CC BY, CC BY-SA, OGL, MIT or in the public domain; `--open-only` trains on these alone."""

SHARES = {
    "ewt": 0.17, "gum": 0.10, "worldwide": 0.10, "polnear": 0.17, "labels": 0.30, "tdg": 0.04, "uw": 0.02, "meantime": 0.04,
    "ecbplus": 0.01, "wikigold": 0.02, "crossner": 0.01, "re3d": 0.01, "wnut": 0.01,
}  # fmt: skip
"""The share of training windows that each corpus gets."""


def worldwide_held_out(names: list[str]) -> set[str]:
    """Every tenth article by name: never trained on."""
    return set(sorted(names)[::10])


def training_sets(root: Path, open_only: bool) -> dict[str, list[Paragraph]]:
    """Every corpus that may train the model, by name."""
    ewt = trees(root / "ud/ewt.train.conllu.gz")
    add_factuality(ewt, root / "factuality/uds_ih2.train.jsonl.gz")
    events = meantime(root / "events/meantime.dev.tar.gz")
    held = meantime_held_out([n for n, _ in events])
    news = worldwide(root / "ner/worldwide.train.tar.gz")
    kept = worldwide_held_out([n for n, _ in news])
    sets = {
        "ewt": ewt,
        "gum": trees(root / "ud/gum.train.conllu.gz", names_from_entities=True),
        "worldwide": [p for n, p in news if n not in kept],
        "wikigold": column_names(
            ["\n".join(lines_of(root / "ner/wikigold.train.conll.gz"))],
            {"PER": "PER", "ORG": "ORG", "LOC": "LOC"},
        ),
        "crossner": column_names(
            ["\n".join(lines_of(root / "ner/crossner_politics.train.conll.gz"))], CROSSNER, masked=("misc",)
        ),
        "wnut": column_names(["\n".join(lines_of(root / "ner/wnut17.train.conll.gz"))], WNUT),
        "re3d": re3d(root / "ner/re3d.train.tar.gz"),
        "polnear": [p for _, p in polnear(root / "quotes/polnear.train.tar.gz")],
        "labels": news_labels.paragraphs(root, validation=False),
        "meantime": [p for n, p in events if n not in held],
        "ecbplus": ecbplus(
            root / "events/ecbplus.train.tar.gz", root / "events/ecbplus_coreference_sentences.csv"
        ),
        "tdg": tdg(root / "timeml/tdg.train.txt.gz"),
        "uw": uw(root / "factuality/uw.train.jsonl.gz"),
    }
    for unrelated in ("crossner", "wnut"):
        sets[unrelated] = [[s] for p in sets[unrelated] for s in p]
    return {n: s for n, s in sets.items() if not open_only or n in OPEN}


def dev_sets(root: Path) -> dict[str, list[Paragraph]]:
    """What the loop measures as it goes; none of it is trained on."""
    ewt = trees(root / "ud/ewt.dev.conllu.gz")
    add_factuality(ewt, root / "factuality/uds_ih2.dev.jsonl.gz")
    by_text = {" ".join(s.words): s for p in ewt for s in p}
    for comments, rows in read_conllu(lines_of(root / "ner/uner_ewt.dev.iob2.gz")):
        del comments
        sentence = by_text.get(" ".join(r[1] for r in rows))
        if sentence is not None:
            sentence.names = name_masks([r[2] for r in rows], {"PER": "PER", "ORG": "ORG", "LOC": "LOC"})
    events = meantime(root / "events/meantime.dev.tar.gz")
    held = meantime_held_out([n for n, _ in events])
    news = worldwide(root / "ner/worldwide.train.tar.gz")
    kept = worldwide_held_out([n for n, _ in news])
    return {
        "ewt": ewt,
        "gum": trees(root / "ud/gum.dev.conllu.gz"),
        "worldwide": [p for n, p in news if n in kept],
        "polnear": [p for _, p in polnear(root / "quotes/polnear.dev.tar.gz")],
        "labels": news_labels.paragraphs(root, validation=True),
        "meantime": [p for n, p in events if n in held],
        "tdg": tdg(root / "timeml/tdg.dev.txt.gz"),
        "uw": uw(root / "factuality/uw.dev.jsonl.gz"),
    }
