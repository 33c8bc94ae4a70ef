"""The loss of every head, each summed over what its corpus labels and divided by the words of the batch."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from training.batches import ALLOWED, Batch
from training.heads.labels import LINKS, REALIS
from training.model import Network, gather_rows

WEIGHTS = {
    "upos": 0.7, "arcs": 1.0, "labels": 1.0, "names": 1.5, "times": 1.0, "attribution": 1.5, "triggers": 1.0,
    "realis": 1.5, "factuality": 0.5, "vectors": 0.5, "expects": 2.5, "polarity": 2.0, "days": 3.0, "blocks": 1.5,
    "links.attribution": 0.5, "links.time": 10.0, "links.holder": 12.0,
}  # fmt: skip
TRIGGER_WEIGHTS = (3.0, 1.0, 0.7)
EXPECTS_WEIGHTS = (1.0, 2.0, 4.0, 4.0, 4.0)
"""Hardly one word in a hundred announces anything."""
REALIS_WEIGHTS = {"expected": 3.0, "possible": 3.0, "negated": 4.0, "generic": 4.0}
"""Four events of five are actual: the other kinds count for more where they are told for certain."""


def allowed_loss(scores: Tensor, allowed: Tensor, weights: dict[int, float] | None = None) -> Tensor:
    """Negative log of the probability of the allowed labels (bit masks), summed; 0 is unlabelled.

    `weights` multiply the loss of words whose mask is a key.
    """
    labelled = allowed > 0
    scores, allowed = scores[labelled].float(), allowed[labelled]
    bits = (allowed[:, None] >> torch.arange(scores.shape[-1], device=scores.device)) & 1
    loss = torch.logsumexp(scores, -1) - torch.logsumexp(scores.masked_fill(bits == 0, -1e9), -1)
    for mask, weight in (weights or {}).items():
        loss = torch.where(allowed == mask, loss * weight, loss)
    return loss.sum()


def arc_mask(sentence: Tensor) -> Tensor:
    """(batch, words, 1 + words): True where a word may hang on the root or on another word of its sentence."""
    same = (sentence[:, :, None] == sentence[:, None, :]) & (sentence[:, :, None] > 0)
    words = sentence.shape[1]
    same = same & ~torch.eye(words, dtype=torch.bool, device=sentence.device)
    return torch.cat([sentence[:, :, None] > 0, same], -1)


def tree_losses(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """Parts of speech, arcs and their labels, of the windows that have them."""
    tagged = (batch.upos >= 0).any(1)
    if not tagged.any():
        return {}
    rows, heads = words[tagged], batch.heads[tagged]
    upos = network.upos(rows).transpose(1, 2)
    scores, dependent, head = network.arcs(rows)
    scores = scores.masked_fill(~arc_mask(batch.sentence[tagged]), -1e4)
    known = heads >= 0
    ends = gather_rows(head, heads.clamp(min=0))
    labels = network.labels(dependent[known], ends[known])
    return {
        "upos": F.cross_entropy(upos, batch.upos[tagged], ignore_index=-1, reduction="sum"),
        "arcs": F.cross_entropy(scores[known], heads[known], reduction="sum"),
        "labels": F.cross_entropy(labels, batch.deprels[tagged][known], ignore_index=-1, reduction="sum"),
    }


def tag_losses(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """The heads whose labels are bit masks of what a word may be."""
    out: dict[str, Tensor] = {}
    for key in ALLOWED:
        allowed = getattr(batch, key)
        some = (allowed > 0).any(1)
        if some.any():
            weights = (
                {1 << REALIS.index(k): v for k, v in REALIS_WEIGHTS.items()} if key == "realis" else None
            )
            out[key] = allowed_loss(getattr(network, key)(words[some]), allowed[some], weights)
    return out


def event_losses(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """What is an event, and how far it is a fact; each corpus has a column of its own."""
    out: dict[str, Tensor] = {}
    known = batch.triggers >= 0
    if known.any():
        weight = torch.tensor(TRIGGER_WEIGHTS, device=known.device).expand_as(batch.triggers)[known]
        scores = network.triggers(words)[known]
        out["triggers"] = F.binary_cross_entropy_with_logits(
            scores, batch.triggers[known], weight, reduction="sum"
        )
    known = ~torch.isnan(batch.factuality)
    if known.any():
        out["factuality"] = F.smooth_l1_loss(
            network.factuality(words)[known], batch.factuality[known], reduction="sum"
        )
    return out


def expectation_losses(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """What a word announces, whether it is denied or conditional, and how it lies to its day."""
    out: dict[str, Tensor] = {}
    known = batch.expects >= 0
    if known.any():
        weight = torch.tensor(EXPECTS_WEIGHTS, device=known.device)
        scores = network.expects(words)[known].float()
        out["expects"] = F.cross_entropy(scores, batch.expects[known], weight, reduction="sum")
    flags = torch.stack([batch.negated, batch.conditional], -1)
    known = flags >= 0
    if known.any():
        scores = network.polarity(words)[known].float()
        out["polarity"] = F.binary_cross_entropy_with_logits(scores, flags[known].float(), reduction="sum")
    known = batch.days >= 0
    if known.any():
        scores = network.days(words)[known].float()
        out["days"] = F.cross_entropy(scores, batch.days[known], reduction="sum")
    return out


def link_losses(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """Arcs beside the tree: any of a word's ends is right, and no end is padding."""
    out: dict[str, Tensor] = {}
    for number, link in enumerate(LINKS):
        allowed = batch.links[number]
        known = allowed.any(-1)
        if known.any():
            scores = network.links[link](words).float()
            inside = torch.cat([torch.ones_like(known[:, :1]), batch.sentence > 0], 1)
            scores = scores.masked_fill(~inside[:, None, :], -1e4)[known]
            told = torch.logsumexp(scores.masked_fill(~allowed[known], -1e9), -1)
            out[f"links.{link}"] = (torch.logsumexp(scores, -1) - told).sum()
    return out


def vector_loss(ours: Tensor, theirs: Tensor) -> Tensor:
    """How far sentence vectors (sentences, width) lie from the original encoder's, a mean over the sentences."""
    apart = (1 - (ours * theirs).sum(-1)).mean()
    # the cosines between the batch's own sentences are what clustering uses
    pairs = (ours @ ours.T - theirs @ theirs.T).pow(2).mean()
    return apart + 5 * pairs


def losses(network: Network, batch: Batch, teacher: Tensor | None) -> dict[str, Tensor]:
    """Every head's loss that the batch has labels for."""
    layers, words = network.encode(batch.pieces, batch.cases, batch.first, batch.last, batch.word_cases)
    return labelled_losses(network, batch, layers, words, teacher)


def labelled_losses(
    network: Network, batch: Batch, layers: list[Tensor], words: Tensor, teacher: Tensor | None
) -> dict[str, Tensor]:
    """`losses` of what the encoder made of the batch: its layers' piece states, and the word states."""
    scale = 1 / max(1, int((batch.sentence > 0).sum()))
    out: dict[str, Tensor] = {}
    for part in (tree_losses, tag_losses, event_losses, expectation_losses):
        out |= {key: loss * scale for key, loss in part(network, batch, words).items()}
    if (batch.blocks > 0).any():
        scores = network.block_scores(layers, batch.pool)
        # a sentence weighs as much as six words
        out["blocks"] = 6 * scale * allowed_loss(scores, batch.blocks)
    out |= {key: loss * scale for key, loss in link_losses(network, batch, words).items()}
    known = batch.vectors >= 0
    if teacher is not None and known.any():
        ours = network.sentence_vectors(layers, batch.pool)[known]
        out["vectors"] = vector_loss(ours, teacher[batch.vectors[known]].to(ours.dtype))
    return out
