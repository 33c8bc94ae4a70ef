"""The bundled model: every figure of its heads, int8 beside float, its speed, and predictions on given tokens.

Every function takes plain arguments and returns plain values; a figure is named as docs/benchmarks.md names it.
Figures are in percent, but for factuality's mean absolute error and the correlations.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from dateline.bench import model_data as corpora
from dateline.bench.statements import PARTS
from dateline.reader import segmentation
from dateline.reader.model.network import TRIGGER_FROM, WEIGHTS, Network, load
from dateline.reader.model.wordpiece import CLS, SEP, WordPiece

Figures = dict[str, float]
Teacher = Callable[[Sequence[str]], npt.NDArray[np.float32]]
TARGETS: dict[str, float] = {
    "EWT dev UPOS": 97.0, "EWT dev UAS": 92.5, "EWT dev LAS": 90.5,
    "GUM dev UPOS": 97.0, "GUM dev UAS": 92.5, "GUM dev LAS": 90.5,
    "UNER EWT dev names F1": 80, "Worldwide held back names F1": 85,
    "PolNeAR dev source token F1": 88, "PolNeAR dev cue token F1": 76, "PolNeAR dev content token F1": 92,
    "PolNeAR dev source span F1": 79, "PolNeAR dev cue span F1": 73, "PolNeAR dev content span F1": 65,
    "MEANTIME held-out trigger F1": 78, "MEANTIME held-out realis macro-F1": 75,
    "UW dev r": 0.80, "UDS-IH2 dev r": 0.85,
    "EWT dev sentence F1": 90, "GUM news sentence F1": 98,
    "sentence vectors rank correlation": 0.95, "articles a second, one core": 14,
}  # fmt: skip
"""What each figure is to reach at least."""
CEILINGS = {"UW dev MAE": 0.45, "UDS-IH2 dev MAE": 0.85}
"""What each figure may be at most."""


# ---------------------------------------------------------------- counting


@dataclass
class Count:
    """Right, found and gold items."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, gold: set[tuple[object, ...]], found: set[tuple[object, ...]]) -> None:
        """Count two sets of items."""
        self.right += len(gold & found)
        self.found += len(found)
        self.gold += len(gold)

    @property
    def f1(self) -> float:
        """F1 in percent."""
        return 200 * self.right / max(1, self.found + self.gold)


def universal(relation: str) -> str:
    """A UD relation without its subtype."""
    return relation.split(":")[0]


def rank_correlation(first: npt.NDArray[np.float32], second: npt.NDArray[np.float32]) -> float:
    """Spearman's rank correlation (no correction for ties)."""
    ranks = [np.argsort(np.argsort(values)).astype(np.float64) for values in (first, second)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


# ---------------------------------------------------------------- tasks


@dataclass
class Answer:
    """The model's word-level answer for one sentence of given words."""

    upos: list[str]
    heads: list[int]
    deprels: list[str]
    names: list[tuple[int, int, str]]
    triggers: npt.NDArray[np.float32]
    realis: npt.NDArray[np.float32]
    factuality: npt.NDArray[np.float32]
    vector: npt.NDArray[np.float32]


def answers(model: Network, sentences: Sequence[Sequence[str]], paragraphs: Sequence[int]) -> list[Answer]:
    """What the model says of given words; sentences of one paragraph are read together."""
    prepared = []
    for words, paragraph in zip(sentences, paragraphs, strict=True):
        tokens, place = [], 0
        for word in words:
            tokens.append(segmentation.Token(place, place + len(word), word))
            place += len(word) + 1
        prepared.append(segmentation.Sentence(0, max(place - 1, 0), tuple(tokens), paragraph))
    scores = model.score(sentences, paragraphs)
    found = model.decode(prepared, scores).sentences
    out = []
    for sentence, analysis, parts in zip(prepared, found, scores, strict=True):
        starts = {t.start: i for i, t in enumerate(sentence.tokens)}
        ends = {t.end: i + 1 for i, t in enumerate(sentence.tokens)}
        out.append(
            Answer(
                list(analysis.upos),
                list(analysis.heads),
                list(analysis.deprels),
                [(starts[n.start], ends[n.end], n.label) for n in analysis.names],
                np.concatenate([p.triggers for p in parts]),
                np.concatenate([p.realis for p in parts]),
                np.concatenate([p.factuality for p in parts]),
                analysis.vector,
            )
        )
    return out


def score_trees(model: Network, path: Path, name: str) -> Figures:
    """UPOS, UAS and LAS on gold tokens, universal relations without subtypes, punctuation counted."""
    gold = corpora.trees(path)
    found = answers(model, [t.words for t in gold], [t.paragraph for t in gold])
    words = upos = unlabelled = labelled = 0
    for tree, answer in zip(gold, found, strict=True):
        for i, row in enumerate(tree.rows):
            words += 1
            upos += answer.upos[i] == row[3]
            attached = answer.heads[i] == int(row[6]) - 1
            unlabelled += attached
            labelled += attached and universal(answer.deprels[i]) == universal(row[7])
    return {
        f"{name} UPOS": 100 * upos / words,
        f"{name} UAS": 100 * unlabelled / words,
        f"{name} LAS": 100 * labelled / words,
    }


def raw_text(trees: Sequence[corpora.Tree]) -> tuple[str, list[tuple[int, int]], list[list[tuple[int, int]]]]:
    """The trees' text as one string, the sentences' places in it and the words' (found one after the other)."""
    text_, places, words = "", [], []
    paragraph = trees[0].paragraph if trees else 0
    for tree in trees:
        if text_:
            text_ += "\n\n" if tree.paragraph != paragraph else " "
        paragraph = tree.paragraph
        start = len(text_)
        text_ += tree.text
        places.append((start, len(text_)))
        here, at = [], start
        for word in tree.words:
            found = text_.find(word, at)
            if found < 0:
                here.append((-1, -1))
                continue
            at = found + len(word)
            here.append((found, at))
        words.append(here)
    return text_, places, words


def documents(path: Path) -> list[list[corpora.Tree]]:
    """The sentences of a UD file by document."""
    found: dict[int, list[corpora.Tree]] = {}
    for tree in corpora.trees(path):
        found.setdefault(tree.paragraph, []).append(tree)
    return list(found.values())


def score_boundaries(path: Path, name: str, genre: str | None = None) -> Figures:
    """F1 over whole sentences of raw documents, their paragraphs not marked; of those of `genre` too."""
    every, chosen = Count(), Count()
    for document in documents(path):
        whole, places, _ = raw_text(document)
        gold: set[tuple[object, ...]] = set(places)
        told: set[tuple[object, ...]] = {(s.start, s.end) for s in segmentation.split(whole)}
        every.add(gold, told)
        if genre and any(genre in line for line in document[0].lines):
            chosen.add(gold, told)
    out = {f"{name} sentence F1": every.f1}
    return out | ({f"{name.split()[0]} {genre.strip('_')} sentence F1": chosen.f1} if genre else {})


def score_raw(model: Network, path: Path, name: str) -> Figures:
    """UPOS, UAS and LAS of raw documents, as F1 over words aligned by their characters (as CoNLL 2018 does)."""
    tokens = Count()
    counts = {"UPOS": Count(), "UAS": Count(), "LAS": Count()}
    for document in documents(path):
        whole, _, words = raw_text(document)
        sentences = segmentation.split(whole)
        analysis = model.analyse(whole, sentences)
        gold: dict[str, set[tuple[object, ...]]] = defaultdict(set)
        found: dict[str, set[tuple[object, ...]]] = defaultdict(set)
        for tree, here in zip(document, words, strict=True):
            for i, row in enumerate(tree.rows):
                head = int(row[6]) - 1
                above = here[head] if head >= 0 else None
                gold["token"].add(here[i])
                gold["UPOS"].add((here[i], row[3]))
                gold["UAS"].add((here[i], above))
                gold["LAS"].add((here[i], above, universal(row[7])))
        for sentence, said in zip(sentences, analysis.sentences, strict=True):
            spans = [(t.start, t.end) for t in sentence.tokens]
            for i, span in enumerate(spans):
                above = spans[said.heads[i]] if said.heads[i] >= 0 else None
                found["token"].add(span)
                found["UPOS"].add((span, said.upos[i]))
                found["UAS"].add((span, above))
                found["LAS"].add((span, above, universal(said.deprels[i])))
        tokens.add(gold["token"], found["token"])
        for key, count in counts.items():
            count.add(gold[key], found[key])
    out = {f"{name} token F1": tokens.f1}
    return out | {f"{name} {key} F1 from raw text": count.f1 for key, count in counts.items()}


def score_names(model: Network, ner: Path) -> Figures:
    """Exact span F1 of names on UNER EWT dev (PER, ORG, LOC) and the held-back tenth of Worldwide (and NORP)."""
    gold = corpora.trees(ner / "uner_ewt.dev.iob2.gz")
    found = answers(model, [t.words for t in gold], [t.paragraph for t in gold])
    count = Count()
    by_kind = {k: Count() for k in ("PER", "ORG", "LOC")}
    for tree, answer in zip(gold, found, strict=True):
        right = set(corpora.bio_spans([row[2] for row in tree.rows]))
        told = {n for n in answer.names if n[2] != "NORP"}
        count.add(set(right), set(told))
        for kind, counter in by_kind.items():
            counter.add({n for n in right if n[2] == kind}, {n for n in told if n[2] == kind})
    out = {"UNER EWT dev names F1": count.f1} | {f"UNER EWT dev {k} F1": c.f1 for k, c in by_kind.items()}
    held = corpora.worldwide_held_out(ner / "worldwide.train.tar.gz")
    names, nationalities = Count(), Count()
    for (_, tags, _), answer in zip(
        held, answers(model, [h[0] for h in held], [h[2] for h in held]), strict=True
    ):
        spans = corpora.bio_spans(tags)
        names.add({n for n in spans if n[2] != "NORP"}, {n for n in answer.names if n[2] != "NORP"})
        nationalities.add({n for n in spans if n[2] == "NORP"}, {n for n in answer.names if n[2] == "NORP"})
    return out | {"Worldwide held back names F1": names.f1, "Worldwide held back NORP F1": nationalities.f1}


def score_attribution(model: Network, path: Path) -> Figures:
    """Source, cue and content on PolNeAR from raw text: F1 over tokens, and over exact spans in tokens."""
    tokens, spans = ({part: Count() for part in PARTS} for _ in range(2))
    for article, marks in corpora.quotations(path):
        sentences = segmentation.split(article)
        words = [t for s in sentences for t in s.tokens]
        analysis = model.analyse(article, sentences)
        told = {
            (n.start, n.end, n.label)
            for a in analysis.attributions
            for n in (*a.sources, *((a.cue,) if a.cue else ()), *a.contents)
        }
        for kind in tokens:
            sides: list[tuple[set[tuple[object, ...]], set[tuple[object, ...]]]] = []
            for side in (marks, told):
                inside: set[tuple[object, ...]] = set()
                whole: set[tuple[object, ...]] = set()
                for start, end, label in side:
                    if label.lower() != kind:
                        continue
                    covered = [i for i, t in enumerate(words) if t.start < end and start < t.end]
                    inside.update((i,) for i in covered)
                    # a gold span without a single token of ours still counts as missed
                    whole.add((covered[0], covered[-1]) if covered else (start, "missed"))
                sides.append((inside, whole))
            (gold_inside, gold_whole), (told_inside, told_whole) = sides
            tokens[kind].add(gold_inside, told_inside)
            spans[kind].add(gold_whole, told_whole)
    out = {f"PolNeAR dev {k} token F1": c.f1 for k, c in tokens.items()}
    return out | {f"PolNeAR dev {k} span F1": c.f1 for k, c in spans.items()}


def score_events(model: Network, path: Path) -> Figures:
    """Triggers (first word) and, on those found, realis as macro-F1 over the five classes; held-out documents."""
    gold = corpora.meantime_held_out(path)
    found = answers(model, [e.words for e in gold], [e.document for e in gold])
    triggers = Count()
    pairs: list[tuple[str, str]] = []
    labels = ("actual", "expected", "possible", "negated", "generic")
    for events, answer in zip(gold, found, strict=True):
        told = {i for i, score in enumerate(answer.triggers[:, 0]) if score >= TRIGGER_FROM}
        triggers.add({(i,) for i in events.triggers}, {(i,) for i in told})
        for i, realis in events.triggers.items():
            if i in told and realis is not None:
                pairs.append((realis, labels[int(answer.realis[i].argmax())]))
    scores = {}
    for label in labels:
        if any(g == label for g, _ in pairs):
            count = Count(
                sum(g == a == label for g, a in pairs),
                sum(a == label for _, a in pairs),
                sum(g == label for g, _ in pairs),
            )
            scores[label] = count.f1
    out = {"MEANTIME held-out trigger F1": triggers.f1}
    out["MEANTIME held-out realis macro-F1"] = float(np.mean(list(scores.values()))) if scores else 0.0
    out["MEANTIME held-out realis accuracy"] = 100 * sum(g == a for g, a in pairs) / max(1, len(pairs))
    return out | {f"MEANTIME held-out {k} F1": v for k, v in scores.items()}


def score_factuality(model: Network, path: Path, train: Path, name: str, column: int) -> Figures:
    """Mean absolute error and Pearson's r over given events; beside it the error of always saying the training mean."""
    gold = corpora.factuality(path)
    found = answers(model, [words for words, _ in gold], list(range(len(gold))))
    pairs = np.array(
        [
            (v, float(np.clip(a.factuality[i, column], -3, 3)))
            for (_, t), a in zip(gold, found, strict=True)
            for i, v in t
        ]
    )
    mean = float(np.mean([v for _, targets in corpora.factuality(train) for _, v in targets]))
    return {
        f"{name} MAE": float(np.abs(pairs[:, 0] - pairs[:, 1]).mean()),
        f"{name} r": float(np.corrcoef(pairs.T)[0, 1]),
        f"{name} MAE of the mean": float(np.abs(pairs[:, 0] - mean).mean()),
    }


def onnx_teacher(folder: Path) -> Teacher:
    """The original sentence encoder, exported by `python -m training.export --original FOLDER`."""
    session = onnxruntime.InferenceSession(str(folder / "original.onnx"), providers=["CPUExecutionProvider"])
    tokenizer = WordPiece(folder / "tokenizer.json")

    def encode(sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        rows = [np.array([[CLS, *tokenizer.encode(s)[:254], SEP]], np.int64) for s in sentences]
        return np.concatenate([session.run(None, {"pieces": row})[0] for row in rows])

    return encode


def score_vectors(model: Network, news: Path, teacher: Teacher, pairs: int = 5000, seed: int = 13) -> Figures:
    """Rank correlation of cosines with the original encoder's, over pairs of news sentences: half of one article,
    half of any two. Ours are read in their articles, the original's one by one."""
    chance = random.Random(seed)
    ours: list[npt.NDArray[np.float32]] = []
    texts: list[str] = []
    owner: list[int] = []
    for number, article in enumerate(corpora.articles(news, 60)):
        sentences = segmentation.split(article[:3000])
        found = model.analyse(article, sentences).sentences
        usable = [i for i, s in enumerate(sentences) if 5 <= len(s.tokens) <= 60]
        for i in chance.sample(usable, min(20, len(usable))):
            ours.append(found[i].vector)
            texts.append(article[sentences[i].start : sentences[i].end])
            owner.append(number)
    theirs = teacher(texts)
    mine = np.stack(ours)
    groups: dict[int, list[int]] = {}
    for i, number in enumerate(owner):
        groups.setdefault(number, []).append(i)
    shared = [g for g in groups.values() if len(g) > 1]
    chosen = [chance.sample(chance.choice(shared), 2) for _ in range(pairs // 2)]
    chosen += [chance.sample(range(len(texts)), 2) for _ in range(pairs - len(chosen))]
    left, right = np.array(chosen).T
    half = pairs // 2
    first, second = (mine[left] * mine[right]).sum(1), (theirs[left] * theirs[right]).sum(1)
    return {
        "sentence vectors rank correlation": rank_correlation(first, second),
        "sentence vectors rank correlation, any two": rank_correlation(first[half:], second[half:]),
        "sentence vectors mean cosine to the original": float((mine * theirs).sum(1).mean()),
    }


# ---------------------------------------------------------------- speed


def _cut(article: str, words: int) -> str:
    pieces = article.split(" ")
    return " ".join(pieces[:words])


def timed_articles(news: Path, count: int = 40, words: int = 500) -> list[str]:
    """The first `count` articles of `news` that are long enough, cut to `words` words."""
    cut = (_cut(a, words) for a in corpora.articles(news, count * 2))
    return [t for t in cut if len(t.split()) >= words * 0.9][:count]


def score_speed(folder: Path, news: Path, count: int = 40, words: int = 500) -> Figures:
    """Articles of `words` words a second, from text to spans on one core, and the growth of time with length.

    Seconds are those of the processor, in one thread, so that other work on the machine counts for less.
    """
    model = load(folder, threads=1)
    texts = timed_articles(news, count, words)
    for article in texts[:3]:
        model.analyse(article, segmentation.split(article))
    began = time.process_time()
    tokens = 0
    for article in texts:
        sentences = segmentation.split(article)
        tokens += sum(len(s.tokens) for s in sentences)
        model.analyse(article, sentences)
    seconds = time.process_time() - began
    out = {"articles a second, one core": len(texts) / seconds, "tokens a second, one core": tokens / seconds}
    for size in (25_000, 50_000, 100_000):
        long = ("word and another one " * (size // 21 + 1))[:size]
        began = time.process_time()
        model.analyse(long, segmentation.split(long))
        out[f"seconds for {size // 1000} kB without a full stop"] = time.process_time() - began
    return out


# ---------------------------------------------------------------- predictions for outside tests


def predict(model: Network, source: Path, target: Path) -> None:
    """Fill in what the model says on given tokens: UPOS, HEAD and DEPREL of CoNLL-U, the tags of IOB2 (third column)."""
    trees = corpora.trees(source)
    found = answers(model, [t.words for t in trees], [t.paragraph for t in trees])
    blocks = []
    for tree, answer in zip(trees, found, strict=True):
        lines = list(tree.lines)
        if ".iob" in source.name:
            tags = ["O"] * len(tree.rows)
            for start, end, kind in answer.names:
                if kind != "NORP":
                    tags[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
        for i, (place, row) in enumerate(zip(tree.places, tree.rows, strict=True)):
            columns = list(row)
            if ".iob" in source.name:
                columns[2] = tags[i]
            else:
                columns[3] = answer.upos[i]
                columns[6] = str(answer.heads[i] + 1)
                columns[7] = answer.deprels[i]
                columns[8] = "_"
            lines[place] = "\t".join(columns)
        blocks.append("\n".join(lines))
    target.write_text("\n\n".join(blocks) + "\n\n", encoding="utf-8")


# ---------------------------------------------------------------- the command


def score(folder: Path, data: Path, teacher: Path | None = None, speed: bool = True) -> Figures:
    """Every figure of the model in `folder`."""
    model = load(folder)
    out: Figures = {}
    for name, file in (("EWT dev", "ewt.dev"), ("GUM dev", "gum.dev")):
        out |= score_trees(model, data / f"ud/{file}.conllu.gz", name)
    out |= score_names(model, data / "ner")
    out |= score_attribution(model, data / "quotes/polnear.dev.tar.gz")
    out |= score_events(model, data / "events/meantime.dev.tar.gz")
    for name, stem, column in (("UW dev", "uw", 0), ("UDS-IH2 dev", "uds_ih2", 1)):
        files = [data / f"factuality/{stem}.{part}.jsonl.gz" for part in ("dev", "train")]
        out |= score_factuality(model, files[0], files[1], name, column)
    for name, file, genre in (("EWT dev", "ewt.dev", None), ("GUM dev", "gum.dev", "_news")):
        out |= score_boundaries(data / f"ud/{file}.conllu.gz", name, genre)
        out |= score_raw(model, data / f"ud/{file}.conllu.gz", name)
    news = data / "news/allsides_2012_2016.jsonl.gz"
    if teacher is not None:
        out |= score_vectors(model, news, onnx_teacher(teacher))
    if speed:
        out |= score_speed(folder, news)
    return out


def reached(name: str, value: float) -> bool | None:
    """Whether a figure reaches what it is to reach; None where nothing was asked."""
    if name in CEILINGS:
        return value <= CEILINGS[name]
    return value >= TARGETS[name] if name in TARGETS else None


def main(
    data: Path,
    *,
    folder: Path = WEIGHTS,
    compared: Path | None = None,
    teacher: Path | None = None,
    speed: bool = True,
) -> list[tuple[str, float, float | None, float | None]]:
    """Rows (figure, value, value of the model in `compared`, what it is to reach).

    `compared` is a folder with the float model; `teacher` one with the original encoder, without which the vectors' row is left out.
    """
    ours = score(folder, data, teacher, speed)
    other = score(compared, data, teacher, speed) if compared is not None else {}
    bounds = TARGETS | CEILINGS
    return [(name, value, other.get(name), bounds.get(name)) for name, value in ours.items()]
