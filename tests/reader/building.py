"""Documents for tests, with analyses made by hand in place of the model's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from dateline.reader.document import Document
from dateline.reader.model import Analysis, Labelled, SentenceAnalysis, Trigger
from dateline.reader.text import Sentence, split
from dateline.records import Article

EMPTY = np.zeros(1, dtype=np.float32)


def flat(text: str, names: Mapping[str, str], published: str = "2024-03-05") -> Document:
    """A document whose trees say nothing and whose names are all occurrences of `names` (surface to PER, ORG, LOC, NORP)."""
    sentences = split(text)
    return _document(text, sentences, [_flat_sentence(text, s, names) for s in sentences], published)


def _flat_sentence(text: str, sentence: Sentence, names: Mapping[str, str]) -> SentenceAnalysis:
    found, taken = [], set()
    for name in sorted(names, key=len, reverse=True):
        at = text.find(name, sentence.start, sentence.end)
        while at >= 0:
            if not taken.intersection(range(at, at + len(name))):
                found.append(Labelled(at, at + len(name), names[name], 0.9))
                taken.update(range(at, at + len(name)))
            at = text.find(name, at + 1, sentence.end)
    n = len(sentence.tokens)
    upos = tuple("PROPN" if t.text[:1].isupper() else "X" for t in sentence.tokens)
    return SentenceAnalysis(
        upos=upos,
        lemmas=tuple(t.text.lower() for t in sentence.tokens),
        heads=(-1, *([0] * (n - 1))),
        deprels=("root", *(["dep"] * (n - 1))),
        names=tuple(found),
        times=(),
        triggers=(),
        vector=EMPTY,
    )


def parsed(
    tree: str, names: Mapping[str, str] | None = None, published: str = "2024-03-05", text: str | None = None
) -> Document:
    """A document of hand-made trees: a line a word, `form lemma upos head relation`, an empty line between sentences.

    Heads count from 1 in the sentence, 0 is the root. The text is the words with a space between, or `text`.
    """
    blocks = [[line.split() for line in block.strip().splitlines()] for block in tree.strip().split("\n\n")]
    text = text or " ".join(word[0] for block in blocks for word in block)
    sentences = split(text)
    assert [[t.text for t in s.tokens] for s in sentences] == [[w[0] for w in b] for b in blocks], [
        [t.text for t in s.tokens] for s in sentences
    ]
    analyses = []
    for sentence, block in zip(sentences, blocks, strict=True):
        plain = _flat_sentence(text, sentence, names or {})
        analyses.append(
            SentenceAnalysis(
                upos=tuple(w[2] for w in block),
                lemmas=tuple(w[1] for w in block),
                heads=tuple(int(w[3]) - 1 for w in block),
                deprels=tuple(w[4] for w in block),
                names=plain.names,
                times=(),
                triggers=tuple(
                    Trigger(
                        i,
                        0.9,
                        {"actual": 0.6, "expected": 0.1, "possible": 0.1, "negated": 0.1, "generic": 0.1},
                        1.5,
                    )
                    for i, w in enumerate(block)
                    if len(w) > 5
                ),
                vector=EMPTY,
            )
        )
    return _document(text, sentences, analyses, published)


def _document(
    text: str, sentences: tuple[Sentence, ...], analyses: list[SentenceAnalysis], published: str
) -> Document:
    article = Article(id="a", source="a.txt", published=date.fromisoformat(published), text=text)
    return Document(article, sentences, Analysis(tuple(analyses), ()))
