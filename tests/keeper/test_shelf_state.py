"""State as bytes and back."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.keeper.shelf_state import VERSION, UnreadableState, pack, unpack

META = {"day": 738000, "names": ["Skelby", "Zürich", "\ud83d"]}
ARRAYS = {
    "hashes": np.arange(5, dtype=np.uint32),
    "vectors": np.array([0.5, -1.0], np.float32),
    "none": np.zeros(0, np.int8),
}


def test_what_is_packed_is_unpacked() -> None:
    meta, arrays = unpack(pack(META, ARRAYS))
    assert meta == META
    assert list(arrays) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert arrays[name].dtype == array.dtype
        assert arrays[name].tolist() == array.tolist()
    arrays["hashes"][0] = 7  # its own, and no view of the bytes


def test_the_same_state_gives_the_same_bytes() -> None:
    assert pack(META, ARRAYS) == pack(dict(META), {k: v.copy() for k, v in ARRAYS.items()})


@pytest.mark.parametrize("cut", [0, 4, 20, 40, -1])
def test_damaged_state_is_said_to_be(cut: int) -> None:
    with pytest.raises(UnreadableState, match="damaged"):
        unpack(pack(META, ARRAYS)[:cut])


def test_state_of_another_version_is_told() -> None:
    data = pack(META, ARRAYS).replace(f'"version":{VERSION}'.encode(), f'"version":{VERSION + 1}'.encode())
    with pytest.raises(UnreadableState, match=f"of version {VERSION + 1}, this program reads {VERSION}"):
        unpack(data)
