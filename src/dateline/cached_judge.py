"""A judge whose answers are kept in the notebook, so that no pair of texts is read twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Any

from dateline.keeper.judge import LIKENESSES, SAMENESS, VERDICTS, Judge, Likeness, Pair, Sameness
from dateline.records import Verdict
from dateline.store import Store, probabilities

_NAMES: Mapping[str, Sequence[Any]] = {
    "verdict": VERDICTS,
    "fact": LIKENESSES,
    "same": SAMENESS,
    "contradiction": LIKENESSES,
}
Answer = dict[Any, float]
_KEY = 10
"""Bytes of a key: of ten billion pairs two have the same with a chance of one in 24,000."""


class CachedJudge:
    """Answers as `judge` does, of what it was asked before from the notebook.

    `version` tells judges apart that may answer otherwise. New answers are remembered until they are taken: a view
    of the notebook writes nothing. An answer is the same fresh or read back.
    """

    def __init__(self, judge: Judge, version: Callable[[], str], store: Store) -> None:
        self._judge = judge
        self._version_of = version
        self._store = store
        self._new: dict[bytes, tuple[str, bytes]] = {}

    def verdicts(self, pairs: Sequence[Pair]) -> list[dict[Verdict, float]]:
        """What each second text tells of the expectation in the first."""
        return self._answers("verdict", pairs, self._judge.verdicts)

    def facts(self, pairs: Sequence[Pair]) -> list[dict[Likeness, float]]:
        """Whether both texts give one fact, and one value for it."""
        return self._answers("fact", pairs, self._judge.facts)

    def contradictions(self, pairs: Sequence[Pair]) -> list[dict[Likeness, float]]:
        """Whether both sentences give one fact otherwise."""
        return self._answers("contradiction", pairs, self._judge.contradictions)

    def sameness(self, pairs: Sequence[Pair]) -> list[dict[Sameness, float]]:
        """Whether the expectations of both texts are one."""
        return self._answers("same", pairs, self._judge.sameness)

    def take(self) -> list[tuple[bytes, str, bytes]]:
        """The new answers, for `Store.save_verdicts` to keep: key, kind and answer. They are remembered no longer."""
        taken = [(key, kind, answer) for key, (kind, answer) in self._new.items()]
        self._new.clear()
        return taken

    @cached_property
    def _version(self) -> str:
        return self._version_of()

    def _answers(
        self, kind: str, pairs: Sequence[Pair], ask: Callable[[Sequence[Pair]], Sequence[Answer]]
    ) -> list[Answer]:
        if not pairs:
            return []
        names = _NAMES[kind]
        keys = [self._key(kind, pair) for pair in pairs]
        known = self._store.verdicts(keys) | {key: answer for key, (_, answer) in self._new.items()}
        missing = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in known}
        for key, answer in zip(missing, ask(list(missing.values())) if missing else (), strict=True):
            known[key] = probabilities.pack(answer[name] for name in names)
            # a row of some twenty bytes is kept for each pair: its kind is a letter
            self._new[key] = kind[0], known[key]
        return [dict(zip(names, probabilities.unpack(known[key]), strict=True)) for key in keys]

    def _key(self, kind: str, pair: Pair) -> bytes:
        parts = (part.encode("utf-8", "surrogatepass") for part in (self._version, kind, *pair))
        return blake2b(b"".join(len(p).to_bytes(8, "little") + p for p in parts), digest_size=_KEY).digest()
