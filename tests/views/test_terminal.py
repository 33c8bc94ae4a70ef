"""Listings in a terminal, where they say less than in a pipe."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest

from dateline.records import Disagreement, DisagreementValue, Evidence, Span
from dateline.views import layout, terminal
from dateline.views.labels import VALUES

MONDAY = date(2024, 5, 6)


def dispute(count: int) -> Disagreement:
    """One of so many values."""
    values = [
        DisagreementValue(f"{n} people", Evidence(f"report {n}", "wire", Span(0, 9), f"It killed {n} people.", MONDAY))
        for n in range(1, count + 1)
    ]  # fmt: skip
    return Disagreement("s", "How many died?", MONDAY, tuple(values))


def printed(found: Disagreement, width: int | None, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("COLUMNS", raising=False)
    if width:
        monkeypatch.setenv("COLUMNS", str(width))
    out = layout.console()
    out.file = StringIO()
    terminal.disagreements(out, [found], cite=lambda evidence: evidence.source)
    return out.file.getvalue()


@pytest.mark.parametrize(("count", "more"), [(VALUES, None), (VALUES + 1, "and 1 more"), (24, "and 20 more")])
def test_of_a_long_dispute_the_first_values_are_shown(
    count: int, more: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = printed(dispute(count), 120, monkeypatch)
    assert text.count("It killed") == VALUES
    assert more in text if more else "more" not in text


def test_a_program_gets_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    text = printed(dispute(24), None, monkeypatch)
    assert text.count("It killed") == 24
    assert "more" not in text
