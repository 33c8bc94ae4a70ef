"""Expectations: the reader on labelled sentences, and reader and keeper together on a set of stories with answers.

Every function takes plain arguments and returns plain values. Stories come as a folder with `articles/*.txt` (the
dated-text format) and a `gold.json` with `articles` (id, story, duplicate_of, revision_of), `expectations` (article,
sentence, holder, due_from, due_to, status_at_end) and `as_of`.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.keeper.ledger import ledger
from dateline.reader import Reader
from dateline.reader.model.pairs import PairReader
from dateline.records import SETTLED, Article, ExpectationSource, Interval, LedgerEntry, Span, StoryArticle

_HEADER = re.compile(r"^\s*date (\d{4}-\d{2}-\d{2})\s")
_WORD = re.compile(r"\w+")
_EMPTY = frozenset(
    ["the", "a", "an", "of", "for", "and", "in", "on", "to", "by", "at", "its", "his", "her", "their"]
)


@dataclass(slots=True)
class Figures:
    """Counts of expectations found, and how many of those have the right days, holder and status."""

    gold: int = 0
    found: int = 0
    right: int = 0
    due: int = 0
    holder: int = 0
    status: int = 0

    @property
    def precision(self) -> float:
        """Of those found, the share that are expectations, in [0, 1]."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Of the expectations, the share that was found, in [0, 1]."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def same_name(found: str | None, gold: str | None) -> bool:
    """True where both are None, or where at least half of the shorter name's words are shared."""
    if not found or not gold:
        return not found and not gold
    a, b = _words(found), _words(gold)
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= 0.5


def _words(text: str) -> set[str]:
    return {w for w in (w.lower() for w in _WORD.findall(text)) if w not in _EMPTY}


def _days(window: Interval | None) -> tuple[str | None, str | None]:
    return (window.start.isoformat(), window.end.isoformat()) if window else (None, None)


def judge_sentences(path: Path, reader: Reader) -> tuple[Figures, list[str]]:
    """The figures on a table of labelled sentences (label, published, due, holder, sentence), and each fault in a line.

    A sentence counts once: what is found beyond the first in it is not judged.
    """
    figures, faults = Figures(), []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            article = Article("a", "a", date.fromisoformat(row["published"]), row["sentence"])
            found = reader.read(article).expectations
            wanted = row["label"] == "1"
            figures.gold += wanted
            figures.found += bool(found)
            if bool(found) != wanted:
                faults.append(f"{'missed' if wanted else 'false'}: {row['sentence']}")
            if not (found and wanted):
                continue
            figures.right += 1
            first, last = row["due"].split("/") if row["due"] != "-" else (None, None)
            holder = None if row["holder"] == "-" else row["holder"]
            best = max(found, key=lambda x: _days(x.due) == (first, last))
            figures.due += _days(best.due) == (first, last)
            figures.holder += same_name(best.holder, holder)
            if _days(best.due) != (first, last):
                faults.append(f"due {_days(best.due)}: {row['sentence']}")
            if not same_name(best.holder, holder):
                faults.append(f"holder {best.holder}: {row['sentence']}")
    return figures, faults


def judge_stories(folder: Path, reader: Reader) -> Figures:
    """The figures on a set of stories, each story's articles taken as given; status as of the set's last day."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    filed: defaultdict[str, list[StoryArticle]] = defaultdict(list)
    texts: dict[str, str] = {}
    for row in gold["articles"]:
        raw = (folder / "articles" / f"{row['id']}.txt").read_text(encoding="utf-8")
        texts[row["id"]] = _HEADER.sub("", raw, count=1).strip()
        article = Article(row["id"], row["id"], date.fromisoformat(row["date"]), texts[row["id"]])
        filed[row["story"]].append(
            StoryArticle(reader.read(article), row["duplicate_of"], row["revision_of"])
        )
    as_of = date.fromisoformat(gold["as_of"])
    judge = PairReader()
    sources = [
        s for story, reports in filed.items() for e in ledger(story, reports, as_of, judge) for s in e.sources
    ]
    figures = Figures(gold=len(gold["expectations"]), found=len(sources))
    taken: set[int] = set()
    for wanted in gold["expectations"]:
        start = texts[wanted["article"]].find(wanted["sentence"])
        span = Span(start, start + len(wanted["sentence"]))
        due = (wanted["due_from"], wanted["due_to"])
        fits = [
            (_days(s.due) != due, number)
            for number, s in enumerate(sources)
            if number not in taken
            and s.evidence.source == wanted["article"]
            and s.evidence.span.overlaps(span)
        ]
        if not fits:
            continue
        source = sources[min(fits)[1]]
        taken.add(min(fits)[1])
        figures.right += 1
        figures.due += _days(source.due) == due
        figures.holder += same_name(source.holder, wanted["holder"])
        figures.status += source.status == wanted["status_at_end"]
    return figures


Row = tuple[str, float, float | None]
"""A figure's name, its value, and what it is to reach (None where nothing was asked)."""

_STRETCH = 24
"""Articles of each story that a sample is drawn from."""

_LONG_ENOUGH = range(500, 6001)
"""Characters of the articles that a sample is drawn from."""


def measure(data: Path, reader: Reader) -> Iterator[Row]:
    """The figures of what `data` holds: stories with answers in `desk` or `stories`, labelled sentences in `sentences.tsv`.

    Raises FileNotFoundError where it holds none of them.
    """
    folders = [data / name for name in ("desk", "stories") if (data / name / "gold.json").is_file()]
    sentences = data / "sentences.tsv"
    if not folders and not sentences.is_file():
        raise FileNotFoundError(2, "no expectations with answers", str(data / "desk"))
    for folder in folders:
        found = judge_stories(folder, reader)
        yield f"{folder.name}: expectations found, F1", found.f1, 0.85
        for field, bound in (("due", 0.80), ("holder", 0.80), ("status", 0.80)):
            yield (
                f"{folder.name}: {field} right, on those found",
                getattr(found, field) / max(1, found.right),
                bound,
            )
    if sentences.is_file():
        figures, _ = judge_sentences(sentences, reader)
        yield "sentences: precision", figures.precision, None
        yield "sentences: recall", figures.recall, None
        for field in ("due", "holder"):
            yield (
                f"sentences: {field} right, on those found",
                getattr(figures, field) / max(1, figures.right),
                None,
            )


def running_text(tokens: str) -> str:
    """Text as it is printed, of text with spaces between its tokens and Penn Treebank quotes and brackets."""
    for written, printed in _PENN:
        tokens = tokens.replace(written, printed)
    tokens = re.sub(r" +(?=[,.;:?!%)\]”…])", "", tokens)
    tokens = re.sub(r"(?<=[(\[“$£€‘]) +", "", tokens)
    tokens = re.sub(r" +(n't|'(?:s|re|ve|ll|d|m)?)(?=[ ,.;:?!)”\n]|$)", r"\1", tokens)
    return re.sub(r"(?<!\S)` ", "‘", tokens)


_PENN = (("-LRB-", "("), ("-RRB-", ")"), ("-LSB-", "["), ("-RSB-", "]"), ("``", "“"), ("''", "”"))


def tokenised_stories(path: Path) -> list[list[Article]]:
    """The articles of each topic of a JSON lines file (`topic`, `id`, `published`, `text`), neither very short nor very long."""
    topics: defaultdict[str, list[Article]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if len(row["text"]) in _LONG_ENOUGH:
                text = running_text(row["text"])
                topics[row["topic"]].append(
                    Article(row["id"], row["id"], date.fromisoformat(row["published"]), text)
                )
    return [topics[name] for name in sorted(topics)]


def draw(
    path: Path, out: Path, reader: Reader, *, seeds: Sequence[int] = (61, 62, 63), wanted: int = 40
) -> None:
    """Write `wanted` settled expectations at random for judging by hand, each beside the sentence that settles it.

    `path` is read by `tokenised_stories`; a stretch of each story is read for each seed.
    """
    stories = tokenised_stories(path)
    settled = {}
    for seed in seeds:
        for article, entry, source in sample(stories, reader, seed, None):
            if entry.outcome.evidence and source.status == entry.outcome.status in SETTLED:
                settled[article.id, source.evidence.span.start, entry.event] = (
                    entry,
                    source,
                    entry.outcome.evidence,
                )
    chosen = sorted(settled)
    random.Random(seeds[0]).shuffle(chosen)
    with out.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(
            ["article", "start", "end", "due", "status", "event", "sentence", "settled by", "evidence"]
        )
        for entry, source, evidence in (settled[key] for key in chosen[:wanted]):
            span, due = source.evidence.span, "/".join(str(d) for d in _days(source.due))
            told = [entry.event, _line(source.evidence.text), evidence.article, _line(evidence.text)]
            table.writerow([source.evidence.article, span.start, span.end, due, source.status, *told])


def _line(text: str) -> str:
    return " ".join(text.split())


def sample(
    stories: Sequence[Sequence[Article]],
    reader: Reader,
    seed: int,
    wanted: int | None,
    *,
    together: int = _STRETCH,
) -> list[tuple[Article, LedgerEntry, ExpectationSource]]:
    """`wanted` expectations (or all) at random for judging by hand, each with the ledger's row as of its stretch's last day.

    Of each story a stretch of `together` articles is read, in order of publication, beginning at random.
    """
    chance = random.Random(seed)
    judge = PairReader()
    found = []
    for number, articles in enumerate(stories):
        ordered = sorted(articles, key=lambda a: (a.published, a.id))
        start = chance.randrange(max(1, len(ordered) - together))
        read = {a.id: StoryArticle(reader.read(a)) for a in ordered[start : start + together]}
        last = max(f.article.published for f in read.values())
        for entry in ledger(str(number), list(read.values()), last, judge):
            found += [(read[s.evidence.article].article, entry, s) for s in entry.sources]
    chance.shuffle(found)
    return found[:wanted]
