"""Which mentions in different reports are of one event: ECB+ (Cybulska & Vossen 2014), on gold mentions."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath

import numpy as np

from dateline.bench import cat
from dateline.keeper import stories
from dateline.language.stems import stem
from dateline.reader.model.lemmas import Lemmatiser
from dateline.records import Article, Reading, Span

Groups = Mapping[Hashable, Sequence[Hashable]]
"""Groups of mentions by name; each mention is in one."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The articles of a topic by name, and the gold mentions of their checked sentences with the event that each is of."""

    name: str
    articles: dict[str, Article]
    mentions: tuple[tuple[str, Span, str], ...]


def topics(archive: Path, checked: Path) -> list[Topic]:
    """ECB+'s topics; `checked` is the table of the sentences whose annotation was checked. A mention without a link is an event of its own."""
    with checked.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    wanted = {(row["Topic"] + "_" + row["File"], int(row["Sentence Number"])) for row in rows}
    articles: defaultdict[str, dict[str, Article]] = defaultdict(dict)
    mentions: defaultdict[str, list[tuple[str, Span, str]]] = defaultdict(list)
    for document in cat.documents(archive, lambda _: True):
        name = PurePosixPath(document.article.id).stem
        topic = name.split("_")[0]
        articles[topic][name] = replace(document.article, id=name, source=name)
        sentence_of = {key: number for number, keys in document.sentences.items() for key in keys}
        chain = _chains(name, document)
        for mark in document.root.find("Markables") or ():
            anchors = [a.get("t_id", "") for a in mark.iter("token_anchor")]
            span = document.span(mark)
            if (
                mark.tag.startswith(("ACTION", "NEG_ACTION"))
                and span is not None
                and (name, sentence_of[anchors[0]]) in wanted
            ):
                key = mark.get("m_id", "")
                mentions[topic].append((name, span, chain.get(key, f"{name} {key}")))
    return [Topic(topic, articles[topic], tuple(sorted(mentions[topic]))) for topic in sorted(articles)]


def _chains(name: str, document: cat.CatDocument) -> dict[str, str]:
    found = {}
    for relation in document.root.find("Relations") or ():
        across = relation.tag == "CROSS_DOC_COREF"
        event = relation.get("note", "") if across else f"{name} {relation.get('r_id')}"
        for source in relation.iter("source"):
            found[source.get("m_id", "")] = event
    return found


# --------------------------------------------------------------------------------------------------------- scoring


def conll(gold: Groups, told: Groups) -> float:
    """The mean of MUC's, B-cubed's and CEAF-e's F1 (Pradhan et al. 2012), in [0, 1]; both group the same mentions."""
    return (muc(gold, told) + b_cubed(gold, told) + ceaf(gold, told)) / 3


def muc(gold: Groups, told: Groups) -> float:
    """MUC's F1: links between mentions (Vilain et al. 1995)."""
    return _f1(_links(told, gold), _links(gold, told))


def _links(of: Groups, among: Groups) -> float:
    place = _places(among)
    kept = sum(len(g) - len({place[m] for m in g}) for g in of.values())
    every = sum(len(g) - 1 for g in of.values())
    return kept / every if every else 0.0


def b_cubed(gold: Groups, told: Groups) -> float:
    """B-cubed's F1: mentions (Bagga & Baldwin 1998)."""
    return _f1(_overlap(told, gold), _overlap(gold, told))


def _overlap(of: Groups, among: Groups) -> float:
    place = _places(among)
    total = sum(len(g) for g in of.values())
    shared = 0.0
    for group in of.values():
        counts: defaultdict[Hashable, int] = defaultdict(int)
        for mention in group:
            counts[place[mention]] += 1
        shared += sum(n * n for n in counts.values()) / len(group)
    return shared / total if total else 0.0


def ceaf(gold: Groups, told: Groups) -> float:
    """CEAF-e's F1: groups, aligned one to one (Luo 2005)."""
    from scipy.optimize import linear_sum_assignment

    names = {name: i for i, name in enumerate(gold)}
    place = _places(gold)
    alike = np.zeros((len(gold), len(told)))
    for j, group in enumerate(told.values()):
        for mention in group:
            alike[names[place[mention]], j] += 1
    sizes = (
        np.array([len(g) for g in gold.values()])[:, None] + np.array([len(g) for g in told.values()])[None]
    )
    alike = 2 * alike / sizes
    best = float(alike[linear_sum_assignment(alike, maximize=True)].sum())
    return _f1(best / max(len(told), 1), best / max(len(gold), 1))


def _places(groups: Groups) -> dict[Hashable, Hashable]:
    return {mention: name for name, group in groups.items() for mention in group}


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def grouped(labels: Iterable[tuple[Hashable, Hashable]]) -> dict[Hashable, list[Hashable]]:
    """Groups from pairs of a mention and its label."""
    groups: dict[Hashable, list[Hashable]] = {}
    for mention, label in labels:
        groups.setdefault(label, []).append(mention)
    return groups


# ------------------------------------------------------------------------------------------------------------- all


def same_events(read: Callable[[Article], Reading], archive: Path, checked: Path) -> dict[str, float]:
    """CoNLL F1 in percent: mentions with one lemma in a topic (the usual baseline), and mentions whose predicates have one
    stem in one of dateline's stories, which is where the keeper begins to compare them. All articles are filed on one day."""
    gold: list[tuple[Hashable, Hashable]] = []
    lemmas: list[tuple[Hashable, Hashable]] = []
    told: list[tuple[Hashable, Hashable]] = []
    for topic in topics(archive, checked):
        readings = {name: read(article) for name, article in topic.articles.items()}
        homes = stories.place_all([(cat.UNDATED, list(readings.values()))])
        for name, span, event in topic.mentions:
            mention = (topic.name, name, span)
            lemma = _lemma(readings[name], span)
            gold.append((mention, (topic.name, event)))
            lemmas.append((mention, (topic.name, lemma)))
            told.append((mention, (homes[readings[name].article.id], stem(lemma))))
    return {
        "one lemma in a topic, CoNLL F1": 100 * conll(grouped(gold), grouped(lemmas)),
        "same event, CoNLL F1": 100 * conll(grouped(gold), grouped(told)),
    }


@cache
def _lemmatiser() -> Lemmatiser:
    return Lemmatiser()


def _lemma(reading: Reading, span: Span) -> str:
    """The predicate of the reader's event there; where it finds none, the last word's lemma as a verb."""
    near = next((e for e in reading.events if e.span.overlaps(span)), None)
    if near is not None:
        return near.predicate.lower()
    return _lemmatiser().lemma(span.of(reading.article.text).split()[-1], "VERB").lower()
