"""The bundled reader of pairs, through the interface that the keeper asks by."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from dateline.errors import ModelError
from dateline.keeper.judge import (
    LIKENESSES,
    SAMENESS,
    VERDICTS,
    again_text,
    expectation_text,
    fact_text,
    telling_text,
)
from dateline.reader.model.network import WEIGHTS
from dateline.reader.model.pairs import PairReader
from dateline.records import Interval

MONDAY, FRIDAY = date(2024, 5, 6), date(2024, 5, 10)
DUE = Interval(FRIDAY, FRIDAY)
PAIRS = [
    (
        expectation_text("The council will * open * the Orrin footbridge on Friday.", MONDAY, DUE),
        telling_text(sentence, FRIDAY, MONDAY, DUE),
    )
    for sentence in (
        "The council opened the Orrin footbridge on Friday.",
        "Bread costs more than a year ago.",
        "Nobody",
    )
]


@pytest.fixture(scope="module")
def reader() -> PairReader:
    return PairReader(threads=2)


def test_each_pair_has_a_probability_for_each_answer(reader: PairReader) -> None:
    for answers, names in (
        (reader.verdicts(PAIRS), VERDICTS),
        (reader.facts(PAIRS), LIKENESSES),
        (reader.sameness(PAIRS), SAMENESS),
    ):
        assert len(answers) == len(PAIRS)
        for answer in answers:
            assert set(answer) == set(names)
            assert sum(answer.values()) == pytest.approx(1, abs=1e-3)
            assert all(0 <= chance <= 1 for chance in answer.values())


def test_an_answer_does_not_hang_on_the_pairs_beside_it_or_on_cores(reader: PairReader) -> None:
    alone = PairReader(threads=1)
    together = reader.verdicts(PAIRS)
    assert [alone.verdicts([pair])[0] for pair in PAIRS] == together
    assert reader.verdicts(PAIRS[::-1]) == together[::-1]
    assert reader.verdicts([]) == []


def test_what_tells_that_it_happened_is_likelier_to_than_what_speaks_of_bread(reader: PairReader) -> None:
    told, bread, _ = reader.verdicts(PAIRS)
    assert told["happened"] > bread["happened"]
    assert bread["unrelated"] > told["unrelated"]


def test_what_expects_the_same_is_likelier_to_than_what_expects_another_thing(reader: PairReader) -> None:
    first = PAIRS[0][0]
    again, fair = (
        again_text(sentence, FRIDAY, DUE, MONDAY, DUE)
        for sentence in ("The Orrin footbridge is to * open * today.", "A fair will be * held * at Skelby.")
    )
    same, other = reader.sameness([(first, again), (first, fair)])
    assert same["same"] > other["same"]


def test_texts_of_any_length_are_read(reader: PairReader) -> None:
    long = fact_text("The ferry sank off Skelby. " * 200, MONDAY)
    (answer,) = reader.facts([(long, "")])
    assert sum(answer.values()) == pytest.approx(1, abs=1e-3)


def test_the_version_is_that_of_the_files(tmp_path: Path) -> None:
    for name in ("pairs.onnx", "pairs.json", "tokenizer.json"):
        shutil.copy(WEIGHTS / name, tmp_path / name)
    copy = PairReader(tmp_path)
    assert copy.version() == PairReader().version()
    (tmp_path / "pairs.json").write_bytes((tmp_path / "pairs.json").read_bytes() + b"\n")
    assert copy.version() != PairReader().version()


@pytest.mark.parametrize("name", ["pairs.onnx", "pairs.json", "tokenizer.json"])
def test_a_missing_file_is_told(name: str, tmp_path: Path) -> None:
    for other in {"pairs.onnx", "pairs.json", "tokenizer.json"} - {name}:
        (tmp_path / other).symlink_to(WEIGHTS / other)
    broken = PairReader(tmp_path)
    with pytest.raises(ModelError, match="cannot be loaded"):
        broken.verdicts(PAIRS)
    with pytest.raises(ModelError, match="reinstall"):
        broken.version()
