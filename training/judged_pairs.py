"""More pairs than stories hold: contrasts written for the purpose, and real sentences that were judged two by two.

`labels/pairs/written-*.jsonl` are our own texts: an expectation with tellings of every verdict, or a passage with others that
give the same fact, another value, a newer one, or another fact. `labels/pairs/judged.jsonl` names passages of the shared corpora by
offsets, with a hash of both texts; no sentence stands in it. `labels/pairs/topics.jsonl` does the same a claim a line: what the reader found
in topics of the news, which claims of a topic expect one thing, and what sentences tell of it; `labels/pairs/stories.jsonl` tells the last of
claims of the labelled stories. Of some topics only the beginning of each report was read: `labels/pairs/articles.jsonl` says where it is found and
how it was cut.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dateline.bench.expectations import running_text
from dateline.keeper.judge import expectation_text, fact_text, marked, telling_text
from dateline.records import Article, Interval, Span
from training.news_labels import OWN, own_stories, put_together, shared_stories
from training.pairs import FACTS, VERDICTS, Pair, Stated, same_pairs

FOLDER = OWN / "pairs"
Place = tuple[str, int]
HELD = "Jacob_Zuma"
"""The topic whose judged pairs are for validation."""
ARTICLES = FOLDER / "articles.jsonl"
"""The reports of which the beginning alone was read; their ids are not those of the whole ones."""
STORIES = FOLDER / "stories.jsonl"
"""What sentences tell of claims of the labelled stories, beyond what their labels name; the topic is the story."""
_PRESUPPOSED = {"presupposed": "happened"}
HELD_TOPICS = frozenset(
    ("Boston_marathon", "Ferguson", "Hagel", "Patriot_Act", "Syria_vote", "trade_authority")
)
"""Those of `topics.jsonl` that are for validation: they were judged twice."""


def written_pairs(folder: Path = FOLDER) -> Iterator[Pair]:
    """The contrasts that were written for the purpose."""
    for path in sorted(folder.glob("written-*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            story = f"{path.stem}/{number}"
            yield from _tellings(row, story) if "sentence" in row else _values(row, story)


def _tellings(row: dict[str, Any], story: str) -> Iterator[Pair]:
    found = re.search(rf"(?<!\w){re.escape(row['trigger'])}(?!\w)", row["sentence"])
    assert found, row["sentence"]
    said = date.fromisoformat(row["said"])
    due = _interval(row["due"])
    first = expectation_text(marked(row["sentence"], Span(*found.span())), said, due)
    for telling in row["tellings"]:
        text = marked(telling["text"], None)
        second = telling_text(text, date.fromisoformat(telling["day"]), said, due)
        yield Pair(first, second, "verdict", VERDICTS.index(telling["verdict"]), story)


def _values(row: dict[str, Any], story: str) -> Iterator[Pair]:
    def side(passage: dict[str, str]) -> str:
        at = passage["text"].index(passage["value"])
        words = marked(passage["text"], Span(at, at + len(passage["value"])))
        return fact_text(words, date.fromisoformat(passage["day"]))

    for other in row["others"]:
        a, b, label = side(row["a"]), side(other), FACTS.index(other["relation"])
        if other["day"] < row["a"]["day"]:
            a, b = b, a
        yield Pair(a, b, "fact", label, story)


def _interval(days: list[str] | None) -> Interval | None:
    return Interval(*map(date.fromisoformat, days)) if days else None


# ------------------------------------------------------------------------------------------ judged two by two


def judged_pairs(root: Path, *, validation: bool, path: Path = FOLDER / "judged.jsonl") -> Iterator[Pair]:
    """The real pairs; those of one topic are for validation. Raises ValueError where a text is not the one that was judged."""
    texts = _texts(root)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        first, second = sides(row, texts)
        if digest(bare(first), bare(second)) != row["sha256"]:
            raise ValueError(f"{row}: the text is not the one that was judged")
        article = (row.get("claim") or row["a"])[0]
        if article.startswith(HELD) == validation:
            task, labels = ("verdict", VERDICTS) if "claim" in row else ("fact", FACTS)
            yield Pair(first, second, task, labels.index(row["label"]), article.rsplit("/", 2)[0])


# --------------------------------------------------------------------------------------- judged topic by topic


@dataclass(frozen=True)
class JudgedClaim:
    """A claim of a topic as it was judged.

    `place` is its article, the offsets of its sentence, and of the marked word within; `told` is each text that may tell of it with its verdict, `passages`
    where these stand, and `stated.group` the number that it shares with the claims of the topic that expect the same.
    """

    topic: str
    place: tuple[str, int, int, int, int]
    stated: Stated
    told: tuple[tuple[str, str], ...]
    passages: tuple[tuple[str, int, int], ...]


def judged_claims(root: Path, *, validation: bool, path: Path = FOLDER / "topics.jsonl") -> list[JudgedClaim]:
    """The claims in the order of the file, which is that of the topics or STORIES. Raises ValueError where the text is not the one that was judged."""
    texts, found, held = _texts(root), [], held_topics(root)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if (row["topic"] in held) != validation:
            continue
        article, start, end, first, last = row["claim"]
        said, text = texts[article]
        tellings = [
            (sides({**row, "passage": passage}, texts)[1], _PRESUPPOSED.get(verdict, verdict))
            for *passage, verdict in row.get("told", ())
        ]
        sentence = marked(text[start:end], Span(first, last))
        if digest(sentence, *(bare(second) for second, _ in tellings)) != row["sha256"]:
            raise ValueError(f"{row}: the text is not the one that was judged")
        stated = Stated(
            sentence, date.fromisoformat(said), _interval(row["due"]), (article, start), row.get("same")
        )
        passages = tuple((teller, begin, stop) for teller, begin, stop, _ in row.get("told", ()))
        found.append(JudgedClaim(row["topic"], tuple(row["claim"]), stated, tuple(tellings), passages))
    return found


@cache
def held_topics(root: Path) -> frozenset[str]:
    """The topics and stories that are for validation."""
    stories = (*shared_stories(root), *own_stories(root))
    return HELD_TOPICS | {story.id for story in stories if story.is_validation}


def told_in_stories(root: Path) -> dict[tuple[Place, Place], str]:
    """The verdict of each judged sentence of a labelled story on a claim, by article and first letter of both sentences and of the marked word."""
    found: dict[tuple[Place, Place], str] = {}
    for validation in (False, True):
        for claim in judged_claims(root, validation=validation, path=STORIES):
            article, start, _, trigger, _ = claim.place
            for (teller, begin, _), (_, verdict) in zip(claim.passages, claim.told, strict=True):
                found[(article, start + trigger), (teller, begin)] = verdict
    return found


def topic_pairs(claims: Sequence[JudgedClaim]) -> Iterator[Pair]:
    """What was judged of the claims, for each task that it teaches."""
    topics: defaultdict[str, list[JudgedClaim]] = defaultdict(list)
    for claim in claims:
        topics[claim.topic].append(claim)
        first = expectation_text(claim.stated.sentence, claim.stated.said, claim.stated.due)
        for second, verdict in claim.told:
            yield Pair(first, second, "verdict", VERDICTS.index(verdict), claim.topic)
    for topic, members in topics.items():
        yield from same_pairs([c.stated for c in members if c.stated.group is not None], topic)


def bare(text: str) -> str:
    """A text of a pair without the days before it."""
    return text.split(": ", 1)[1]


def digest(*texts: str) -> str:
    """What texts are known by."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def sides(row: dict[str, Any], texts: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Both texts of a judged row; `texts` are the days and texts of the articles."""
    if "claim" in row:
        article, start, end, first, last = row["claim"]
        said, text = texts[article]
        due = _interval(row["due"])
        sentence = marked(text[start:end], Span(first, last))
        teller, begin, stop = row["passage"]
        published, told = texts[teller]
        second = telling_text(
            marked(told[begin:stop], None), date.fromisoformat(published), date.fromisoformat(said), due
        )
        return expectation_text(sentence, date.fromisoformat(said), due), second
    return _passage(row["a"], texts), _passage(row["b"], texts)


def _passage(place: list[Any], texts: dict[str, tuple[str, str]]) -> str:
    article, start, end, first, last = place
    published, text = texts[article]
    return fact_text(marked(text[start:end], Span(first, last)), date.fromisoformat(published))


def judged_articles(root: Path) -> dict[str, Article]:
    """Every article that a judged row may name, by its id."""
    return {
        id_: Article(id_, id_, date.fromisoformat(published), text)
        for id_, (published, text) in _texts(root).items()
    }


@cache
def _texts(root: Path) -> dict[str, tuple[str, str]]:
    """Day and text of every article that a judged row may name."""
    whole = _whole(root)
    return whole | dict(beginnings(whole, ARTICLES))


def beginnings(texts: dict[str, tuple[str, str]], path: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """The articles that were cut, by id with day and text; `texts` are the whole ones. Raises ValueError where a text is not the one that was judged."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        _, text = texts[row["origin"]]
        text = put_together({"text": text}, row["words"])[: row.get("characters")]
        if digest(text) != row["sha256"]:
            raise ValueError(f"{row}: the text is not the one that was judged")
        yield row["id"], (row["published"], text)


def _whole(root: Path) -> dict[str, tuple[str, str]]:
    found = {
        r.id: (r.published, r.text) for s in (*shared_stories(root), *own_stories(root)) for r in s.reports
    }
    for name in ("t17", "entities"):
        with gzip.open(root / f"tls/{name}.articles.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                found[row["id"]] = row["published"], running_text(row["text"])
    for name in ("news/allsides_2012_2016", "stories/groundnews.dev"):
        with gzip.open(root / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                found[row["id"]] = row["date"], row["text"]
    return found
