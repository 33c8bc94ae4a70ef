"""The topics whose claims were judged by reading, read again: what their signs say beside the labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.keeper.ledger.claims import Claim, Passage, claims, order, passages
from dateline.reader import Reader
from dateline.records import StoryArticle
from training.judged_pairs import JudgedClaim, judged_articles, judged_claims


@dataclass(frozen=True)
class Topic:
    """A topic's claims in the order of their reports; by their numbers, which are one and what sentences tell of them."""

    name: str
    claims: tuple[Claim, ...]
    same: dict[int, object]
    told: tuple[tuple[int, Passage, str], ...]


def topics(root: Path, reader: Reader, *, validation: bool) -> Iterator[Topic]:
    """Read the reports of each topic and find the judged claims in them."""
    judged: defaultdict[str, list[JudgedClaim]] = defaultdict(list)
    for claim in judged_claims(root, validation=validation):
        judged[claim.topic].append(claim)
    articles = judged_articles(root)
    for name, labelled in judged.items():
        wanted = {p[0] for c in labelled for p in (c.place, *c.passages)}
        reports = sorted((StoryArticle(reader.read(articles[id_])) for id_ in sorted(wanted)), key=order)
        voiced = tuple(claims(reports))
        number = {_place(claim): n for n, claim in enumerate(voiced)}
        sentence = {(f.article.id, p.span.start): p for f in reports for p in passages(f)}
        found = [(number[c.place], c) for c in labelled if c.place in number]
        told = tuple(
            (n, sentence[article, start], verdict)
            for n, c in found
            for (article, start, _), (_, verdict) in zip(c.passages, c.told, strict=True)
            if (article, start) in sentence
        )
        same = {n: c.stated.group for n, c in found if c.stated.group is not None}
        yield Topic(name, voiced, same, told)


def _place(claim: Claim) -> tuple[str, int, int, int, int]:
    span, trigger = claim.passage.span, claim.expectation.trigger
    return claim.filed.article.id, span.start, span.end, trigger.start - span.start, trigger.end - span.start
