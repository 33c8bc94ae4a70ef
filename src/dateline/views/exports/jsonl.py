"""JSON Lines: the rows of the JSON contract, each with the kind of record that it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dateline.views import rows
from dateline.views.contents import Contents, StoryContents


def write(contents: Contents) -> Iterator[str]:
    """A line a row: a story, then its readings, entries, expectations, statements and disagreements."""
    for story in contents.stories():
        for record, row in _rows(story):
            yield json.dumps({"record": record, **rows.without_folders(row)}, ensure_ascii=False) + "\n"


def _rows(story: StoryContents) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "story", rows.story(story.summary)
    for filed in story.articles:
        yield "reading", {"story": story.summary.id, **rows.reading(filed.reading)}
    for entry in story.entries:
        yield "entry", rows.timeline_entry(entry)
    for expectation in story.expectations:
        yield "expectation", rows.ledger_entry(expectation)
    for statement in story.statements:
        yield "statement", rows.statement(statement)
    for disagreement in story.disagreements:
        yield "disagreement", rows.disagreement(disagreement)
