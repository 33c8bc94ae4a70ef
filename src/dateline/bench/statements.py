"""Statements: attribution on PolNeAR, quotations and their speakers on the desk set, and brat files for other scorers.

PolNeAR (Newell et al., LREC 2018) marks a source, a cue and a content for each attribution. `attribute` is any
function from a text to its attributions: `by_model` joins the bundled model's tags, `by_records` rewrites the reader's
statements in PolNeAR's manner (quotation marks inside the content). Figures are in percent.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dateline.bench.events import Figures, Read, desk_article
from dateline.bench.expectations import same_name
from dateline.errors import SourceError
from dateline.reader import Reader, segmentation
from dateline.reader.model import Labelled
from dateline.records import Article, Span, Statement

TARGETS: Figures = {
    "PolNeAR dev source exact F1": 80,
    "PolNeAR dev cue exact F1": 74,
    "PolNeAR dev content exact F1": 67,
    "PolNeAR dev source partial F1": 88,
    "PolNeAR dev cue partial F1": 76,
    "PolNeAR dev content partial F1": 92,
    "desk direct F1": 95,
    "desk direct speaker": 90,
    "desk indirect and mixed recall": 80,
    "desk indirect and mixed speaker": 85,
}
"""What each figure is to reach at least."""
PARTS = ("source", "cue", "content")
SHARE = 0.8
"""The share of the longer of two stretches in which they overlap, from which they are the same."""
# whole lines of a brat file; a marked stretch with a line break in it runs on in lines of any kind
_BRAT_SPAN = re.compile(r"^(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)", re.MULTILINE)
_BRAT_RELATION = re.compile(r"^E\d+\t(\S+:T\d+(?: \S+:T\d+)*) ?$", re.MULTILINE)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"\w")
_MARKS = "“”„«»\"'‘’`"


@dataclass(slots=True)
class Attribution:
    """Who said what: the stretches of an attribution's source, cue and content, each in text order, empty where unsaid."""

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)

    def part(self, name: str) -> list[Span]:
        """The stretches of `name`, one of PARTS."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[name]


Attribute = Callable[[str], list[Attribution]]


# ------------------------------------------------------------------------------------------------- attributions


def by_model(reader: Reader) -> Attribute:
    """The bundled model's tags, joined to attributions."""

    def attribute(content: str) -> list[Attribution]:
        said = reader.model.analyse(content, segmentation.split(content)).attributions
        return [
            Attribution(_spans(a.sources), _spans([a.cue] if a.cue else []), _spans(a.contents)) for a in said
        ]

    return attribute


def _spans(labelled: Iterable[Labelled]) -> list[Span]:
    return [Span(piece.start, piece.end) for piece in labelled]


def by_records(reader: Reader) -> Attribute:
    """The reader's statements as PolNeAR has them: quotation marks belong to the content."""

    def attribute(content: str) -> list[Attribution]:
        article = Article(id="a", source="a", published=date(2000, 1, 1), text=content)
        return [_attribution(content, s) for s in reader.read(article).statements]

    return attribute


def _attribution(content: str, statement: Statement) -> Attribution:
    start, end = statement.content.start, statement.content.end
    if start and content[start - 1] in _MARKS:
        start -= 1
    if end < len(content) and content[end] in _MARKS:
        end += 1
    return Attribution(
        [statement.source] if statement.source else [],
        [statement.cue] if statement.cue else [],
        [Span(start, end)],
    )


# ---------------------------------------------------------------------------------------------------- brat files


def write_brat(content: str, attributions: Iterable[Attribution]) -> str:
    """A brat standoff file: Source, Cue and Content, and an Attribution at the cue that relates them.

    A source that two attributions share is written once. Attributions without a source are `Attribution-no-source`.
    """
    lines: list[str] = []
    ids: dict[tuple[str, tuple[Span, ...]], str] = {}
    events = 0

    def bound(label: str, spans: Sequence[Span]) -> str:
        key = (label, tuple(spans))
        if key not in ids:
            ids[key] = f"T{len(ids) + 1}"
            places = ";".join(f"{s.start} {s.end}" for s in spans)
            covered = " ".join(" ".join(s.of(content).split()) for s in spans)
            lines.append(f"{ids[key]}\t{label} {places}\t{covered}")
        return ids[key]

    for attribution in attributions:
        parts = [(p.capitalize(), bound(p.capitalize(), sorted(attribution.part(p)))) for p in PARTS if attribution.part(p)]  # fmt: skip
        if not (attribution.cue and attribution.content):
            continue
        events += 1
        label = "Attribution" if attribution.source else "Attribution-no-source"
        anchor = bound(label, sorted(attribution.cue))
        lines.append(f"E{events}\t{label}:{anchor} " + " ".join(f"{name}:{key}" for name, key in parts))
    return "".join(f"{line}\n" for line in lines)


def read_brat(marks: str) -> list[Attribution]:
    """The attributions of a brat standoff file; its other marks (Discuss, Discard) are left out."""
    spans: dict[str, list[Span]] = {}
    found = []
    for key, places in _BRAT_SPAN.findall(marks):
        pairs = [piece.split() for piece in places.split(";")]
        spans[key] = [Span(int(start), int(end)) for start, end in pairs]
    for roles in _BRAT_RELATION.findall(marks):
        attribution = Attribution()
        for role in roles.split():
            name, _, key = role.partition(":")
            if (part := name.lower().rstrip("0123456789")) in PARTS:
                attribution.part(part).extend(spans[key])
        found.append(attribution)
    return found


def predict(folder: Path, out: Path, attribute: Attribute | None = None) -> int:
    """Write `out`/NAME.ann for every NAME.txt of `folder`; the number of files written.

    Offsets are characters of the file as it stands, line ends untouched. Raises SourceError where `folder` holds no
    text, or a file is not UTF-8.
    """
    attribute = attribute or by_model(Reader())
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise SourceError(f"{folder}: no .txt files; give the folder that holds the texts")
    out.mkdir(parents=True, exist_ok=True)
    for path in paths:
        try:
            content = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise SourceError(f"{path}: not UTF-8 ({error.reason}); convert it first") from error
        (out / f"{path.stem}.ann").write_text(
            write_brat(content, attribute(content)), encoding="utf-8", newline=""
        )
    return len(paths)


# ------------------------------------------------------------------------------------------------------- figures


def corpus(archive: Path) -> list[tuple[str, list[Attribution]]]:
    """PolNeAR's articles with their attributions; of two annotators the first by name is kept."""
    texts: dict[str, str] = {}
    marks: dict[str, str] = {}
    with tarfile.open(archive) as members:
        for member in sorted(members.getmembers(), key=lambda m: m.name):
            handle, name = members.extractfile(member), Path(member.name).name
            if handle is not None and name.endswith(".txt"):
                texts[name[:-4]] = handle.read().decode("utf-8")
            elif handle is not None and name.endswith(".ann"):
                marks.setdefault(name.rsplit("_", 1)[0], handle.read().decode("utf-8"))
    return [(texts[name], read_brat(marks[name])) for name in sorted(texts) if name in marks]


def attribution(attribute: Attribute, articles: Iterable[tuple[str, list[Attribution]]]) -> Figures:
    """F1 of source, cue and content over exact stretches and over tokens, and of whole attributions.

    A token is a run of letters and digits, or one other sign. A whole attribution is right where source, cue and
    content each share a token with those of one gold attribution, or are absent in both.
    """
    counts = {f"{part} {how}": [0, 0, 0] for part in PARTS for how in ("exact", "partial")}
    counts["attribution"] = [0, 0, 0]
    for content, gold in articles:
        found = attribute(content)
        tokens = [m.span() for m in _TOKEN.finditer(content)]
        for part in PARTS:
            wanted, told = _token_spans(tokens, gold, part), _token_spans(tokens, found, part)
            _count(counts[f"{part} exact"], wanted, told)
            _count(
                counts[f"{part} partial"],
                {t for a, b in wanted for t in range(a, b)},
                {t for a, b in told for t in range(a, b)},
            )
        whole = [a for a in found if a.cue and a.content]
        pairs = _pairs(gold, whole)
        for at, number in enumerate((pairs, len(whole), len(gold))):
            counts["attribution"][at] += number
    return {f"{name} F1": _f1(*numbers) for name, numbers in counts.items()}


def both_spans(attribute: Attribute, articles: Iterable[tuple[str, list[Attribution]]]) -> float:
    """F1 of attributions whose source and content both overlap by at least `SHARE` with those of one gold attribution.

    Overlap counts characters against the longer of both. What shares its cue and its source is one attribution, whose
    contents count together. Gold attributions without a source or a content, and found ones without a source, do not count.
    """
    right = told = wanted = 0
    for content, gold in articles:
        found = [_spread(a) for a in _grouped(attribute(content)) if a.source]
        asked = [_spread(a) for a in gold if a.source and a.content]
        told, wanted = told + len(found), wanted + len(asked)
        for source, said in asked:
            match = next((f for f in found if _covers(f[0], source) and _covers(f[1], said)), None)
            if match is not None:
                found.remove(match)
                right += 1
    return _f1(right, told, wanted)


def _grouped(found: Iterable[Attribution]) -> list[Attribution]:
    """One attribution for all that share their cue and their source."""
    groups: dict[tuple[tuple[Span, ...], tuple[Span, ...]], Attribution] = {}
    for a in found:
        group = groups.setdefault((tuple(a.cue), tuple(a.source)), Attribution(a.source, a.cue))
        group.content.extend(a.content)
    return list(groups.values())


def _spread(attribution: Attribution) -> tuple[set[int], set[int]]:
    """The characters of an attribution's source and of its content."""
    source, content = (
        {at for s in spans for at in range(s.start, s.end)}
        for spans in (attribution.source, attribution.content)
    )
    return source, content


def _covers(found: set[int], gold: set[int]) -> bool:
    return len(found & gold) >= SHARE * max(len(found), len(gold), 1)


def _token_spans(
    tokens: Sequence[tuple[int, int]], attributions: Iterable[Attribution], part: str
) -> set[tuple[int, int]]:
    """Stretches as [first, last) token numbers."""
    spans = {s for a in attributions for s in a.part(part)}
    found = set()
    for span in spans:
        inside = [n for n, (start, end) in enumerate(tokens) if start < span.end and span.start < end]
        if inside:
            found.add((inside[0], inside[-1] + 1))
    return found


def _pairs(gold: Sequence[Attribution], found: Sequence[Attribution]) -> int:
    """How many attributions pair one to one with all parts alike."""
    left = list(found)
    for wanted in gold:
        match = next((a for a in left if all(_alike(a.part(p), wanted.part(p)) for p in PARTS)), None)
        if match is not None:
            left.remove(match)
    return len(found) - len(left)


def _alike(a: Sequence[Span], b: Sequence[Span]) -> bool:
    return any(x.overlaps(y) for x in a for y in b) if a and b else not a and not b


def _count(numbers: list[int], gold: set[tuple[int, int]] | set[int], found: set[tuple[int, int]] | set[int]) -> None:  # fmt: skip
    numbers[0] += len(set(gold) & set(found))
    numbers[1] += len(found)
    numbers[2] += len(gold)


def _f1(right: int, found: int, gold: int) -> float:
    return 200 * right / (found + gold) if found + gold else 0.0


def desk(read: Read, folder: Path) -> Figures:
    """The desk set's quotations: found, and of those found the speaker right (as score/desk.py counts, by kind)."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    articles = [desk_article(path) for path in sorted((folder / "articles").glob("*.txt"))]
    return quotations(
        {a.id: (a.text, read(a).statements) for a in articles},
        [(q["article"], q["content"], q["kind"], q["speaker"]) for q in gold["quotes"]],
    )


def quotations(
    said: dict[str, tuple[str, Sequence[Statement]]], gold: Sequence[tuple[str, str, str, str | None]]
) -> Figures:
    """Figures of statements by article against gold rows (article, content, kind, speaker).

    A direct quotation is found where the overlap is at least .8 of both; other kinds where half of the gold is covered.
    A statement told as direct that covers a gold row of another kind is neither right nor wrong.
    """
    hits: dict[bool, list[bool]] = {True: [], False: []}
    right: set[tuple[str, Span]] = set()
    excused: set[tuple[str, Span]] = set()
    for name, passage, kind, speaker in gold:
        content, statements = said[name]
        start = content.find(passage)
        wanted = Span(start, start + len(passage))
        best = max(statements, key=lambda s: _shared(s.content, wanted), default=None)
        shared = _shared(best.content, wanted) if best else 0
        if best is None or shared < (0.8 if kind == "direct" else 0.5) * len(passage):
            continue
        if kind == "direct" and shared < 0.8 * (best.content.end - best.content.start):
            continue
        hits[kind == "direct"].append(same_name(best.speaker, speaker))
        (right if kind == "direct" else excused).add((name, best.content))
    told = {(n, s.content) for n, (_, found) in said.items() for s in found if s.kind == "direct"}
    told = (told - (excused - right)) | right
    direct = sum(kind == "direct" for _, _, kind, _ in gold)
    precision, recall = _percent(len(right), len(told)), _percent(len(hits[True]), direct)
    return {
        "direct F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "direct speaker": _percent(sum(hits[True]), len(hits[True])),
        "indirect and mixed recall": _percent(len(hits[False]), len(gold) - direct),
        "indirect and mixed speaker": _percent(sum(hits[False]), len(hits[False])),
    }


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0


def measure(reader: Reader, data: Path) -> Figures:
    """Every figure of this module from the data folder `data`; corpora that are not there are left out."""
    figures: Figures = {}
    archive = data / "quotes" / "polnear.dev.tar.gz"
    if archive.exists():
        articles = corpus(archive)
        figures |= {f"PolNeAR dev {k}": v for k, v in attribution(by_model(reader), articles).items()}
        figures |= {
            f"PolNeAR dev, records, {k}": v for k, v in attribution(by_records(reader), articles).items()
        }
        figures["PolNeAR dev, records: both spans overlap >= 80 %, F1"] = both_spans(
            by_records(reader), articles
        )
    if (data / "desk" / "gold.json").exists():
        figures |= {f"desk {k}": v for k, v in desk(reader.read, data / "desk").items()}
    return figures
