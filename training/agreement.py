"""Count what reader/agreement.toml tells: `python -m training.agreement --data ../shared/data`.

Given names by the pronoun that follows a full name which stands alone in its sentence, in unlabelled news (Bergsma and Lin 2006); nouns
by the kind of what they head in GUM's training documents, and by the kind of the names beside them in the training stories. Prints
the tables.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from dateline.reader import Reader, mentions
from dateline.reader.roles import Roles
from dateline.reader.span_index import SpanIndex
from training.corpora.coreference import documents
from training.news_labels import own_stories, shared_stories

_FULL_NAME = re.compile(r"\b([A-Z][a-z]{2,})(?: [A-Z]\.)? ([A-Z][a-z]+)\b")
_PRONOUN = re.compile(r"\b(he|his|him|she|her)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+")
_WORD = re.compile(r"\b[a-z]+\b")
_NEAR, _SURNAMES = 80, 2
_LEAST = {"he": (4, 6.0), "she": (2, 3.0)}
"""How often a given name is seen with a pronoun, and how many times as often as with the other: men are told of more."""
_LEAST_NOUN, _MOSTLY = 4, 0.75
_KINDS = {"person": "person", "organization": "organisation", "place": "place"}


def given_names(news: Path) -> dict[str, list[str]]:
    """The given names that go with "he" and with "she"."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    surnames: defaultdict[str, set[str]] = defaultdict(set)
    common: Counter[str] = Counter()
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            for sentence in _SENTENCE.split(json.loads(line)["text"]):
                common.update(_WORD.findall(sentence))
                names = list(_FULL_NAME.finditer(sentence))
                if len({name.groups() for name in names}) != 1:
                    continue
                near = _PRONOUN.search(sentence, names[0].end(), names[0].end() + _NEAR)
                if near:
                    given = names[0][1].lower()
                    seen[given]["she" if near[1].lower() in ("she", "her") else "he"] += 1
                    surnames[given].add(names[0][2])
    found: dict[str, list[str]] = {"he": [], "she": []}
    for given, counts in sorted(seen.items()):
        for pronoun, (least, times) in _LEAST.items():
            other = counts.total() - counts[pronoun]
            is_word = common[given] > counts.total() or len(surnames[given]) < _SURNAMES
            if not is_word and counts[pronoun] >= max(least, times * other):
                found[pronoun].append(given)
    return found


def nouns(data: Path) -> dict[str, list[str]]:
    """The nouns that mostly tell a person, a body or a place."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for noun, kind in (*_of_gum(data), *_of_stories(data)):
        seen[noun][kind] += 1
    found: dict[str, list[str]] = {kind: [] for kind in _KINDS.values()}
    for noun, counts in sorted(seen.items()):
        kind, count = counts.most_common(1)[0]
        if kind in found and count >= _LEAST_NOUN and count >= _MOSTLY * counts.total() and noun.isalpha():
            found[kind].append(noun)
    return found


def _of_gum(data: Path) -> Iterator[tuple[str, str]]:
    reader = Reader()
    for told in documents(data / "ud/gum.train.conllu.gz"):
        document = reader.document(told.article)
        for phrase in told.phrases:
            place = document.place_at(phrase.head.start)
            if place is not None:
                analysis = document.clauses[place.sentence].analysis
                if analysis.upos[place.token] == "NOUN":
                    yield analysis.lemmas[place.token].lower(), _KINDS.get(phrase.kind, phrase.kind)


def _of_stories(data: Path) -> Iterator[tuple[str, str]]:
    reader = Reader()
    for story in (*shared_stories(data), *own_stories(data)):
        if story.is_validation:
            continue
        for report in story.reports:
            document = reader.document(report.article)
            names = mentions.find(document)
            kinds = {m.entity: m.kind for m in names}
            for role, held in Roles(document, SpanIndex(names, lambda m: m.span)).items():
                yield from ((role, kinds[name]) for _, name in dict.fromkeys(held))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    for part, table in (
        ("given names", given_names(data / "news/allsides_2012_2016.jsonl.gz")),
        ("nouns", nouns(data)),
    ):
        print(f'["{part}"]')
        for key, words in table.items():
            print(f'{key} = "{" ".join(words)}"')


if __name__ == "__main__":
    main()
