"""The tables that lie beside the modules of the package."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def toml_table(package: str, name: str) -> dict[str, Any]:
    """The TOML file `name` of `package`, such as `dateline.reader`."""
    return tomllib.loads(resources.files(package).joinpath(name).read_text("utf-8"))
