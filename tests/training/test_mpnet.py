"""The larger encoder: its relative positions and its mix of layers."""

import pytest

torch = pytest.importorskip("torch")
mpnet = pytest.importorskip("training.mpnet")


def test_positions_near_have_a_bucket_each_and_far_ones_share():
    found = mpnet.buckets(200, torch.device("cpu"))
    # from the first place: itself, then the places behind it
    assert found[0, :9].tolist() == [0, *range(17, 25)]
    assert found[8, :9].tolist() == [8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert found[0, 150] == found[0, 199] == 31
    assert found[199, 0] == 15


def test_padding_changes_no_state_and_the_mix_is_of_all_layers():
    torch.manual_seed(1)
    encoder = mpnet.MPNet().eval()
    ids = torch.tensor([[101, 2000, 2001, 102]])
    wide = torch.cat([ids, torch.zeros(1, 4, dtype=torch.long)], 1)
    with torch.no_grad():
        alone = encoder.layer_states(ids, torch.zeros_like(ids))
        padded = encoder.layer_states(wide, torch.zeros_like(wide))
    assert len(alone) == encoder.depth + 1
    for a, b in zip(alone, padded, strict=True):
        assert torch.allclose(a, b[:, :4], atol=1e-4)
    with torch.no_grad():
        encoder.mix.copy_(torch.tensor([50.0] + [0.0] * 12))
        assert torch.allclose(encoder.layer_states(ids, torch.zeros_like(ids))[-1], alone[0], atol=1e-4)
