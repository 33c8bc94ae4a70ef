"""Finding a story or an article by what people type: an id, its beginning, or any words that a listing shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import PurePath
from typing import TypeVar

from dateline.keeper import handles
from dateline.records import Affair, ArticleSummary, StorySummary

T = TypeVar("T")
Listed = TypeVar("Listed", StorySummary, Affair)
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_LEAST_ID = 3
_SUGGESTED = 3
_SUGGESTION_CUTOFF = 0.6


def words_of(text: str) -> list[str]:
    """The words of `text`, in lower case and without marks, possessives cut."""
    return [w.removesuffix("'s").removesuffix("’s") for w in _WORD.findall(text.casefold())]


def _shown(story: StorySummary | Affair) -> str:
    days = f"{story.first} {story.last}"
    return " ".join((story.id, days, story.title, *story.keywords))


def _whole(words: Sequence[str], text: str) -> bool:
    held = set(words_of(text))
    return bool(words) and all(w in held for w in words)


def _begun(words: Sequence[str], text: str) -> bool:
    held = words_of(text)
    return bool(words) and all(any(h.startswith(w) for h in held) for w in words)


def stories(key: str, among: Sequence[Listed]) -> list[Listed]:
    """The stories, or affairs, that `key` may mean, by the closest way in which any answers to it; none where no story does.

    The ways in order: id, its beginning, title, words of the title, words shown (title, keywords, days), beginnings of these.
    """
    words = words_of(key)
    folded = " ".join(key.split()).casefold()
    ways: tuple[Callable[[Listed], bool], ...] = (
        lambda s: s.id == folded,
        lambda s: len(folded) >= _LEAST_ID and s.id.startswith(folded),
        lambda s: s.title.casefold() == folded,
        lambda s: _whole(words, s.title),
        lambda s: _whole(words, _shown(s)),
        lambda s: _begun(words, s.title),
        lambda s: _begun(words, _shown(s)),
    )
    for fits in ways:
        if chosen := [s for s in among if fits(s)]:
            return chosen
    return []


def closest_stories(key: str, among: Sequence[StorySummary]) -> list[StorySummary]:
    """A few stories that `key` may have been meant for: those that share a word with it, or hold one that is spelt like it."""
    by_word: dict[str, list[StorySummary]] = {}
    for story in among:
        for word in words_of(_shown(story)):
            by_word.setdefault(word, []).append(story)
    return _closest(words_of(key), by_word, lambda s: s.id)


def articles(key: str, among: Iterable[ArticleSummary]) -> list[ArticleSummary]:
    """The articles whose outlet, title or file name hold all words of `key`; else those whose source, or file name, begins with it."""
    words, given = words_of(key), list(among)
    found = [a for a in given if _whole(words, _told(a))]
    if found or len(key) < _LEAST_ID:
        return found
    return [a for a in given if a.source.startswith(key) or PurePath(a.source).name.startswith(key)]


def closest_articles(key: str, among: Iterable[ArticleSummary]) -> list[ArticleSummary]:
    """A few articles that `key` may have been meant for."""
    by_word: dict[str, list[ArticleSummary]] = {}
    for article in among:
        for word in words_of(_told(article)):
            by_word.setdefault(word, []).append(article)
    return _closest(words_of(key), by_word, lambda a: a.id)


def _told(article: ArticleSummary) -> str:
    return " ".join(
        filter(None, (handles.outlet_of(article), article.title, article.source.replace("_", " ")))
    )


def _closest(words: Sequence[str], by_word: dict[str, list[T]], name: Callable[[T], str]) -> list[T]:
    counts: dict[str, int] = {}
    found: dict[str, T] = {}
    for word in words:
        for like in get_close_matches(word, list(by_word), n=_SUGGESTED, cutoff=_SUGGESTION_CUTOFF):
            for item in by_word[like]:
                # a rare word tells more than one that all share
                counts[name(item)] = counts.get(name(item), 0) + (3 if like == word else 1)
                found[name(item)] = item
    most = max(counts.values(), default=0)
    ranked = sorted((i for i in found if 2 * counts[i] >= most), key=lambda i: -counts[i])
    return [found[i] for i in ranked[:_SUGGESTED]]
