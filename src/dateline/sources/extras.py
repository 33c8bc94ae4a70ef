"""Libraries that the base install does without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dateline.errors import SourceError


@contextmanager
def needed_for(what: str, extra: str) -> Iterator[None]:
    """Around the import of a library: where it is missing, a SourceError that says how to install it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise SourceError(
            f"{what} needs the library {error.name}; install it from a checkout of dateline with `pip install '.[{extra}]'`"
        ) from error
