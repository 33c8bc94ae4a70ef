"""The states of filing, kept for some days: cut into pieces where their bytes say so, each piece kept once.

A day changes little of a state, so that those of several days share most of their pieces. Where a piece ends is told by the bytes
before its end alone (a sum over a window, as in LBFS: Muthitacharoen, Chen & Mazières 2001), so that what is put in or
taken out moves no later end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import blake2b

import numpy as np

from dateline.store.compression import compress, decompress
from dateline.store.database import Connection, rows_in

_WINDOW = 32
_PIECE = 4096
"""How long a piece is on average; a quarter of it at the least, sixteen times as long at the most."""
_BLOCK = 1 << 20
_DIGEST = 16
_CODES = np.random.default_rng(0).integers(0, 1 << 63, 256, np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)


def keep(connection: Connection, day: date, state: bytes) -> None:
    """Keep `state` for the close of `day`."""
    keyed = [(_digest(piece), piece) for piece in cut(state)]
    digests = b"".join(key for key, _ in keyed)
    known = _known(connection)
    connection.executemany(
        "INSERT INTO piece (digest, data) VALUES (?, ?)",
        ((key, compress(piece)) for key, piece in dict(keyed).items() if key not in known),
    )
    connection.execute(
        "INSERT INTO checkpoint VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET pieces = excluded.pieces",
        (day.isoformat(), digests),
    )


def keep_only(connection: Connection, days: Iterable[date]) -> None:
    """Forget the states of all other days than `days`, and the pieces that no state has any more."""
    kept = {day.isoformat() for day in days}
    rows = connection.execute("SELECT day, pieces FROM checkpoint").fetchall()
    connection.executemany(
        "DELETE FROM checkpoint WHERE day = ?", [(day,) for day, _ in rows if day not in kept]
    )
    used = {key for day, all_of in rows if day in kept for key in _split(all_of)}
    connection.executemany(
        "DELETE FROM piece WHERE digest = ?", [(key,) for key in _known(connection) - used]
    )


def _known(connection: Connection) -> set[bytes]:
    return {row[0] for row in connection.execute("SELECT digest FROM piece")}


def load(connection: Connection, day: str) -> bytes:
    """The state that is kept for the close of `day`. Raises ValueError where a piece is missing or damaged, LookupError where none is kept."""
    row = connection.execute("SELECT pieces FROM checkpoint WHERE day = ?", (day,)).fetchone()
    if row is None:
        raise LookupError(f"{day}: no state is kept")
    keys = list(_split(row[0]))
    pieces = dict(rows_in(connection, "SELECT digest, data FROM piece WHERE digest IN", keys))
    return b"".join(_piece(pieces, key) for key in keys)


def _piece(pieces: Mapping[bytes, bytes], key: bytes) -> bytes:
    if key not in pieces:
        raise ValueError("a piece of a kept state is missing")
    piece = decompress(pieces[key])
    if _digest(piece) != key:
        raise ValueError("a piece of a kept state is another's")
    return piece


def cut(state: bytes) -> Iterator[bytes]:
    """The pieces of `state` in order, at least one."""
    start = 0
    for end in _ends(state):
        while end - start > 16 * _PIECE:
            yield state[start : start + 16 * _PIECE]
            start += 16 * _PIECE
        if end - start >= _PIECE // 4:
            yield state[start:end]
            start = end
    if start < len(state) or not state:
        yield state[start:]


def _ends(state: bytes) -> Iterator[int]:
    """Where the bytes say that a piece may end, and the end of all, in order."""
    for begin in range(0, len(state), _BLOCK):
        # each block with the window before it, so that blocks make no difference
        first = max(0, begin - _WINDOW)
        block = np.frombuffer(state, np.uint8, min(len(state), begin + _BLOCK) - first, first)
        sums = np.zeros(len(block) + 1, np.uint64)
        np.cumsum(_CODES[block], out=sums[1:])
        hashes = (sums[_WINDOW:] - sums[:-_WINDOW]) if len(sums) > _WINDOW else sums[:0]
        hashes = (hashes ^ hashes >> np.uint64(29)) * _MIX >> np.uint64(40)
        ends = np.flatnonzero(hashes % np.uint64(_PIECE) == 0) + first + _WINDOW
        yield from ends[ends > begin].tolist()
    yield len(state)


def _digest(piece: bytes) -> bytes:
    return blake2b(piece, digest_size=_DIGEST).digest()


def _split(digests: bytes) -> Iterator[bytes]:
    return (digests[n : n + _DIGEST] for n in range(0, len(digests), _DIGEST))
