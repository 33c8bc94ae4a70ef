"""Make the lemma table of `dateline.reader.lemmas` from UD: endings that are right more often than not, then exceptions."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from training.corpora.trees import read_conllu
from training.sentences import lines_of

CLASSES = ("ADJ", "ADV", "AUX", "NOUN", "VERB", "PRON", "DET", "PART", "NUM", "ADP", "SCONJ", "CCONJ")
ENDINGS = ("ADJ", "ADV", "NOUN", "VERB")


def change(form: str, lemma: str) -> tuple[int, str]:
    """Characters to cut from `form` and letters to add to have `lemma`."""
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


def pairs(files: list[Path]) -> dict[tuple[str, str], Counter[str]]:
    """Lemmas of each part of speech and lower-case form."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in files:
        for _, rows in read_conllu(lines_of(path)):
            for row in rows:
                form, lemma, upos = row[1].lower().replace("’", "'"), row[2].lower(), row[3]
                if upos in CLASSES and lemma != "_" and "Typo=Yes" not in row[5] and "Abbr=Yes" not in row[5]:
                    found[upos, form][lemma] += 1
    return found


def table(found: dict[tuple[str, str], Counter[str]]) -> list[tuple[str, str, int, str]]:
    """Rows of the table: an ending is kept where it changes what the next shorter one says; then the exceptions."""
    rows: list[tuple[str, str, int, str]] = []
    best = {key: max(c, key=lambda k: (c[k], k)) for key, c in found.items()}
    votes: dict[tuple[str, str], Counter[tuple[int, str]]] = defaultdict(Counter)
    for (upos, form), lemma in best.items():
        if upos in ENDINGS and form.isalpha():
            for length in range(1, min(6, len(form) - 1) + 1):
                votes[upos, form[-length:]][change(form, lemma)] += 1
    rules: dict[tuple[str, str], tuple[int, str]] = {}
    for (upos, ending), counter in sorted(votes.items(), key=lambda item: len(item[0][1])):
        (cut, add), count = max(counter.items(), key=lambda item: (item[1], item[0]))
        shorter = next(
            (rules[upos, ending[i:]] for i in range(1, len(ending)) if (upos, ending[i:]) in rules), (0, "")
        )
        enough = count >= (2 if len(ending) <= 4 else 3)
        if cut <= len(ending) and enough and count * 2 > sum(counter.values()) and (cut, add) != shorter:
            rules[upos, ending] = cut, add
    rows += [(u, "-" + e, cut, add) for (u, e), (cut, add) in sorted(rules.items())]
    for (upos, form), lemma in sorted(best.items()):
        told = next(
            (
                rules[upos, form[-n:]]
                for n in range(min(len(form) - 1, 6), 0, -1)
                if (upos, form[-n:]) in rules
            ),
            (0, ""),
        )
        if form[: len(form) - told[0]] + told[1] != lemma:
            rows.append((upos, form, *change(form, lemma)))
    return rows


def main() -> None:
    """Write the table; say how well it does on the dev sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("src/dateline/reader/lemmas.tsv"))
    options = parser.parse_args()
    rows = table(pairs([options.data / "ud/ewt.train.conllu.gz", options.data / "ud/gum.train.conllu.gz"]))
    options.out.write_text("".join("\t".join(map(str, r)) + "\n" for r in rows), encoding="utf-8")
    print(len(rows), "rows")


if __name__ == "__main__":
    main()
