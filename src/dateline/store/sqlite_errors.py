"""What SQLite says, in words that tell what to do."""

from __future__ import annotations

import functools
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from dateline.errors import DamagedNotebook, NotebookError

Kind = TypeVar("Kind", bound=type)

# what SQLite says of a file that was changed by something else than SQLite
_DAMAGE = (
    "malformed", "disk image", "could not decode", "corrupt", "unsupported file format", "no such table",
    "no such column", "fts5", "invalid page", "vtable constructor",
)  # fmt: skip

_ROOM = 1 << 20
"""Bytes that a disk must have free, or what cannot be opened or written is for want of room: SQLite needs several files."""


def damaged(name: str, what: object) -> DamagedNotebook:
    """The error for a notebook that holds what dateline never writes."""
    return DamagedNotebook(
        f"{name}: this notebook is damaged ({what}); run `dateline check --notebook {name}` to see what can be mended"
    )


def explain(name: str, error: sqlite3.Error) -> NotebookError:
    """The error for what SQLite refused, with the way out."""
    text = str(error)
    if "not a database" in text:
        return NotebookError(
            f"{name}: this file is not a dateline notebook; give another name with --notebook"
        )
    if any(sign in text for sign in _DAMAGE):
        return damaged(name, text)
    if "full" in text or (any(sign in text for sign in ("unable to open", "disk I/O")) and _is_full(name)):
        return NotebookError(f"{name}: the disk is full; make room and run the command again")
    if "readonly" in text or "unable to open" in text:
        return NotebookError(
            f"{name}: the notebook cannot be written here; give a file in a folder you can write to with --notebook"
        )
    if "locked" in text or "busy" in text:
        return NotebookError(f"{name}: another program is writing to this notebook; wait for it to finish")
    if "disk I/O" in text:
        return NotebookError(
            f"{name}: the disk cannot be read or written ({text}); make room on it, or see whether it still works"
        )
    return NotebookError(f"{name}: the notebook failed ({text})")


def _is_full(name: str) -> bool:
    try:
        return shutil.disk_usage(Path(name).parent).free < _ROOM
    except OSError:
        return False


@contextmanager
def explained(name: str) -> Iterator[None]:
    """What goes wrong inside is told as a NotebookError: SQLite's refusals, and rows that no dateline wrote."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(name, error) from error
    except UnicodeEncodeError:
        raise
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        # a store knows no rules: what cannot be decoded was not written by it
        raise damaged(name, f"{type(error).__name__}: {error}") from error


def explaining(kind: Kind) -> Kind:
    """A class whose methods tell what goes wrong as `explained` does, by the `name` of the object.

    Methods that give a context or an iterator are left alone: what goes wrong in their caller's block is not theirs.
    """
    for name, method in list(vars(kind).items()):
        if callable(method) and not name.startswith("_") and not hasattr(method, "__wrapped__"):
            setattr(kind, name, _explaining(method))
    return kind


def _explaining(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        with explained(self.name):
            return method(self, *args, **kwargs)

    return call
