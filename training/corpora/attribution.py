"""PolNeAR: who said what, from text and character spans."""

from __future__ import annotations

import re
from bisect import bisect_left
from pathlib import Path

import numpy as np

from dateline.reader import segmentation as splitter
from training.heads.labels import ATTRIBUTION
from training.sentences import Labelled, Paragraph, members_of

Offsets = tuple[int, int]
_RELATION = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")


def polnear(path: Path) -> list[tuple[str, Paragraph]]:
    """PolNeAR by article: sentences with SOURCE, CUE and CONTENT, and the arcs to their cues; the first annotator's file is kept."""
    texts: dict[str, str] = {}
    marks: dict[str, str] = {}
    for name, text in members_of(path, ""):
        stem = Path(name).name
        if stem.endswith(".txt"):
            texts[stem[:-4]] = text
    for name, text in sorted(members_of(path, ".ann")):
        marks.setdefault(Path(name).name.rsplit("_", 1)[0], text)
    return [(name, attributed(text, marks[name])) for name, text in sorted(texts.items()) if name in marks]


def brat_spans(marks: str) -> list[tuple[int, int, str, tuple[Offsets, ...]]]:
    """Source, Cue and Content stretches of a brat file, each contiguous piece with the stretches of its cue, or of its cues
    where several attributions share it."""
    pieces: dict[str, tuple[str, list[Offsets]]] = {}
    cues_of: dict[str, list[str]] = {}
    for line in marks.splitlines():
        columns = line.split("\t")
        if len(columns) >= 2 and columns[0].startswith("T"):
            label, _, places = columns[1].partition(" ")
            if label in ("Source", "Cue", "Content"):
                found = [tuple(map(int, piece.split())) for piece in places.split(";")]
                pieces[columns[0]] = (label.upper(), [(a, b) for a, b in found])
        elif len(columns) >= 2 and columns[0].startswith("E"):
            parts = _RELATION.findall(columns[1])
            cues = [name for kind, name in parts if kind == "Cue"]
            for kind, name in parts:
                if kind != "Cue":
                    cues_of.setdefault(name, []).extend(cues)
    spans = []
    for name, (kind, places) in pieces.items():
        cue = tuple(piece for c in cues_of.get(name, []) if c in pieces for piece in pieces[c][1])
        spans += [(start, end, kind, cue) for start, end in places]
    return sorted(spans)


def attributed(text: str, marks: str) -> Paragraph:
    """One article's sentences with attribution labels, cut as the reader cuts them."""
    starts = np.zeros(len(text) + 1, np.int8)
    labels = np.zeros(len(text) + 1, np.int8)
    kinds = ("", "SOURCE", "CUE", "CONTENT")
    cues: dict[int, tuple[Offsets, ...]] = {}
    for start, end, kind, cue in brat_spans(marks):
        labels[start:end] = kinds.index(kind)
        starts[start] = 1
        cues |= dict.fromkeys(range(start, end), cue)
    found: Paragraph = []
    sentences = splitter.split(text)
    places = [(token.start, n, w) for n, s in enumerate(sentences) for w, token in enumerate(s.tokens)]
    offsets = [at for at, _, _ in places]
    previous, paragraph = 0, -1
    for number, sentence in enumerate(sentences):
        if sentence.paragraph != paragraph:
            previous, paragraph = 0, sentence.paragraph
        label = Labelled([t.text for t in sentence.tokens], attribution=[], block=0)
        assert label.attribution is not None
        for word, token in enumerate(sentence.tokens):
            kind = int(labels[token.start])
            begins = bool(starts[token.start : token.end].any()) or previous != kind
            mask = 1
            if kind:
                mask = 1 << ATTRIBUTION.index(("B-" if begins else "I-") + kinds[kind])
                if kinds[kind] != "CUE" and cues.get(token.start):
                    ends = [
                        (n, w)
                        for low, high in cues[token.start]
                        for _, n, w in places[bisect_left(offsets, low) : bisect_left(offsets, high)]
                    ]
                    label.links.setdefault("attribution", {})[word] = [(n - number, w) for n, w in ends]
            label.attribution.append(mask)
            previous = kind
        found.append(label)
    return found
