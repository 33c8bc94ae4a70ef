"""Probabilities as a notebook keeps them: whole numbers of 16 bits, little-endian."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

_MOST = (1 << 16) - 1


def pack(values: Iterable[float]) -> bytes:
    """Numbers in [0, 1] as bytes, two each."""
    return np.rint(np.array(list(values), np.float64) * _MOST).astype("<u2").tobytes()


def unpack(data: bytes) -> list[float]:
    """What `pack` packed, to 1/65535. Raises ValueError where `data` is cut short."""
    return [float(number) / _MOST for number in np.frombuffer(data, "<u2")]
