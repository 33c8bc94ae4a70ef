"""What reports disagree about, on a notebook into which disagreements are put by hand; and that each mark of a picture leads to its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from fastapi.testclient import TestClient

from dateline.notebook import open_notebook
from dateline.records import Disagreement, DisagreementValue, Evidence
from dateline.story import Story
from dateline.views import web
from dateline.views.contents import disagreement_id

ASKED = ("How many <drivers> walked out?", "On which day did the depot close?", "Who called the strike?", "Where did they meet?", "How long is the line?")  # fmt: skip
GIVEN = ("about forty", "seventy-two", "none at all")


def _made(story: Story, as_of: date | None = None, *, everything: bool = False) -> list[Disagreement]:
    """Five disagreements of a story with three reports or more, each between the first three, a day apart."""
    first: dict[str, Evidence] = {}
    for entry in story.timeline(as_of):
        for source in entry.sources:
            first.setdefault(source.article, source)
    if len(first) < len(GIVEN):
        return []
    passages = sorted(first.values(), key=lambda e: (e.published, e.article))[: len(GIVEN)]
    values = tuple(DisagreementValue(v, e) for v, e in zip(GIVEN, passages, strict=True))
    days = [passages[0].published.replace(day=1 + i) for i in range(len(ASKED))]
    return [Disagreement(story.id, about, day, values) for about, day in zip(ASKED, days, strict=True)]


@pytest.fixture
def client(demo_notebook: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(Story, "disagreements", _made)
    monkeypatch.setattr("dateline.views.web.routes.story.PER_PAGE", 2)
    monkeypatch.setattr("dateline.views.web.site.part.__defaults__", (2,))
    with TestClient(web.create(str(demo_notebook)), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def disputed(client: TestClient, demo_notebook: Path) -> list[Disagreement]:
    with open_notebook(demo_notebook) as book:
        return book.disagreements()


def test_the_question_stands_over_the_values_and_their_sources(
    client: TestClient, disputed: list[Disagreement]
) -> None:
    shown = "".join(
        client.get(f"/disagreements?page={page}").text for page in range(1, 1 + -(-len(disputed) // 2))
    )
    assert disputed
    for d in disputed:
        line = shown[shown.index(f'id="disagreement-{disagreement_id(d)}"') :]
        line = line[: line.index("</li>")]
        assert f'<h3 dir="auto">{d.about.replace("<", "&lt;").replace(">", "&gt;")}</h3>' in line
        assert [unescape(v) for v in re.findall(r'class="value" dir="auto">([^<]*)<', line)] == list(GIVEN)
        for v in d.values:
            assert (
                f"/articles/{v.evidence.article}?at={v.evidence.span.start}-{v.evidence.span.end}#here"
                in line
            )
    assert shown.count('class="disagreement line"') == len(disputed)
    twin = client.get("/api/disagreements").json()
    assert [row["about"] for row in twin] == [d.about for d in disputed]


def test_every_mark_of_a_picture_leads_to_the_page_on_which_its_line_stands(
    client: TestClient, disputed: list[Disagreement]
) -> None:
    followed = set()
    for story in {d.story for d in disputed}:
        page = client.get(f"/stories/{story}").text
        drawing = page[page.index('class="picture') : page.index("</figure>")]
        for href in {unescape(h) for h in re.findall(r'href="(/stories/[^"]+)"', drawing)}:
            path, anchor = urldefrag(href)
            assert f'id="{anchor}"' in client.get(path).text, href
            followed.add(anchor.partition("-")[0])
    assert followed >= {"entry", "expectation", "disagreement", "report"}


def test_of_a_long_dispute_the_surest_values_are_shown_and_the_others_folded(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def long(story: Story, as_of: date | None = None, *, everything: bool = False) -> list[Disagreement]:
        return [replace(d, values=d.values * 3) for d in _made(story)]

    monkeypatch.setattr(Story, "disagreements", long)
    line = client.get("/disagreements").text.split('class="disagreement line"')[1]
    shown, _, folded = line.partition("<details><summary>5 more</summary>")
    told = [re.findall(r'class="value" dir="auto">([^<]*)<', part) for part in (shown, folded)]
    assert told == [[*GIVEN, GIVEN[0]], [*GIVEN[1:], *GIVEN]]
