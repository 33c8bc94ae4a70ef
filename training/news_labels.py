"""Real stories labelled by reading: what is expected, by whom, for when, and what of a page is no report.

Two sources in one form: the stories of `labels/` beside the corpora (verbatim sentences), and those of `training/labels/`,
which hold offsets into texts that `text_of` puts together from the corpora, with the hash of each text, and no sentence of
a publisher.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dateline.reader import segmentation as splitter
from dateline.reader.segmentation import Sentence
from dateline.records import Article
from training.heads.labels import BLOCKS, EXPECTS, REALIS
from training.sentences import Labelled, Paragraph

OWN = Path(__file__).parent / "labels"
VALIDATION = frozenset(f"t{n:02}" for n in (*range(10, 60, 10), *range(60, 69)))
"""Stories of the shared labels that no training sees; of our own it is every tenth (s110, s120, …)."""
PUBLISHED, UNTOLD = "published", "untold"
"""When an event is, where no words tell it: about the report's own day, or nobody knows."""
Offsets = tuple[int, int]


@dataclass(frozen=True)
class Announced:
    """A word that announces something: an index of EXPECTS, and for expectations what goes with it.

    `holder` and `due` are the words that tell them, None where there are none, and () where that is not known.
    """

    trigger: Offsets
    expects: str
    why: str = ""
    negated: bool = False
    conditional: bool = False
    holder: Offsets | tuple[()] | None = ()
    due: Offsets | tuple[()] | None = ()


@dataclass(frozen=True)
class Happening:
    """An event's word, what the text commits to (of REALIS), and the words that tell its time: None is the report's day, () unknown."""

    trigger: Offsets
    realis: str
    time: Offsets | tuple[()] | None


@dataclass
class Report:
    """A report's text, day and labels; `blocks` are stretches that are no report text, with their kind ("" unknown)."""

    id: str
    published: str
    text: str
    announced: list[Announced] = field(default_factory=list)
    blocks: list[tuple[int, int, str]] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)

    @property
    def article(self) -> Article:
        """The report as the reader takes it."""
        return Article(self.id, self.id, date.fromisoformat(self.published), self.text)


@dataclass
class Story:
    """A story's reports, and its label rows as written (for verdicts and facts)."""

    id: str
    reports: list[Report]
    rows: dict[str, Any]

    @property
    def is_validation(self) -> bool:
        """True where no training may see it."""
        return self.id in VALIDATION or (self.id[0] in "sr" and self.id.endswith("0"))


# ------------------------------------------------------------------------------------------- the shared stories


def shared_stories(root: Path) -> Iterator[Story]:
    """The stories of `root`/labels."""
    kinds: dict[str, dict[str, str]] = json.loads((OWN / "furniture.json").read_text(encoding="utf-8"))
    for folder in sorted((root / "labels/stories").iterdir()):
        rows = json.loads((root / f"labels/labels/{folder.name}.json").read_text(encoding="utf-8"))
        about = json.loads((folder / "story.json").read_text(encoding="utf-8"))
        reports = {}
        for article in about["articles"]:
            raw = (folder / f"{article['id']}.txt").read_text(encoding="utf-8")
            text = re.sub(r"^\s*date \d{4}-\d{2}-\d{2}\s", "", raw, count=1).strip()
            reports[article["id"]] = report = Report(article["id"], article["date"], text)
            if article["corpus"] in ("news/allsides_2012_2016", "stories/groundnews", "news/reuters21578"):
                report.blocks.append((0, len(text.split("\n", 1)[0]), "headline"))
        for kind in ("expectations", "neutral", "traps"):
            for row in rows[kind]:
                reports[row["article"]].announced.append(_announced(reports[row["article"]].text, kind, row))
        numbers: dict[str, int] = {}
        for row in rows["furniture"]:
            name = row["article"]
            start = reports[name].text.find(row["text"])
            told = kinds.get(name, {}).get(str(numbers.get(name, 0)), "")
            numbers[name] = numbers.get(name, 0) + 1
            reports[name].blocks.append((start, start + len(row["text"]), told))
        yield Story(folder.name, list(reports.values()), rows)


def _announced(text: str, kind: str, row: dict[str, Any]) -> Announced:
    start = text.find(row["sentence"])
    found = re.search(rf"(?<!\w){re.escape(row['trigger'])}(?!\w)", row["sentence"])
    assert start >= 0, row
    assert found, row
    trigger = (start + found.start(), start + found.end())
    if kind != "expectations":
        return Announced(trigger, "neutral" if kind == "neutral" else "none", row["why"])
    near = (start, start + len(row["sentence"]))
    holder: Offsets | tuple[()] | None
    if row["holder_words"]:
        holder = _nearest(text, row["holder_words"], near)
    else:
        holder = None if row["holder"] is None else ()
    due = (
        _nearest(text, row["due_words"], near) if row["due_words"] else (None if not row["due_from"] else ())
    )
    return Announced(trigger, row["strength"], "", row["negated"], row["conditional"], holder=holder, due=due)


def _nearest(text: str, words: str, near: Offsets) -> Offsets | tuple[()]:
    """Where `words` stand inside `near`, or else nearest to it, before it rather than behind."""
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    places = [m.span() for m in re.finditer(pattern, text)]
    inside = [p for p in places if near[0] <= p[0] and p[1] <= near[1]]
    if inside or not places:
        return inside[0] if inside else ()
    return min(places, key=lambda p: near[0] - p[1] if p[1] <= near[0] else 3 * (p[0] - near[1]) + 200)


# --------------------------------------------------------------------------------------------- our own stories


def own_stories(root: Path, folder: Path = OWN, names: str = "s*.json") -> Iterator[Story]:
    """The stories of `training/labels`, their texts put together from the corpora of `root`."""
    for path in sorted(folder.glob(names)):
        rows = json.loads(path.read_text(encoding="utf-8"))
        reports = [Report(r["id"], r["published"], text_of(root, r)) for r in rows["reports"]]
        for kind in ("expectations", "neutral", "traps"):
            for row in rows[kind]:
                reports[row["report"]].announced.append(_own(kind, row))
        for row in rows["blocks"]:
            reports[row["report"]].blocks.append((*row["span"], row["kind"]))
        for row in rows.get("events", ()):
            time = tuple(row["time_span"]) if row["time_span"] else None if row["time"] == PUBLISHED else ()
            reports[row["report"]].happenings.append(Happening(tuple(row["trigger"]), row["realis"], time))
        yield Story(rows["id"], reports, rows)


def _own(kind: str, row: dict[str, Any]) -> Announced:
    trigger = (row["trigger"][0], row["trigger"][1])
    if kind != "expectations":
        return Announced(trigger, "neutral" if kind == "neutral" else "none", row["why"])

    def words(key: str, told: bool) -> Offsets | tuple[()] | None:
        return tuple(row[key]) if row[key] else () if told else None  # type: ignore[return-value]

    return Announced(
        trigger,
        row["strength"],
        "",
        row["negated"],
        row["conditional"],
        holder=words("holder_span", row["holder"] is not None),
        due=words("due_span", row["due"] is not None),
    )


def text_of(root: Path, report: dict[str, Any]) -> str:
    """The text that a report's offsets count in. Raises ValueError where the corpora hold another one."""
    row = _corpus(root, report["corpus"])[report["origin"]]
    text = put_together(row, report["words"])
    if hashlib.sha256(text.encode()).hexdigest() != report["sha256"]:
        raise ValueError(f"{report['id']}: the text of {report['origin']} is not the one that was labelled")
    return text


def put_together(row: dict[str, Any], words: int) -> str:
    """Title and paragraphs up to `words` words (0: the title alone), an empty line between them."""
    title = (row.get("title") or "").strip()
    kept: list[str] = []
    for paragraph in re.split(r"\n+", row["text"]):
        paragraph = paragraph.strip()
        if paragraph:
            if sum(len(p.split()) for p in kept) + len(paragraph.split()) > words and (kept or not words):
                break
            kept.append(paragraph)
    body = "\n\n".join(kept)
    if title and body[: len(title)].lower() == title.lower():
        title = ""
    return "\n\n".join(part for part in (title, body) if part)


@lru_cache(maxsize=8)
def _corpus(root: Path, name: str) -> dict[str, dict[str, Any]]:
    if name == "timeml/tdg":
        return {row["id"]: row for row in wikinews(root / "timeml/tdg.train.txt.gz")}
    stem = {f"stories/{n}": f"stories/{n}.dev" for n in ("newscluster", "groundnews", "allsides")}
    stem["tls/entities"] = "tls/entities.articles"
    with gzip.open(root / f"{stem.get(name, name)}.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    if name == "tls/entities":
        rows = [row | {"text": running(row["text"]), "date": row["published"]} for row in rows]
        rows = [{k: v for k, v in row.items() if k != "title"} for row in rows]
    return {row["id"]: row for row in rows}


def wikinews(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of the temporal dependency graphs as running text."""
    from datetime import datetime

    with gzip.open(path, "rt", encoding="utf-8") as stream:
        documents = stream.read().split("filename:")[1:]
    for document in documents:
        header, _, rest = document.partition(":SNT_LIST\n")
        sentences = rest.split("EDGE_LIST")[0].strip().split("\n")
        found = re.search(r'id="(\d+)".*title="(.*?)"><paragraph:([\d_]+)', header)
        try:
            day = datetime.strptime(sentences[0].replace(" ,", ",").strip(), "%B %d, %Y").date()
        except ValueError:
            continue
        assert found
        opens = {int(n) for n in found[3].split("_")}
        paragraphs: list[list[str]] = []
        for number, sentence in enumerate(sentences[1:], 1):
            if number in opens or not paragraphs:
                paragraphs.append([])
            plain = (
                sentence.replace("-LRB-", "(").replace("-RRB-", ")").replace("`` ", '"').replace(" ''", '"')
            )
            paragraphs[-1].append(running(plain.replace("``", '"').replace("''", '"')))
        text = "\n\n".join(" ".join(p) for p in paragraphs)
        yield {"id": f"wikinews/{found[1]}", "date": day.isoformat(), "title": found[2], "text": text}


def running(text: str) -> str:
    """Tokenised text as running text, as far as that can be told."""
    text = re.sub(r" (n't|'s|'re|'ve|'ll|'d|'m|[.,;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[$£€#]) ", r"\1", text).replace(" - ", "-").replace("`` ", '"').replace(" ''", '"')
    return re.sub(r'" ([^"]*?) "', r'"\1"', text)


# -------------------------------------------------------------------------------------------- labelled sentences


def paragraph(report: Report) -> Paragraph:
    """A report's sentences with their labels; every word that nobody marked announces nothing."""
    sentences = splitter.split(report.text)
    found = [_labelled(s, report) for s in sentences]
    for announced in report.announced:
        place = _word_at(sentences, announced.trigger[0])
        if place is None:
            continue
        number, word = place
        label = found[number]
        assert label.expects is not None
        assert label.negated is not None
        assert label.conditional is not None
        label.expects[word] = EXPECTS.index(announced.expects)
        if announced.expects in ("none", "neutral"):
            continue
        label.negated[word], label.conditional[word] = int(announced.negated), int(announced.conditional)
        for link, target in (("holder", announced.holder), ("time", announced.due)):
            _point(label, link, (number, word), sentences, target)
    for happening in report.happenings:
        place = _word_at(sentences, happening.trigger[0])
        if place is None:
            continue
        label = found[place[0]]
        if label.realis is None:
            label.realis = [0] * len(label.words)
        label.realis[place[1]] = 1 << REALIS.index(happening.realis)
        # of an expectation the labels tell the due words
        if place[1] not in label.links.get("time", {}):
            _point(label, "time", place, sentences, happening.time)
    return found


def _point(
    label: Labelled,
    link: str,
    place: tuple[int, int],
    sentences: tuple[Sentence, ...],
    target: Offsets | tuple[()] | None,
) -> None:
    """Set the arc of the word at (sentence, word) to the words of `target`: None is the root, () is unknown."""
    number, word = place
    if target is None:
        label.links.setdefault(link, {})[word] = []
    elif target and (places := _words_in(sentences, target)):
        label.links.setdefault(link, {})[word] = [(n - number, w) for n, w in places]


def _labelled(sentence: Sentence, report: Report) -> Labelled:
    size = len(sentence.tokens)
    label = Labelled([t.text for t in sentence.tokens])
    label.expects = [0] * size
    label.negated, label.conditional = [-1] * size, [-1] * size
    label.block = 1
    for start, end, kind in report.blocks:
        shared = min(end, sentence.end) - max(start, sentence.start)
        if 2 * shared > sentence.end - sentence.start:
            label.block = 1 << BLOCKS.index(kind) if kind else (1 << len(BLOCKS)) - 2
    return label


def _word_at(sentences: tuple[Sentence, ...], offset: int) -> tuple[int, int] | None:
    for number, sentence in enumerate(sentences):
        if sentence.start <= offset < sentence.end:
            for word, token in enumerate(sentence.tokens):
                if token.start <= offset < token.end:
                    return number, word
    return None


def _words_in(sentences: tuple[Sentence, ...], span: Offsets) -> list[tuple[int, int]]:
    return [
        (number, word)
        for number, sentence in enumerate(sentences)
        if sentence.start < span[1] and span[0] < sentence.end
        for word, token in enumerate(sentence.tokens)
        if token.start < span[1] and span[0] < token.end and any(c.isalnum() for c in token.text)
    ]


def paragraphs(root: Path, *, validation: bool) -> list[Paragraph]:
    """The reports of all stories that are, or are not, for validation."""
    stories = [*shared_stories(root), *own_stories(root), *own_stories(root, OWN / "reports", "r*.json")]
    return [paragraph(r) for s in stories if s.is_validation == validation for r in s.reports]
