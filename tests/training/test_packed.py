"""Corpora as flat arrays: batches cut from them are those that are laid out sentence by sentence."""

from itertools import islice

import pytest
from training.heads.labels import LINKS
from training.sentences import Labelled

torch = pytest.importorskip("torch")
np = pytest.importorskip("numpy")
batches = pytest.importorskip("training.batches")
packed = pytest.importorskip("training.packed")


@pytest.fixture(scope="module")
def paragraphs():
    """Two reports; arcs lead from one sentence to the next and out of the paragraph's end."""
    opening = Labelled(
        ["The", "harbourmaster", "will", "speak", "."],
        upos=[5, 7, 3, 15, 12],
        heads=[1, 3, 3, -1, 3],
        deprels=[0, 1, 2, 3, 4],
        names=[1, 6, 1, 1, 1],
        triggers={0: [0, 0, 0, 1, 0]},
        factuality={1: [float("nan")] * 3 + [1.5, float("nan")]},
        expects=[0, 0, 0, 3, 0],
        negated=[-1, -1, -1, 0, -1],
        block=1,
        links={"time": {3: [(1, 1)]}, "holder": {3: []}, "attribution": {0: [(2, 0)]}},
    )
    second = Labelled(["On", "Monday", "."], days=[-1, 2, -1], block=2)
    third = Labelled(["Boats", "wait"], heads=[1, -1])
    return [
        [opening, second, third],
        [Labelled(["Rain"]), Labelled(["harbourmaster", "harbourmaster"])],
    ]


@pytest.mark.parametrize("longest", [1, 11, 160])
def test_a_batch_is_the_one_laid_out_sentence_by_sentence(pieces, paragraphs, longest):
    corpus = packed.Corpus(packed.pack(paragraphs, pieces))
    for number, paragraph in enumerate(paragraphs):
        plain = list(batches.windows(paragraph, pieces, longest))
        cut = list(corpus.windows(number, longest))
        assert [w.length for w in cut] == [w.length for w in plain]
        expected = batches.collate(plain, pieces)
        found = packed.batch_of(packed.collate(cut), "cpu")
        width = expected.pieces.shape[1]
        assert not found.pieces[:, width:].any()
        for key, value in expected.__dict__.items():
            if key != "windows":
                told = getattr(found, key)
                told = told[..., :width] if key in ("pieces", "cases", "pool") else told
                assert torch.equal(torch.nan_to_num(told, 9), torch.nan_to_num(value.to(told.dtype), 9)), key


def test_an_arc_out_of_the_window_is_left_out(pieces, paragraphs):
    corpus = packed.Corpus(packed.pack(paragraphs, pieces))
    whole = packed.batch_of(packed.collate(list(corpus.windows(0, 160))), "cpu")
    alone = packed.batch_of(packed.collate(list(corpus.windows(0, 1))[:1]), "cpu")
    time, attribution = LINKS.index("time"), LINKS.index("attribution")
    assert torch.nonzero(whole.links[time, 0]).tolist() == [[3, 7]]
    assert torch.nonzero(whole.links[attribution, 0]).tolist() == [[0, 9]]
    assert not alone.links[time].any()
    assert not alone.links[attribution].any()


def test_a_stream_draws_by_shares_and_the_same_for_one_seed(pieces, paragraphs):
    sets = {
        "one": packed.Corpus(packed.pack(paragraphs[:1], pieces)),
        "two": packed.Corpus(packed.pack(paragraphs[1:], pieces)),
    }

    def drawn(seed):
        return [
            b["pieces"].tolist()
            for b in islice(packed.Stream(sets, {"one": 0.75, "two": 0.25, "none": 1}, 30, seed), 20)
        ]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    sizes = [sum(p > 0 for b in drawn(1) for row in b for p in row)]
    assert sizes[0] > 200


def test_news_that_is_measured_on_is_known_by_its_openings():
    text = (
        'The harbourmaster of the northern port said that no boat would leave before noon. "Wait." Short one.'
    )
    assert packed.openings(text) == {text[:60]}
