"""Documents: press releases as Word (DOCX) or PDF files."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from dateline.errors import SourceError, UndatedArticle
from dateline.sources.articles import GUESSED, SourceItem, SourceOptions, make_article
from dateline.sources.dated_text import day_of_text
from dateline.sources.extras import needed_for
from dateline.sources.inputs import Input
from dateline.sources.paragraphs import headline, unwrap

_WORD = "a Word document"
_PDF = "a PDF document"
_TITLES = frozenset(["Title", "Heading 1"])
"""Word's styles of a document's title."""


def fits(given: Input) -> bool:
    """By the first bytes; a Word document is a zip file by its bytes, and known by its name."""
    if given.head.startswith(b"%PDF-"):
        return True
    return given.head.startswith(b"PK\x03\x04") and (
        given.has_ending(".docx")
        or b"word/document.xml" in given.head
        or "wordprocessingml" in (given.media_type or "")
    )


def read(given: Input, options: SourceOptions) -> Iterator[SourceItem]:
    """The one article of a document."""
    data = given.data(options.bounds.document_bytes)
    with options.bounds.in_time(given.source):
        if given.head.startswith(b"%PDF-"):
            title, text, made = _read_pdf(data, given.source, options)
        else:
            title, text, made = _read_word(data, given.source, options)
    text = text.replace("\0", "").strip()
    if not text:
        raise SourceError(f"{given.source}: there is no text in this document (are its pages pictures?)")
    options.bounds.check_text(text, given.source)
    told = day_of_text(text, given.source, options)
    if told is None and made:
        told = made, f"the day the file was made{GUESSED}"
    if told is None:
        raise UndatedArticle(
            f"{given.source}: no date found near the top of the document; give one with --date"
        )
    yield make_article(given.source, told[0], text, title=title or headline(text), dated_by=told[1])


def _read_word(data: bytes, source: str, options: SourceOptions) -> tuple[str | None, str, date | None]:
    with needed_for(_WORD, "documents"):
        import docx
        from docx.opc.exceptions import OpcError
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(p.file_size for p in parts.infolist()) > options.bounds.ratio * len(data):
                raise SourceError(f"{source}: the document grows too much when it is unpacked")
        document: Any = docx.Document(io.BytesIO(data))
        paragraphs = [(p.text.strip(), (p.style.name or "") if p.style else "") for p in document.paragraphs]
        made = document.core_properties.created
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise SourceError(f"{source}: the document is damaged ({error})") from error
    except (AttributeError, TypeError, IndexError) as error:
        raise SourceError(
            f"{source}: the document is damaged: its parts are not those of a Word document; open it and save it again as DOCX or plain text"
        ) from error
    title = next((text for text, style in paragraphs if text and style in _TITLES), None)
    text = "\n\n".join(text for text, _ in paragraphs if text)
    # 2013 is when the template of a common library was made
    return title, text, made.date() if isinstance(made, datetime) and made.year > 2013 else None


def _read_pdf(data: bytes, source: str, options: SourceOptions) -> tuple[str | None, str, date | None]:
    with needed_for(_PDF, "documents"):
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    # what it says of damage to whoever runs it is said by the error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(f"{source}: the document is locked with a password")
        if len(reader.pages) > options.bounds.pages:
            raise SourceError(f"{source}: the document has more than {options.bounds.pages} pages")
        pages, size = [], 0
        for page in reader.pages:
            pages.append(page.extract_text())
            size += len(pages[-1])
            if size > options.bounds.text_characters:
                break
        about = reader.metadata
        made = about.creation_date if about else None
        title = about.title if about else None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
    ) as error:
        raise SourceError(f"{source}: the document is damaged ({type(error).__name__}: {error})") from error
    text = "\n\n".join(unwrap(_tidy(page)) for page in pages)
    named = title if isinstance(title, str) and len(title.split()) > 2 and "." not in title[-5:] else None
    return named, text, made.date() if made else None


def _tidy(page: str) -> str:
    return re.sub(r"[ \t]+\n", "\n", re.sub(r"[ \t]+", " ", page))
