"""Which of a story's articles count: copies add nothing, and a newer version stands for the older."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.records import Evidence, Span, StoryArticle


def latest_versions(filed: Sequence[StoryArticle]) -> list[StoryArticle]:
    """`filed` without copies and without versions that a later one in `filed` replaces, in the same order."""
    replaced = {f.revision_of for f in filed if f.revision_of}
    return [f for f in filed if f.duplicate_of is None and f.article.id not in replaced]


def evidence(filed: StoryArticle, span: Span) -> Evidence:
    """The passage of an article as evidence."""
    article = filed.article
    return Evidence(article.id, article.source, span, span.of(article.text), article.published)
