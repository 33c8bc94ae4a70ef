"""Quick figures on the dev sets as training goes (greedy arcs, gold tokens); `dateline bench model` gives the true ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from training.batches import Pieces, dev_batches
from training.heads.labels import ATTRIBUTION, BLOCKS, EXPECTS, LINKS, NAMES, TIMES
from training.heads.losses import arc_mask
from training.model import Network, gather_rows
from training.sentences import Paragraph

Span = tuple[int, int, int, str]


def spans_of(tags: Sequence[int], labels: tuple[str, ...], row: int) -> set[Span]:
    """(row, start, end, kind) of BIO tags; an I- that continues nothing opens a span."""
    found: set[Span] = set()
    start, kind = -1, ""
    for i, tag in enumerate([*tags, 0]):
        position, _, current = labels[max(0, tag)].partition("-")
        if kind and (position != "I" or current != kind):
            found.add((row, start, i, kind))
            kind = ""
        if current and not kind:
            start, kind = i, current
    return found


def f1(gold: set[Span], found: set[Span]) -> float:
    """F1 of exact spans in percent."""
    return 200 * len(gold & found) / max(1, len(gold) + len(found))


def counted(gold: torch.Tensor, told: torch.Tensor) -> np.ndarray:
    """(right, gold, told) of two boolean tensors."""
    return np.array([int((gold & told).sum()), int(gold.sum()), int(told.sum())])


@torch.no_grad()
def evaluate(
    network: Network, sets: dict[str, list[Paragraph]], pieces: Pieces, device: str, limit: int | None = None
) -> dict[str, float]:
    """A figure per head and dev set, in percent but for factuality's MAE and r."""
    network.eval()
    out: dict[str, float] = {}
    for name, paragraphs in sets.items():
        if limit is not None:
            paragraphs = paragraphs[:: max(1, len(paragraphs) // limit)]
        counts = np.zeros(6)
        spans = {k: (set[Span](), set[Span]()) for k in ("names", "times", "attribution")}
        token = {"attribution": np.zeros((3, len(ATTRIBUTION)))}
        triggers = {s: np.zeros(3) for s in range(3)}
        realis: list[tuple[int, int]] = []
        facts: dict[int, list[tuple[float, float]]] = {0: [], 1: []}
        expects, furniture = np.zeros(3), np.zeros(3)
        links = {link: np.zeros(2) for link in LINKS}
        row = 0
        for batch in dev_batches(paragraphs, pieces):
            batch = batch.to(device)
            layers, words = network.encode(
                batch.pieces, batch.cases, batch.first, batch.last, batch.word_cases
            )
            known = batch.upos >= 0
            if known.any():
                scores, dependent, head = network.arcs(words)
                best = scores.masked_fill(~arc_mask(batch.sentence), -1e4).argmax(-1)
                relation = network.labels(dependent, gather_rows(head, best)).argmax(-1)
                right = (best == batch.heads) & known
                counts[0] += int(known.sum())
                counts[1] += int(((network.upos(words).argmax(-1) == batch.upos) & known).sum())
                counts[2] += int(right.sum())
                counts[3] += int((right & (relation == batch.deprels)).sum())
            for key, labels in (("names", NAMES), ("times", TIMES), ("attribution", ATTRIBUTION)):
                allowed = getattr(batch, key).cpu().numpy()
                if not allowed.any():
                    continue
                tags = getattr(network, key)(words).argmax(-1).cpu().numpy()
                for i in range(len(tags)):
                    size = int((batch.sentence[i] > 0).sum())
                    gold = [0 if a & 1 else int(a).bit_length() - 1 for a in allowed[i, :size]]
                    answer = tags[i, :size].tolist()
                    if key == "names" and name == "ewt":
                        answer = [0 if "NORP" in NAMES[t] else t for t in answer]
                    spans[key][0].update(spans_of(gold, labels, row + i))
                    spans[key][1].update(spans_of(answer, labels, row + i))
                    if key == "attribution":
                        for g, a in zip(gold, answer, strict=True):
                            g, a = (g + 1) // 2, (a + 1) // 2
                            token[key][0, g] += g == a
                            token[key][1, g] += 1
                            token[key][2, a] += 1
            row += len(batch.pieces)
            known = batch.expects >= 0
            if known.any():
                # neutral words count for nothing
                known &= batch.expects != EXPECTS.index("neutral")
                told = torch.softmax(network.expects(words), -1)[..., 2:].sum(-1)[known] > 0.5
                expects += counted(batch.expects[known] >= 2, told)
            known = (batch.blocks > 0) & (batch.blocks != 1 << BLOCKS.index("headline"))
            if known.any() and name == "labels":
                told = network.block_scores(layers, batch.pool).argmax(-1)[known] > 1
                furniture += counted(batch.blocks[known] > 2, told)
            for number, link in enumerate(LINKS):
                known = batch.links[number].any(-1)
                if known.any():
                    scores = network.links[link](words)
                    scores[..., 1:].masked_fill_((batch.sentence == 0)[:, None, :], -1e4)
                    best = scores.argmax(-1, keepdim=True)
                    right = batch.links[number].gather(-1, best)[..., 0][known]
                    links[link] += np.array([int(right.sum()), int(known.sum())])
            if (batch.triggers >= 0).any():
                answer = network.triggers(words) > 0
                for style in range(3):
                    known = batch.triggers[..., style] >= 0
                    gold, told = batch.triggers[..., style][known] > 0, answer[..., style][known]
                    triggers[style] += np.array([int((gold & told).sum()), int(gold.sum()), int(told.sum())])
            single = (batch.realis > 0) & ((batch.realis & (batch.realis - 1)) == 0)
            if name == "meantime" and single.any():
                gold = batch.realis[single].float().log2().round().long()
                realis += zip(gold.tolist(), network.realis(words)[single].argmax(-1).tolist(), strict=True)
            for style in facts:
                known = ~torch.isnan(batch.factuality[..., style])
                answer = network.factuality(words)[..., style]
                facts[style] += zip(
                    batch.factuality[..., style][known].tolist(), answer[known].tolist(), strict=True
                )
        if counts[0]:
            for key, value in (("upos", counts[1]), ("uas", counts[2]), ("las", counts[3])):
                out[f"{name}.{key}"] = 100 * value / counts[0]
        for key, (gold, found) in spans.items():
            if gold:
                if key == "times" and name == "tdg":
                    gold, found = ({(*s[:3], "") for s in x} for x in (gold, found))
                out[f"{name}.{key}"] = f1(gold, found)
                if key == "attribution":
                    for i, kind in enumerate(("source", "cue", "content"), 1):
                        right, golds, told = token[key][:, i]
                        out[f"{name}.{kind}.token"] = 200 * right / max(1, golds + told)
                        out[f"{name}.{kind}.span"] = f1(
                            {s for s in gold if s[3] == kind.upper()},
                            {s for s in found if s[3] == kind.upper()},
                        )
        for key, (right, golds, told) in (("expects", expects), ("furniture", furniture)):
            if golds:
                out[f"{name}.{key}"] = 200 * right / max(1, golds + told)
        for link, (right, golds) in links.items():
            if golds:
                out[f"{name}.{link}.arcs"] = 100 * right / golds
        for style, (right, golds, told) in triggers.items():
            if golds:
                out[f"{name}.triggers{style}"] = 200 * right / max(1, golds + told)
        if realis:
            scores = []
            for label in {g for g, _ in realis}:
                right = sum(g == a == label for g, a in realis)
                scores.append(
                    200
                    * right
                    / max(1, sum(g == label for g, _ in realis) + sum(a == label for _, a in realis))
                )
            out[f"{name}.realis"] = float(np.mean(scores))
        for pairs in facts.values():
            if len(pairs) > 2:
                gold, answer = np.array(pairs).T
                out[f"{name}.mae"] = float(np.abs(gold - answer).mean())
                out[f"{name}.r"] = float(np.corrcoef(gold, answer)[0, 1])
    network.train()
    return {k: float(v) for k, v in out.items()}


__all__ = ["evaluate", "f1", "spans_of"]
