"""The day of a page: the article's own, and never that of what stands beside it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from dateline.errors import UndatedArticle
from tests.sources.conftest import STORY, Reads, a_page

DAY = date(2023, 8, 4)


def ld(*nodes: object) -> str:
    data = nodes[0] if len(nodes) == 1 else list(nodes)
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


ARTICLE = {"@type": "NewsArticle", "headline": "Lock at Merrow to be drained"}


@pytest.mark.parametrize(
    ("head", "before", "after"),
    [
        # a photograph's day stands before the article's
        (ld({"image": [{"@type": "ImageObject", "datePublished": "2023-07-30T20:16Z"}], **ARTICLE, "datePublished": "2023-08-04"}), "", ""),
        (ld({"@type": "VideoObject", "uploadDate": "2022-06-08"}, {**ARTICLE, "datePublished": "August 4, 2023 9:00 am"}), "", ""),
        (ld({"@graph": [{"@type": "WebPage", "datePublished": "2023-08-01"}, {**ARTICLE, "datePublished": "2023-08-04"}]}), "", ""),
        (ld({"@type": "NewsArticle", "headline": "Old bridge", "datePublished": "2020-01-05"}, {**ARTICLE, "datePublished": "2023-08-04"}), "", ""),
        (ld({"@type": "WebPage", "mainEntity": {**ARTICLE, "datePublished": "Fri, Aug 4 2023 10:01:41 EDT"}}), "<figcaption>Merrow, May 20, 2021</figcaption>", ""),
        # what one field says of its making gives way to what the article says of its publication
        (meta("dcterms.created", "2023-08-03T20:25:25-05:00") + ld({**ARTICLE, "datePublished": "2023-08-04T03:02:34-05:00"}), "", ""),
        (meta("article:published_time", "2023-08-04T09:00:00Z") + meta("article:modified_time", "2023-08-09T09:00:00Z"), "", ""),
        (meta("article:published_time", "2023-08-04T09:00:00Z") + '<link rel="canonical" href="https://a.example/2023/08/14/lock.html">', "", ""),
        ("", '<time itemprop="datePublished" datetime="2023-08-04">4 Aug</time>', ""),
        ("", '<time class="ago" datetime="Fri Aug 04 2023 15:21:41 GMT+0000">4 Aug 2023</time>', ""),
        ("", '<time datetime="2023-08-04T10:00:00Z">4 August</time>', '<div class="related"><time datetime="2023-08-20">20 Aug</time></div>'),
        ("", '<p class="byline">By Ada Moss | Fri 4 Aug 2023 14.05 BST</p>', "<footer>Copyright 2016</footer>"),
        ("", "<p>Published: 4 August 2023</p>", ""),
        ("", '<ul class="meta"><li><a href="/d">4 Aug 2023 18:29</a></li></ul>', '<aside><img data-src="/up/2023/08/12/a.jpg"></aside>'),
        ("", "<p>Received: 3 May 2022 Accepted: 16 July 2023 Published: 04 August 2023</p>", ""),
        ('<link rel="canonical" href="https://a.example/news/2023/08/04/lock">', "", ""),
        ('<link rel="canonical" href="https://a.example/2023/aug/04/lock">', "", ""),
    ],
)  # fmt: skip
def test_the_articles_own_day(read: Reads, head: str, before: str, after: str) -> None:
    article = read("a.html", a_page(head, before, after)).only
    assert article.published == DAY
    assert article.dated_by
    assert "guessed" not in article.dated_by


@pytest.mark.parametrize(
    ("head", "before", "how"),
    [
        (meta("article:modified_time", "2023-08-04T09:00:00Z"), "", "changed"),
        ("", '<p class="byline">Updated 4 August 2023 at 14.05</p>', "changed"),
        ("", "<p>Updated 10:14 AM EST, August 4, 2023</p>", "changed"),
        ("", '<time itemprop="dateModified" datetime="2023-08-04T19:20:45+01:00">4 August</time>', "changed"),
    ],
)
def test_a_page_that_tells_only_its_change(read: Reads, head: str, before: str, how: str) -> None:
    article = read("a.html", a_page(head, before)).only
    assert article.published == DAY
    assert how in (article.dated_by or "")


@pytest.mark.parametrize(
    ("head", "before", "after"),
    [
        ("", '<p class="byline">By Ada Moss, 3 hours ago</p>', ""),
        ("", "", '<div class="rel"><time datetime="2023-08-01">1 Aug</time></div>'),
        ("", "", "<footer>Copyright 2016 Merrow Echo</footer>"),
        ("", "", "<footer>© 1 May 2016 Merrow Echo</footer>"),
        (meta("article:published_time", "2023-08"), "", ""),
        (meta("article:published_time", "2023"), "", ""),
        (meta("article:published_time", "2023-02-30"), "", ""),
        (ld({"@type": "VideoObject", "uploadDate": "2022-06-08", "datePublished": "2022-06-08"}), "", ""),
        ("", "<figure><figcaption>The lock in May 2020</figcaption></figure>", ""),
    ],
)
def test_what_is_no_day_of_the_article(read: Reads, head: str, before: str, after: str) -> None:
    found = read("a.html", a_page(head, before, after))
    assert isinstance(found.problems[0], UndatedArticle)
    assert read("b.html", a_page(head, before, after), published=DAY).only.dated_by == "--date"


def test_the_papers_own_clock_counts(read: Reads) -> None:
    head = ld({**ARTICLE, "datePublished": "2023-08-05T02:11:03+00:00"})
    shown = '<time itemprop="datePublished" datetime="2023-08-04T21:11:03-05:00">August 4, 2023</time>'
    assert read("a.html", a_page(head, shown)).only.published == DAY
    assert read("b.html", a_page(head, '<p class="byline">August 4, 2023</p>')).only.published == DAY
    changed = ld(
        {**ARTICLE, "datePublished": "2023-08-05T02:11:03Z", "dateModified": "2023-08-06T09:00:00-05:00"}
    )
    assert read("c.html", a_page(changed)).only.published == DAY
    assert read("d.html", a_page(head)).only.published == DAY + timedelta(days=1)


def test_numbers_are_read_as_the_page_speaks(read: Reads) -> None:
    shown = "<p>Published 04/08/2023</p>"
    assert read("a.html", a_page(before=shown, lang="en-GB")).only.published == DAY
    assert read("b.html", a_page(before=shown, lang="en-US")).only.published == date(2023, 4, 8)
    assert "2023-08-04 or 2023-04-08" in read("c.html", a_page(before=shown)).problem
    assert read("d.html", a_page(before=shown), date_order="dmy").only.published == DAY
    settled = a_page(
        '<meta name="date" content="08/04/2023 12:43">', "<p>Erstellt am: 04.08.2023</p>", lang="de"
    )
    assert read("e.html", settled).only.published == DAY


def test_a_day_found_in_the_text_alone_is_marked_as_guessed(read: Reads) -> None:
    page = f"<html><body><h1>Lock at Merrow</h1>{STORY * 2}<p>The trust wrote this on 4 August 2023 and will write again.</p></body></html>"
    found = read("a.html", page)
    assert (found.only.dated_by or "").endswith("(guessed)")
    assert "guessed" in found.warnings[0]


def test_broken_json_ld_still_tells_its_one_day(read: Reads) -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A "lock"", "datePublished": "2023-08-04",}</script>'
    assert read("a.html", a_page(head)).only.dated_by == "json-ld"


def test_days_ahead_and_long_ago_are_warned_of(read: Reads) -> None:
    ahead = date.today() + timedelta(days=400)
    found = read("a.txt", f"date {ahead} The lock is open.")
    assert found.only.published == ahead
    assert "in the future" in found.warnings[0]
    assert "before 1900" in read("b.txt", "date 1203-08-04 The lock is open.").warnings[0]
    assert not read("c.txt", "date 2023-08-04 The lock is open.").warnings


def test_a_moment_is_kept(read: Reads) -> None:
    article = read("a.html", a_page(meta("article:published_time", "2023-08-04T09:00:00+02:00"))).only
    assert article.published_at == datetime.fromisoformat("2023-08-04T09:00:00+02:00")
