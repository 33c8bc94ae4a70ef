"""Corpora of names in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from training.heads.labels import NAMES
from training.sentences import NORP_OPEN, Labelled, Paragraph, members_of

WORLDWIDE = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC", "NORP": "NORP"}
CROSSNER = {
    "person": "PER",
    "politician": "PER",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "country": "LOC",
    "location": "LOC",
}
WNUT = {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"}
RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}


def _blocks(text: str) -> Iterator[tuple[list[str], list[str]]]:
    words: list[str] = []
    tags: list[str] = []
    for line in [*text.splitlines(), ""]:
        parts = line.split()
        if len(parts) < 2 or parts[0] == "-DOCSTART-":
            if words:
                yield words, tags
            words, tags = [], []
            if parts and parts[0] == "-DOCSTART-":
                yield [], []
        else:
            words.append(parts[0])
            tags.append(parts[-1])


def name_masks(
    tags: list[str], kinds: dict[str, str], outside: int = NORP_OPEN, masked: tuple[str, ...] = ()
) -> list[int]:
    out = []
    previous = "O"
    for tag in tags:
        position, _, kind = tag.partition("-")
        label = kinds.get(kind)
        if label is not None:
            begins = position == "B" or previous.partition("-")[2] != kind
            out.append(1 << NAMES.index(("B-" if begins else "I-") + label))
        else:
            out.append(0 if kind in masked else outside)
        previous = tag
    return out


def worldwide(path: Path) -> list[tuple[str, Paragraph]]:
    """Worldwide Newswire by article; nationality words are annotated, so O is O."""
    out = []
    for name, text in sorted(members_of(path, ".tsv")):
        sentences: Paragraph = []
        for words, tags in _blocks(text):
            if words and not words[0].startswith("http"):
                masks = name_masks(tags, WORLDWIDE, outside=1)
                sentences += [Labelled(words[a:b], names=masks[a:b]) for a, b in _sentence_ranges(words)]
        if sentences:
            out.append((name, sentences))
    return out


def _sentence_ranges(words: list[str]) -> list[tuple[int, int]]:
    """Sentences of a tokenised paragraph: after a stop and its closing quotes."""
    ranges, start = [], 0
    for i, word in enumerate(words):
        closed = word in (".", "!", "?") or (
            word in ('"', "”", "''", ")") and i > start and words[i - 1] in (".", "!", "?")
        )
        following = words[i + 1] if i + 1 < len(words) else ""
        if closed and (following[:1].isupper() or following in ('"', "“", "``")) and i + 1 - start > 2:
            quotes = sum(w == '"' for w in words[start : i + 1])
            if following == '"' and quotes % 2:
                continue
            ranges.append((start, i + 1))
            start = i + 1
    return [*ranges, (start, len(words))] if start < len(words) else ranges


def column_names(
    texts: Iterable[str], kinds: dict[str, str], masked: tuple[str, ...] = ()
) -> list[Paragraph]:
    """Names in columns, a paragraph for each document where documents are marked."""
    out: list[Paragraph] = []
    for text in texts:
        out.append([])
        for words, tags in _blocks(text):
            if not words:
                out.append([])
            else:
                out[-1].append(Labelled(words, names=name_masks(tags, kinds, masked=masked)))
    return [p for p in out if p]


def re3d(path: Path) -> list[Paragraph]:
    """re3d marks descriptions and pronouns too: mentions that are not names through and through stay unlabelled."""
    paragraphs = column_names((t for _, t in members_of(path, ".conll")), RE3D)
    for sentence in (s for p in paragraphs for s in p):
        names = sentence.names
        assert names is not None
        start = 0
        while start < len(names):
            end = start + 1
            if names[start] != NORP_OPEN:
                while end < len(names) and names[end] != NORP_OPEN and (names[end].bit_length() - 1) % 2 == 0:
                    end += 1
                if not all(
                    w[:1].isupper() or w in ("of", "and", "for", "-") for w in sentence.words[start:end]
                ):
                    names[start:end] = [0] * (end - start)
            start = end
    return paragraphs
