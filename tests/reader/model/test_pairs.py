"""The bundled reader of pairs, through the interface that the keeper asks by."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
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
from dateline.reader.model import runtime
from dateline.reader.model.network import WEIGHTS
from dateline.reader.model.pairs import FILES, PairReader, Shelf
from dateline.reader.model.segments import SENTENCE, Segment
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
        (reader.contradictions(PAIRS), LIKENESSES),
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
    whole = reader.contradictions(PAIRS)
    assert [alone.contradictions([pair])[0] for pair in PAIRS] == whole
    assert reader.contradictions(PAIRS[::-1]) == whole[::-1]


def crossed() -> list[tuple[str, str]]:
    """Pairs that have parts in common, each first text with each second one."""
    claims = ("The council will * open * the footbridge.", "A fair is to be * held * at Skelby.", "Rain")
    reports = ("The footbridge was opened.", "No fair: it rained.", "", "Skelby's fair " * 80)
    days = (MONDAY, FRIDAY)
    return [
        (expectation_text(claim, MONDAY, DUE), telling_text(report, day, MONDAY, DUE))
        for claim in claims
        for report in reports
        for day in days
    ]


@pytest.mark.parametrize("kept", [0, 30, 100_000])
def test_an_answer_does_not_hang_on_what_was_asked_before_or_on_what_is_kept(
    kept: int, reader: PairReader
) -> None:
    pairs = crossed()
    alone = {pair: PairReader(threads=1, kept=0).verdicts([pair])[0] for pair in pairs[::5]}
    chance = random.Random(kept)
    asked = PairReader(threads=2, kept=kept)
    for _ in range(3):
        some = chance.choices(pairs, k=20)
        assert asked.verdicts(some) == reader.verdicts(some)
    for pair, answer in alone.items():
        assert asked.verdicts([pair]) == [answer]


def test_a_part_is_read_once_while_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    class Counting(runtime.Session):
        def run_each(self, inputs: Iterable[Any]) -> Iterator[list[Any]]:
            for feeds in inputs:
                read.append("place" in feeds)
                yield self.run(feeds)

    monkeypatch.setattr(runtime, "Session", Counting)
    asked, pairs = PairReader(threads=1), crossed()
    parts = 3 + 2 + 4  # claims, days, reports
    for _ in range(2):
        asked.verdicts(pairs)
        asked.sameness(pairs)
        assert sum(read) == parts
    assert len(read) - parts == 4 * len(pairs)


def test_what_nobody_asked_for_the_longest_makes_room() -> None:
    shelf = Shelf(most=10)
    parts = [Segment(SENTENCE, str(n)) for n in range(4)]
    states = {part: np.full((1, 4, 2), n, np.float32) for n, part in enumerate(parts)}
    shelf.keep({part: states[part] for part in parts[:2]})
    assert list(shelf.of([parts[0], parts[3]])) == [parts[0]]
    shelf.keep({parts[2]: states[parts[2]]})  # twelve pieces: the second goes
    assert set(shelf.of(parts)) == {parts[0], parts[2]}
    shelf.keep({parts[2]: states[parts[2]]})  # once more, nothing changes
    assert set(shelf.of(parts)) == {parts[0], parts[2]}
    shelf.keep({parts[3]: np.zeros((1, 11, 2), np.float32)})
    assert shelf.of(parts) == {}


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
    for name in FILES:
        shutil.copy(WEIGHTS / name, tmp_path / name)
    copy = PairReader(tmp_path)
    assert copy.version() == PairReader().version()
    (tmp_path / "pairs.json").write_bytes((tmp_path / "pairs.json").read_bytes() + b"\n")
    assert copy.version() != PairReader().version()


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_told(name: str, tmp_path: Path) -> None:
    for other in {*FILES, "words.bin"} - {name}:
        (tmp_path / other).symlink_to(WEIGHTS / other)
    broken = PairReader(tmp_path)
    with pytest.raises(ModelError, match="cannot be loaded"):
        broken.verdicts(PAIRS) + broken.contradictions(PAIRS)
    with pytest.raises(ModelError, match="reinstall"):
        broken.version()
