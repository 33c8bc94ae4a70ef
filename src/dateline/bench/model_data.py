"""The corpora that the bundled model is measured on, as plain values."""

from __future__ import annotations

import gzip
import json
import re
import tarfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.bench import cat
from dateline.records import Realis


def read_text(path: Path) -> str:
    """The text of a file, unpacked where its name ends in .gz."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            return stream.read()
    return path.read_text(encoding="utf-8")


@dataclass
class Tree:
    """A CoNLL-U or IOB2 sentence: its lines as they stand, and which of them are words (columns split at tabs)."""

    lines: list[str]
    rows: list[list[str]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    paragraph: int = 0

    @property
    def words(self) -> list[str]:
        """The forms of the words."""
        return [row[1] for row in self.rows]

    @property
    def text(self) -> str:
        """The `# text` comment, or the words with spaces."""
        found = next((line for line in self.lines if line.startswith("# text = ")), None)
        return found[9:] if found else " ".join(self.words)


def trees(path: Path) -> list[Tree]:
    """Sentences of a CoNLL-U or IOB2 file, numbered by paragraph: newdoc, newpar, or a change of the sent_id's stem."""
    out: list[Tree] = []
    paragraph, stem = 0, None
    for block in re.split(r"\n(?:[ \t]*\n)+", read_text(path).replace("\r\n", "\n").strip("\n")):
        lines = block.split("\n")
        sent_id = next(
            (line.split("=", 1)[1].strip() for line in lines if line.startswith("# sent_id")), None
        )
        current = sent_id.rsplit("-", 1)[0] if sent_id else None
        opens = any(line.startswith(("# newdoc", "# newpar")) for line in lines)
        if out and (opens or (current is not None and current != stem)):
            paragraph += 1
        stem = current if current is not None else stem
        tree = Tree(lines, paragraph=paragraph)
        for i, line in enumerate(lines):
            columns = line.split("\t")
            if not line.startswith("#") and columns[0].isdigit():
                tree.rows.append(columns)
                tree.places.append(i)
        if tree.rows:
            out.append(tree)
    return out


def bio_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first, after the last, kind) of BIO tags; an I- that continues nothing opens a span."""
    found: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        position, _, current = tag.partition("-")
        if kind and (position != "I" or current != kind):
            found.append((start, i, kind))
            kind = ""
        if current and not kind:
            start, kind = i, current
    return found


WORLDWIDE = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC", "NORP": "NORP"}


def worldwide_held_out(path: Path) -> list[tuple[list[str], list[str], int]]:
    """Words, tags and paragraph of the articles of Worldwide Newswire that training leaves out: every tenth by name."""
    out = []
    with tarfile.open(path) as archive:
        names = sorted(m.name for m in archive.getmembers() if m.name.endswith(".tsv"))
        paragraph = 0
        for name in names[::10]:
            handle = archive.extractfile(name)
            assert handle is not None
            for block in handle.read().decode("utf-8").split("\n\n"):
                rows = [line.split() for line in block.splitlines() if len(line.split()) >= 2]
                paragraph += 1
                if not rows or rows[0][0].startswith("http"):
                    continue
                tags = []
                for row in rows:
                    position, _, kind = row[-1].partition("-")
                    tags.append(f"{position}-{WORLDWIDE[kind]}" if kind in WORLDWIDE else "O")
                out.append(([row[0] for row in rows], tags, paragraph))
    return out


def quotations(path: Path) -> list[tuple[str, list[tuple[int, int, str]]]]:
    """PolNeAR articles: text and contiguous SOURCE, CUE and CONTENT spans of the first annotator's file."""
    texts: dict[str, str] = {}
    marks: dict[str, str] = {}
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            handle = archive.extractfile(member)
            if handle is None:
                continue
            stem = Path(member.name).name
            if stem.endswith(".txt"):
                texts[stem[:-4]] = handle.read().decode("utf-8", "replace")
            elif stem.endswith(".ann"):
                marks.setdefault(stem.rsplit("_", 1)[0], handle.read().decode("utf-8", "replace"))
    out = []
    for name, text in sorted(texts.items()):
        spans = []
        for line in marks.get(name, "").splitlines():
            columns = line.split("\t")
            if columns[0].startswith("T"):
                kind, _, places = columns[1].partition(" ")
                if kind in ("Source", "Cue", "Content"):
                    for piece in places.split(";"):
                        start, end = piece.split()
                        spans.append((int(start), int(end), kind.upper()))
        if name in marks:
            out.append((text, spans))
    return out


@dataclass
class Events:
    """An annotated MEANTIME sentence: realis of each trigger's first word, None where it is not told."""

    words: list[str]
    triggers: dict[int, Realis | None]
    document: int


def meantime_held_out(path: Path) -> list[Events]:
    """The annotated sentences of the documents of MEANTIME that training leaves out: every fifth by name."""
    out: list[Events] = []
    with tarfile.open(path) as archive:
        names = sorted(n for n in archive.getnames() if "/intra-doc_annotation/" in n and n.endswith(".xml"))
        for number, name in enumerate(names[::5]):
            handle = archive.extractfile(name)
            assert handle is not None
            root = ET.fromstring(handle.read().decode("utf-8", "replace"))
            tokens = [
                (t.get("t_id", ""), t.text or "_", int(t.get("sentence", "0"))) for t in root.iter("token")
            ]
            place = {key: i for i, (key, _, _) in enumerate(tokens)}
            found: dict[int, Realis | None] = {}
            last = 0
            for mark in root.find("Markables") or ():
                anchors = sorted(
                    place[a.get("t_id", "")] for a in mark.iter("token_anchor") if a.get("t_id") in place
                )
                if anchors and mark.tag in ("EVENT_MENTION", "TIMEX3"):
                    last = max(last, tokens[anchors[-1]][2])
                    if mark.tag == "EVENT_MENTION":
                        found[anchors[0]] = cat.realis_of(mark.attrib)
            for sentence in range(last + 1):
                inside = [i for i, t in enumerate(tokens) if t[2] == sentence]
                if inside:
                    triggers = {i - inside[0]: found[i] for i in inside if i in found}
                    out.append(Events([tokens[i][1] for i in inside], triggers, number))
    return out


def factuality(path: Path) -> list[tuple[list[str], list[tuple[int, float]]]]:
    """Words and (word, value) of each sentence."""
    plain = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}
    out = []
    for line in read_text(path).splitlines():
        row = json.loads(line)
        words = [plain.get(w, w) for w in row["text"].split(" ")]
        out.append(
            (
                words,
                [
                    (t["span1"][1] - 1, float(t["label"]))
                    for t in row["targets"]
                    if t["span1"][1] <= len(words)
                ],
            )
        )
    return out


def articles(path: Path, limit: int) -> Iterator[str]:
    """Texts of a gzipped JSON Lines file, spread evenly over it."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for i, line in enumerate(stream):
            if i % 37 == 0:
                yield json.loads(line)["text"]
                limit -= 1
                if limit <= 0:
                    return
