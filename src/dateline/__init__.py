"""dateline reads dated news and keeps the story straight.

>>> from datetime import date
>>> import dateline
>>> reading = dateline.read("The council will vote on Friday.", published=date(2024, 3, 4))
>>> [(t.text, t.value) for t in reading.times]
[('Friday', '2024-03-08')]
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from dateline import errors, records, times
    from dateline.notebook import AddReport, Notebook, read
    from dateline.notebook import open_notebook as open  # noqa: A004 - dateline.open reads as the built-in does
    from dateline.reader import Reader
    from dateline.story import Story
    from dateline.views.exports import export

    __version__: str

__all__ = [
    "AddReport",
    "Notebook",
    "Reader",
    "Story",
    "__version__",
    "errors",
    "export",
    "open",
    "read",
    "records",
    "times",
]

_HOMES = {
    "AddReport": "dateline.notebook:AddReport",
    "Notebook": "dateline.notebook:Notebook",
    "Reader": "dateline.reader:Reader",
    "Story": "dateline.story:Story",
    "errors": "dateline.errors",
    "export": "dateline.views.exports:export",
    "open": "dateline.notebook:open_notebook",
    "read": "dateline.notebook:read",
    "records": "dateline.records",
    "times": "dateline.times",
}


def __getattr__(name: str) -> Any:
    # loaded when asked for: the command must hear an order to stop before it has loaded everything
    if name == "__version__":
        return import_module("importlib.metadata").version("dateline")
    if name not in _HOMES:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    module, _, attribute = _HOMES[name].partition(":")
    found = import_module(module)
    return getattr(found, attribute) if attribute else found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
