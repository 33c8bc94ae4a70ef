"""Annotated articles in CAT's XML (MEANTIME, TimeLine, ECB+): their text, and where each token of it stands."""

from __future__ import annotations

import re
import tarfile
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.records import Article, Realis, Span

UNDATED = date(2008, 1, 1)
"""The day on which a document without a creation time is published."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class CatDocument:
    """An article whose text is its tokens joined by spaces, a sentence a line.

    `tokens` has each token's span by its id, `sentences` the ids of each sentence by its number. The article is published on the
    document's creation time, or on `UNDATED` where there is none.
    """

    article: Article
    tokens: dict[str, Span]
    sentences: dict[int, list[str]]
    root: ET.Element

    def span(self, mark: ET.Element) -> Span | None:
        """From the first to the last token that a markable is anchored to; None where it has none."""
        spans = [
            self.tokens[a.get("t_id", "")] for a in mark.iter("token_anchor") if a.get("t_id") in self.tokens
        ]
        return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def read(name: str, xml: str) -> CatDocument:
    """The document of one file; `name` becomes its id."""
    root = ET.fromstring(xml)
    text = ""
    tokens: dict[str, Span] = {}
    sentences: dict[int, list[str]] = {}
    for token in root.iter("token"):
        word, sentence = token.text or "_", int(token.get("sentence", 0))
        if text:
            text += " " if sentence in sentences else "\n"
        key = token.get("t_id", "")
        tokens[key] = Span(len(text), len(text) + len(word))
        sentences.setdefault(sentence, []).append(key)
        text += word
    values = (
        t.get("value", "") for t in root.iter("TIMEX3") if t.get("functionInDocument") == "CREATION_TIME"
    )
    days = [date.fromisoformat(value[:10]) for value in values if _DAY.match(value)]
    published = days[0] if days else UNDATED
    return CatDocument(Article(id=name, source=name, published=published, text=text), tokens, sentences, root)


def documents(archive: Path, wanted: Callable[[str], bool]) -> Iterator[CatDocument]:
    """The XML files of an archive whose names in it are `wanted`, by name."""
    with tarfile.open(archive) as files:
        members = {m.name: m for m in files.getmembers() if m.name.endswith(".xml") and wanted(m.name)}
        for name in sorted(members):
            content = files.extractfile(members[name])
            if content is not None:
                yield read(name, content.read().decode("utf-8"))


def realis_of(attributes: Mapping[str, str]) -> Realis | None:
    """MEANTIME's polarity, special cases, certainty and time of an event as realis; None where they are blank."""
    if not attributes.get("certainty") or not attributes.get("time"):
        return None
    if attributes.get("polarity") == "NEG":
        return "negated"
    if attributes.get("special_cases") == "GEN":
        return "generic"
    if attributes["certainty"] != "CERTAIN" or attributes.get("special_cases", "").startswith("COND"):
        return "possible"
    return "expected" if attributes["time"] == "FUTURE" else "actual"
