"""Labelled sentences as tensors: what a window holds, and which arcs stay inside it."""

from itertools import islice

import pytest
from training.heads.labels import LINKS
from training.sentences import Labelled

from dateline.reader.model.windows import case_of

torch = pytest.importorskip("torch")
batches = pytest.importorskip("training.batches")

CLS, SEP = 101, 102


def sentence(words, **labels):
    return Labelled(words.split(), **labels)


def arcs(batch, link, row=0):
    """(word, column) of every arc of one window."""
    return torch.nonzero(batch.links[LINKS.index(link), row]).tolist()


# ------------------------------------------------------------------------------------------------- windows


def test_sentences_share_a_window_as_far_as_it_reaches(pieces):
    paragraph = [sentence("a b c"), sentence("d"), sentence("harbourmaster e")]
    found = list(batches.windows(paragraph, pieces, 7))
    assert [len(w.sentences) for w in found] == [2, 1]
    assert [w.length for w in found] == [1 + 4 + 2, 1 + 4]
    assert [len(w.sentences) for w in batches.windows(paragraph, pieces, 1)] == [1, 1, 1]


def test_pieces_cases_and_places_of_words(pieces):
    (window,) = batches.windows([sentence("The harbourmaster left"), sentence("He did")], pieces, 160)
    batch = batches.collate([window], pieces)
    assert batch.pieces.tolist() == [[CLS, 7, 8, 9, 7, SEP, 7, 7, SEP]]
    assert batch.first.tolist() == [[1, 2, 4, 6, 7]]
    assert batch.last.tolist() == [[1, 3, 4, 6, 7]]
    assert batch.sentence.tolist() == [[1, 1, 1, 2, 2]]
    forms = [("The", True), ("harbourmaster", False), ("left", False), ("He", True), ("did", False)]
    assert batch.word_cases.tolist() == [[case_of(word, initial) for word, initial in forms]]
    assert batch.pool.sum(-1).tolist() == [[pytest.approx(1)] * 2]
    assert batch.pool[0, 1].nonzero().flatten().tolist() == [6, 7]


# ------------------------------------------------------------------------------------------------- labels


def test_heads_are_columns_of_the_window_and_what_is_not_annotated_is_masked(pieces):
    one = sentence("boats left", heads=[1, -1], deprels=[5, 6], expects=[0, 2], days=[-1, 1], block=4)
    two = sentence("he did", heads=[-1, 0], negated=[-1, 1], realis=[0, 3])
    (window,) = batches.windows([one, two], pieces, 160)
    batch = batches.collate([window], pieces)
    assert batch.heads.tolist() == [[2, 0, 0, 3]]
    assert batch.deprels.tolist() == [[5, 6, -1, -1]]
    assert batch.expects.tolist() == [[0, 2, -1, -1]]
    assert batch.days.tolist() == [[-1, 1, -1, -1]]
    assert batch.negated.tolist() == [[-1, -1, -1, 1]]
    assert batch.realis.tolist() == [[0, 0, 0, 3]]
    assert batch.blocks.tolist() == [[4, 0]]
    assert (batch.triggers == -1).all()
    assert batch.factuality.isnan().all()


# ------------------------------------------------------------------------------------------------- arcs


def test_arcs_run_across_sentences_and_to_the_root(pieces):
    one = sentence("she left Monday", links={"time": {1: [(0, 2)]}, "holder": {1: []}})
    two = sentence("boats sank", links={"time": {1: [(-1, 2)]}, "attribution": {0: [(-1, 0), (0, 1)]}})
    batch = batches.collate(list(batches.windows([one, two], pieces, 160)), pieces)
    assert arcs(batch, "time") == [[1, 3], [4, 3]]
    assert arcs(batch, "holder") == [[1, 0]]
    assert arcs(batch, "attribution") == [[3, 1], [3, 5]]


def test_an_arc_that_leaves_the_window_is_dropped_and_not_taken_for_the_root(pieces):
    one = sentence("she left Monday")
    two = sentence("boats sank", links={"time": {1: [(-1, 2)]}, "holder": {1: [(-1, 0), (0, 0)]}})
    found = list(batches.windows([one, two], pieces, 5))
    assert len(found) == 2
    batch = batches.collate(found, pieces)
    assert arcs(batch, "time", 1) == []
    # of several ends those inside are kept
    assert arcs(batch, "holder", 1) == [[1, 1]]
    ahead = sentence("she left", links={"time": {0: [(1, 1)], 1: [(3, 0)]}})
    (window,) = batches.windows([ahead, sentence("on Monday")], pieces, 160)
    assert arcs(batches.collate([window], pieces), "time") == [[0, 4]]


def test_what_a_window_cuts_short_has_no_labels_and_is_no_end(pieces):
    long = sentence(
        " ".join(["word"] * 600), heads=[-1, *([599] * 599)], links={"time": {0: [(0, 599)], 599: [(0, 0)]}}
    )
    next_one = sentence("it ends", links={"time": {0: [(-1, 599)], 1: [(-1, 0)]}})
    batch = batches.collate([batches.Window([long, next_one], 700)], pieces)
    kept = int((batch.sentence[0] == 1).sum())
    assert kept < 600
    assert batch.pieces.shape[1] <= 512
    assert batch.heads[0, :kept].tolist() == [0, *([-1] * (kept - 1))]
    assert all(column == 1 for _, column in arcs(batch, "time"))


def test_windows_of_one_batch_are_padded_apart(pieces):
    one = sentence("she left Monday", links={"time": {1: [(0, 2)]}})
    two = sentence("boats sank", links={"time": {1: []}})
    found = [w for s in (one, two) for w in batches.windows([s], pieces, 160)]
    batch = batches.collate(found, pieces)
    assert batch.links.shape == (len(LINKS), 2, 3, 4)
    assert arcs(batch, "time", 0) == [[1, 3]]
    assert arcs(batch, "time", 1) == [[1, 0]]
    assert batch.sentence.tolist() == [[1, 1, 1], [1, 1, 0]]


def test_a_stream_is_the_same_for_the_same_seed(pieces):
    sets = {
        "one": [[sentence("a b")], [sentence("c")]],
        "two": [[sentence("d e f")]],
        "unused": [[sentence("g")]],
    }
    shares = {"one": 0.5, "two": 0.5, "missing": 1.0}

    def drawn(seed):
        found = batches.stream(sets, shares, pieces, 12, seed)
        return [[s.words for w in b.windows for s in w.sentences] for b in islice(found, 4)]

    assert drawn(1) == drawn(1)
    words = {w for batch in drawn(1) for words in batch for w in words}
    assert {"a", "d"} <= words
    assert "g" not in words
