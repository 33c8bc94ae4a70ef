"""Words whose dot is part of the token, by the table in abbreviations.toml."""

from __future__ import annotations

from dateline.language.tables import toml_table

_TABLE: dict[str, dict[str, str]] = toml_table("dateline.reader.segmentation", "abbreviations.toml")

TITLES: frozenset[str] = frozenset(_TABLE["whole"]["titles"].split())
"""Words that stand before a name."""

ABBREVIATIONS: frozenset[str] = frozenset(
    (
        *(word for words in _TABLE["whole"].values() for word in words.split()),
        *(title.upper() for title in TITLES if len(title) > 2),
    )
)
"""Words whose dot belongs to them wherever they stand."""

BEFORE_NUMBER: frozenset[str] = frozenset(_TABLE["before_number"]["words"].split())
"""Words that are short for others only before a number: "No. 10", "Mar. 3"."""
