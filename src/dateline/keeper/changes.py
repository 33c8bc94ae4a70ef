"""What changed between the versions of an article: sentences added, gone, and reworded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from dateline.keeper.versions import evidence
from dateline.records import Change, Span, StoryArticle

REWORDED = 0.5
"""Share of their words that two sentences must have in common for one to be the other reworded."""

_WORD = re.compile(r"\w+(?:[.,’']\w+)*")


def of_article(article: str, filed: Sequence[StoryArticle]) -> list[Change]:
    """What each version of `article` (an id) changed in the one it revises, the first revision first.

    `filed` holds all versions; there are no changes where `article` has one version only.
    Raises KeyError where `article` is not in `filed`.
    """
    by_id = {f.article.id: f for f in filed}
    first, seen = by_id[article], {article}
    while first.revision_of in by_id and first.revision_of not in seen:
        seen.add(first.revision_of)
        first = by_id[first.revision_of]
    versions = [first.article.id]
    changes: list[Change] = []
    for version in versions:
        for later in sorted((f for f in filed if f.revision_of == version), key=_when):
            if later.article.id not in versions:
                versions.append(later.article.id)
                changes += between(by_id[version], later)
    return changes


def _when(filed: StoryArticle) -> tuple[str, str, str]:
    at = filed.article.published_at
    return filed.article.published.isoformat(), at.isoformat() if at else "", filed.article.id


def between(before: StoryArticle, after: StoryArticle) -> list[Change]:
    """What `after` says otherwise than `before`, sentence by sentence in the order of `after`; what is gone stands where it stood."""
    old, new = _sentences(before), _sentences(after)
    found: list[Change] = []
    for step, i, j, k, m in SequenceMatcher(
        None, _folded(before, old), _folded(after, new), autojunk=False
    ).get_opcodes():
        if step != "equal":
            found += _differences(before, old[i:j], after, new[k:m])
    return found


def _sentences(filed: StoryArticle) -> Sequence[Span]:
    text = filed.article.text
    return filed.reading.sentences or ((Span(0, len(text)),) if text else ())


def _folded(filed: StoryArticle, spans: Sequence[Span]) -> list[str]:
    """Sentences as compared: words alone, in lower case."""
    return [" ".join(_WORD.findall(span.of(filed.article.text).casefold())) for span in spans]


def _differences(
    before: StoryArticle, old: Sequence[Span], after: StoryArticle, new: Sequence[Span]
) -> list[Change]:
    """The changes within a passage: likest sentences are paired first, without crossing; the rest came or went."""
    pairs = _pairs([_words(before, s) for s in old], [_words(after, s) for s in new])
    changes: list[Change] = []
    start = 0
    for number, span in enumerate(new):
        partner = pairs.get(number)
        if partner is not None:
            changes += [Change("gone", evidence(before, s), None) for s in old[start:partner]]
            changes.append(Change("reworded", evidence(before, old[partner]), evidence(after, span)))
            start = partner + 1
        else:
            changes.append(Change("added", None, evidence(after, span)))
    return changes + [Change("gone", evidence(before, s), None) for s in old[start:]]


def _words(filed: StoryArticle, span: Span) -> frozenset[str]:
    return frozenset(_WORD.findall(span.of(filed.article.text).casefold()))


def _pairs(old: Sequence[frozenset[str]], new: Sequence[frozenset[str]]) -> dict[int, int]:
    """New sentence to old sentence, by number."""
    likeness = [
        (-2 * len(a & b) / (len(a) + len(b)), k, i)
        for k, b in enumerate(new)
        for i, a in enumerate(old)
        if a and b and 2 * len(a & b) >= REWORDED * (len(a) + len(b))
    ]
    chosen: dict[int, int] = {}
    for _, k, i in sorted(likeness):
        free = k not in chosen and i not in chosen.values()
        if free and all((k < other) == (i < partner) for other, partner in chosen.items()):
            chosen[k] = i
    return chosen
