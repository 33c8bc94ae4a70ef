"""What a trained teacher says of pairs that nobody judged: `python -m training.soften --data DATA --teacher PACKAGE --start pairs.pt OUT`.

The pairs are what the ledger asks in the topics that were judged, beyond what was judged there, and claims of them that may expect one
thing. Written as JSON Lines, a pair with its probabilities a line, for `training.train_pairs --soft`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

import torch
from tokenizers import Tokenizer

from dateline.keeper.ledger.candidates import Register
from dateline.keeper.ledger.claims import passages
from dateline.keeper.ledger.sameness import cheap_odds
from dateline.reader import Reader
from training.pairs import Pair
from training.teacher import Teacher
from training.topics import Topic, topics
from training.train_pairs import scores

ASKED, ALIKE = 260, 60
"""The most pairs of each kind a topic."""


def unjudged(topic: Topic, chance: random.Random) -> Iterator[Pair]:
    """Some pairs of a topic for which there is no label."""
    judged = {(n, passage.span) for n, passage, _ in topic.told}
    register = Register(topic.claims)
    reports = {claim.filed.article.id: claim.filed for claim in topic.claims}
    asked = [
        topic.claims[n].pair(passage)
        for report in reports.values()
        for n, passage in register.ranked(passages(report))
        if (n, passage.span) not in judged
    ]
    alike = [
        topic.claims[a].beside(topic.claims[b])
        for (a, b), _ in cheap_odds(topic.claims)
        if a not in topic.same or b not in topic.same
    ]
    for task, found, most in (("verdict", asked, ASKED), ("same", alike, ALIKE)):
        for first, second in chance.sample(found, min(most, len(found))):
            yield Pair(first, second, task, 0, topic.name)


def main() -> None:
    """Read the topics, score, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--teacher", type=Path, required=True, help="the folder of the unpacked package")
    parser.add_argument("--start", type=Path, required=True, help="the trained teacher")
    options = parser.parse_args()
    torch.set_num_threads(1)
    chance = random.Random(4)
    network, tokenizer = Teacher(), Teacher.tokenizer(options.teacher)
    network.load_state_dict(torch.load(options.start, map_location="cpu"))
    with options.out.open("w", encoding="utf-8") as out:
        for topic in topics(options.data, Reader(), validation=False):
            write(list(unjudged(topic, chance)), network, tokenizer, out)


def write(found: Sequence[Pair], network: Teacher, tokenizer: Tokenizer, out: TextIO) -> None:
    """A line a pair."""
    rows = [(network.encode(tokenizer, pair), pair) for pair in found]
    for pair, chances in zip(found, scores(network, rows), strict=True):
        row = {"task": pair.task, "first": pair.first, "second": pair.second, "story": pair.story}
        out.write(json.dumps(row | {"chances": [round(float(c), 4) for c in chances]}) + "\n")


if __name__ == "__main__":
    main()
