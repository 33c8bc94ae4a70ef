"""The example of docs/times.md prints what stands under it."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "times.md"


def test_the_example_is_true() -> None:
    page = PAGE.read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```\n\n((?:    [^\n]*\n)+)", page, re.DOTALL)
    assert example is not None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(example[1], {})
    assert printed.getvalue() == re.sub(r"^    ", "", example[2], flags=re.MULTILINE)
