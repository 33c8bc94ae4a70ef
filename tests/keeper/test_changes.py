"""What changed between versions: sentences added, gone and reworded, and nothing else."""

from __future__ import annotations

from datetime import date

from dateline.keeper import changes
from dateline.records import Article, Reading, Span, StoryArticle

FIRST = (
    "The ferry to Hallin sank on Monday.",
    "Three people are missing, the coast guard said.",
    "The cause is not known.",
    "Hallin lies two hours off the coast.",
)
SECOND = (
    "The ferry to Hallin sank on Monday.",
    "Five people are missing, the coast guard said.",
    "Divers will go down on Wednesday.",
    "Hallin lies two hours off the coast.",
)


def version(
    name: str, sentences: tuple[str, ...], revision_of: str | None = None, day: int = 1
) -> StoryArticle:
    text, spans = "", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    article = Article(name, f"{name}.txt", date(2024, 3, day), text)
    return StoryArticle(Reading(article, sentences=tuple(spans)), revision_of=revision_of)


def told(found: list[changes.Change]) -> list[tuple[str, str | None, str | None]]:
    return [(c.kind, c.before and c.before.text, c.after and c.after.text) for c in found]


def test_sentences_are_added_gone_and_reworded() -> None:
    found = changes.between(version("a", FIRST), version("b", SECOND))
    assert told(found) == [
        ("reworded", FIRST[1], SECOND[1]),
        ("added", None, SECOND[2]),
        ("gone", FIRST[2], None),
    ]
    assert found[0].before is not None
    assert found[0].before.article == "a"


def test_spacing_case_and_stops_are_no_change() -> None:
    other = tuple(s.upper().replace(".", " !") for s in FIRST)
    assert changes.between(version("a", FIRST), version("b", other)) == []


def test_nothing_is_lost_or_told_twice() -> None:
    before, after = version("a", FIRST), version("b", SECOND[::-1])
    found = changes.between(before, after)
    gone = {c.before.text for c in found if c.before}
    new = {c.after.text for c in found if c.after}
    assert gone <= set(FIRST)
    assert new <= set(SECOND)
    assert set(FIRST) - gone == set(SECOND) - new


def test_every_version_is_compared_with_the_one_it_revises() -> None:
    third = version("c", (*SECOND, "All five were found alive."), revision_of="b", day=3)
    filed = [version("a", FIRST), version("b", SECOND, revision_of="a", day=2), third]
    both = changes.of_article("b", filed)
    assert [c.after.article for c in both if c.after] == ["b", "b", "c"]
    assert both == changes.of_article("a", filed) == changes.of_article("c", filed[::-1])
    assert changes.of_article("a", filed[:1]) == []
