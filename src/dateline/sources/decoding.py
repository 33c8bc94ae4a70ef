"""Bytes to characters: as declared, else UTF-8, else with a replacement and a warning."""

from __future__ import annotations

import codecs
import re

from dateline.errors import SourceError
from dateline.sources.articles import SourceWarning

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta[^>]+?charset|\?xml[^>]+?encoding)\s*=\s*["']?\s*([A-Za-z0-9._-]+)""", re.IGNORECASE
)


def decode(data: bytes, where: str) -> tuple[str, SourceWarning | None]:
    """The text of `data`, and a warning where some bytes had to be replaced.

    Raises SourceError for data that is not text at all, naming `where`.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_as(data, encoding, where)
    if b"\0" in data[:65536]:
        raise SourceError(
            f"{where}: this is a binary file, not text; give dateline text, HTML, JSON Lines or CSV"
        )
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:4096])
        return _decode_as(data, declared[1].decode("ascii") if declared else "utf-8", where)


def _decode_as(data: bytes, encoding: str, where: str) -> tuple[str, SourceWarning | None]:
    try:
        return data.decode(encoding), None
    except LookupError:
        encoding = "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode(encoding, "replace")
    # text in a legacy encoding loses a few letters; noise loses most of itself
    if text.count("\ufffd") > max(16, len(text) // 4):
        raise SourceError(
            f"{where}: this is a binary file, not text; give dateline text, HTML, JSON Lines or CSV"
        )
    bad = text.count("\ufffd")
    return text, SourceWarning(
        f"{where}: {bad} bytes are not {encoding.upper()}; they were replaced with \ufffd"
    )
