"""The tables beside the modules."""

from __future__ import annotations

import pytest

from dateline.language.tables import toml_table


def test_a_table_of_a_package_is_read_by_its_name() -> None:
    assert {"titles", "suffixes"} <= toml_table("dateline.language", "names.toml").keys()
    with pytest.raises(FileNotFoundError):
        toml_table("dateline.language", "nothing.toml")
