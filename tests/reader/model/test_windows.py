"""Windows hold sentences of one document, whole where they fit, and passes hold windows of like length."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.reader.model.network import WEIGHTS
from dateline.reader.model.windows import BUDGET, LONGEST, WINDOW, Packer, Part, batches


@pytest.fixture(scope="module")
def packer() -> Packer:
    return Packer(WEIGHTS / "tokenizer.json")


def length(window: list[Part]) -> int:
    return 1 + sum(part.size + 1 for part in window)


def words(sentence: str, times: int = 1) -> list[str]:
    return sentence.split() * times


def test_sentences_are_packed_in_order_and_none_is_left_out(packer: Packer) -> None:
    given = [words("The gates of the lock were shut on Tuesday .", 1 + n % 4) for n in range(40)]
    windows = list(packer.pack(given, [0] * len(given)))
    assert [p.sentence for w in windows for p in w] == list(range(40))
    assert all(length(w) <= WINDOW for w in windows)
    assert len(windows) < 40


def test_documents_share_no_window(packer: Packer) -> None:
    windows = list(packer.pack([words("It rained .")] * 6, [1, 1, 2, 2, 2, 3]))
    assert [[p.sentence for p in w] for w in windows] == [[0, 1], [2, 3, 4], [5]]


def test_a_sentence_that_fits_no_window_is_cut(packer: Packer) -> None:
    given = [words("and so on", 300)]
    parts = [p for w in packer.pack(given, [0]) for p in w]
    assert len(parts) > 1
    assert [p.first for p in parts[1:]] == [p.last for p in parts[:-1]]
    assert (parts[0].first, parts[-1].last) == (0, 900)
    assert all(p.size <= LONGEST - 2 for p in parts)


def test_a_pass_holds_windows_of_like_length_within_the_budget(packer: Packer) -> None:
    given = [words("The gates of the lock were shut .", 1 + n % 17) for n in range(120)]
    windows = list(packer.pack(given, [n // 2 for n in range(120)]))
    passes = list(batches(windows))
    assert sorted(n for numbers in passes for n in numbers) == list(range(len(windows)))
    assert len(passes) > 1
    for numbers in passes:
        longest = max(length(windows[n]) for n in numbers)
        assert len(numbers) == 1 or longest * len(numbers) <= BUDGET
    # shorter windows come in earlier passes
    ordered = [length(windows[n]) for numbers in passes for n in numbers]
    assert ordered == sorted(ordered)


def test_what_fills_a_row_up_is_zero(packer: Packer) -> None:
    given = [words("It rained ."), words("The gates of the lock were shut on Tuesday .")]
    windows = list(packer.pack(given, [0, 1]))
    feeds = packer.feeds(windows, given)
    short = length(windows[0])
    assert feeds["pieces"].shape == (2, length(windows[1]))
    assert feeds["pieces"][0, :short].all()
    assert not feeds["pieces"][0, short:].any()
    assert not feeds["first"][0, 3:].any()
    assert np.allclose(feeds["pool"].sum(-1), 1)
