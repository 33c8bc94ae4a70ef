"""TimeML in and out, so that the tagger stands where another stood.

A file's `<DCT>` gives the date, its `<TEXT>` the text (annotations stripped); what is written is the same file with our
TIMEX3 elements in the text and nothing else marked.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from dateline.errors import BadDate, SourceError, UndatedArticle
from dateline.records import Article, Span, TimeExpression

_DCT = re.compile(r"<DCT>.*?</DCT>", re.DOTALL)
_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>")
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass(frozen=True, slots=True)
class Timex:
    """A TIMEX3 element of a file: its place in the text, and its type, value and mod as written."""

    span: Span
    type: str
    value: str
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class TimemlDocument:
    """A TimeML file: `head` and `tail` are what stands around the content of `<TEXT>`; `times` its own annotations."""

    published: date
    text: str
    times: tuple[Timex, ...]
    head: str
    tail: str


def parse(content: str, name: str = "TimeML") -> TimemlDocument:
    """The document in a TimeML file's content; `name` is used in messages.

    Raises SourceError where there is no `<TEXT>`, UndatedArticle where there is no `<DCT>` with a value, BadDate where it
    is no day.
    """
    body = _TEXT.search(content)
    if body is None:
        raise SourceError(f"{name}: no <TEXT> element found; is this a TimeML file?")
    text, times = _strip(body[1])
    tail = "</TEXT>\n\n</TimeML>\n" if "</TimeML>" in content[body.end() :] else "</TEXT>\n"
    return TimemlDocument(_published(content, name), text, times, content[: body.start(1)], tail)


def _published(content: str, name: str) -> date:
    dct = _DCT.search(content)
    value = re.search(r"value=[\"'](\d{4}-?\d{2}-?\d{2})", dct[0]) if dct else None
    if value is None:
        raise UndatedArticle(
            f'{name}: no <DCT> with a day found; add <DCT><TIMEX3 value="YYYY-MM-DD" …></DCT>'
        )
    try:
        return date.fromisoformat(value[1])
    except ValueError as error:
        raise BadDate(f"{name}: the <DCT> {value[1]} is no day of the calendar") from error


def _strip(body: str) -> tuple[str, tuple[Timex, ...]]:
    """The text without its tags, and the TIMEX3 elements that had words in them."""
    pieces: list[str] = []
    length, position = 0, 0
    opened: list[tuple[int, dict[str, str]]] = []
    times: list[Timex] = []
    for tag in _TAG.finditer(body):
        piece = html.unescape(body[position : tag.start()])
        pieces.append(piece)
        length += len(piece)
        position = tag.end()
        if tag[2] != "TIMEX3":
            continue
        if not tag[1]:
            if not tag[0].endswith("/>"):
                opened.append(
                    (length, {a[1]: html.unescape(a[2] or a[3] or "") for a in _ATTRIBUTE.finditer(tag[3])})
                )
        elif opened:
            start, values = opened.pop()
            if start < length:
                times.append(
                    Timex(
                        Span(start, length),
                        values.get("type", ""),
                        values.get("value", ""),
                        values.get("mod"),
                    )
                )
    pieces.append(html.unescape(body[position:]))
    return "".join(pieces), tuple(sorted(times, key=lambda t: t.span))


_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def of_article(article: Article) -> TimemlDocument:
    """An article as a TimeML document without annotations. Characters that XML does not allow become U+FFFD, so that
    offsets stay."""
    day = article.published.isoformat()
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<TimeML>",
        f"<DOCID>{escape(article.id)}</DOCID>",
        f'<DCT><TIMEX3 tid="t0" type="DATE" value="{day}" functionInDocument="CREATION_TIME">{day}</TIMEX3></DCT>',
        *([f"<TITLE>{escape(_ILLEGAL.sub(chr(0xFFFD), article.title))}</TITLE>"] if article.title else []),
        "<TEXT>",
    ]
    text = _ILLEGAL.sub(chr(0xFFFD), article.text)
    return TimemlDocument(article.published, text, (), "\n".join(head), "</TEXT>\n</TimeML>\n")


def render(document: TimemlDocument, times: Iterable[TimeExpression]) -> str:
    """The file with `times` (in order, not overlapping) as its only annotations."""
    pieces = [document.head]
    position = 0
    for number, time in enumerate(times, 1):
        mod = f" mod={quoteattr(time.mod)}" if time.mod else ""
        pieces.append(escape(document.text[position : time.span.start]))
        pieces.append(
            f'<TIMEX3 tid="t{number}" type="{time.type}" value={quoteattr(time.value)}{mod}>{escape(time.text)}</TIMEX3>'
        )
        position = time.span.end
    return "".join([*pieces, escape(document.text[position:]), document.tail])


def tag_file(path: Path, out: Path, find: Callable[[str, date], Sequence[TimeExpression]]) -> None:
    """Read the TimeML file `path`, tag its text with `find`, and write `out`.

    Raises SourceError (or one of its kinds) where the file is no dated TimeML, OSError where it cannot be read or written.
    """
    document = parse(path.read_text(encoding="utf-8", errors="replace"), str(path))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(render(document, find(document.text, document.published)), encoding="utf-8")


def tag_folder(
    folder: Path, out: Path, find: Callable[[str, date], Sequence[TimeExpression]]
) -> tuple[list[Path], list[SourceError]]:
    """Tag every `.tml` file under `folder` into the same place under `out`. Returns the files written and the errors met."""
    written: list[Path] = []
    errors: list[SourceError] = []
    for path in sorted(folder.rglob("*.tml")):
        target = out / path.relative_to(folder)
        try:
            tag_file(path, target, find)
        except SourceError as error:
            errors.append(error)
        else:
            written.append(target)
    return written, errors
