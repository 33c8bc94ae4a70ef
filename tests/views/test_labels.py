"""What people and other programs are told: names of sources."""

from __future__ import annotations

import pytest

from dateline.views.labels import public_source


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("strike.txt", "strike.txt"),
        ("/home/anna/cases/strike.txt", "strike.txt"),
        ("C:\\Users\\Anna\\cases\\strike.txt", "strike.txt"),
        ("cases#1/reports.csv#12", "reports.csv#12"),
        ("cases/pages.warc.gz#https://news.example/a/b", "pages.warc.gz#https://news.example/a/b"),
        ("https://news.example/a/b#post-3", "https://news.example/a/b#post-3"),
        ("file:///home/anna/strike.txt", "strike.txt"),
        ("-#2", "-#2"),
    ],
)
def test_of_a_file_its_name_is_told_and_of_a_page_its_address(source: str, told: str) -> None:
    assert public_source(source) == told
