"""Word pieces are those of the library `tokenizers`, on any text."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reader.model.network import WEIGHTS
from dateline.reader.model.wordpiece import CLS, SEP, UNKNOWN, WordPiece

tokenizers = pytest.importorskip("tokenizers")

FILE = WEIGHTS / "tokenizer.json"
OURS = WordPiece(FILE)
THEIRS = tokenizers.Tokenizer.from_file(str(FILE))
THEIRS.no_padding()
THEIRS.no_truncation()

NEWER = frozenset("\u166d\u1734\u180e")
"""Characters that Unicode has put into another category since the library's edition of it."""
ODD = (
    "",
    " ",
    "\t\n\r\x0b\x0c\u00a0\u2003\u3000",
    "Ombrey’s harbour-master said: “We’re closed.”",
    "naïve café Ångström Đorđević İstanbul STRASSE straße ΟΔΥΣΣΕΥΣ ὀδυσσεύς",
    "e\u0301 A\u030a \u1e9b\u0323 ﬁnal ﬃ Ⅷ ½ ² ™",
    "東京タワー서울시 가나다 한글 漢字kanji\u20000 \U00020000x\U0002f800y\uf900z",
    "مرحبا العالم שלום नमस्ते สวัสดี",
    "👩‍👩‍👧‍👦 🏳️‍🌈 ☎️ ©®",
    "zero\u200bwidth soft\u00adhyphen word\u2060joiner \ufeffmark \u202eright",
    "\x00null \ufffdreplaced \x7f\x85 \ue000 \U0010ffff \u0378",
    "$100+<5>=6^7`8|9~0 a_b#c@d%e&f*g\\h",
    "antidisestablishmentarianism Donaudampfschifffahrtsgesellschaft",
    "x" * 100,
    "x" * 101,
    "é" * 100,
    "é" * 101,
    "가" * 40,
    "1,234,567.89 3.5% 12:30 2024-03-04 £5bn",
    "İ" * 60,
)


def theirs(text: str) -> list[int]:
    return list(THEIRS.encode(text, add_special_tokens=False).ids)


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_cut_as_the_library_cuts_it(text: str) -> None:
    assert OURS.encode(text) == theirs(text)


def is_known_to_both(char: str) -> bool:
    """False for what the library's edition of Unicode does not know or has elsewhere, and Python's has."""
    told = THEIRS.normalizer.normalize_str(char)
    if unicodedata.category(char) in ("Mn", "Cf") or char in NEWER:
        return told == "" and char not in NEWER
    if not unicodedata.category(char).startswith("P"):
        return True
    return [part for part, _ in THEIRS.pre_tokenizer.pre_tokenize_str(f"a{char}b")] == ["a", char, "b"]


@given(st.text(max_size=60))
def test_any_text_is_cut_as_the_library_cuts_it(text: str) -> None:
    shared = "".join(c for c in text if c != "[" and is_known_to_both(c))
    assert OURS.encode(shared) == theirs(shared)


WORDS = st.sampled_from(sorted(json.loads(FILE.read_text(encoding="utf-8"))["model"]["vocab"])[2000::7])


@given(st.lists(WORDS | st.text(alphabet="aàbßçeéiñoøsťž'’-—.,", max_size=8), max_size=12), st.booleans())
def test_words_grown_together_are_cut_as_the_library_cuts_them(words: list[str], apart: bool) -> None:
    text = (" " if apart else "").join(word.removeprefix("##") for word in words).replace("[", "")
    assert OURS.encode(text) == theirs(text)
    assert OURS.encode(text.upper()) == theirs(text.upper())


def test_every_character_but_the_newest_is_cut_as_the_library_cuts_it() -> None:
    chars = [chr(c) for c in range(sys.maxunicode + 1) if not 0xD800 <= c < 0xE000]
    texts = [f"ab{char}ed" for char in chars]
    told = THEIRS.encode_batch(texts, add_special_tokens=False)
    other = {c for c, text, t in zip(chars, texts, told, strict=True) if OURS.encode(text) != list(t.ids)}
    # those that came to Unicode after the library's edition
    assert len(other) < 900
    assert not any(is_known_to_both(char) for char in other)
    assert all(ord(char) > 0x600 for char in other)


def test_a_mark_of_the_encoders_is_text_like_any_other() -> None:
    pieces = OURS.encode("It said [SEP] and [CLS] twice.")
    assert not {CLS, SEP, UNKNOWN} & set(pieces)
    assert pieces[2:5] == theirs("[ sep ]")
    assert theirs("[SEP]") == [SEP]


def test_half_a_character_is_no_character() -> None:
    assert OURS.encode("a\ud800b") == OURS.encode("ab")


def test_another_kind_of_vocabulary_is_refused(tmp_path: Path) -> None:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    told["normalizer"]["lowercase"] = False
    (tmp_path / "tokenizer.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ValueError, match=r"tokenizer\.json"):
        WordPiece(tmp_path / "tokenizer.json")
