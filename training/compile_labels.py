"""Labels as they are typed, to labels as they are kept: `python -m training.compile_labels TYPED --texts TEXTS`.

TYPED is a folder of JSON Lines a story, whose rows name sentences by number ("a2.5" is the fifth of the second report);
TEXTS has for each story the reports with their text, sentences and origin in the corpora. What is written to
`training/labels` holds offsets and hashes, and no sentence of a report.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from training.news_labels import OWN, PUBLISHED, UNTOLD

Row = dict[str, Any]


class Texts:
    """A story's reports, asked by the names that the typed rows use."""

    def __init__(self, story: Row) -> None:
        self.reports = story["articles"]

    def sentence(self, name: str) -> tuple[int, tuple[int, int]]:
        """(report, offsets) of a sentence such as "a2.5". Raises ValueError where there is none."""
        found = re.fullmatch(r"a(\d+)\.(\d+)", name)
        if not found:
            raise ValueError(f"{name!r} names no sentence")
        report = int(found[1]) - 1
        start, end = self.reports[report]["sentences"][int(found[2]) - 1]
        return report, (start, end)

    def word(self, row: Row) -> tuple[int, int]:
        """The trigger's offsets: its `n`-th occurrence in the sentence."""
        report, (start, end) = self.sentence(row["s"])
        pattern = rf"(?<!\w){re.escape(row['t'])}(?!\w)"
        places = [m.span() for m in re.finditer(pattern, self.reports[report]["text"][start:end])]
        low, high = places[row.get("n", 1) - 1]
        return start + low, start + high

    def nearest(self, name: str, words: str | None) -> list[int] | None:
        """Where `words` stand in the sentence, or else nearest before it in the report."""
        if not words:
            return None
        report, (start, end) = self.sentence(name)
        text = self.reports[report]["text"]
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
        places = [m.span() for m in re.finditer(pattern, text)]
        inside = [p for p in places if start <= p[0] and p[1] <= end]
        if inside or not places:
            return list(inside[0]) if inside else None
        return list(min(places, key=lambda p: start - p[1] if p[1] <= start else 3 * (p[0] - end) + 200))


def compile_story(story: Row, typed: list[Row]) -> Row:
    """The rows of one story with offsets for names."""
    texts = Texts(story)
    kept: Row = {"id": story["id"], "topic": story["topic"], "reports": [], "expectations": [], "neutral": []}
    kept |= {"traps": [], "blocks": [], "facts": [], "events": []}
    for report in story["articles"]:
        kept["reports"].append(
            {
                "id": report["id"],
                "published": report["date"],
                "outlet": report["source"],
                "corpus": report["corpus"],
                "origin": report["origin"],
                "words": report["words"],
                "sha256": hashlib.sha256(report["text"].encode()).hexdigest(),
            }
        )
    for row in typed:
        if row["k"] == "E":
            kept["expectations"].append(_expectation(texts, row))
        elif row["k"] in "NT":
            report, sentence = texts.sentence(row["s"])
            made = {"report": report, "sentence": sentence, "trigger": texts.word(row), "why": row["why"]}
            kept["neutral" if row["k"] == "N" else "traps"].append(made)
        elif row["k"] == "F":
            first, _, last = row["s"].partition("-")
            report, (start, end) = texts.sentence(first)
            if last:
                end = texts.sentence(last)[1][1]
            kept["blocks"].append({"report": report, "span": [start, end], "kind": row["kind"]})
        elif row["k"] == "V":
            report, sentence = texts.sentence(row["s"])
            kept["events"].append(
                {
                    "report": report,
                    "sentence": sentence,
                    "trigger": texts.word(row),
                    "realis": row["realis"],
                    "time": row["time"] if row["time"] in (PUBLISHED, UNTOLD) else "told",
                    "time_span": None
                    if row["time"] in (PUBLISHED, UNTOLD)
                    else texts.nearest(row["s"], row["time"]),
                }
            )
        elif row["k"] == "D":
            sides = {}
            for side in "ab":
                report, sentence = texts.sentence(row[side][0])
                sides[side] = {"report": report, "sentence": sentence, "value": row[side][1]}
            kept["facts"].append({"about": row["about"], **sides, "relation": row["rel"]})
    return kept


def _expectation(texts: Texts, row: Row) -> Row:
    report, sentence = texts.sentence(row["s"])
    told = []
    for item in row["told"]:
        name, _, verdict = item.partition(" ")
        at, stretch = texts.sentence(name)
        told.append({"report": at, "sentence": stretch, "verdict": verdict})
    return {
        "id": row["id"],
        "report": report,
        "sentence": sentence,
        "trigger": texts.word(row),
        "strength": row["st"],
        "negated": bool(row["neg"]),
        "conditional": bool(row["cond"]),
        "holder": row["h"],
        "holder_span": texts.nearest(row["s"], row["hw"]),
        "due": row["due"],
        "due_span": texts.nearest(row["s"], row["dw"]),
        "event": row["ev"],
        "status": row["status"],
        "told_by": told,
        "same_as": row["same"],
        "revises": row["rev"],
    }


def main() -> None:
    """Compile every story of the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("typed", type=Path)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OWN)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(options.typed.glob("*.jsonl")):
        story = json.loads((options.texts / f"{path.stem}.json").read_text(encoding="utf-8"))
        typed = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        kept = compile_story(story, typed)
        rows = ",\n".join(
            f' {json.dumps(k)}: ' + (json.dumps(v, ensure_ascii=False) if not isinstance(v, list) else
            "[\n  " + ",\n  ".join(json.dumps(r, ensure_ascii=False) for r in v) + "\n ]" if v else "[]")
            for k, v in kept.items()
        )  # fmt: skip
        (options.out / path.name).with_suffix(".json").write_text("{\n" + rows + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
