"""Events, realis, places and entities: the figures of docs/benchmarks.md and what they are measured with.

`read` is any function from an article to its reading (`Reader().read`); figures are in percent.
"""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dateline.bench import cat, event_dates, event_times, same_events
from dateline.keeper import gazetteer
from dateline.records import Article, Event, Reading, Realis, Span

Read = Callable[[Article], Reading]
Figures = dict[str, float]
TARGETS: Figures = {
    "MEANTIME held-out trigger F1": 80,
    "MEANTIME held-out realis macro-F1": 78,
    "MEANTIME entity grouping B-cubed F1": 85,
    "TimeLine days exact, else by the report's day": 65,
    "TDG reference time": 75,
    "ECB+ same event, CoNLL F1": 76.6,
    "desk events found": 90,
    "desk events dated": 80,
    "desk events realis": 85,
    "TimeBank blind half relation to the document date": 80,
    "TR-News places within 161 km": 80,
    "GeoVirus places within 161 km": 80,
}
"""What each figure is to reach at least."""
WITHIN_KM = 161.0
"""The distance up to which a place counts as found (Gritta et al. 2019)."""
_NAMES = frozenset(["NAM", "PRE.NAM"])
_KINDS = frozenset(["PER", "ORG", "LOC"])
"""Mentions of MEANTIME that are names, and those kinds of entities that are scored."""
_DESK_HEADER = re.compile(r"^\s*date (\d{4}-\d{2}-\d{2})\s")


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event mention by hand: its span, and its realis where that was annotated."""

    span: Span
    realis: Realis | None


@dataclass(slots=True)
class GoldDocument:
    """An annotated article: its events and its named mentions with the entity that each refers to.

    Annotation ends at the character `covered`.
    """

    name: str
    article: Article
    events: list[GoldEvent] = field(default_factory=list)
    names: list[tuple[Span, str]] = field(default_factory=list)
    covered: int = 0


# ------------------------------------------------------------------------------------------------------- MEANTIME


def meantime(path: Path, *, held_out: bool) -> list[GoldDocument]:
    """MEANTIME's articles (`meantime.dev.tar.gz`); with `held_out` only the fold that the bundled model never saw.

    The fold is every fifth article by name, as in training/data.py. The text is the tokens joined by spaces, a
    sentence a line.
    """
    found = list(cat.documents(path, lambda name: "/intra-doc_annotation/" in name))
    return [_gold_document(d) for d in (found[::5] if held_out else found)]


def _gold_document(read: cat.CatDocument) -> GoldDocument:
    text = read.article.text
    document = GoldDocument(read.article.id, read.article)
    refers: dict[str, str] = {
        source.get("m_id", ""): target.get("m_id", "")
        for relation in read.root.iter("REFERS_TO")
        for source in relation.iter("source")
        for target in relation.iter("target")
    }
    kinds = {e.get("m_id", ""): e.get("ent_type", "") for e in read.root.iter("ENTITY")}
    for mark in read.root.find("Markables") or ():
        span = read.span(mark)
        if span is None:
            continue
        if mark.tag == "EVENT_MENTION":
            document.events.append(GoldEvent(span, cat.realis_of(mark.attrib)))
            document.covered = max(document.covered, text.find("\n", span.end) % (len(text) + 1))
        elif mark.tag == "ENTITY_MENTION" and mark.get("syntactic_type") in _NAMES:
            key = mark.get("m_id", "")
            if kinds.get(refers.get(key, ""), "") in _KINDS:
                document.names.append((span, refers[key]))
    return document


def triggers(read: Read, documents: Iterable[GoldDocument]) -> Figures:
    """Trigger precision, recall and F1 (spans that overlap, one to one), and realis on the events found."""
    right = found = gold = 0
    confusion: Counter[tuple[Realis, Realis]] = Counter()
    for document in documents:
        events = [e for e in read(document.article).events if e.span.start < document.covered]
        pairs = _paired(document.events, events)
        right += len(pairs)
        found += len(events)
        gold += len(document.events)
        confusion.update((g.realis, e.realis) for g, e in pairs if g.realis is not None)
    return {
        "trigger precision": _percent(right, found),
        "trigger recall": _percent(right, gold),
        "trigger F1": _percent(2 * right, found + gold),
        **_realis_figures(confusion),
    }


def _paired(gold: Sequence[GoldEvent], events: Sequence[Event]) -> list[tuple[GoldEvent, Event]]:
    pairs, used = [], set()
    for wanted in gold:
        near = [i for i, e in enumerate(events) if i not in used and e.span.overlaps(wanted.span)]
        if near:
            best = min(near, key=lambda i: abs(events[i].span.start - wanted.span.start))
            used.add(best)
            pairs.append((wanted, events[best]))
    return pairs


def _realis_figures(confusion: Counter[tuple[Realis, Realis]]) -> Figures:
    figures: Figures = {}
    labels = sorted({g for g, _ in confusion})
    for label in labels:
        right = confusion[(label, label)]
        told = sum(n for (_, e), n in confusion.items() if e == label)
        true = sum(n for (g, _), n in confusion.items() if g == label)
        figures[f"realis {label} F1"] = _percent(2 * right, told + true)
    scores = [figures[f"realis {label} F1"] for label in labels]
    figures["realis macro-F1"] = sum(scores) / max(1, len(scores))
    figures["realis accuracy"] = _percent(
        sum(n for (g, e), n in confusion.items() if g == e), sum(confusion.values())
    )
    return figures


def grouping(read: Read, documents: Iterable[GoldDocument]) -> Figures:
    """Entity grouping in the article: B-cubed over the gold named mentions.

    Gold mentions are whole phrases ("American automobile manufacturer Chrysler LLC"), so a gold name's group is the
    entity of the last mention in its core; one that was not found stands alone. Products and the like are left out.
    """
    precision = recall = 0.0
    count = found = 0
    for document in documents:
        mentions = read(document.article).mentions
        told: dict[int, str] = {}
        for i, (span, _) in enumerate(document.names):
            core = _core(document.article.text, span)
            inside = [m for m in mentions if m.span.overlaps(core)]
            if inside:
                told[i] = max(inside, key=lambda m: (m.span.end, m.span.start)).entity
                found += 1
        for i, (_, entity) in enumerate(document.names):
            true = {j for j, (_, other) in enumerate(document.names) if other == entity}
            mine = {j for j in told if told[j] == told[i]} if i in told else {i}
            precision += len(true & mine) / len(mine)
            recall += len(true & mine) / len(true)
            count += 1
    p, r = 100 * precision / max(1, count), 100 * recall / max(1, count)
    return {
        "entity grouping B-cubed precision": p,
        "entity grouping B-cubed recall": r,
        "entity grouping B-cubed F1": 2 * p * r / max(1e-9, p + r),
        "named mentions found": _percent(found, count),
    }


def _core(text: str, span: Span) -> Span:
    """A gold mention up to its first comma, bracket or "of": the noun phrase that holds the name as its last part."""
    cut = re.search(r" (?:,|\(|of|who|which|') ", span.of(text))
    return Span(span.start, span.start + cut.start()) if cut else span


# ----------------------------------------------------------------------------------------------------------- desk


def desk(read: Read, folder: Path) -> Figures:
    """The desk set's events: found, and of those dated right and with the right realis (as score/desk.py counts)."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    readings = {path.stem: read(desk_article(path)) for path in sorted((folder / "articles").glob("*.txt"))}
    found = dated = right = 0
    for row in gold["events"]:
        reading = readings[row["article"]]
        trigger = _desk_trigger(reading.article.text, row["sentence"], row["trigger"])
        near = [e for e in reading.events if e.span.overlaps(trigger)]
        found += bool(near)
        dated += any(_days(e) == (row["date_from"], row["date_to"]) for e in near)
        right += any(e.realis == row["realis"] for e in near)
    return {
        "desk events found": _percent(found, len(gold["events"])),
        "desk events dated": _percent(dated, found),
        "desk events realis": _percent(right, found),
    }


def desk_article(path: Path) -> Article:
    """A dated text file as an article, as score/desk.py cuts it."""
    raw = path.read_text(encoding="utf-8")
    header = _DESK_HEADER.match(raw)
    if header is None:
        raise ValueError(f"{path}: no date in the first line")
    return Article(
        id=path.stem,
        source=str(path),
        published=date.fromisoformat(header[1]),
        text=raw[header.end() :].strip(),
    )


def _desk_trigger(text: str, sentence: str, trigger: str) -> Span:
    start = text.find(sentence)
    at = re.search(rf"\b{re.escape(trigger)}\b", text[start : start + len(sentence)])
    return Span(start + at.start(), start + at.end()) if at else Span(start, start + len(sentence))


def _days(event: Event) -> tuple[str | None, str | None]:
    interval = event.interval
    return (interval.start.isoformat(), interval.end.isoformat()) if interval is not None else (None, None)


# --------------------------------------------------------------------------------------------------------- places


def places(path: Path) -> Figures:
    """Places of a geocoded corpus: how many the gazetteer can hold, and how many of those lie within 161 km.

    A mention can be held where the gazetteer has some place of that name within 161 km of the gold point. The names
    are gold; each is resolved with the countries that the names of its article speak of.
    """
    holdable = within = every = sure = 0
    for mentions in _geocoded(path):
        countries = gazetteer.countries_of(name for name, _, _ in mentions)
        for name, latitude, longitude in mentions:
            every += 1
            if not any(_is_near(place, latitude, longitude) for place in gazetteer.candidates(name)):
                continue
            holdable += 1
            found = gazetteer.locate(name, countries, sure=False)
            within += found is not None and _is_near(found, latitude, longitude)
            sure += gazetteer.locate(name, countries) is not None
    return {
        "places": float(every),
        "places the gazetteer can hold": _percent(holdable, every),
        "places within 161 km": _percent(within, holdable),
        "places told without doubt": _percent(sure, holdable),
    }


def _is_near(place: gazetteer.Place, latitude: float, longitude: float) -> bool:
    if place.latitude is None or place.longitude is None:
        return False
    return gazetteer.kilometres(place.latitude, place.longitude, latitude, longitude) <= WITHIN_KM


def _geocoded(path: Path) -> Iterator[list[tuple[str, float, float]]]:
    """The located names of each article of TR-News or GeoVirus (XML, gzip)."""
    with gzip.open(path) as stream:
        root = ET.parse(stream).getroot()
    for article in root.iter("article"):
        found = []
        for mark in (*article.iter("toponym"), *article.iter("location")):
            values = {child.tag: (child.text or "").strip() for child in mark.iter()}
            name = values.get("phrase") or values.get("name")
            if name and values.get("lat") and values.get("lon"):
                found.append((name, float(values["lat"]), float(values["lon"])))
        yield found


# ------------------------------------------------------------------------------------------------------------ all


def measure(read: Read, data: Path) -> Figures:
    """Every figure of this module from the data folder `data`; corpora that are not there are left out."""
    figures: Figures = {}
    corpus = data / "events" / "meantime.dev.tar.gz"
    if corpus.exists():
        held = meantime(corpus, held_out=True)
        figures |= {f"MEANTIME held-out {k}": v for k, v in triggers(read, held).items()}
        figures |= {f"MEANTIME {k}": v for k, v in grouping(read, meantime(corpus, held_out=False)).items()}
    corpus = data / "timeml" / "tbaq.tar.gz"
    if corpus.exists():
        blind = event_times.relations(read, event_times.linked_documents(corpus, "TimeBank", "blind"))
        figures |= {f"TimeBank blind half {k}": v for k, v in blind.items()}
    corpus = data / "events" / "semeval2015_timeline.dev.tar.gz"
    if corpus.exists():
        figures |= {f"TimeLine {k}": v for k, v in event_dates.timeline_dates(read, corpus).items()}
    corpus = data / "timeml" / "tdg.dev.txt.gz"
    if corpus.exists():
        graphs = event_dates.dependency_graphs(corpus)
        figures |= {f"TDG {k}": v for k, v in event_dates.reference_times(read, graphs).items()}
    corpus, checked = (
        data / "events" / "ecbplus.dev.tar.gz",
        data / "events" / "ecbplus_coreference_sentences.csv",
    )
    if corpus.exists() and checked.exists():
        figures |= {f"ECB+ {k}": v for k, v in same_events.same_events(read, corpus, checked).items()}
    if (data / "desk" / "gold.json").exists():
        figures |= desk(read, data / "desk")
    for name, file in (("TR-News", "trnews.train.xml.gz"), ("GeoVirus", "geovirus.train.xml.gz")):
        if (data / "geo" / file).exists():
            figures |= {f"{name} {k}": v for k, v in places(data / "geo" / file).items()}
    return figures


def _percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0
