"""From scores to structures: single-root trees and BIO spans, in NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import numpy.typing as npt

Heads = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
_NEVER = np.float32(-1e9)
_ONE_ROOT = np.float32(1e5)
_ROOTS = 6
"""Words that are tried as the root of a tree before all are weighed at once."""


def tree(scores: Floats) -> npt.NDArray[np.int64]:
    """The best single-root tree: heads of words, -1 for the root.

    `scores` is (words, 1 + words): word by head, column 0 the root. The greedy choice is taken where it is a tree
    already; else Chu-Liu/Edmonds under the few words as root that leave the others the best arcs, until no other root can
    give more; where these do not settle it, with every arc from the root made dear so that exactly one is used.
    """
    words = len(scores)
    if words == 0:
        return np.zeros(0, np.int64)
    weights = scores.astype(np.float64)
    each = np.arange(words)
    weights[each, each + 1] = _NEVER
    greedy = cast(Heads, weights.argmax(1))
    if (greedy == 0).sum() == 1 and _cycle([0, *greedy.tolist()]) is None:
        return greedy - 1
    square = np.full((words + 1, words + 1), float(_NEVER))
    square[1:] = weights
    best = weights[:, 1:].max(1)
    bounds = best.sum() - best + weights[:, 0]
    order = np.argsort(-bounds, kind="stable").tolist()
    found, reached = greedy, -np.inf
    for root in order[:_ROOTS]:
        if bounds[root] <= reached:
            return found - 1
        rooted = square.copy()
        rooted[1:, 0] = rooted[root + 1] = _NEVER
        rooted[root + 1, 0] = weights[root, 0]
        heads = _arborescence(rooted)[1:]
        if (total := weights[each, heads].sum()) > reached:
            found, reached = heads, total
    if len(order) > _ROOTS and bounds[order[_ROOTS]] > reached:
        square[1:, 0] -= _ONE_ROOT
        return _arborescence(square)[1:] - 1
    return found - 1


def _cycle(above: list[int]) -> list[int] | None:
    """A cycle of the heads `above` (node 0 is the root and has none), or None."""
    state = [0] * len(above)
    state[0] = 2
    for start in range(1, len(above)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = above[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for passed in path:
            state[passed] = 2
    return None


def _arborescence(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Chu-Liu/Edmonds by contracting one cycle at a time. `weights` is node by head; node 0 is the root."""
    contracted: list[tuple[npt.NDArray[np.float64], npt.NDArray[np.int64], list[int], list[int]]] = []
    while True:
        heads = weights.argmax(1)
        heads[0] = 0
        cycle = _cycle(heads.tolist())
        if cycle is None:
            break
        inside_cycle = set(cycle)
        rest = [i for i in range(len(weights)) if i not in inside_cycle]
        contracted.append((weights, heads, cycle, rest))
        from_cycle = weights[cycle] - weights[cycle, heads[cycle]][:, None]
        smaller = np.full((len(rest) + 1, len(rest) + 1), float(_NEVER))
        smaller[:-1, :-1] = weights[rest][:, rest]
        smaller[:-1, -1] = weights[rest][:, cycle].max(1)
        smaller[-1, :-1] = from_cycle[:, rest].max(0)
        np.fill_diagonal(smaller, 2 * float(_NEVER))
        weights = smaller
    while contracted:
        weights, greedy, cycle, rest = contracted.pop()
        full = np.zeros(len(weights), np.int64)
        full[cycle] = greedy[cycle]
        for small, node in enumerate(rest):
            above = heads[small]
            full[node] = rest[above] if above < len(rest) else cycle[int(weights[node, cycle].argmax())]
        outside = rest[heads[len(rest)]]
        gain = weights[cycle, outside] - weights[cycle, greedy[cycle]]
        full[cycle[int(gain.argmax())]] = outside
        full[0] = 0
        heads = full
    return cast(Heads, heads)


def softmax(scores: Floats) -> Floats:
    """Probabilities of scores along the last axis."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return cast(Floats, powers / powers.sum(-1, keepdims=True))


class Tags:
    """A BIO tag set and its best legal path."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        self.kinds = tuple(label.partition("-")[2] for label in labels)
        self.inside = np.array([label.startswith("I-") for label in labels])
        self._allowed = np.array(
            [[not label.startswith("I-") or label[2:] == before for label in labels] for before in self.kinds]
        )
        self._barred = np.where(self._allowed, 0, _NEVER).astype(np.float32)

    def path(self, scores: Floats) -> list[int]:
        """The best path through `scores` (words, tags; log-probabilities) on which no I- follows another kind."""
        best = scores.argmax(1)
        if not len(best):
            return []
        before = np.concatenate([[0], best[:-1]])
        if bool(self._allowed[before, best].all()):
            return [int(i) for i in best]
        reach = scores[0] + self._barred[0]
        back = np.zeros(scores.shape, np.int64)
        for i in range(1, len(scores)):
            steps = reach[:, None] + self._barred
            back[i] = steps.argmax(0)
            reach = steps.max(0) + scores[i]
        tag = int(reach.argmax())
        out = [tag]
        for i in range(len(scores) - 1, 0, -1):
            tag = int(back[i, tag])
            out.append(tag)
        return out[::-1]

    def spans(self, scores: Floats) -> list[tuple[int, int, str, float]]:
        """(first word, word after the last, kind, probability) of the best path's spans; the mean over the words."""
        tags = self.path(scores)
        found = []
        start = -1
        for i, tag in enumerate([*tags, 0]):
            if start >= 0 and not (self.inside[tag]):
                chosen = scores[np.arange(start, i), tags[start:i]]
                found.append((start, i, self.kinds[tags[start]], float(np.exp(chosen.mean()))))
                start = -1
            if self.kinds[tag] and not self.inside[tag]:
                start = i
        return found
