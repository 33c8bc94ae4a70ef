"""Bytes to characters: as marked or declared, else UTF-8, else as Windows writes them, with a warning."""

from __future__ import annotations

import codecs
import re

from dateline.errors import SourceError
from dateline.sources.articles import SourceWarning

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,400}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([A-Za-z0-9._-]+)""",
    re.IGNORECASE,
)
# what a page may declare: encodings of text on the web, not Python's codecs for names, escapes and compression
_ENCODINGS = frozenset(
    [
        "ascii",
        "big5",
        "big5hkscs",
        "cp1250",
        "cp1251",
        "cp1252",
        "cp1253",
        "cp1254",
        "cp1255",
        "cp1256",
        "cp1257",
        "cp1258",
        "cp437",
        "cp850",
        "cp866",
        "cp874",
        "cp932",
        "cp949",
        "euc_jp",
        "euc_kr",
        "gb18030",
        "gb2312",
        "gbk",
        "hz",
        "iso2022_jp",
        "iso8859-1",
        "iso8859-10",
        "iso8859-13",
        "iso8859-14",
        "iso8859-15",
        "iso8859-16",
        "iso8859-2",
        "iso8859-3",
        "iso8859-4",
        "iso8859-5",
        "iso8859-6",
        "iso8859-7",
        "iso8859-8",
        "iso8859-9",
        "koi8-r",
        "koi8-u",
        "mac-cyrillic",
        "mac-roman",
        "shift_jis",
        "tis-620",
        "utf-16",
        "utf-16-be",
        "utf-16-le",
        "utf-32",
        "utf-8",
        "utf-8-sig",
    ]
)
_WINDOWS = "cp1252"
_SAMPLE = 65536
_READ_AS_WINDOWS = frozenset(["ascii", "iso8859-1"])
"""What the web calls by these names is Windows-1252."""


def decode(data: bytes, where: str, declared: str | None = None) -> tuple[str, SourceWarning | None]:
    """The text of `data`, and a warning where the encoding was guessed or some bytes had to be replaced.

    `declared` is what a server or a mail said of it. Raises SourceError for data that is not text at all, naming `where`.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decode_as(data, encoding, where)
    if b"\0" in data[:_SAMPLE]:
        raise _not_text(where)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        in_page = _DECLARED.search(data[:4096])
        told = _known(declared) or _known(in_page[1].decode("ascii") if in_page else None)
        if told and told != "utf-8":
            return _decode_as(data, told, where)
        return _guess(data, where)


def _known(name: str | None) -> str | None:
    """Python's name of an encoding for text; Windows-1252 for what the web calls Latin-1."""
    try:
        found = codecs.lookup(name.strip()).name if name and len(name) < 40 else None
    except (LookupError, ValueError):
        return None
    if found in _READ_AS_WINDOWS:
        return _WINDOWS
    return found if found in _ENCODINGS else None


def _decode_as(data: bytes, encoding: str, where: str) -> tuple[str, SourceWarning | None]:
    try:
        return data.decode(encoding), None
    except UnicodeError:
        text = data.decode(encoding, "replace")
    return _replaced(text, encoding, where)


def _replaced(text: str, encoding: str, where: str) -> tuple[str, SourceWarning]:
    bad = text.count("\ufffd")
    # text in a legacy encoding loses a few letters; noise loses most of itself
    if bad > max(16, len(text) // 4):
        raise _not_text(where)
    return text, SourceWarning(
        f"{where}: {bad} bytes are not {_public(encoding)}; they were replaced with \ufffd"
    )


def _guess(data: bytes, where: str) -> tuple[str, SourceWarning]:
    """Of bytes that are not UTF-8 and declare nothing."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if sum(c > "\x7f" for c in text) - bad > 2 * bad:
        return _replaced(text, "utf-8", where)
    encoding = _WINDOWS
    if sum(b > 127 for b in data[:_SAMPLE]) > len(data[:_SAMPLE]) // 4:
        encoding = _by_statistics(data[:_SAMPLE], where)
    try:
        text = data.decode(encoding)
    except UnicodeError:
        return _replaced(data.decode(encoding, "replace"), encoding, where)
    return text, SourceWarning(f"{where}: the bytes are not UTF-8; read as {_public(encoding)}")


def _by_statistics(sample: bytes, where: str) -> str:
    """The encoding of a text with few Latin letters. Raises SourceError where no language shows."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None or best.coherence <= 0 or _known(best.encoding) is None:
        raise _not_text(where)
    return best.encoding


def _public(encoding: str) -> str:
    return "Windows-1252" if encoding == _WINDOWS else encoding.upper()


def _not_text(where: str) -> SourceError:
    return SourceError(
        f"{where}: this is a binary file of a kind that is not read; give dateline text, HTML, JSON Lines, CSV or "
        "another format of docs/input.md"
    )
