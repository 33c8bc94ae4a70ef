"""Every corpus as paragraphs of labelled sentences; what a corpus does not annotate is masked.

Tag labels are bit masks of the tags that are allowed (bit i is tag i; 0 is unlabelled): a corpus without nationality
words leaves O, B-NORP and I-NORP open together, and the loss is the negative log of the summed probability.
"""

from __future__ import annotations

import gzip
import json
import re
import tarfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from training.labels import ATTRIBUTION, DEPRELS, NAMES, REALIS, TIMES, UPOS, universal

OPEN = frozenset({"ewt", "gum", "wikigold", "crossner", "re3d", "wnut", "meantime", "ecbplus", "uds"})
"""Corpora under CC BY, CC BY-SA, OGL, MIT or in the public domain; `--open-only` trains on these alone."""
NORP_OPEN = 1 | (1 << NAMES.index("B-NORP")) | (1 << NAMES.index("I-NORP"))


@dataclass
class Labelled:
    """A sentence's words and what is known of them; arrays have one item a word, None is not annotated.

    `names`, `times`, `attribution` and `realis` are bit masks of the allowed labels. `triggers` is (styles, words) of
    0, 1 or -1 (unknown); `factuality` is (styles, words) with NaN where unknown.
    """

    words: list[str]
    upos: list[int] | None = None
    heads: list[int] | None = None
    deprels: list[int] | None = None
    names: list[int] | None = None
    times: list[int] | None = None
    attribution: list[int] | None = None
    triggers: dict[int, list[int]] = field(default_factory=dict)
    realis: list[int] | None = None
    factuality: dict[int, list[float]] = field(default_factory=dict)
    vector: int = -1


Paragraph = list[Labelled]


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield line.rstrip("\n")


def _members(path: Path, suffix: str) -> Iterator[tuple[str, str]]:
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            if member.name.endswith(suffix):
                handle = archive.extractfile(member)
                assert handle is not None
                yield member.name, handle.read().decode("utf-8", "replace")


# ---------------------------------------------------------------- trees


def read_conllu(lines: Iterable[str]) -> Iterator[tuple[list[str], list[list[str]]]]:
    """(comments, rows) of each sentence; multiword and empty rows are left out."""
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if not line.strip():
            if rows:
                yield comments, rows
            comments, rows = [], []
        elif line.startswith("#"):
            comments.append(line)
        else:
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)


def document_of(comments: list[str]) -> tuple[str, bool]:
    """The document of a sentence by its sent_id, and whether the sentence opens a paragraph or document."""
    sent_id = next((c.split("=", 1)[1].strip() for c in comments if c.startswith("# sent_id")), "")
    return sent_id.rsplit("-", 1)[0], any(c.startswith(("# newdoc", "# newpar")) for c in comments)


def trees(path: Path, names_from_entities: bool = False) -> list[Paragraph]:
    """UD sentences, a paragraph for each document (the corpora here do not mark paragraphs)."""
    paragraphs: list[Paragraph] = []
    last: str | None = None
    for comments, rows in read_conllu(_lines(path)):
        document, opens = document_of(comments)
        sentence = Labelled(
            [r[1] for r in rows],
            upos=[UPOS.index(r[3]) if r[3] in UPOS else -1 for r in rows],
            heads=[int(r[6]) - 1 for r in rows],
            deprels=[DEPRELS.index(universal(r[7])) for r in rows],
        )
        if names_from_entities:
            sentence.names = _entity_names(rows)
        if opens or document != last or not paragraphs:
            paragraphs.append([])
        last = document
        paragraphs[-1].append(sentence)
    return paragraphs


_ENTITY_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}


def _entity_names(rows: list[list[str]]) -> list[int]:
    """Names from GUM's entity brackets: a mention headed by a proper noun, cut to the proper nouns round its head.

    Words of other mentions that hold a proper noun stay unlabelled, so a doubtful cut teaches nothing.
    """
    tags = [NORP_OPEN] * len(rows)
    open_: list[tuple[str, int]] = []
    mentions: list[tuple[int, int, str]] = []
    for i, row in enumerate(rows):
        entity = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for opening, single, closing in re.findall(r"\((\d+-[^()]*?)(\))?(?=[()\d]|$)|(\d+\))", entity):
            if opening:
                kind = opening.split("-")[1]
                if single:
                    mentions.append((i, i + 1, kind))
                else:
                    open_.append((opening.split("-")[0] + ":" + kind, i))
            elif closing:
                number = closing[:-1]
                for j in range(len(open_) - 1, -1, -1):
                    if open_[j][0].split(":")[0] == number:
                        mentions.append((open_[j][1], i + 1, open_[j][0].split(":")[1]))
                        del open_[j]
                        break
    for i, row in enumerate(rows):
        if row[3] == "PROPN":
            tags[i] = 0
    for start, end, kind in sorted(mentions, key=lambda m: m[0] - m[1]):
        inside = range(start, end)
        heads = [i for i in inside if not start <= int(rows[i][6]) - 1 < end]
        if len(heads) != 1 or kind not in _ENTITY_KINDS:
            continue
        head = heads[0]
        left = right = head
        if rows[head][3] != "PROPN":
            continue
        while left - 1 >= start and rows[left - 1][3] == "PROPN":
            left -= 1
        while right + 1 < end and rows[right + 1][3] == "PROPN":
            right += 1
        doubtful_left = left - 1 >= start and rows[left - 1][1][:1].isupper() and rows[left - 1][3] != "DET"
        if doubtful_left or (
            right + 2 < end and rows[right + 1][1] == "of" and rows[right + 2][1][:1].isupper()
        ):
            continue
        label = _ENTITY_KINDS[kind]
        for i in range(left, right + 1):
            tags[i] = 1 << NAMES.index(("B-" if i == left else "I-") + label)
    return tags


def add_factuality(paragraphs: list[Paragraph], path: Path) -> None:
    """UDS-IH2 labels on the EWT sentences with the same words."""
    by_text = {" ".join(s.words): s for p in paragraphs for s in p}
    for line in _lines(path):
        row = json.loads(line)
        sentence = by_text.get(row["text"])
        if sentence is not None:
            _factuality(sentence, row["targets"], style=1)


def _factuality(sentence: Labelled, targets: list[dict[str, object]], style: int) -> None:
    values = [float("nan")] * len(sentence.words)
    realis = sentence.realis or [0] * len(sentence.words)
    for target in targets:
        _, end = target["span1"]  # type: ignore[misc]
        if end <= len(values):
            value = float(target["label"])  # type: ignore[arg-type]
            values[end - 1] = value
            realis[end - 1] = realis[end - 1] or _realis_of_factuality(value)
    sentence.factuality[style] = values
    sentence.realis = realis


def _realis(*allowed: str) -> int:
    return sum(1 << REALIS.index(a) for a in allowed)


def _realis_of_factuality(value: float) -> int:
    if value >= 2.5:
        return _realis("actual", "generic")
    if value <= -1:
        return _realis("negated")
    return _realis("expected", "possible", "generic") if value < 1.5 else 0


def uw(path: Path) -> list[Paragraph]:
    """UW factuality: every TimeML event of the sentence has a value, so the others are no events in that style."""
    out: list[Paragraph] = []
    for line in _lines(path):
        row = json.loads(line)
        sentence = Labelled(plain_quotes(row["text"].split(" ")))
        _factuality(sentence, row["targets"], style=0)
        events = {t["span1"][1] - 1 for t in row["targets"]}
        sentence.triggers[1] = [int(i in events) for i in range(len(sentence.words))]
        out.append([sentence])
    return out


_PLAIN = {
    "``": '"',
    "''": '"',
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
}


def plain_quotes(words: list[str]) -> list[str]:
    """Penn Treebank's escapes as the characters they stand for."""
    return [_PLAIN.get(w, w) for w in words]


# ---------------------------------------------------------------- names

_WORLDWIDE = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC", "NORP": "NORP"}
_CROSSNER = {
    "person": "PER",
    "politician": "PER",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "country": "LOC",
    "location": "LOC",
}
_WNUT = {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"}
_RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}


def _blocks(text: str) -> Iterator[tuple[list[str], list[str]]]:
    words: list[str] = []
    tags: list[str] = []
    for line in [*text.splitlines(), ""]:
        parts = line.split()
        if len(parts) < 2 or parts[0] == "-DOCSTART-":
            if words:
                yield words, tags
            words, tags = [], []
            if parts and parts[0] == "-DOCSTART-":
                yield [], []
        else:
            words.append(parts[0])
            tags.append(parts[-1])


def _name_masks(
    tags: list[str], kinds: dict[str, str], outside: int = NORP_OPEN, masked: tuple[str, ...] = ()
) -> list[int]:
    out = []
    previous = "O"
    for tag in tags:
        position, _, kind = tag.partition("-")
        label = kinds.get(kind)
        if label is not None:
            begins = position == "B" or previous.partition("-")[2] != kind
            out.append(1 << NAMES.index(("B-" if begins else "I-") + label))
        else:
            out.append(0 if kind in masked else outside)
        previous = tag
    return out


def worldwide(path: Path) -> list[tuple[str, Paragraph]]:
    """Worldwide Newswire by article; nationality words are annotated, so O is O."""
    out = []
    for name, text in sorted(_members(path, ".tsv")):
        sentences: Paragraph = []
        for words, tags in _blocks(text):
            if words and not words[0].startswith("http"):
                masks = _name_masks(tags, _WORLDWIDE, outside=1)
                sentences += [Labelled(words[a:b], names=masks[a:b]) for a, b in _sentence_ranges(words)]
        if sentences:
            out.append((name, sentences))
    return out


def _sentence_ranges(words: list[str]) -> list[tuple[int, int]]:
    """Sentences of a tokenised paragraph: after a stop and its closing quotes."""
    ranges, start = [], 0
    for i, word in enumerate(words):
        closed = word in (".", "!", "?") or (
            word in ('"', "”", "''", ")") and i > start and words[i - 1] in (".", "!", "?")
        )
        following = words[i + 1] if i + 1 < len(words) else ""
        if closed and (following[:1].isupper() or following in ('"', "“", "``")) and i + 1 - start > 2:
            quotes = sum(w == '"' for w in words[start : i + 1])
            if following == '"' and quotes % 2:
                continue
            ranges.append((start, i + 1))
            start = i + 1
    return [*ranges, (start, len(words))] if start < len(words) else ranges


def column_names(
    texts: Iterable[str], kinds: dict[str, str], masked: tuple[str, ...] = ()
) -> list[Paragraph]:
    """Names in columns, a paragraph for each document where documents are marked."""
    out: list[Paragraph] = []
    for text in texts:
        out.append([])
        for words, tags in _blocks(text):
            if not words:
                out.append([])
            else:
                out[-1].append(Labelled(words, names=_name_masks(tags, kinds, masked=masked)))
    return [p for p in out if p]


def re3d(path: Path) -> list[Paragraph]:
    """re3d marks descriptions and pronouns too: mentions that are not names through and through stay unlabelled."""
    paragraphs = column_names((t for _, t in _members(path, ".conll")), _RE3D)
    for sentence in (s for p in paragraphs for s in p):
        names = sentence.names
        assert names is not None
        start = 0
        while start < len(names):
            end = start + 1
            if names[start] != NORP_OPEN:
                while end < len(names) and names[end] != NORP_OPEN and (names[end].bit_length() - 1) % 2 == 0:
                    end += 1
                if not all(
                    w[:1].isupper() or w in ("of", "and", "for", "-") for w in sentence.words[start:end]
                ):
                    names[start:end] = [0] * (end - start)
            start = end
    return paragraphs


# ---------------------------------------------------------------- attribution

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Sept|Oct|Nov|Dec|Jan|Feb|Aug|St|Jr|Sr|No|Col|Lt|Capt|Sgt|Inc|Corp|Co)\."
    r"|\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\d+(?:[.,:]\d+)*|https?://\S+|[@#]?\w+|\.{2,}|-{2,}|\S"
)
_SENTENCE_END = re.compile(r"[.!?…]+$")


def words_with_offsets(text: str) -> list[tuple[int, int]]:
    """A plain tokenizer in the manner of UD, for corpora that come as text."""
    spans = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.group().lower() in ("cannot",):
            spans += [(start, start + 3), (start + 3, end)]
        else:
            spans.append((start, end))
    return spans


def _split(text: str, words: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Sentences of one paragraph: a stop, closing quotes, a gap, then a capital or a quote."""
    out: list[list[tuple[int, int]]] = [[]]
    for i, (start, end) in enumerate(words):
        out[-1].append((start, end))
        if i + 1 == len(words):
            break
        following = text[words[i + 1][0]]
        tail = "".join(text[a:b] for a, b in out[-1][-2:])
        if end < words[i + 1][0] and (following.isupper() or following in "\"“‘'"):
            closed = tail.rstrip("\"”’'")
            if _SENTENCE_END.search(closed) and not re.fullmatch(r".*\w\.", text[start:end]):
                out.append([])
    return [s for s in out if s]


def polnear(path: Path) -> list[tuple[str, list[Paragraph]]]:
    """PolNeAR by article: paragraphs of sentences with SOURCE, CUE and CONTENT; the first annotator's file is kept."""
    texts: dict[str, str] = {}
    marks: dict[str, str] = {}
    for name, text in _members(path, ""):
        stem = Path(name).name
        if stem.endswith(".txt"):
            texts[stem[:-4]] = text
    for name, text in sorted(_members(path, ".ann")):
        marks.setdefault(Path(name).name.rsplit("_", 1)[0], text)
    return [(name, attributed(text, marks[name])) for name, text in sorted(texts.items()) if name in marks]


def brat_spans(marks: str) -> list[tuple[int, int, str]]:
    """Source, Cue and Content spans of a brat file, one for each contiguous piece."""
    spans = []
    for line in marks.splitlines():
        columns = line.split("\t")
        if len(columns) >= 2 and columns[0].startswith("T"):
            label, _, places = columns[1].partition(" ")
            if label in ("Source", "Cue", "Content"):
                for piece in places.split(";"):
                    start, end = piece.split()
                    spans.append((int(start), int(end), label.upper()))
    return sorted(spans)


def attributed(text: str, marks: str) -> list[Paragraph]:
    """One article's paragraphs with attribution labels."""
    starts = np.zeros(len(text) + 1, np.int8)
    labels = np.zeros(len(text) + 1, np.int8)
    kinds = ("", "SOURCE", "CUE", "CONTENT")
    for start, end, kind in brat_spans(marks):
        labels[start:end] = kinds.index(kind)
        starts[start] = 1
    out: list[Paragraph] = []
    for match in re.finditer(r"[^\n]+", text):
        base = match.start()
        paragraph: Paragraph = []
        previous = 0
        for words in _split(match.group(), words_with_offsets(match.group())):
            tags = []
            for start, end in words:
                kind = int(labels[base + start])
                begins = bool(starts[base + start : base + end].any())
                if kind:
                    begins = begins or previous != kind
                    tags.append(1 << ATTRIBUTION.index(("B-" if begins else "I-") + kinds[kind]))
                else:
                    tags.append(1)
                previous = kind
            paragraph.append(Labelled([match.group()[a:b] for a, b in words], attribution=tags))
        if paragraph:
            out.append(paragraph)
    return out


# ---------------------------------------------------------------- events and times


def meantime_realis(attributes: dict[str, str]) -> int:
    """MEANTIME's attributes as realis: 0 where they are blank."""
    if not attributes.get("certainty") or not attributes.get("time"):
        return 0
    if attributes.get("polarity") == "NEG":
        return _realis("negated")
    if attributes.get("special_cases") == "GEN":
        return _realis("generic")
    if attributes["certainty"] != "CERTAIN" or attributes.get("special_cases", "").startswith("COND"):
        return _realis("possible")
    return _realis("expected") if attributes["time"] == "FUTURE" else _realis("actual")


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


def _time_tags(sentence_words: int, spans: list[tuple[int, int, str | None]]) -> list[int]:
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
                    _realis("negated") if negated else _realis("actual", "expected", "possible", "generic")
                )
            elif tag == "TIMEX3":
                spans.append((first, final + 1, attributes.get("type")))
            elif tag.startswith("TIME_"):
                kinds = {"TIME_DATE": "DATE", "TIME_DURATION": "DURATION", "TIME_OF_THE_DAY": None}
                spans.append((first, final + 1, kinds.get(tag, "SET")))
        sentence.triggers[style] = triggers
        sentence.realis = realis
        sentence.times = _time_tags(len(indices), spans)
        paragraph.append(sentence)
    return paragraph


def meantime(path: Path) -> list[tuple[str, Paragraph]]:
    """MEANTIME by document, only the sentences that were annotated (the headline and those after it)."""
    found = [
        (n, _from_cat(t, 0, None)) for n, t in sorted(_members(path, ".xml")) if "/intra-doc_annotation/" in n
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
    for name, text in sorted(_members(path, ".xml")):
        numbers = checked.get(Path(name).stem)
        if numbers:
            out += [[s] for s in _from_cat(text, 2, numbers)]
    return out


def tdg(path: Path) -> list[Paragraph]:
    """Temporal dependency graphs on Wikinews: events and times without types."""
    out: list[Paragraph] = []
    for document in "\n".join(_lines(path)).split("filename:")[1:]:
        header, _, body = document.partition("SNT_LIST")
        text, _, edges = body.partition("EDGE_LIST")
        sentences = [Labelled(plain_quotes(s.split())) for s in text.strip("\n").split("\n")]
        sentences = [s for s in sentences if s.words]
        spans: dict[int, set[tuple[int, int]]] = {}
        for sentence in sentences:
            sentence.triggers[2] = [0] * len(sentence.words)
        for edge in edges.strip().splitlines():
            node, kind = edge.split("\t")[:2]
            number, start, end = map(int, node.split("_"))
            if 0 <= number < len(sentences) and 0 <= start <= end < len(sentences[number].words):
                if kind == "Timex":
                    spans.setdefault(number, set()).add((start, end + 1))
                elif kind == "Event":
                    sentences[number].triggers[2][start] = 1
        breaks = re.search(r"<paragraph:([\d_]+)>", header)
        opens = {int(n) for n in breaks[1].split("_")} if breaks else set()
        for number, sentence in enumerate(sentences):
            sentence.times = _time_tags(
                len(sentence.words), [(a, b, None) for a, b in sorted(spans.get(number, set()))]
            )
            if number in opens or number == 0:
                out.append([])
            out[-1].append(sentence)
    return out


# ---------------------------------------------------------------- all together

SHARES = {
    "ewt": 0.33, "gum": 0.18, "worldwide": 0.14, "polnear": 0.18, "tdg": 0.02, "uw": 0.06, "meantime": 0.03,
    "ecbplus": 0.01, "wikigold": 0.02, "crossner": 0.01, "re3d": 0.01, "wnut": 0.01,
}  # fmt: skip
"""The share of training windows that each corpus gets."""


def worldwide_held_out(names: list[str]) -> set[str]:
    """Every tenth article by name: never trained on."""
    return set(sorted(names)[::10])


def training_sets(root: Path, open_only: bool) -> dict[str, list[Paragraph]]:
    """Every corpus that may train the model, by name."""
    ewt = trees(root / "ud/ewt.train.conllu.gz")
    add_factuality(ewt, root / "factuality/uds_ih2.train.jsonl.gz")
    events = meantime(root / "events/meantime.dev.tar.gz")
    held = meantime_held_out([n for n, _ in events])
    news = worldwide(root / "ner/worldwide.train.tar.gz")
    kept = worldwide_held_out([n for n, _ in news])
    sets = {
        "ewt": ewt,
        "gum": trees(root / "ud/gum.train.conllu.gz", names_from_entities=True),
        "worldwide": [p for n, p in news if n not in kept],
        "wikigold": column_names(
            ["\n".join(_lines(root / "ner/wikigold.train.conll.gz"))],
            {"PER": "PER", "ORG": "ORG", "LOC": "LOC"},
        ),
        "crossner": column_names(
            ["\n".join(_lines(root / "ner/crossner_politics.train.conll.gz"))], _CROSSNER, masked=("misc",)
        ),
        "wnut": column_names(["\n".join(_lines(root / "ner/wnut17.train.conll.gz"))], _WNUT),
        "re3d": re3d(root / "ner/re3d.train.tar.gz"),
        "polnear": [p for _, ps in polnear(root / "quotes/polnear.train.tar.gz") for p in ps],
        "meantime": [p for n, p in events if n not in held],
        "ecbplus": ecbplus(
            root / "events/ecbplus.train.tar.gz", root / "events/ecbplus_coreference_sentences.csv"
        ),
        "tdg": tdg(root / "timeml/tdg.train.txt.gz"),
        "uw": uw(root / "factuality/uw.train.jsonl.gz"),
    }
    for unrelated in ("crossner", "wnut"):
        sets[unrelated] = [[s] for p in sets[unrelated] for s in p]
    return {n: s for n, s in sets.items() if not open_only or n in OPEN}


def dev_sets(root: Path) -> dict[str, list[Paragraph]]:
    """What the loop measures as it goes; none of it is trained on."""
    ewt = trees(root / "ud/ewt.dev.conllu.gz")
    add_factuality(ewt, root / "factuality/uds_ih2.dev.jsonl.gz")
    by_text = {" ".join(s.words): s for p in ewt for s in p}
    for comments, rows in read_conllu(_lines(root / "ner/uner_ewt.dev.iob2.gz")):
        del comments
        sentence = by_text.get(" ".join(r[1] for r in rows))
        if sentence is not None:
            sentence.names = _name_masks([r[2] for r in rows], {"PER": "PER", "ORG": "ORG", "LOC": "LOC"})
    events = meantime(root / "events/meantime.dev.tar.gz")
    held = meantime_held_out([n for n, _ in events])
    news = worldwide(root / "ner/worldwide.train.tar.gz")
    kept = worldwide_held_out([n for n, _ in news])
    return {
        "ewt": ewt,
        "gum": trees(root / "ud/gum.dev.conllu.gz"),
        "worldwide": [p for n, p in news if n in kept],
        "polnear": [p for _, ps in polnear(root / "quotes/polnear.dev.tar.gz") for p in ps],
        "meantime": [p for n, p in events if n in held],
        "tdg": tdg(root / "timeml/tdg.dev.txt.gz"),
        "uw": uw(root / "factuality/uw.dev.jsonl.gz"),
    }
