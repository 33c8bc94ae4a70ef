"""Pairs that were written, and real ones that are known by their places and a hash."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from training.judged_pairs import (
    ARTICLES,
    FOLDER,
    JudgedClaim,
    bare,
    beginnings,
    digest,
    judged_claims,
    sides,
    told_in_stories,
    topic_pairs,
    written_pairs,
)
from training.pairs import FACTS, TASKS, UNLIKE, VERDICTS, Stated, same_pairs

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
    first = "due in 4 days: The Orrin bridge will * open * on Friday."
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
        "no day: The bridge will * open * soon.",
        "1 days later: It opened.",
    )


def test_a_text_that_was_not_the_judged_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"a": ("2024-03-04", "Ten came."), "b": ("2024-03-04", "Two came.")}
    row = {"a": ["a", 0, 9, 0, 3], "b": ["b", 0, 9, 0, 3], "label": "differs"}
    monkeypatch.setattr(judged_pairs, "_texts", lambda root: texts)
    path = tmp_path / "judged.jsonl"
    path.write_text(
        json.dumps(row | {"sha256": digest(*map(bare, sides(row, texts)))}) + "\n", encoding="utf-8"
    )
    (pair,) = judged_pairs.judged_pairs(tmp_path, validation=False, path=path)
    assert (pair.task, pair.label) == ("fact", FACTS.index("differs"))
    path.write_text(json.dumps(row | {"sha256": "0"}) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not the one that was judged"):
        list(judged_pairs.judged_pairs(tmp_path, validation=False, path=path))


LONG = "The weir is to be mended in May.\n The ferry stays.\n\n\nNobody spoke of the mill."


def cut(folder: Path, *rows: dict[str, Any]) -> dict[str, tuple[str, str]]:
    path = folder / "articles.jsonl"
    known = {"id": "w:9", "published": "2024-03-04", "corpus": "own", "origin": "w"}
    path.write_text("".join(json.dumps(known | row) + "\n" for row in rows), encoding="utf-8")
    return dict(beginnings({"w": ("2024-03-04", LONG)}, path))


def test_of_an_article_that_was_cut_whole_paragraphs_are_read(tmp_path: Path) -> None:
    read = "The weir is to be mended in May.\n\nThe ferry stays."
    assert cut(tmp_path, {"words": 11, "sha256": digest(read)}) == {"w:9": ("2024-03-04", read)}


def test_a_long_first_paragraph_is_cut_at_a_sentence(tmp_path: Path) -> None:
    texts = cut(tmp_path, {"words": 3, "characters": 8, "sha256": digest("The weir")})
    assert texts == {"w:9": ("2024-03-04", "The weir")}


def test_a_beginning_that_was_not_the_judged_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not the one that was judged"):
        cut(tmp_path, {"words": 11, "sha256": digest(LONG)})


def test_an_article_may_be_named_whole_and_by_its_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = "The weir is to be mended in May."
    cut(tmp_path, {"words": 8, "sha256": digest(read)})
    monkeypatch.setattr(judged_pairs, "_whole", lambda root: {"w": ("2024-03-04", LONG)})
    monkeypatch.setattr(judged_pairs, "ARTICLES", tmp_path / "articles.jsonl")
    found = judged_pairs.judged_articles(tmp_path)
    assert {id_: article.text for id_, article in found.items()} == {"w": LONG, "w:9": read}


def test_every_beginning_that_a_topic_names_is_told_how_to_cut() -> None:
    rows = map(json.loads, (FOLDER / "topics.jsonl").read_text(encoding="utf-8").splitlines())
    named = {place[0] for row in rows for place in (row["claim"], *row.get("told", ()))}
    told = [json.loads(line)["id"] for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    assert sorted(id_ for id_ in named if ":" in id_) == sorted(told)


CLAIMED = {
    "a": ("2024-03-04", "The bridge will open soon. The fair may be held."),
    "b": ("2024-03-05", "It is to open on Friday. It opened."),
}
JUDGED = [
    {"topic": "bridge", "claim": ["a", 0, 26, 16, 20], "due": None, "expectation": True, "same": 0, "told": [["b", 25, 35, "happened"]]},
    {"topic": "bridge", "claim": ["b", 0, 24, 9, 13], "due": ["2024-03-08", "2024-03-08"], "expectation": True, "same": 0},
    {"topic": "bridge", "claim": ["a", 27, 48, 16, 20], "due": None, "expectation": False},
]  # fmt: skip


def claims_of(folder: Path, monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, Any]]) -> list[JudgedClaim]:
    monkeypatch.setattr(judged_pairs, "_texts", lambda root: CLAIMED)
    monkeypatch.setattr(judged_pairs, "held_topics", lambda root: judged_pairs.HELD_TOPICS | {"fair"})
    path = folder / "topics.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return judged_claims(folder, validation=False, path=path)


def hashed(row: dict[str, Any]) -> dict[str, Any]:
    told = [sides({**row, "passage": t[:3]}, CLAIMED)[1] for t in row.get("told", ())]
    first = sides({**row, "passage": row["claim"][:3]}, CLAIMED)[0]
    return row | {"sha256": digest(bare(first), *map(bare, told))}


def test_a_judged_claim_teaches_what_was_judged_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = claims_of(tmp_path, monkeypatch, [hashed(row) for row in JUDGED])
    opens = "no day: The bridge will * open * soon."
    assert [(p.task, TASKS[p.task][p.label], p.first, p.second) for p in topic_pairs(found)] == [
        ("verdict", "happened", opens, "1 days later: It opened."),
        ("same", "same", opens, "1 days later, due in 3 days, days in one: It is to * open * on Friday."),
    ]


def test_what_a_sentence_presupposes_has_happened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = JUDGED[0] | {"told": [["b", 25, 35, "presupposed"]]}
    (claim,) = claims_of(tmp_path, monkeypatch, [hashed(row)])
    assert [verdict for _, verdict in claim.told] == ["happened"]


def test_what_was_judged_of_validation_stories_is_not_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert claims_of(tmp_path, monkeypatch, [hashed(JUDGED[0] | {"topic": "fair"})]) == []


def test_sentences_of_stories_are_found_by_their_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims_of(tmp_path, monkeypatch, [hashed(row) for row in (JUDGED[0], JUDGED[2] | {"topic": "fair"})])
    monkeypatch.setattr(judged_pairs, "STORIES", tmp_path / "topics.jsonl")
    assert told_in_stories(tmp_path) == {(("a", 16), ("b", 25)): "happened"}


def test_a_claim_whose_text_has_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="not the one that was judged"):
        claims_of(tmp_path, monkeypatch, [JUDGED[0] | {"sha256": "0"}])


def test_the_likest_claims_that_are_another_are_read_beside_one() -> None:
    sentences = ["The fair will * open * .", "The old bridge will * open * .", *(f"Rain is to * fall * in part {n}." for n in range(9))]  # fmt: skip
    said = date(2024, 3, 4)
    stated = [Stated(text, said, None, (f"r{n}", 0), n) for n, text in enumerate(sentences)]
    last = Stated("The new bridge will * open * .", date(2024, 3, 9), None, ("z", 0), "last")
    beside = [p.first for p in same_pairs([*stated, last], "s") if "new bridge" in p.second]
    assert len(beside) == UNLIKE
    assert "no day: The old bridge will * open * ." in beside
