"""Telegram's export of a channel (`result.json`): each post an article of its own day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from dateline.errors import BadDate, SourceError, UndatedArticle
from dateline.sources.articles import SourceItem, SourceOptions, make_article
from dateline.sources.dates import parse_published
from dateline.sources.inputs import Input
from dateline.sources.paragraphs import headline

_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_TYPE = re.compile(
    r'"type"\s*:\s*"(?:public_|private_)?(?:channel|supergroup|group|personal_chat|saved_messages)"'
)


def fits(given: Input) -> bool:
    """By the keys that an export begins with."""
    start = given.beginning()
    return (
        start[:1] == "{"
        and bool(_MESSAGES.search(start))
        and bool(_TYPE.search(start) or '"date_unixtime"' in start)
    )


def read(given: Input, options: SourceOptions) -> Iterator[SourceItem]:
    """The posts with text, in order; pictures without words and notes of the service are left out."""
    text = given.text(options.bounds.table_bytes)
    yield from given.warnings
    try:
        export = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{given.source}: the export is not whole JSON ({error})") from None
    channel = export.get("name") if isinstance(export.get("name"), str) else None
    for message in export.get("messages") or []:
        if not isinstance(message, dict) or message.get("type") != "message":
            continue
        body = _text(message.get("text")).strip()
        if not body:
            continue
        where = f"{given.source}#{message.get('id')}"
        try:
            # `date` is the clock of the one who exported, `date_unixtime` that of Greenwich
            published = parse_published(message.get("date"), where) or parse_published(
                _number(message.get("date_unixtime")), where
            )
            options.bounds.check_text(body, where)
            if published is None:
                raise UndatedArticle(f"{where}: the post bears no date")
        except (SourceError, BadDate) as error:
            yield error
            continue
        yield make_article(where, published, body, title=headline(body), publisher=channel, dated_by="post")


def _text(parts: Any) -> str:
    """Telegram writes a plain post as a string, one with links and bold words as a list of pieces."""
    if isinstance(parts, str):
        return parts
    if not isinstance(parts, list):
        return ""
    pieces = (p if isinstance(p, str) else p.get("text") if isinstance(p, dict) else None for p in parts)
    return "".join(p for p in pieces if isinstance(p, str))


def _number(value: Any) -> object:
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 12 else value
