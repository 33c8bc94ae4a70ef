"""More pairs than stories hold: contrasts written for the purpose, and real sentences that were judged two by two.

`labels/pairs/written-*.jsonl` are our own texts: an expectation with tellings of every verdict, or a passage with others that
give the same fact, another value, a newer one, or another fact. `labels/pairs/judged.jsonl` names passages of the shared corpora by
offsets, with a hash of both texts; no sentence stands in it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dateline.bench.expectations import running_text
from dateline.keeper.judge import expectation_text, fact_text, marked, telling_text
from dateline.records import Interval, Span
from training.news_labels import OWN, own_stories, shared_stories
from training.pairs import FACTS, VERDICTS, Pair

FOLDER = OWN / "pairs"
HELD = "Jacob_Zuma"
"""The topic whose judged pairs are for validation."""


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
        if digest(first, second) != row["sha256"]:
            raise ValueError(f"{row}: the text is not the one that was judged")
        article = (row.get("claim") or row["a"])[0]
        if article.startswith(HELD) == validation:
            task, labels = ("verdict", VERDICTS) if "claim" in row else ("fact", FACTS)
            yield Pair(first, second, task, labels.index(row["label"]), article.rsplit("/", 2)[0])


def digest(first: str, second: str) -> str:
    """What a pair of texts is known by."""
    return hashlib.sha256(f"{first}\n{second}".encode()).hexdigest()[:16]


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


@cache
def _texts(root: Path) -> dict[str, tuple[str, str]]:
    """Day and text of every article that a judged row may name."""
    found = {
        r.id: (r.published, r.text) for s in (*shared_stories(root), *own_stories(root)) for r in s.reports
    }
    for name in ("t17", "entities"):
        with gzip.open(root / f"tls/{name}.articles.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                found[row["id"]] = row["published"], running_text(row["text"])
    return found
