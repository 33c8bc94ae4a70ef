"""Modules that are loaded when they are first asked: a list of stories needs few of those that read articles and work stories out."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class LazyModule:
    """The module `name`, loaded when something of it is first asked for, in whichever thread."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
