"""How fast dateline is: articles a second beside the bare encoder and beside another version, cost against the length of a text
and against the size of a notebook.

All figures are of processor time on one core; those that are compared come from the same run, in turns.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from dateline.bench.times_speed import ADVERSARIAL
from dateline.errors import SourceError
from dateline.notebook import open_notebook
from dateline.numpy_threads import one_thread
from dateline.reader import Reader, calendar, events, expectations, mentions, segmentation, statements
from dateline.reader.model import load
from dateline.reader.model.network import WEIGHTS
from dateline.reader.model.windows import WINDOW
from dateline.reader.model.wordpiece import WordPiece
from dateline.reader.parsed import Document
from dateline.records import Article
from dateline.sources import make_article

WORDS = 500
"""Words of an article, about."""
TURNS = 3
"""How often each of what is compared is timed; the best counts."""
LENGTHS = (32_000, 128_000, 512_000, 2_000_000)
"""Characters of the texts that are read at length."""
_FOREIGN = """
import json, sys, time
from datetime import date
import dateline
from dateline.reader import Reader
from dateline.reader.model import load
from dateline.records import Article
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
articles = [Article(i, i, date.fromisoformat(day), text) for i, day, text in rows]
reader = Reader(load(threads=1))
reader.read(articles[0])
started = time.process_time()
for article in articles:
    reader.read(article)
print(time.process_time() - started)
"""
"""What another version of dateline is asked, in its own environment."""
Point = tuple[int, float]
"""A size, and the seconds that something takes at it."""


def news(archive: Path, count: int, words: int = WORDS) -> list[Article]:
    """`count` real articles of about `words` words, cut after a paragraph, from all over the archive.

    Raises SourceError where the archive holds too few.
    """
    found: list[Article] = []
    with gzip.open(archive, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line) if number % 7 == 0 else None
            if row is None or len(row["text"].split()) < words:
                continue
            kept: list[str] = []
            for paragraph in row["text"].split("\n"):
                kept.append(paragraph)
                if sum(len(k.split()) for k in kept) >= words:
                    break
            text, day = "\n".join(kept), date.fromisoformat(row["date"][:10])
            found.append(make_article(row["id"], day, text, title=row["title"]))
            if len(found) == count:
                return found
    raise SourceError(f"{archive}: holds {len(found)} articles of {words} words, {count} are asked for")


@one_thread()
def seconds_of(work: Callable[[], object]) -> float:
    """Seconds of processor time that `work` takes, with NumPy on one core as when an article is read."""
    started = time.process_time()
    work()
    return time.process_time() - started


def bare_encoder(articles: Sequence[Article]) -> Callable[[], object]:
    """The encoder alone, without heads and program, on the articles' words packed into full windows."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(WEIGHTS / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
    only = onnxruntime.RunOptions()
    only.only_execute_path_to_fetches = True
    tokenizer = WordPiece(WEIGHTS / "tokenizer.json")
    words = [[t.text for s in segmentation.split(a.text) for t in s.tokens] for a in articles]
    # words apart, as the reader looks them up, are as many pieces as it computes
    pieces = [i for a in words for word in a for i in tokenizer.encode(word)]
    one = np.zeros((1, 1), np.int64)

    def run() -> None:
        for start in range(0, len(pieces), WINDOW):
            window = np.array([pieces[start : start + WINDOW]], np.int64)
            feeds = {
                "pieces": window,
                "cases": np.ones_like(window),
                "first": one,
                "last": one,
                "word_cases": one,
            }
            feeds["pool"] = np.zeros((1, 1, window.shape[1]), np.float32)
            # the smallest of the heads, on one word
            session.run(["upos"], feeds, only)

    return run


def another_version(python: Path, articles: Sequence[Article]) -> float:
    """Seconds that the dateline of another environment takes to read the articles. Raises SourceError where it cannot."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "articles.jsonl"
        lines = [json.dumps([a.id, a.published.isoformat(), a.text]) for a in articles]
        rows.write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = subprocess.run(
            [str(python), "-I", "-c", _FOREIGN, str(rows)], capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise SourceError(f"{python}: the dateline there could not read ({done.stderr.strip()[-200:]})")
    return float(done.stdout)


def rates(
    reader: Reader, articles: Sequence[Article], other: Path | None = None
) -> Iterator[tuple[str, float]]:
    """Articles and words a second of one core, and the ratios to the bare encoder and to another version, where one is given."""
    bare = bare_encoder(articles)
    taken: dict[str, list[float]] = {"reading": [], "network": [], "bare": [], "other": []}
    cut = [(a.text, segmentation.split(a.text)) for a in articles]
    for _ in range(TURNS):
        taken["reading"].append(seconds_of(lambda: [reader.read(a) for a in articles]))
        taken["network"].append(seconds_of(lambda: [reader.model.analyse(t, s) for t, s in cut]))
        taken["bare"].append(seconds_of(bare))
        if other is not None:
            taken["other"].append(another_version(other, articles))
    best = {name: min(row) for name, row in taken.items() if row}
    words = sum(len(a.text.split()) for a in articles)
    yield "articles a second, one core", len(articles) / best["reading"]
    yield "words a second, one core", words / best["reading"]
    yield "the bare encoder's time, of reading's", best["bare"] / best["reading"]
    yield "the bare encoder's time, of the network's with its decoding", best["bare"] / best["network"]
    if other is not None:
        yield "times the speed of the other version", best["other"] / best["reading"]


@one_thread()
def cost_of_parts(reader: Reader, text: str) -> dict[str, float]:
    """Seconds that each part of the reader takes on a text."""
    article = make_article("text", date(2024, 3, 1), text)
    spent: dict[str, float] = {}
    started = time.process_time()

    def lap(name: str) -> None:
        nonlocal started
        spent[name] = time.process_time() - started
        started = time.process_time()

    sentences = segmentation.split(article.text)
    lap("segmentation")
    analysis = reader.model.analyse(article.text, sentences)
    lap("network")
    document = Document.of(article, sentences, analysis)
    found_times = tuple(calendar.find(article.text, article.published, document=document))
    lap("calendar")
    names = mentions.find(document)
    lap("mentions")
    happened = events.find(document, found_times, names)
    lap("events")
    said = statements.find(document, names)
    lap("statements")
    expectations.find(document, found_times, names, happened, said)
    lap("expectations")
    return spent


def growth(
    reader: Reader, texts: Mapping[str, str], lengths: Sequence[int]
) -> Iterator[tuple[str, str, list[Point]]]:
    """Each text's name with each part's and its seconds at each length; a text that is shorter is repeated."""
    for name, piece in texts.items():
        rows: dict[str, list[Point]] = {}
        for length in lengths:
            text = (piece * (length // len(piece) + 1))[:length]
            for part, seconds in cost_of_parts(reader, text).items():
                rows.setdefault(part, []).append((length, seconds))
        yield from ((name, part, points) for part, points in rows.items())


def cost_of_notebook(
    reader: Reader, articles: Sequence[Article], sizes: Sequence[int]
) -> dict[str, list[Point]]:
    """Seconds to open a notebook of so many articles, to list its stories, and to add one more to it.

    `articles` hold more than the last of `sizes`, and these grow.
    """
    found: dict[str, list[Point]] = {"open": [], "stories": [], "add one": []}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "notebook.db"
        held = 0
        for size in sizes:
            with open_notebook(file, reader=reader) as book:
                book.add_articles(articles[held:size])
            started = time.process_time()
            with open_notebook(file, reader=reader) as book:
                found["open"].append((size, time.process_time() - started))
                found["stories"].append((size, seconds_of(book.stories)))
                one = articles[size : size + 1]
                found["add one"].append((size, seconds_of(lambda o=one, b=book: b.add_articles(o))))  # type: ignore[misc]
            held = size + 1
    return found


def draw(title: str, across: str, lines: Mapping[str, Sequence[Point]], out: Path) -> None:
    """Plot seconds against a size, both by their logarithms, into the PNG `out`. Raises ImportError where matplotlib (the extra
    `bench`) is missing."""
    from matplotlib.figure import Figure  # needed for this picture alone

    figure = Figure(figsize=(7.5, 4.5), layout="constrained")
    axes = figure.add_subplot()
    for name, points in lines.items():
        axes.plot([x for x, _ in points], [max(y, 1e-4) for _, y in points], marker="o", label=name)
    axes.set(xlabel=across, ylabel="seconds", title=title, xscale="log", yscale="log")
    axes.legend(fontsize="x-small")
    figure.savefig(out, dpi=150)


def main(
    data: Path,
    other: Path | None = None,
    plots: Path | None = None,
    sample: int | None = None,
    lengths: Sequence[int] = LENGTHS,
) -> None:
    """Print all figures, of `sample` articles (100 without it) from the news in `data`; draw them into the folder `plots`.

    `other` is the Python of an environment with another version of dateline. Raises SourceError where the news is missing.
    """
    count = sample or 100
    archive = data / "news/allsides_2012_2016.jsonl.gz"
    articles = news(archive, count)
    reader = Reader(load(threads=1))
    for name, value in rates(reader, articles[:100], other):
        print(f"{name:<64}{value:>10.3f}", flush=True)
    print(f"\n{'seconds, by characters of a text':<44}" + "".join(f"{n:>11,}" for n in lengths))
    texts = {"news": "\n\n".join(a.text for a in articles), **ADVERSARIAL}
    by_text: dict[str, list[Point]] = {}
    by_part: dict[str, list[Point]] = {}
    for text, part, points in growth(reader, texts, lengths):
        print(f"{text + ': ' + part:<44}" + "".join(f"{y:>11.2f}" for _, y in points), flush=True)
        if text == "news":
            by_part[part] = points
        whole = by_text.setdefault(text, [(n, 0.0) for n in lengths])
        by_text[text] = [(n, had + more) for (n, had), (_, more) in zip(whole, points, strict=True)]
    sizes = [count // 8, count // 4, count // 2, count - 1]
    print(f"\n{'seconds, by articles of a notebook':<44}" + "".join(f"{n:>11,}" for n in sizes))
    by_size = cost_of_notebook(reader, articles, sizes)
    for name, points in by_size.items():
        print(f"{name:<44}" + "".join(f"{y:>11.3f}" for _, y in points), flush=True)
    if plots is not None:
        plots.mkdir(parents=True, exist_ok=True)
        draw("Each part of the reader on real news", "characters", by_part, plots / "speed-parts.png")
        draw("Reading, by what is read or repeated", "characters", by_text, plots / "speed-texts.png")
        draw("A notebook as it grows", "articles", by_size, plots / "speed-notebook.png")
