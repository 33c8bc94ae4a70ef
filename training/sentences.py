"""A sentence with all that a corpus says of it; what a corpus does not annotate is masked.

Tag labels are bit masks of the tags that are allowed (bit i is tag i; 0 is unlabelled): a corpus without nationality
words leaves O, B-NORP and I-NORP open together, and the loss is the negative log of the summed probability.
"""

from __future__ import annotations

import gzip
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.heads.labels import NAMES

NORP_OPEN = 1 | (1 << NAMES.index("B-NORP")) | (1 << NAMES.index("I-NORP"))


@dataclass
class Labelled:
    """A sentence's words and what is known of them; arrays have one item a word, None is not annotated.

    `names`, `times`, `attribution` and `realis` are bit masks of the allowed labels, and so is `block`, of the whole
    sentence. `triggers` is (styles, words) of 0, 1 or -1 (unknown); `factuality` is (styles, words) with NaN where
    unknown. `expects` indexes EXPECTS, -1 where unknown; `negated` and `conditional` are 0, 1 or -1. `links` has, for
    each kind of arc and each labelled word, the words that it may point at as (sentences further on, word); none is
    the root. `days` indexes DAYS, -1 where unknown.
    """

    words: list[str]
    upos: list[int] | None = None
    heads: list[int] | None = None
    deprels: list[int] | None = None
    names: list[int] | None = None
    times: list[int] | None = None
    attribution: list[int] | None = None
    triggers: dict[int, list[int]] = field(default_factory=dict)
    realis: list[int] | None = None
    factuality: dict[int, list[float]] = field(default_factory=dict)
    vector: int = -1
    block: int = 0
    expects: list[int] | None = None
    negated: list[int] | None = None
    conditional: list[int] | None = None
    days: list[int] | None = None
    links: dict[str, dict[int, list[tuple[int, int]]]] = field(default_factory=dict)


Paragraph = list[Labelled]


def lines_of(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield line.rstrip("\n")


def members_of(path: Path, suffix: str) -> Iterator[tuple[str, str]]:
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            if member.name.endswith(suffix):
                handle = archive.extractfile(member)
                assert handle is not None
                yield member.name, handle.read().decode("utf-8", "replace")


_PLAIN = {
    "``": '"',
    "''": '"',
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
}


def plain_quotes(words: list[str]) -> list[str]:
    """Penn Treebank's escapes as the characters they stand for."""
    return [_PLAIN.get(w, w) for w in words]
