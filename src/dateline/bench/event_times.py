"""When events happen, against the document date: TimeBank's and AQUAINT's links of events to the day of publication.

The corpus (TBAQ, the training set of TempEval-3, UzZaman et al. 2013) says of each event whether it was before or after the
document's date, overlaps it or includes it. dateline says when an event happened, or nothing; `relation` reads the link off that.
"""

from __future__ import annotations

import tarfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Literal

from dateline.bench.times import side
from dateline.records import Article, Event, Reading, Span

Relation = Literal["before", "after", "overlap", "includes"]

_DOCUMENT_DATE = "t0"
_RELATIONS: dict[str, Relation] = {
    "BEFORE": "before",
    "IBEFORE": "before",
    "AFTER": "after",
    "IAFTER": "after",
    "INCLUDES": "includes",
    "BEGUN_BY": "includes",
    "ENDED_BY": "includes",
    "DURING_INV": "includes",
    "IS_INCLUDED": "overlap",
    "DURING": "overlap",
    "SIMULTANEOUS": "overlap",
    "IDENTITY": "overlap",
    "BEGINS": "overlap",
    "ENDS": "overlap",
}
_INVERSE: dict[Relation, Relation] = {
    "before": "after",
    "after": "before",
    "includes": "overlap",
    "overlap": "includes",
}
_SYMMETRIC = frozenset({"SIMULTANEOUS", "IDENTITY"})


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """An article, and the relation to its date of each event whose relation was annotated."""

    article: Article
    events: tuple[tuple[Span, Relation], ...]


def linked_documents(archive: Path, corpus: str, half: str | None = None) -> Iterator[LinkedDocument]:
    """The documents of `corpus` (TimeBank or AQUAINT) in the archive, or of one half (`bench.times.side`) of them."""
    with tarfile.open(archive) as files:
        for member in sorted(files.getmembers(), key=lambda m: m.name):
            path = PurePosixPath(member.name)
            content = files.extractfile(member) if path.suffix == ".tml" else None
            if content and path.parent.name == corpus and half in (None, side(path.name)):
                yield _document(path.stem, ET.fromstring(content.read()))


def _document(name: str, root: ET.Element) -> LinkedDocument:
    published = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    if published is None or body is None:
        raise ValueError(f"{name} has no document date or no text: it is not TimeML as TempEval-3 has it")
    text, spans = "", {}
    for element, piece in _pieces(body):
        if element is not None and element.tag == "EVENT":
            spans[element.get("eid", "")] = Span(len(text), len(text) + len(piece))
        text += piece
    events = {i.get("eiid", ""): i.get("eventID", "") for i in root.iter("MAKEINSTANCE")}
    found: dict[str, Relation] = {}
    for link in root.iter("TLINK"):
        kind = link.get("relType", "")
        if kind not in _RELATIONS:
            continue
        relation = _RELATIONS[kind]
        if link.get("relatedToTime") == _DOCUMENT_DATE and "eventInstanceID" in link.attrib:
            event = events.get(link.get("eventInstanceID", ""), "")
        elif link.get("timeID") == _DOCUMENT_DATE and "relatedToEventInstance" in link.attrib:
            event = events.get(link.get("relatedToEventInstance", ""), "")
            relation = relation if kind in _SYMMETRIC else _INVERSE[relation]
        else:
            continue
        if event in spans:
            found[event] = relation
    day = date.fromisoformat(published.get("value", "")[:10])
    return LinkedDocument(
        Article(name, f"{name}.tml", day, text), tuple((spans[e], found[e]) for e in sorted(found))
    )


def _pieces(element: ET.Element) -> Iterator[tuple[ET.Element | None, str]]:
    """The text below an element in order, each stretch with the innermost element that it is the beginning of."""
    yield None, element.text or ""
    for child in element:
        inner = list(_pieces(child))
        if child.tag == "EVENT":
            yield child, "".join(piece for _, piece in inner)
        else:
            yield from inner
        yield None, child.tail or ""


def relation(event: Event, article: Article) -> Relation:
    """How dateline's event lies to the document's date.

    One without a day is taken to come where it is expected, to hold where it is generic, to overlap where its word is a verb's form of
    the present ("says"), and else to have been before.
    """
    when, published = event.interval, article.published
    if when is None:
        if event.realis in ("expected", "possible"):
            return "after"
        if event.realis == "generic":
            return "includes"
        word = event.span.of(article.text).lower()
        return "overlap" if word in (f"{event.predicate}s", f"{event.predicate}es") else "before"
    if when.end < published:
        return "before"
    if when.start > published:
        return "after"
    return "overlap" if when.start == when.end else "includes"


def relations(read: Callable[[Article], Reading], documents: Iterable[LinkedDocument]) -> dict[str, float]:
    """In percent: annotated events that the reader finds, those of them whose relation is right, and the commonest relation's share."""
    found = right = total = 0
    kinds: Counter[Relation] = Counter()
    for document in documents:
        reading = read(document.article)
        for span, gold in document.events:
            total += 1
            near = [e for e in reading.events if e.span.overlaps(span)]
            if near:
                found += 1
                kinds[gold] += 1
                right += relation(near[0], document.article) == gold
    return {
        "events found": 100 * found / max(total, 1),
        "relation to the document date": 100 * right / max(found, 1),
        "always the commonest relation": 100 * max(kinds.values(), default=0) / max(found, 1),
    }
