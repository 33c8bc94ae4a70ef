"""Trees and spans from scores."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dateline.reader.model.decoding import Tags, tree

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


def is_tree(heads):
    if sum(h < 0 for h in heads) != 1:
        return False
    for word in range(len(heads)):
        seen = set()
        while word >= 0:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word]
    return True


def total(scores, heads):
    return sum(scores[i, h + 1] for i, h in enumerate(heads))


scores_of_words = st.integers(1, 5).flatmap(
    lambda n: hnp.arrays(np.float32, (n, n + 1), elements=st.floats(-50, 50, width=32))
)


@given(scores_of_words)
@settings(max_examples=60, deadline=None)
def test_tree_is_the_best_of_all_single_root_trees(scores):
    heads = tree(scores).tolist()
    assert is_tree(heads)
    words = len(scores)
    best = max(total(scores, t) for t in product(range(-1, words), repeat=words) if is_tree(t))
    assert total(scores, heads) == pytest.approx(best, abs=1e-2)


def test_tree_of_many_words_that_all_hang_on_each_other():
    scores = np.zeros((200, 201), np.float32)
    scores[np.arange(200), (np.arange(200) ^ 1) + 1] = 5
    assert is_tree(tree(scores).tolist())


def test_tree_of_nothing():
    assert tree(np.zeros((0, 1), np.float32)).tolist() == []


@given(hnp.arrays(np.float32, st.tuples(st.integers(0, 6), st.just(5)), elements=st.floats(-8, 0, width=32)))
@settings(max_examples=60, deadline=None)
def test_path_is_the_best_legal_one(scores):
    tags = Tags(LABELS)

    def legal(path):
        kinds = ["O", *(LABELS[t] for t in path)]
        return all(not b.startswith("I-") or a[2:] == b[2:] for a, b in pairwise(kinds))

    path = tags.path(scores)
    assert legal(path)
    best = max(
        (
            sum(scores[i, t] for i, t in enumerate(p))
            for p in product(range(5), repeat=len(scores))
            if legal(p)
        ),
        default=0,
    )
    assert sum(scores[i, t] for i, t in enumerate(path)) == pytest.approx(best, abs=1e-3)


def test_spans_say_where_what_and_how_sure():
    scores = np.full((5, 5), np.log(0.05), np.float32)
    for word, tag in enumerate((1, 2, 0, 3, 3)):
        scores[word, tag] = np.log(0.8)
    found = Tags(LABELS).spans(scores)
    assert [(a, b, kind) for a, b, kind, _ in found] == [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC")]
    assert [score for *_, score in found] == pytest.approx([0.8] * 3)
