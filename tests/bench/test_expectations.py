"""The bench of expectations: running text of tokens, what a folder holds, and samples for judging by hand."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from dateline.bench import expectations
from dateline.reader import Reader
from tests.keeper.stories_by_hand import TableJudge

SENTENCES = "\t".join(["label", "published", "due", "holder", "sentence"])


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("`` We wo n't wait , '' the mayor 's aide said .", "“We won't wait,” the mayor's aide said."),
        ("Fares -LRB- $ 4 -RRB- rise by 5 % .", "Fares ($4) rise by 5%."),
    ],
)
def test_tokens_become_running_text(tokens: str, text: str) -> None:
    assert expectations.running_text(tokens) == text


def test_a_folder_without_answers_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no expectations"):
        list(expectations.measure(tmp_path, Reader()))


def test_labelled_sentences_are_measured(tmp_path: Path) -> None:
    rows = [
        SENTENCES,
        "1\t2024-05-06\t2024-05-10/2024-05-10\t-\tThe Orrin footbridge will open on Friday.",
        "0\t2024-05-06\t-\t-\tThe Orrin footbridge opened on Friday.",
    ]
    (tmp_path / "sentences.tsv").write_text("\n".join(rows), encoding="utf-8")
    found = {label: value for label, value, _ in expectations.measure(tmp_path, Reader())}
    assert found["sentences: precision"] == found["sentences: recall"] == 1.0
    assert found["sentences: due right, on those found"] == 1.0


def test_a_sample_holds_what_is_settled_with_the_sentence_that_settles_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = TableJudge({("will * open", "opened on"): ("happened", 0.95)})
    monkeypatch.setattr(expectations, "PairReader", lambda: judge)
    filling = (
        "The council of Orrin met in the old mill and spoke of drains , of dogs and of the price of lamps . "
        * 6
    )
    stories = [
        ("a", "2024-05-06", "The Orrin footbridge will open on Friday , the council said . " + filling),
        ("b", "2024-05-11", "The Orrin footbridge opened on Friday . " + filling),
    ]
    source, out = tmp_path / "stories.jsonl.gz", tmp_path / "sample.tsv"
    with gzip.open(source, "wt", encoding="utf-8") as file:
        for name, day, text in stories:
            file.write(json.dumps({"topic": "bridge", "id": name, "published": day, "text": text}) + "\n")
    expectations.draw(source, out, Reader(), seeds=(1,), wanted=5)
    with out.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    assert [(r["article"], r["status"], r["settled by"]) for r in rows] == [("a", "met", "b")]
    assert rows[0]["evidence"] == "The Orrin footbridge opened on Friday."
