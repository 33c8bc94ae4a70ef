"""Every rule's examples, run through the public function."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dateline.reader.calendar import find
from dateline.reader.calendar.arrangements import read_table
from dateline.reader.calendar.grammar import read_tables

EXAMPLES = [
    pytest.param(rule["name"], example, id=f"{rule['family']}: {rule['name']}: {example['text']}")
    for rule in read_tables()[1]
    for example in rule["examples"]
]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_example_of_a_rule(name: str, example: dict[str, Any]) -> None:
    times = find(example["text"], date.fromisoformat(example["published"]), explain=True)
    if "found" not in example:
        assert not times
        return
    by_text = {time.text: time for time in times}
    assert example["found"] in by_text, [time.text for time in times]
    time = by_text[example["found"]]
    assert time.value == example["value"]
    assert str(time.rule).endswith(f": {example.get('rule', name)}")
    assert time.type == example.get("type", time.type)
    assert time.mod == example.get("mod", time.mod)
    if "from" in example:
        assert time.interval is not None
        assert (time.interval.start, time.interval.end) == tuple(
            date.fromisoformat(example[key]) for key in ("from", "to")
        )


@pytest.mark.parametrize("example", read_table()["example"], ids=lambda example: str(example["text"]))
def test_example_of_an_arrangement(example: dict[str, str]) -> None:
    found = {
        time.text: time.value for time in find(example["text"], date.fromisoformat(example["published"]))
    }
    assert found[example["found"]] == example["value"]
