"""What an article costs, filed and worked out, as a stream of news goes on: at a million articles against the first ten thousand.

The stream is made of articles that were read before (`dateline read`): they keep their days, and the whole comes again and again on
later days. Each time, and several times side by side where more articles a day are wanted, names and rare words are spelt in another
way of the same length, so that it is other news. Nothing is read; of pairs it is counted how many the pair reader would be asked about.
"""

from __future__ import annotations

import random
import re
import string
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import count, groupby
from pathlib import Path
from typing import Any

from dateline import archive
from dateline.errors import SourceError
from dateline.keeper.document_frequencies import table
from dateline.keeper.judge import LIKENESSES, SAMENESS, VERDICTS, Likeness, Pair, Sameness
from dateline.language.stems import singular
from dateline.notebook import open_notebook
from dateline.reader import Reader
from dateline.records import Argument, Article, Interval, Mention, Reading, Verdict

ARTICLES = 1_000_000
"""Articles that are filed."""
A_DAY = 25
"""Articles of a day, about."""
FIRST = 10_000
"""Articles at which the later cost is measured."""
ROUND = 500
"""Articles that come in at a time, with the rest of their last day."""
_WORD = re.compile(r"[A-Za-z]+")
_VOWELS = "aeiou"
_CONSONANTS = "".join(c for c in string.ascii_lowercase if c not in _VOWELS)
Respell = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of the articles up to the one of this number: processor seconds and pairs an article, and the most megabytes held so far."""

    articles: int
    seconds: float
    pairs: float
    megabytes: float


class _Counting:
    """A judge that reads nothing, finds nothing, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def version(self) -> str:
        return "counting"

    def verdicts(self, pairs: Sequence[Pair]) -> list[dict[Verdict, float]]:
        self.asked += len(pairs)
        return [{v: float(v == "unrelated") for v in VERDICTS} for _ in pairs]

    def facts(self, pairs: Sequence[Pair]) -> list[dict[Likeness, float]]:
        self.asked += len(pairs)
        return [{k: float(k == "other") for k in LIKENESSES} for _ in pairs]

    def contradictions(self, pairs: Sequence[Pair]) -> list[dict[Likeness, float]]:
        return self.facts(pairs)

    def sameness(self, pairs: Sequence[Pair]) -> list[dict[Sameness, float]]:
        self.asked += len(pairs)
        return [{s: float(s == "another") for s in SAMENESS} for _ in pairs]


class _ReadBefore(Reader):
    """Gives the readings of a round."""

    def __init__(self) -> None:
        super().__init__()
        self.readings: dict[str, Reading] = {}

    def read(self, article: Article) -> Reading:
        return self.readings[article.id]


def stretched(read: Callable[[], Iterable[Reading]], a_day: int = A_DAY) -> Iterator[list[Reading]]:
    """The readings of one day after another, without end, about `a_day` a day.

    `read` gives them by day, anew each time: no more than a day's are held. Raises SourceError where there are none.
    """
    articles = Counter(reading.article.published for reading in read())
    if not articles:
        raise SourceError("a stream is made of articles that were read: there are none")
    # whole weeks, so that every article keeps its weekday
    weeks = (max(articles) - min(articles)).days // 7 + 1
    beside = max(1, round(a_day * weeks * 7 / articles.total()))
    for lap in count():
        later = timedelta(weeks=lap * weeks)
        spellings = [(n, _spelling(n)) for n in range(lap * beside, (lap + 1) * beside)]
        for _, of_day in groupby(read(), key=lambda r: r.article.published):
            yield [
                _moved(reading, later, number, respell) for reading in of_day for number, respell in spellings
            ]


def costs(
    days: Iterator[list[Reading]], articles: int, first: int = FIRST, in_round: int = ROUND
) -> Iterator[Cost]:
    """What an article costs until there are half of `first`, `first`, twice as many and so on, and `articles` of them."""
    reader, judge = _ReadBefore(), _Counting()
    held, spent, since, mark = 0, 0.0, 0, first // 2
    with (
        tempfile.TemporaryDirectory() as folder,
        open_notebook(Path(folder) / "stream.db", reader=reader, judge=judge) as book,
    ):
        while held < articles:
            come: list[Reading] = []
            while len(come) < min(in_round, articles - held):
                come += next(days)
            come = come[: articles - held]
            reader.readings = {r.article.id: r for r in come}
            begun = time.process_time()
            book.add_articles([r.article for r in come])
            spent += time.process_time() - begun
            held, since = held + len(come), since + len(come)
            if held >= min(mark, articles):
                yield Cost(held, spent / since, judge.asked / since, _most_megabytes())
                spent, since, judge.asked = 0.0, 0, 0
                while mark <= held:
                    mark = max(2 * mark, 1)


def main(
    readings: Path, articles: int = ARTICLES, a_day: int = A_DAY, first: int = FIRST
) -> Iterator[tuple[str, float]]:
    """The cost of an article as `articles` come in, and the last against that of the first ones.

    `readings` is a folder that `dateline read` made. Raises SourceError where it is none.
    """

    def read() -> Iterator[Reading]:
        return (found for found in archive.readings(readings) if isinstance(found, Reading))

    at_first = None
    for cost in costs(stretched(read, a_day), articles, first):
        if at_first is None or cost.articles < 2 * first:
            at_first = cost
        yield f"{cost.articles:,} articles: milliseconds an article", 1000 * cost.seconds
        yield f"{cost.articles:,} articles: pairs an article", cost.pairs
        yield f"{cost.articles:,} articles: most megabytes held", cost.megabytes
        yield (
            f"{cost.articles:,} articles: cost against {at_first.articles:,}",
            cost.seconds / at_first.seconds,
        )


def _most_megabytes() -> float:
    import resource  # Windows has none

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _spelling(number: int) -> Respell:
    """Spells the words that few reports hold with other letters, vowels for vowels; number 0 leaves all as it is."""
    if not number:
        return str
    shuffle = random.Random(number).sample
    other = "".join(shuffle(_VOWELS, len(_VOWELS)) + shuffle(_CONSONANTS, len(_CONSONANTS)))
    letters = _VOWELS + _CONSONANTS
    exchange = str.maketrans(letters + letters.upper(), other + other.upper())
    common = table()

    @cache
    def spelt(word: str) -> str:
        return word if singular(word) in common else word.translate(exchange)

    return lambda text: _WORD.sub(lambda word: spelt(word.group()), text)


def _moved(reading: Reading, later: timedelta, number: int, respell: Respell) -> Reading:
    """The reading as if its article told of other things so much later."""

    def days(interval: Interval | None) -> Interval | None:
        return interval and replace(interval, start=interval.start + later, end=interval.end + later)

    def optional(text: str | None) -> str | None:
        return text and respell(text)

    def arguments(some: Sequence[Argument]) -> tuple[Argument, ...]:
        return tuple(replace(a, text=respell(a.text), entity=optional(a.entity)) for a in some)

    def mention(found: Mention) -> Mention:
        return replace(found, text=respell(found.text), entity=respell(found.entity))

    article = reading.article
    moved: dict[str, Any] = {
        "id": f"{article.id}-{number}",
        "source": f"{article.source}-{number}",
        "published": article.published + later,
        "published_at": article.published_at and article.published_at + later,
        "text": respell(article.text),
        "title": optional(article.title),
    }
    return replace(
        reading,
        article=replace(article, **moved),
        times=tuple(replace(t, interval=days(t.interval)) for t in reading.times),
        mentions=tuple(map(mention, reading.mentions)),
        events=tuple(
            replace(e, arguments=arguments(e.arguments), interval=days(e.interval)) for e in reading.events
        ),
        statements=tuple(replace(s, speaker=optional(s.speaker)) for s in reading.statements),
        expectations=tuple(
            replace(
                x,
                event=respell(x.event),
                holder=optional(x.holder),
                arguments=arguments(x.arguments),
                due=days(x.due),
            )
            for x in reading.expectations
        ),
    )
