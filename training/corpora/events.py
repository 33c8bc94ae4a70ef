"""Events, realis, factuality and times: MEANTIME, ECB+, temporal dependency graphs, UW and UDS-IH2."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

from dateline.bench.cat import realis_of
from training.heads.labels import DAYS, REALIS, TIMES
from training.sentences import Labelled, Paragraph, lines_of, members_of, plain_quotes


def add_factuality(paragraphs: list[Paragraph], path: Path) -> None:
    """UDS-IH2 labels on the EWT sentences with the same words."""
    by_text = {" ".join(s.words): s for p in paragraphs for s in p}
    for line in lines_of(path):
        row = json.loads(line)
        sentence = by_text.get(row["text"])
        if sentence is not None:
            set_factuality(sentence, row["targets"], style=1)


def set_factuality(sentence: Labelled, targets: list[dict[str, object]], style: int) -> None:
    values = [float("nan")] * len(sentence.words)
    realis = sentence.realis or [0] * len(sentence.words)
    for target in targets:
        _, end = target["span1"]  # type: ignore[misc]
        if end <= len(values):
            value = float(target["label"])  # type: ignore[arg-type]
            values[end - 1] = value
            realis[end - 1] = realis[end - 1] or realis_of_factuality(value, style)
    sentence.factuality[style] = values
    sentence.realis = realis


def realis_mask(*allowed: str) -> int:
    return sum(1 << REALIS.index(a) for a in allowed)


def realis_of_factuality(value: float, style: int) -> int:
    """What a value from -3 to 3 leaves open. UDS-IH2 (style 1) asked whether a thing happened: what is yet to come did not."""
    if value >= 2.5:
        return realis_mask("actual", "generic")
    if value <= -1:
        return realis_mask("negated", *(("expected", "possible", "generic") if style == 1 else ()))
    return realis_mask("expected", "possible", "generic") if value < 1.5 else 0


def uw(path: Path) -> list[Paragraph]:
    """UW factuality: every TimeML event of the sentence has a value, so the others are no events in that style."""
    out: list[Paragraph] = []
    for line in lines_of(path):
        row = json.loads(line)
        sentence = Labelled(plain_quotes(row["text"].split(" ")))
        set_factuality(sentence, row["targets"], style=0)
        events = {t["span1"][1] - 1 for t in row["targets"]}
        sentence.triggers[1] = [int(i in events) for i in range(len(sentence.words))]
        out.append([sentence])
    return out


def meantime_realis(attributes: dict[str, str]) -> int:
    """MEANTIME's attributes as realis: 0 where they are blank."""
    told = realis_of(attributes)
    return realis_mask(told) if told is not None else 0


def _cat(text: str) -> tuple[list[tuple[str, int]], list[tuple[str, dict[str, str], list[int]]]]:
    """Tokens (word, sentence) and markables (tag, attributes, token indices) of a CAT file."""
    root = ET.fromstring(text)
    index: dict[str, int] = {}
    tokens = []
    for token in root.iter("token"):
        index[token.get("t_id", "")] = len(tokens)
        tokens.append((token.text or "_", int(token.get("sentence", "0"))))
    marks = []
    markables = root.find("Markables")
    for mark in markables if markables is not None else ():
        anchors = sorted(
            index[a.get("t_id", "")] for a in mark.iter("token_anchor") if a.get("t_id") in index
        )
        if anchors:
            marks.append((mark.tag, dict(mark.attrib), anchors))
    return tokens, marks


def time_tags(sentence_words: int, spans: list[tuple[int, int, str | None]]) -> list[int]:
    tags = [1] * sentence_words
    for start, end, kind in spans:
        for i in range(start, min(end, sentence_words)):
            position = "B-" if i == start else "I-"
            tags[i] = (
                sum(1 << j for j, t in enumerate(TIMES) if t.startswith(position))
                if kind not in ("DATE", "TIME", "DURATION", "SET")
                else 1 << TIMES.index(position + kind)
            )
    return tags


def _from_cat(text: str, style: int, checked: set[int] | None) -> Paragraph:
    tokens, marks = _cat(text)
    last = max((tokens[a[-1]][1] for t, _, a in marks if t in ("EVENT_MENTION", "TIMEX3")), default=0)
    sentences: dict[int, list[int]] = {}
    for i, (_, number) in enumerate(tokens):
        sentences.setdefault(number, []).append(i)
    paragraph = []
    for number, indices in sorted(sentences.items()):
        if (checked is not None and number not in checked) or (checked is None and number > last):
            continue
        place = {t: i for i, t in enumerate(indices)}
        sentence = Labelled([tokens[i][0] for i in indices])
        triggers, realis = [0] * len(indices), [0] * len(indices)
        spans: list[tuple[int, int, str | None]] = []
        for tag, attributes, anchors in marks:
            if anchors[0] not in place or anchors[-1] not in place:
                continue
            first, final = place[anchors[0]], place[anchors[-1]]
            if tag == "EVENT_MENTION":
                triggers[first] = 1
                realis[first] = meantime_realis(attributes)
            elif "ACTION_" in tag:
                triggers[first] = 1
                negated = tag.startswith("NEG")
                realis[first] = (
                    realis_mask("negated")
                    if negated
                    else realis_mask("actual", "expected", "possible", "generic")
                )
            elif tag == "TIMEX3":
                spans.append((first, final + 1, attributes.get("type")))
            elif tag.startswith("TIME_"):
                kinds = {"TIME_DATE": "DATE", "TIME_DURATION": "DURATION", "TIME_OF_THE_DAY": None}
                spans.append((first, final + 1, kinds.get(tag, "SET")))
        sentence.triggers[style] = triggers
        sentence.realis = realis
        sentence.times = time_tags(len(indices), spans)
        paragraph.append(sentence)
    return paragraph


def meantime(path: Path) -> list[tuple[str, Paragraph]]:
    """MEANTIME by document, only the sentences that were annotated (the headline and those after it)."""
    found = [
        (n, _from_cat(t, 0, None))
        for n, t in sorted(members_of(path, ".xml"))
        if "/intra-doc_annotation/" in n
    ]
    return [(name, paragraph) for name, paragraph in found if paragraph]


def meantime_held_out(names: list[str]) -> set[str]:
    """Every fifth document by name: the fold that training never sees."""
    return set(sorted(names)[::5])


def ecbplus(path: Path, sentences: Path) -> list[Paragraph]:
    """ECB+: only the sentences whose annotation was checked; times and negation, and events in MEANTIME's manner."""
    checked: dict[str, set[int]] = {}
    for row in sentences.read_text(encoding="utf-8").splitlines()[1:]:
        topic, name, number = row.split(",")[:3]
        checked.setdefault(f"{topic}_{name}", set()).add(int(number))
    out = []
    for name, text in sorted(members_of(path, ".xml")):
        numbers = checked.get(Path(name).stem)
        if numbers:
            out += [[s] for s in _from_cat(text, 2, numbers)]
    return out


def tdg(path: Path) -> list[Paragraph]:
    """Temporal dependency graphs on Wikinews by article: events, times without types, and each event's reference time."""
    out: list[Paragraph] = []
    for document in "\n".join(lines_of(path)).split("filename:")[1:]:
        _, _, body = document.partition("SNT_LIST")
        text, _, edges = body.partition("EDGE_LIST")
        sentences = [Labelled(plain_quotes(s.split())) for s in text.strip("\n").split("\n")]
        sentences = [s for s in sentences if s.words]
        spans: dict[int, set[tuple[int, int]]] = {}
        for sentence in sentences:
            sentence.triggers[2] = [0] * len(sentence.words)
            sentence.days = [-1] * len(sentence.words)

        def place(node: str, sentences: Paragraph = sentences) -> tuple[int, int, int] | None:
            number, start, end = map(int, node.split("_"))
            known = 0 <= number < len(sentences) and 0 <= start <= end < len(sentences[number].words)
            return (number, start, end + 1) if known else None

        rows = [edge.split("\t") for edge in edges.strip().splitlines()]
        times = {node for node, kind, *_ in rows if kind == "Timex"} | {"0_0_0", "-1_-1_-1"}
        times |= {parent for _, kind, parent, *_ in rows if kind == "Timex"}
        for node, kind, parent, relation in rows:
            found = place(node)
            if found is None:
                continue
            number, start, end = found
            if kind == "Timex":
                spans.setdefault(number, set()).add((start, end))
                continue
            sentences[number].triggers[2][start] = 1
            target = place(parent)
            if parent not in times or target is None or relation not in DAYS:
                continue
            days = sentences[number].days
            assert days is not None
            days[start] = DAYS.index(relation)
            # the first line is the day of the article: the root
            ends = [] if target[0] == 0 else [(target[0] - number, w) for w in range(target[1], target[2])]
            sentences[number].links.setdefault("time", {})[start] = ends
        for number, sentence in enumerate(sentences):
            marked = [(a, b, None) for a, b in sorted(spans.get(number, set()))]
            sentence.times = time_tags(len(sentence.words), marked)
        out.append(sentences[1:])
        for sentence in sentences[1:]:
            # an arc to a sentence that does not come along is no arc to the day of the article
            sentence.links = {k: v for k, v in sentence.links.items() if v}
    return [p for p in out if p]
