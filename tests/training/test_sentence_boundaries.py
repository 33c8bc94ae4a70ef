"""How the network of sentence boundaries is taught, on lines of our own."""

import random

import numpy as np
import pytest

pytest.importorskip("torch")

import itertools

import torch

from dateline.reader.segmentation import tokenize
from dateline.reader.segmentation.boundaries import Boundaries
from training import sentence_boundaries as training


def labelled(text):
    tokens = tokenize(text, 0, len(text))
    spaces = [a.end < b.start for a, b in itertools.pairwise(tokens)] + [True]
    words = [t.text for t in tokens]
    return words, spaces, *training.certain(words, spaces)


@pytest.mark.parametrize(
    ("text", "ends", "unknown"),
    [
        ("The ferry sank. Nobody was hurt.", [". Nobody"], []),
        ("“It sank.” Nobody was hurt.", ["” Nobody"], []),
        ("Mr. J. Stark left.", [], []),
        ("He left the U.S. The army stayed.", ["U.S. The"], []),
        ("He left the U.S. Soldiers stayed.", [], ["U.S. Soldiers"]),
        ("The ferry sank.Nobody was hurt.", [". Nobody"], []),
        ("“Is it shut?” Anna asked.", [], ["” Anna"]),
        ("It rained… Then it stopped.", [], ["… Then"]),
    ],
)
def test_only_what_is_certain_is_labelled(text, ends, unknown):
    words, _, told, known = labelled(text)
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(words)]
    found = [p for p, end, sure in zip(pairs, told, known, strict=False) if end and sure]
    assert found == ends
    assert [p for p, sure in zip(pairs, known, strict=False) if not sure] == unknown


def test_sentences_that_lose_their_marks_keep_their_ends():
    vocabulary = training.Vocabulary()
    words, spaces, ends, known = labelled("The ferry sank. Nobody was hurt. It was late.")
    rows = np.array([vocabulary.row(w) for w in words])
    vocabulary.close()
    article = [training.Document(rows, np.array(spaces), np.array(ends), np.array(known, float))]
    for seed in range(30):
        for document in training.unmarked(article, vocabulary, random.Random(seed)):
            assert document.ends[-1] == 1
            assert document.ends.sum() <= 3
            assert (
                len({len(v) for v in (document.words, document.spaces, document.ends, document.known)}) == 1
            )


def test_what_is_written_scores_as_what_was_trained(tmp_path):
    torch.manual_seed(1)
    network = training.Network(training.Settings()).eval()
    training.export(network, tmp_path / "weights.npz")
    text = "The ferry sank on Monday Nobody was hurt, the harbour master said. It will be raised."
    tokens = tokenize(text, 0, len(text))
    (told,) = Boundaries(tmp_path / "weights.npz").scores([tokens])
    rows = torch.tensor([[training.features(t.text) for t in tokens]])
    spaces = torch.tensor([[float(a.end < b.start) for a, b in itertools.pairwise(tokens)] + [1.0]])
    with torch.no_grad():
        expected = network(rows, spaces)[0].numpy()
    np.testing.assert_allclose(told, expected, atol=0.02)
