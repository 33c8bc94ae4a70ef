"""Pairs that were written, and real ones that are known by their places and a hash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from training.judged_pairs import digest, sides, written_pairs
from training.pairs import FACTS, VERDICTS

from training import judged_pairs

TELLING = {
    "kind": "local",
    "said": "2024-03-04",
    "due": ["2024-03-08", "2024-03-08"],
    "sentence": "The Orrin bridge will open on Friday.",
    "trigger": "open",
    "tellings": [
        {"day": "2024-03-09", "text": "Cars crossed the new bridge at Orrin.", "verdict": "happened"},
        {"day": "2024-03-04", "text": "The council spoke of drains.", "verdict": "unrelated"},
    ],
}
VALUES = {
    "kind": "local",
    "about": "how many marched",
    "a": {"day": "2024-03-05", "text": "About 900 marched.", "value": "About 900"},
    "others": [{"day": "2024-03-04", "text": "Police counted 400.", "value": "400", "relation": "differs"}],
}


def written(folder: Path, *rows: object) -> list[tuple[str, str, str, int]]:
    (folder / "written-a.jsonl").write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    return [(p.first, p.second, p.task, p.label) for p in written_pairs(folder)]


def test_each_telling_is_a_pair_with_its_days(tmp_path: Path) -> None:
    first = "due 2024-03-08 to 2024-03-08, said 2024-03-04: The Orrin bridge will * open * on Friday."
    assert written(tmp_path, TELLING) == [
        (
            first,
            "5 days later after it was due: Cars crossed the new bridge at Orrin.",
            "verdict",
            VERDICTS.index("happened"),
        ),
        (
            first,
            "the same day before it is due: The council spoke of drains.",
            "verdict",
            VERDICTS.index("unrelated"),
        ),
    ]


def test_of_two_passages_the_earlier_comes_first(tmp_path: Path) -> None:
    assert written(tmp_path, VALUES) == [
        (
            "2024-03-04: Police counted * 400 * .",
            "2024-03-05: * About 900 * marched.",
            "fact",
            FACTS.index("differs"),
        ),
    ]


def test_a_judged_pair_is_put_together_from_its_places() -> None:
    texts = {"a": ("2024-03-04", "News. The bridge will open soon."), "b": ("2024-03-05", "It opened.")}
    row = {"claim": ["a", 6, 32, 16, 20], "due": None, "passage": ["b", 0, 10]}
    assert sides(row, texts) == (
        "no day, said 2024-03-04: The bridge will * open * soon.",
        "1 days later : It opened.",
    )


def test_a_text_that_was_not_the_judged_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"a": ("2024-03-04", "Ten came."), "b": ("2024-03-04", "Two came.")}
    row = {"a": ["a", 0, 9, 0, 3], "b": ["b", 0, 9, 0, 3], "label": "differs"}
    monkeypatch.setattr(judged_pairs, "_texts", lambda root: texts)
    path = tmp_path / "judged.jsonl"
    path.write_text(json.dumps(row | {"sha256": digest(*sides(row, texts))}) + "\n", encoding="utf-8")
    (pair,) = judged_pairs.judged_pairs(tmp_path, validation=False, path=path)
    assert (pair.task, pair.label) == ("fact", FACTS.index("differs"))
    path.write_text(json.dumps(row | {"sha256": "0"}) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not the one that was judged"):
        list(judged_pairs.judged_pairs(tmp_path, validation=False, path=path))
