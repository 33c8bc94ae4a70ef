"""The brief, what is known so far on one page, as one HTML file with nothing to load: a page a story, each line cited."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.records import ArticleSummary
from dateline.views.contents import Contents
from dateline.views.labels import report_label


def write(contents: Contents) -> Iterator[str]:
    """The page."""
    # the brief's own module takes its Markdown from the exports
    from dateline.views import briefs

    known: dict[str, ArticleSummary] = {}
    pages = []
    for story in contents.stories():
        known.update(story.article_summaries)
        pages.append(story.story.briefing(as_of=contents.as_of))
    named = briefs.Named(lambda article: report_label(known[article]), known.__getitem__)
    yield briefs.write(pages, "html", named)
