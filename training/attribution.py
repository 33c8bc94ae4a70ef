"""PolNeAR: who said what, from text and character spans."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from training.labels import ATTRIBUTION
from training.sentences import Labelled, Paragraph, members_of

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Sept|Oct|Nov|Dec|Jan|Feb|Aug|St|Jr|Sr|No|Col|Lt|Capt|Sgt|Inc|Corp|Co)\."
    r"|\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\d+(?:[.,:]\d+)*|https?://\S+|[@#]?\w+|\.{2,}|-{2,}|\S"
)
_SENTENCE_END = re.compile(r"[.!?…]+$")


def words_with_offsets(text: str) -> list[tuple[int, int]]:
    """A plain tokenizer in the manner of UD, for corpora that come as text."""
    spans = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.group().lower() in ("cannot",):
            spans += [(start, start + 3), (start + 3, end)]
        else:
            spans.append((start, end))
    return spans


def _split(text: str, words: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Sentences of one paragraph: a stop, closing quotes, a gap, then a capital or a quote."""
    out: list[list[tuple[int, int]]] = [[]]
    for i, (start, end) in enumerate(words):
        out[-1].append((start, end))
        if i + 1 == len(words):
            break
        following = text[words[i + 1][0]]
        tail = "".join(text[a:b] for a, b in out[-1][-2:])
        if end < words[i + 1][0] and (following.isupper() or following in "\"“‘'"):
            closed = tail.rstrip("\"”’'")
            if _SENTENCE_END.search(closed) and not re.fullmatch(r".*\w\.", text[start:end]):
                out.append([])
    return [s for s in out if s]


def polnear(path: Path) -> list[tuple[str, list[Paragraph]]]:
    """PolNeAR by article: paragraphs of sentences with SOURCE, CUE and CONTENT; the first annotator's file is kept."""
    texts: dict[str, str] = {}
    marks: dict[str, str] = {}
    for name, text in members_of(path, ""):
        stem = Path(name).name
        if stem.endswith(".txt"):
            texts[stem[:-4]] = text
    for name, text in sorted(members_of(path, ".ann")):
        marks.setdefault(Path(name).name.rsplit("_", 1)[0], text)
    return [(name, attributed(text, marks[name])) for name, text in sorted(texts.items()) if name in marks]


def brat_spans(marks: str) -> list[tuple[int, int, str]]:
    """Source, Cue and Content spans of a brat file, one for each contiguous piece."""
    spans = []
    for line in marks.splitlines():
        columns = line.split("\t")
        if len(columns) >= 2 and columns[0].startswith("T"):
            label, _, places = columns[1].partition(" ")
            if label in ("Source", "Cue", "Content"):
                for piece in places.split(";"):
                    start, end = piece.split()
                    spans.append((int(start), int(end), label.upper()))
    return sorted(spans)


def attributed(text: str, marks: str) -> list[Paragraph]:
    """One article's paragraphs with attribution labels."""
    starts = np.zeros(len(text) + 1, np.int8)
    labels = np.zeros(len(text) + 1, np.int8)
    kinds = ("", "SOURCE", "CUE", "CONTENT")
    for start, end, kind in brat_spans(marks):
        labels[start:end] = kinds.index(kind)
        starts[start] = 1
    out: list[Paragraph] = []
    for match in re.finditer(r"[^\n]+", text):
        base = match.start()
        paragraph: Paragraph = []
        previous = 0
        for words in _split(match.group(), words_with_offsets(match.group())):
            tags = []
            for start, end in words:
                kind = int(labels[base + start])
                begins = bool(starts[base + start : base + end].any())
                if kind:
                    begins = begins or previous != kind
                    tags.append(1 << ATTRIBUTION.index(("B-" if begins else "I-") + kinds[kind]))
                else:
                    tags.append(1)
                previous = kind
            paragraph.append(Labelled([match.group()[a:b] for a, b in words], attribution=tags))
        if paragraph:
            out.append(paragraph)
    return out
