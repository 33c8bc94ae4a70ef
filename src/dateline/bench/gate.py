"""The gate: the published figures that a change may not lower, and whether they still hold.

`floors.json` holds for each figure the least that is taken. The whole-product figures are those of the desk scorer that lies
beside the corpora (`score/desk.py`); the others come from the benchmarks here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from dateline.bench import labels, statements, times
from dateline.errors import SourceError
from dateline.reader import Reader

_DESK = {
    "expectations found F1": ("expectations", "found", "f1"),
    "expectations shown that are true": ("expectations", "shown rows that are true", "acc"),
    "due days exact": ("expectations", "due exact", "acc"),
    "holder": ("expectations", "holder", "acc"),
    "status": ("expectations", "status", "acc"),
    "evidence in the right report": ("expectations", "evidence in the right report", "acc"),
    "same expectation merged F1": ("expectations", "same expectation merged", "f1"),
    "disagreements F1": ("disagreements", "all", "f1"),
    "direct quotations F1": ("statements", "direct", "f1"),
    "indirect recall": ("statements", "indirect and mixed recall", "acc"),
    "speaker": ("statements", "speaker", "acc"),
    "events dated": ("events", "date", "acc"),
    "realis": ("events", "realis", "acc"),
    "stories B-cubed": ("stories", "b-cubed", "f1"),
}
"""Figures of the desk scorer by where they stand in its report."""
_SAMPLE = 30
"""Articles of PolNeAR that the gate reads."""


@dataclass(frozen=True, slots=True)
class Held:
    """A figure, the floor that is kept for it, and whether it holds."""

    name: str
    value: float
    floor: float

    @property
    def holds(self) -> bool:
        """True where the figure has not fallen below its floor."""
        return self.value >= self.floor - 1e-9


def floors() -> dict[str, float]:
    """The kept floors by figure."""
    table = json.loads(resources.files("dateline.bench").joinpath("floors.json").read_text("utf-8"))
    return {str(name): float(value) for name, value in table.items()}


def check(data: Path, kept: Mapping[str, float] | None = None) -> Iterator[Held]:
    """Each kept figure as it is measured now, from the corpora in `data`.

    Raises SourceError where a corpus or the scorer is missing.
    """
    kept = floors() if kept is None else kept
    reader = Reader()
    for prefix, figures in _parts(data, reader).items():
        wanted = [name for name in kept if name.startswith(prefix)]
        if wanted:
            found = figures()
            for name in wanted:
                if name not in found:
                    raise SourceError(f"{name}: no benchmark gives this figure; mend bench/floors.json")
                yield Held(name, found[name], kept[name])


def _parts(data: Path, reader: Reader) -> dict[str, Callable[[], dict[str, float]]]:
    return {
        "validation": lambda: labels.measure(data / "labels", reader),
        "PolNeAR": lambda: _attribution(data / "quotes/polnear.dev.tar.gz", reader),
        "times": lambda: _times(data),
        "newsroom": lambda: _desk(data, "newsroom"),
        "desk": lambda: _desk(data, "desk"),
    }


def _attribution(archive: Path, reader: Reader) -> dict[str, float]:
    articles = statements.corpus(archive)[:_SAMPLE]
    figures = statements.attribution(statements.by_records(reader), articles)
    return {f"PolNeAR sample, records: {name}": value for name, value in figures.items()}


def _times(data: Path) -> dict[str, float]:
    score = times.score_corpus(times.desk(data / "desk"), times.dateline_rules)
    return {"times: desk value F1": 100 * score.value}


def _desk(data: Path, name: str) -> dict[str, float]:
    """The desk scorer's figures on one of its sets, as fractions."""
    scorer = data.parent / "score/desk.py"
    if not scorer.exists() or not (data / name).is_dir():
        raise SourceError(f"{scorer if not scorer.exists() else data / name}: missing; the gate needs it")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        program = f"{sys.executable} -m dateline"
        done = subprocess.run(
            [sys.executable, str(scorer), str(data / name), "--dateline", program, "--json", str(out)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or not out.exists():
            raise SourceError(f"{scorer}: the scorer failed ({done.stderr.strip()[-200:]})")
        report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    figures = {f"{name}: {figure}": float(_dig(report["report"], path)) for figure, path in _DESK.items()}
    return figures | {f"{name}: score": float(report["score"])}


def _dig(report: Any, path: tuple[str, ...]) -> float:
    for key in path:
        report = report.get(key, {}) if isinstance(report, dict) else {}
    return report if isinstance(report, int | float) else 0.0
