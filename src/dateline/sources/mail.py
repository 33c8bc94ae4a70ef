"""Mails: newsletters as single messages (.eml) or a mailbox (.mbox)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any, cast

from dateline.errors import SourceError, UndatedArticle
from dateline.records import Article
from dateline.sources.articles import BY_OPTION, SourceItem, SourceOptions, make_article
from dateline.sources.dates import parse_published
from dateline.sources.decoding import decode
from dateline.sources.inputs import Input
from dateline.sources.markup import plain_text
from dateline.sources.paragraphs import unwrap

_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_OF_MAIL = re.compile(
    r"^(?:received|message-id|mime-version|return-path|delivered-to|from|subject|to):",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_HEADER = 20_000
"""Characters of a header that is read: what reads them takes time and room by the square of their length."""
_POSTMARK = re.compile(rb"^From \S+.*\d{4}\s*$")


class _Policy(policy.EmailPolicy):
    """Headers as they are meant, but none that is too long."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        if len(value) > _LONGEST_HEADER:
            raise ValueError(f"its {name} is longer than {_LONGEST_HEADER:,} characters")
        return super().header_fetch_parse(name, value)


_POLICY = _Policy()


def fits(given: Input) -> bool:
    """By its name, or by the headers at its beginning."""
    if given.has_ending(".eml", ".mbox"):
        return True
    start = given.beginning().replace("\r\n", "\n")
    if re.match(r"From \S+ .*\d{4}\n", start):
        return True
    return bool(_HEADERS.match(start)) and len({m[0].lower() for m in _OF_MAIL.finditer(start)}) >= 3


def read(given: Input, options: SourceOptions) -> Iterator[SourceItem]:
    """Each message's text, once: the plain part where there is one, else that of the page."""
    if not given.has_ending(".mbox") and not given.head.startswith(b"From "):
        yield read_message(given.data(options.bounds.document_bytes), given.source, options)
        return
    for number, message in enumerate(_messages(given, options), start=1):
        where = f"{given.source}#{number}"
        try:
            if len(message) > options.bounds.document_bytes:
                raise SourceError(
                    f"{where}: the message is longer than {options.bounds.document_bytes:,} bytes"
                )
            yield read_message(message, where, options)
        except SourceError as error:
            yield error


def _messages(given: Input, options: SourceOptions) -> Iterator[bytes]:
    """The messages of a mailbox, one at a time; of one that is too long no more than shows that it is."""
    lines: list[bytes] = []
    size, after_blank = 0, True
    for line in _lines(given):
        if after_blank and _POSTMARK.match(line):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= options.bounds.document_bytes:
            lines.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
        after_blank = not line.strip()
    if lines:
        yield b"".join(lines)


def _lines(given: Input) -> Iterator[bytes]:
    import io

    yield from io.BufferedReader(cast(io.RawIOBase, given.stream))


def read_message(data: bytes, where: str, options: SourceOptions) -> Article:
    """The article of one message. Raises SourceError where it has no text, UndatedArticle where it has no day."""
    try:
        message = cast(EmailMessage, message_from_bytes(data, policy=_POLICY))
        subject, sender, sent = (_header(message, name) for name in ("Subject", "From", "Date"))
        body, address = _body(message, where), _header(message, "Archived-At")
    except (
        MessageError,
        ValueError,
        LookupError,
        RecursionError,
        ArithmeticError,
        TypeError,
        AttributeError,
    ) as error:
        raise SourceError(f"{where}: the mail is damaged ({type(error).__name__}: {error})") from error
    if not body.strip():
        raise SourceError(f"{where}: there is no text in this mail")
    options.bounds.check_text(body, where)
    published = parse_published(sent, where)
    dated_by = "mail header" if published else BY_OPTION
    published = published or options.published
    if published is None:
        raise UndatedArticle(f"{where}: the mail has no Date header; give a date with --date")
    name, mailbox = parseaddr(sender or "")
    publisher = name or mailbox.partition("@")[2] or None
    url = address.strip("<> ") if address else None
    return make_article(
        where, published, body.strip(), title=subject, publisher=publisher, url=url, dated_by=dated_by
    )


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return str(value) if value is not None else None


def _body(message: EmailMessage, where: str) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data:
        return ""
    text, _ = decode(data, where, part.get_content_charset())
    if part.get_content_subtype() == "html":
        return plain_text(text)
    return unwrap(text.replace("\r\n", "\n"))
