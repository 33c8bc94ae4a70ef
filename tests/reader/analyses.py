"""Documents for tests whose analyses are made by hand in place of the model's.

A tree is written a line a word, `form UPOS relation head [lemma]`: the head is a form of the same sentence ("the.2" its second
occurrence, "-" the root), the lemma is the form in lower case unless it is told. An empty line parts sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from dateline.reader.model import Analysis, Announcement, Arc, Attribution, Labelled, Place, SentenceAnalysis
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.segmentation import Sentence, Token, split
from dateline.records import Article, Interval, Mention, MentionKind, Span, TimeExpression

PUBLISHED = "2024-05-08"  # a Wednesday
_PRONOUNS = frozenset(["he", "she", "it", "they", "we", "i", "who", "that", "this"])
_FLAT = {"PRON": "nsubj", "PUNCT": "punct"}
_FUNCTION = {
    "DET": frozenset(["the", "a", "an", "his", "her", "its", "their"]),
    "ADP": frozenset(
        ["of", "for", "in", "on", "by", "from", "to", "with", "at", "until", "within", "before"]
    ),
    "VERB": frozenset(
        [
            "said",
            "says",
            "told",
            "added",
            "warned",
            "promised",
            "met",
            "asked",
            "spoke",
            "denied",
            "was",
            "had",
        ]
    ),
}


def document(text: str, trees: str = "", *, published: str = PUBLISHED) -> Document:
    """The document of `text` with these trees; without any, each word hangs on the next, so that a phrase's head is its last."""
    article = Article("a", "a.txt", date.fromisoformat(published), text)
    if not trees:
        sentences = split(text)
        return Document(article, sentences, Analysis(tuple(_flat(s) for s in sentences)))
    found: list[Sentence] = []
    analyses = []
    at = paragraph = 0
    for block in trees.strip().split("\n\n"):
        rows = [line.split() for line in block.strip().splitlines()]
        tokens: list[Token] = []
        for form, *_ in rows:
            start = text.index(form, at)
            assert not text[at:start].strip(), (form, text[at:start])
            if found and not tokens:
                paragraph += "\n\n" in text[at:start]
            at = start + len(form)
            tokens.append(Token(start, at, form))
        found.append(Sentence(tokens[0].start, at, tuple(tokens), paragraph))
        analyses.append(_of_rows(rows))
    return Document(article, tuple(found), Analysis(tuple(analyses)))


def _of_rows(rows: list[list[str]]) -> SentenceAnalysis:
    forms = [row[0] for row in rows]
    number = {"-": -1}
    for i, form in enumerate(forms):
        before = forms[:i].count(form)
        number[f"{form}.{before + 1}" if before else form] = i
    return SentenceAnalysis(
        upos=tuple(row[1] for row in rows),
        lemmas=tuple(row[4] if len(row) > 4 else row[0].lower() for row in rows),
        heads=tuple(number[row[3]] for row in rows),
        deprels=tuple(row[2] for row in rows),
        names=(),
        times=(),
        triggers=(),
        vector=np.zeros(0, np.float32),
    )


def _flat(sentence: Sentence) -> SentenceAnalysis:
    words = [t.text for t in sentence.tokens]
    upos = tuple(map(_upos, words))
    last = len(words) - 1
    return SentenceAnalysis(
        upos=upos,
        lemmas=tuple(w.lower() for w in words),
        heads=tuple(i + 1 if i < last else -1 for i in range(len(words))),
        deprels=tuple("root" if i == last else _FLAT.get(u, "amod") for i, u in enumerate(upos)),
        names=(),
        times=(),
        triggers=(),
        vector=np.zeros(0, np.float32),
    )


def _upos(word: str) -> str:
    if not any(c.isalnum() for c in word):
        return "PUNCT"
    if word.lower() in _PRONOUNS:
        return "PRON"
    listed = next((kind for kind, words in _FUNCTION.items() if word.lower() in words), None)
    return listed or ("PROPN" if word[0].isupper() else "NOUN")


def clause(text: str, tree: str) -> ParsedSentence:
    """The one sentence of `text` with its tree."""
    (only,) = document(text, tree).clauses
    return only


# ------------------------------------------------------------------------------------------------- what stands where


def span(text: str, words: str, nth: int = 1) -> Span:
    """Where `words` stand in the text, at their `nth` occurrence."""
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def place(made: Document, words: str, nth: int = 1) -> Place:
    """The word with which `words` begin."""
    found = made.place_at(span(made.text, words, nth).start)
    assert found is not None
    return found


def mentions(text: str, names: Mapping[str, str | tuple[str, MentionKind]]) -> tuple[Mention, ...]:
    """Every occurrence of these names: a surface with the entity that it stands for, a person unless another kind is told."""
    found: list[Mention] = []
    for name in sorted(names, key=len, reverse=True):
        told = names[name]
        entity, kind = (told, "person") if isinstance(told, str) else told
        for nth in range(1, text.count(name) + 1):
            at = span(text, name, nth)
            if not any(m.span.overlaps(at) for m in found):
                found.append(Mention(at, name, kind, entity))  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda m: m.span))


def time(text: str, words: str, value: str, first: str | None = None, last: str | None = None) -> TimeExpression:  # fmt: skip
    """A time expression of the text: a duration without days, else a date."""
    days = Interval(date.fromisoformat(first), date.fromisoformat(last or first)) if first else None
    return TimeExpression(span(text, words), words, "DATE" if days else "DURATION", value, None, days)


# ------------------------------------------------------------------------------------------------- what the model says


def attribution(
    text: str,
    *,
    source: str | tuple[str, int] | None = None,
    cue: str | tuple[str, int] | None = None,
    content: Sequence[str] | str = (),
    score: float = 0.9,
) -> Attribution:
    """Who says what, told by words of the text; a tuple tells which occurrence is meant."""
    contents = [content] if isinstance(content, str) else content
    return Attribution(
        _labelled(text, cue, "CUE", score),
        tuple(found for found in [_labelled(text, source, "SOURCE", score)] if found),
        tuple(found for c in contents if (found := _labelled(text, c, "CONTENT", score))),
    )


def _labelled(text: str, words: str | tuple[str, int] | None, label: str, score: float) -> Labelled | None:
    if words is None:
        return None
    at = span(text, words) if isinstance(words, str) else span(text, *words)
    return Labelled(at.start, at.end, label, score)


def with_attributions(made: Document, *attributions: Attribution) -> Document:
    """The document in which this is said."""
    return replace(made, analysis=replace(made.analysis, attributions=attributions))


def announcement(made: Document, word: str, *, score: float = 0.9, **more: Any) -> tuple[int, Announcement]:
    """The sentence and the announcement at a word. `holder` and `time` are told by words of the text."""
    at = place(made, word)
    firmness = more.pop("firmness", {"certain": 0.1, "expected": score - 0.2, "possible": 0.1})
    sure = {"holder": more.pop("held", 0.9), "time": more.pop("timed", 0.9)}
    ends = {f"{k}s": (Arc(place(made, more.pop(k)), sure[k]),) for k in ("holder", "time") if k in more}
    told = {"negated": 0.1, "conditional": 0.1} | more | ends
    return at.sentence, Announcement(at.token, score, firmness, **told)


def with_announcements(made: Document, announced: Iterable[tuple[int, Announcement]]) -> Document:
    """The document in which these words announce something."""
    analyses = list(made.analysis.sentences)
    for number, found in announced:
        analyses[number] = replace(analyses[number], announcements=(*analyses[number].announcements, found))
    return replace(made, analysis=replace(made.analysis, sentences=tuple(analyses)))


def with_blocks(made: Document, *blocks: str) -> Analysis:
    """The document's analysis with what of a page each sentence is."""
    pairs = zip(made.analysis.sentences, blocks, strict=True)
    return replace(made.analysis, sentences=tuple(replace(s, block=b) for s, b in pairs))  # type: ignore[arg-type]
