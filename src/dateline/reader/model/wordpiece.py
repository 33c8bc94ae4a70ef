"""Text cut into the pieces that the encoder knows: BERT's WordPiece, by the vocabulary of `tokenizer.json`.

Text is cleaned, put in lower case and rid of its accents; cut at white space, punctuation and Chinese characters; and each word
is cut into the longest pieces that the vocabulary has (Devlin et al. 2019; https://github.com/google-research/bert, tokenization.py).
The numbers are those that the library `tokenizers` gives, but for two things: what reads like a mark of the encoder's own (`[SEP]`)
is text here like any other, and characters are sorted by Python's edition of Unicode.
"""

from __future__ import annotations

import json
import unicodedata
from itertools import chain
from pathlib import Path

UNKNOWN, CLS, SEP = 100, 101, 102
"""The encoder's own marks: what it does not know, how a row begins, and what ends each of its parts."""
_NORMALIZER = {
    "type": "BertNormalizer",
    "clean_text": True,
    "handle_chinese_chars": True,
    "strip_accents": None,
    "lowercase": True,
}
_CHINESE = (
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    range(0xF900, 0xFB00),
    range(0x20000, 0x2A6E0),
    range(0x2A700, 0x2B740),
    range(0x2B740, 0x2B820),
    range(0x2B920, 0x2CEB0),
    range(0x2F800, 0x2FA20),
)
_NOTHING = frozenset(["Cc", "Cf", "Co", "Cs"])
"""Categories of characters that stand for nothing: control, format, private use, surrogates."""
_MOST_WORDS = 200_000
_UNKNOWN_WORD = (UNKNOWN,)


class _Cleaned(dict[int, str]):
    """A table for `str.translate`: nothing, a space, or the character, Chinese ones apart; filled as it is asked."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "\t\n\r":
            made = " "
        elif code in (0, 0xFFFD) or unicodedata.category(char) in _NOTHING:
            made = ""
        elif char.isspace():
            made = " "
        else:
            made = f" {char} " if any(code in block for block in _CHINESE) else char
        self[code] = made
        return made


class _Plain(dict[int, str]):
    """A table for `str.translate` of decomposed text: lower case, no accents, punctuation apart."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if category == "Mn":
            made = ""
        elif category.startswith("P") or char in "$+<=>^`|~":
            made = f" {char} "
        else:
            made = char.lower()
        self[code] = made
        return made


class WordPiece:
    """A vocabulary, and how text is cut by it. Stateless but for a cache of words."""

    def __init__(self, file: Path) -> None:
        """Load `tokenizer.json`. Raises OSError, ValueError or KeyError where it is none, or not of the kind that is read here."""
        told = json.loads(file.read_text(encoding="utf-8"))
        model = told["model"]
        marks = [model["vocab"].get(mark) for mark in ("[UNK]", "[CLS]", "[SEP]")]
        if marks != [UNKNOWN, CLS, SEP] or model["type"] != "WordPiece" or told["normalizer"] != _NORMALIZER:
            raise ValueError(f"{file.name} is not a vocabulary of lower-case word pieces")
        self._vocabulary: dict[str, int] = model["vocab"]
        self._within: str = model["continuing_subword_prefix"]
        self._longest_word: int = model["max_input_chars_per_word"]
        self._longest = max(map(len, self._vocabulary))
        self._cleaned, self._plain = _Cleaned(), _Plain()
        self._words: dict[str, tuple[int, ...]] = {}

    def encode(self, text: str) -> list[int]:
        """The numbers of the pieces of `text`, without the encoder's marks; any text has some, or none where it is blank."""
        decomposed = unicodedata.normalize("NFD", text.translate(self._cleaned))
        words = decomposed.translate(self._plain).split()
        return list(chain.from_iterable(map(self._pieces, words)))

    def _pieces(self, word: str) -> tuple[int, ...]:
        found = self._words.get(word)
        if found is None:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            found = self._words[word] = self._cut(word)
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        """The longest piece that the word begins with, and so on; a word that has a part unknown is unknown."""
        if len(word) > self._longest_word:
            return _UNKNOWN_WORD
        pieces: list[int] = []
        start, before = 0, ""
        while start < len(word):
            for end in range(min(len(word), start + self._longest), start, -1):
                number = self._vocabulary.get(before + word[start:end])
                if number is not None:
                    break
            else:
                return _UNKNOWN_WORD
            pieces.append(number)
            start, before = end, self._within
        return tuple(pieces)
