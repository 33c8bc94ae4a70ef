"""How a notebook is named: a file's path, or the address of a PostgreSQL database that holds it."""

from __future__ import annotations

import re
from urllib.parse import unquote

_KINDS = ("postgresql://", "postgres://")
_CREDENTIALS = re.compile(r"(://[^:@/?]*):.*@", re.S)
_SECRET = ("password", "sslpassword")


def is_address(name: str) -> bool:
    """True for an address, False for a file's path."""
    return name.startswith(_KINDS)


def has_odd_password(address: str) -> bool:
    """True where the password in an address holds what should be percent-encoded there."""
    found = _CREDENTIALS.search(address)
    return found is not None and any(mark in found[0][len(found[1]) + 1 : -1] for mark in "@:/?#")


def shown_name(name: str) -> str:
    """A notebook's name as people may see it: an address without the password in it, a path as it is."""
    if not is_address(name):
        return name
    place, mark, settings = _CREDENTIALS.sub(r"\1@", name).partition("?")
    kept = [s for s in settings.split("&") if unquote(s.partition("=")[0]).strip().lower() not in _SECRET]
    return place + mark * bool(settings and kept) + "&".join(kept)
