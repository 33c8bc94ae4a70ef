"""A long article takes time by its length, not by its square, in every part of the reader but the network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dateline.reader import Reader, calendar, events, expectations, mentions, segmentation, statements
from dateline.records import Article
from tests.plain_model import PlainModel
from tests.stopwatch import grows_with_the_size

PUBLISHED = date(2024, 3, 1)
REPORT = (
    "“We waited for the ferry of Arlen until Friday,” mayor Ada Holt said. She will open the bridge on Monday. "
    "Captain Ilse Roon sailed to Hallin and he said that “nobody was asked” before. The mayor refused it.\n\n"
)
Work = Callable[[int], object]


def parts(piece: str, sizes: tuple[int, int]) -> dict[str, Work]:
    """Each component as a function of the text's length."""
    texts = {size: (piece * (size // len(piece) + 1))[:size] for size in sizes}
    reader = Reader(PlainModel())
    documents = {
        size: reader.document(Article("a", "a.txt", PUBLISHED, text)) for size, text in texts.items()
    }
    times = {size: tuple(calendar.find(texts[size], PUBLISHED, document=d)) for size, d in documents.items()}
    names = {size: mentions.find(d) for size, d in documents.items()}
    happened = {size: events.find(d, times[size], names[size]) for size, d in documents.items()}
    said = {size: statements.find(d, names[size]) for size, d in documents.items()}
    return {
        "segmentation": lambda size: segmentation.split(texts[size]),
        "calendar": lambda size: calendar.find(texts[size], PUBLISHED, document=documents[size]),
        "mentions": lambda size: mentions.find(documents[size]),
        "events": lambda size: events.find(documents[size], times[size], names[size]),
        "statements": lambda size: statements.find(documents[size], names[size]),
        "expectations": lambda size: expectations.find(
            documents[size], times[size], names[size], happened[size], said[size]
        ),
    }


@pytest.mark.parametrize(
    ("piece", "sizes"),
    [
        (REPORT, (64_000, 256_000)),
        ('"', (8_000, 64_000)),
        ("‘dogs’ and ’s ", (16_000, 128_000)),
        ("Monday, Tuesday and ", (8_000, 64_000)),
    ],
    ids=["report", "mark", "marks", "days"],
)
def test_every_part_grows_with_the_text(piece: str, sizes: tuple[int, int]) -> None:
    for name, work in parts(piece, sizes).items():
        assert grows_with_the_size(work, *sizes), name
