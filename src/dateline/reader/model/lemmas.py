"""English lemmas by word and part of speech: the longest known ending says how to change it, a table holds the exceptions."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_KEPT = 20_000
"""Words whose lemmas are kept."""
_OPEN = frozenset(
    {"ADJ", "ADV", "AUX", "NOUN", "VERB", "PRON", "DET", "PROPN", "PART", "NUM", "ADP", "SCONJ", "CCONJ"}
)


class Lemmatiser:
    """Tables from `lemmas.tsv` (made by `training.lemmas` from UD's English treebanks).

    A row is part of speech, word or `-ending`, characters to cut, letters to add.
    """

    def __init__(self) -> None:
        self._words: dict[tuple[str, str], str] = {}
        self._endings: dict[tuple[str, str], tuple[int, str]] = {}
        table = (Path(__file__).parent / "lemmas.tsv").read_text(encoding="utf-8")
        for line in table.splitlines():
            upos, form, cut, add = line.split("\t")
            if form.startswith("-"):
                self._endings[upos, form[1:]] = int(cut), add
            else:
                self._words[upos, form] = form[: len(form) - int(cut)] + add
        self._kept = lru_cache(_KEPT)(self._lemma)

    def lemma(self, word: str, upos: str) -> str:
        """The lemma; lower case but for names. Words of closed or unknown classes are their own lemma."""
        return self._kept(word, upos)

    def _lemma(self, word: str, upos: str) -> str:
        if upos == "PROPN":
            return word
        if upos not in _OPEN:
            return word.lower() if upos != "X" else word
        lower = word.lower().replace("’", "'")
        known = self._words.get((upos, lower))
        if known is not None:
            return known
        for length in range(min(len(lower) - 1, 6), 0, -1):
            change = self._endings.get((upos, lower[-length:]))
            if change is not None:
                cut, add = change
                return lower[: len(lower) - cut] + add
        return lower
