"""GUM's coreference: the words of each document as a plain text, and what stands for the same thing in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.records import Article, Span
from training.corpora.trees import document_of, entities, read_conllu
from training.sentences import lines_of

_UNDATED = date(2020, 1, 1)
_ENDS = ".!?”\"'’:;…"


@dataclass(frozen=True)
class Named:
    """A phrase that stands for something: its characters and those of its head, GUM's kind, and the thing's number."""

    span: Span
    head: Span
    kind: str
    entity: str


@dataclass(frozen=True)
class Described:
    """A document as an article, with the phrases of its things in text order."""

    article: Article
    phrases: tuple[Named, ...]


def documents(path: Path) -> Iterator[Described]:
    """The documents of a file of GUM; a sentence that no stop ends is a paragraph of its own."""
    name, text, phrases = "", "", list[Named]()
    for comments, rows in read_conllu(lines_of(path)):
        document, _ = document_of(comments)
        if document != name and text:
            yield _described(name, text, phrases)
        if document != name:
            name, text, phrases = document, "", []
        text += "" if not text else " " if text[-1] in _ENDS else "\n\n"
        words: list[Span] = []
        for row in rows:
            words.append(Span(len(text), len(text) + len(row[1])))
            text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
        text = text.rstrip()
        for start, end, kind, entity in entities(rows):
            inside = range(start, end)
            head = next((w for w in inside if int(rows[w][6]) - 1 not in inside), end - 1)
            phrases.append(Named(Span(words[start].start, words[end - 1].end), words[head], kind, entity))
    if text:
        yield _described(name, text, phrases)


def _described(name: str, text: str, phrases: list[Named]) -> Described:
    return Described(Article(name, name, _UNDATED, text), tuple(sorted(phrases, key=lambda p: p.span)))
