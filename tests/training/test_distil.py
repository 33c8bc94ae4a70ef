"""What the small network learns of the teacher: nothing where both say the same, and more the further they are apart."""

import pytest
from training.sentences import Labelled

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")
distil = pytest.importorskip("training.distil")
model = pytest.importorskip("training.model")
packed = pytest.importorskip("training.packed")


@pytest.fixture(scope="module")
def batch(pieces):
    """Two windows of words that nobody labelled, one with padding."""
    paragraphs = [[Labelled(["The", "ferry", "sails", "on", "Monday"])], [Labelled(["Rain"])]]
    corpus = packed.Corpus(packed.pack(paragraphs, pieces))
    return packed.batch_of(packed.collate([*corpus.windows(0, 99), *corpus.windows(1, 99)]), "cpu")


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(3)
    return model.Network().eval()


def told(network, batch):
    layers, words = network.encode(batch.pieces, batch.cases, batch.first, batch.last, batch.word_cases)
    return distil.said(network, batch, layers, words)


def test_a_teacher_teaches_itself_nothing_and_another_something(network, batch):
    torch.manual_seed(4)
    other = model.Network().eval()
    with torch.no_grad():
        ours, theirs = told(network, batch), told(other, batch)
        same = distil.taught_losses(network, network, batch, ours, ours)
        apart = distil.taught_losses(network, other, batch, ours, theirs)
    assert same.keys() == apart.keys() <= distil.TAUGHT.keys()
    # what is left of a yes-or-no head is its own doubt
    doubt = {"triggers", "polarity"}
    assert all(abs(float(same[k])) < 1e-5 for k in same.keys() - doubt)
    assert all(float(apart[k]) > float(same[k]) for k in apart)


def test_without_labels_the_loss_is_the_teachers_alone_and_moves_the_network(network, batch):
    torch.manual_seed(4)
    student, teacher = model.Network(), network
    total, parts = distil.total_loss(student, teacher, batch, None)
    assert [name for name in parts if not name.startswith("soft.")] == []
    total.backward()
    assert float(student.encoder.layers[0].qkv.weight.grad.abs().sum()) > 0
    assert all(p.grad is None for p in teacher.parameters())


def test_a_checkpoint_is_read_as_any_other(network, tmp_path):
    distil.keep(network, tmp_path / "checkpoint.pt")
    found = model.load_checkpoint(tmp_path / "checkpoint.pt").state_dict()
    for name, value in network.state_dict().items():
        assert torch.allclose(found[name], value, atol=2e-3), name
