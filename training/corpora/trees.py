"""Universal Dependencies: trees, and names from GUM's entity brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.heads.labels import DEPRELS, NAMES, UPOS, universal
from training.sentences import NORP_OPEN, Labelled, Paragraph, lines_of


def read_conllu(lines: Iterable[str]) -> Iterator[tuple[list[str], list[list[str]]]]:
    """(comments, rows) of each sentence; multiword and empty rows are left out."""
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if not line.strip():
            if rows:
                yield comments, rows
            comments, rows = [], []
        elif line.startswith("#"):
            comments.append(line)
        else:
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)


def document_of(comments: list[str]) -> tuple[str, bool]:
    """The document of a sentence by its sent_id, and whether the sentence opens a paragraph or document."""
    sent_id = next((c.split("=", 1)[1].strip() for c in comments if c.startswith("# sent_id")), "")
    return sent_id.rsplit("-", 1)[0], any(c.startswith(("# newdoc", "# newpar")) for c in comments)


def trees(path: Path, names_from_entities: bool = False) -> list[Paragraph]:
    """UD sentences, a paragraph for each document (the corpora here do not mark paragraphs)."""
    paragraphs: list[Paragraph] = []
    last: str | None = None
    for comments, rows in read_conllu(lines_of(path)):
        document, opens = document_of(comments)
        sentence = Labelled(
            [r[1] for r in rows],
            upos=[UPOS.index(r[3]) if r[3] in UPOS else -1 for r in rows],
            heads=[int(r[6]) - 1 for r in rows],
            deprels=[DEPRELS.index(universal(r[7])) for r in rows],
        )
        if names_from_entities:
            sentence.names = entity_names(rows)
        if opens or document != last or not paragraphs:
            paragraphs.append([])
        last = document
        paragraphs[-1].append(sentence)
    return paragraphs


_ENTITY_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}


def entities(rows: list[list[str]]) -> list[tuple[int, int, str, str]]:
    """The mentions of GUM's entity brackets: first word, the one behind the last, kind, and the entity's number in its document."""
    open_: list[tuple[str, str, int]] = []
    mentions: list[tuple[int, int, str, str]] = []
    for i, row in enumerate(rows):
        entity = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for opening, single, closing in re.findall(r"\((\d+-[^()]*)(\))?|(\d+)\)", entity):
            if opening:
                number, kind = opening.split("-")[:2]
                if single:
                    mentions.append((i, i + 1, kind, number))
                else:
                    open_.append((number, kind, i))
            elif closing:
                for j in range(len(open_) - 1, -1, -1):
                    number, kind, start = open_[j]
                    if number == closing:
                        mentions.append((start, i + 1, kind, number))
                        del open_[j]
                        break
    return mentions


def entity_names(rows: list[list[str]]) -> list[int]:
    """Names from GUM's entity brackets: a mention headed by a proper noun, cut to the proper nouns round its head.

    Words of other mentions that hold a proper noun stay unlabelled, so a doubtful cut teaches nothing.
    """
    tags = [NORP_OPEN] * len(rows)
    mentions = [(start, end, kind) for start, end, kind, _ in entities(rows)]
    for i, row in enumerate(rows):
        if row[3] == "PROPN":
            tags[i] = 0
    for start, end, kind in sorted(mentions, key=lambda m: m[0] - m[1]):
        inside = range(start, end)
        heads = [i for i in inside if not start <= int(rows[i][6]) - 1 < end]
        if len(heads) != 1 or kind not in _ENTITY_KINDS:
            continue
        head = heads[0]
        left = right = head
        if rows[head][3] != "PROPN":
            continue
        while left - 1 >= start and rows[left - 1][3] == "PROPN":
            left -= 1
        while right + 1 < end and rows[right + 1][3] == "PROPN":
            right += 1
        doubtful_left = left - 1 >= start and rows[left - 1][1][:1].isupper() and rows[left - 1][3] != "DET"
        if doubtful_left or (
            right + 2 < end and rows[right + 1][1] == "of" and rows[right + 2][1][:1].isupper()
        ):
            continue
        label = _ENTITY_KINDS[kind]
        for i in range(left, right + 1):
            tags[i] = 1 << NAMES.index(("B-" if i == left else "I-") + label)
    return tags
