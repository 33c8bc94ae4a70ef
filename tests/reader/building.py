"""Documents for tests, with analyses made by hand in place of the model's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from dateline.reader.model.interface import (
    Analysis,
    Announcement,
    Arc,
    Attribution,
    Block,
    Day,
    Firmness,
    Labelled,
    Place,
    SentenceAnalysis,
    Trigger,
)
from dateline.reader.parsed import Document
from dateline.reader.segmentation import Sentence, Token, split
from dateline.records import Article, Interval, Realis, Span, TimeExpression

EMPTY = np.zeros(1, dtype=np.float32)
PUBLISHED = "2024-03-05"  # a Tuesday


def flat(text: str, names: Mapping[str, str], published: str = PUBLISHED) -> Document:
    """A document whose trees say nothing and whose names are all occurrences of `names` (surface to PER, ORG, LOC, NORP)."""
    sentences = split(text)
    return _document(text, sentences, [_flat_sentence(text, s, names) for s in sentences], published)


def _flat_sentence(text: str, sentence: Sentence, names: Mapping[str, str]) -> SentenceAnalysis:
    n = len(sentence.tokens)
    return SentenceAnalysis(
        upos=tuple("PROPN" if t.text[:1].isupper() else "X" for t in sentence.tokens),
        lemmas=tuple(t.text.lower() for t in sentence.tokens),
        heads=(-1, *([0] * (n - 1))),
        deprels=("root", *(["dep"] * (n - 1))),
        names=_occurrences(text, sentence, names),
        times=(),
        triggers=(),
        vector=EMPTY,
    )


def _occurrences(text: str, sentence: Sentence, labels: Mapping[str, str]) -> tuple[Labelled, ...]:
    """Wherever one of the words of `labels` stands in the sentence, the longest first and none overlapping."""
    found: list[Labelled] = []
    taken: set[int] = set()
    for words in sorted(labels, key=len, reverse=True):
        at = text.find(words, sentence.start, sentence.end)
        while at >= 0:
            if not taken.intersection(range(at, at + len(words))):
                found.append(Labelled(at, at + len(words), labels[words], 0.9))
                taken.update(range(at, at + len(words)))
            at = text.find(words, at + 1, sentence.end)
    return tuple(found)


def parsed(
    tree: str,
    names: Mapping[str, str] | None = None,
    published: str = PUBLISHED,
    text: str | None = None,
    times: Mapping[str, str] | None = None,
) -> Document:
    """A document of hand-made trees: a line a word, `form lemma upos head relation`, an empty line between sentences.

    Heads count from 1 in the sentence, 0 is the root; a word with a sixth column is an actual event. The text is the words with a
    space between, or `text`. `times` are the model's: their words to a TIMEX3 type.
    """
    blocks = [[line.split() for line in block.strip().splitlines()] for block in tree.strip().split("\n\n")]
    text = text or " ".join(word[0] for block in blocks for word in block)
    sentences = _located(text, [[word[0] for word in block] for block in blocks])
    analyses = [
        SentenceAnalysis(
            upos=tuple(w[2] for w in block),
            lemmas=tuple(w[1] for w in block),
            heads=tuple(int(w[3]) - 1 for w in block),
            deprels=tuple(w[4] for w in block),
            names=_occurrences(text, sentence, names or {}),
            times=_occurrences(text, sentence, times or {}),
            triggers=tuple(trigger(i) for i, w in enumerate(block) if len(w) > 5),
            vector=EMPTY,
        )
        for sentence, block in zip(sentences, blocks, strict=True)
    ]
    return _document(text, sentences, analyses, published)


def _located(text: str, words: Sequence[Sequence[str]]) -> tuple[Sentence, ...]:
    """Sentences of the given words, each looked for behind the one before it; one paragraph holds them all."""
    sentences, end = [], 0
    for row in words:
        tokens = []
        for word in row:
            start = text.index(word, end)
            end = start + len(word)
            tokens.append(Token(start, end, word))
        sentences.append(Sentence(tokens[0].start, end, tuple(tokens), 0))
    return tuple(sentences)


def trigger(
    token: int,
    realis: Realis = "actual",
    *,
    time: Place | None = None,
    day: Day = "before",
    dated: float = 0.9,
    score: float = 0.9,
    likely: float = 0.6,
) -> Trigger:
    """A word that is an event, most likely of one realis."""
    rest: dict[Realis, float] = dict.fromkeys(
        ("actual", "expected", "possible", "negated", "generic"), (1 - likely) / 4
    )
    return Trigger(token, score, rest | {realis: likely}, 1.5, (Arc(time, dated),), day, 1.0)


def announcement(
    token: int,
    firmness: Firmness = "certain",
    *,
    negated: float = 0.0,
    conditional: float = 0.0,
    holder: Place | None = None,
    time: Place | None = None,
    score: float = 0.9,
) -> Announcement:
    """A word that announces a later event, most likely of one firmness."""
    likely: dict[Firmness, float] = dict.fromkeys(("certain", "expected", "possible"), score / 5)
    return Announcement(
        token,
        score,
        likely | {firmness: score * 3 / 5},
        negated,
        conditional,
        holders=(Arc(holder, 0.9),),
        times=(Arc(time, 0.9),),
    )


def place(document: Document, word: str, nth: int = 0) -> Place:
    """Where a word stands, the first time or the `nth` after it: what a link to a time or holder points at."""
    found = (
        Place(number, token)
        for number, sentence in enumerate(document.sentences)
        for token, written in enumerate(sentence.tokens)
        if written.text == word
    )
    return list(found)[nth]


def judged(
    document: Document,
    sentence: int = 0,
    *,
    triggers: Sequence[Trigger] = (),
    announcements: Sequence[Announcement] = (),
    block: Block = "report",
) -> Document:
    """The document with what the model says of one of its sentences: events and announcements with their links, and its block."""
    sentences = list(document.analysis.sentences)
    sentences[sentence] = replace(
        sentences[sentence], triggers=tuple(triggers), announcements=tuple(announcements), block=block
    )
    return replace(document, analysis=replace(document.analysis, sentences=tuple(sentences)))


def attributed(document: Document, *said: tuple[str, str, str]) -> Document:
    """The document with attributions: the words of each one's cue, source and content, "" for what it lacks."""

    def stretch(words: str, label: str) -> tuple[Labelled, ...]:
        at = document.text.index(words)
        return (Labelled(at, at + len(words), label, 0.9),) if words else ()

    found = (
        Attribution(
            next(iter(stretch(cue, "CUE")), None), stretch(source, "SOURCE"), stretch(content, "CONTENT")
        )
        for cue, source, content in said
    )
    return replace(document, analysis=replace(document.analysis, attributions=tuple(found)))


def time(
    document: Document, words: str, first: str = "", last: str = "", *, value: str = ""
) -> TimeExpression:
    """The words as a date with its days from `first` to `last`, or the duration or date `value` without any."""
    at = document.text.index(words)
    span, kind = Span(at, at + len(words)), "DURATION" if value.startswith("P") else "DATE"
    if not first:
        return TimeExpression(span, words, kind, value)  # type: ignore[arg-type]
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    length = (end - start).days
    grain = "day" if not length else "week" if length < 8 else "month" if length < 32 else "year"
    return TimeExpression(span, words, "DATE", value or first, interval=Interval(start, end, grain))  # type: ignore[arg-type]


def _document(
    text: str, sentences: tuple[Sentence, ...], analyses: list[SentenceAnalysis], published: str
) -> Document:
    article = Article(id="a", source="a.txt", published=date.fromisoformat(published), text=text)
    return Document(article, sentences, Analysis(tuple(analyses)))
