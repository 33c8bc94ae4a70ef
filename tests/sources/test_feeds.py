"""Feeds: RSS, Atom and JSON Feed, from a file and from an address."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dateline.sources import SourceOptions, open_source
from tests.sources.conftest import Reads, Remembered, Site, a_page, sort_out

TEXT = "The lock at Merrow will be drained on Monday, the canal trust said."


def rss(*items: str, title: str = "Merrow Echo") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title><language>en-gb</language>{''.join(items)}</channel></rss>"
    )


def item(number: int = 1, link: str | None = None, day: str = "Fri, 04 Aug 2023 23:30:00 -0500") -> str:
    where = link or f"https://echo.example/{number}"
    return f"<item><title>Lock {number}</title><link>{where}</link><pubDate>{day}</pubDate><description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item>"


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Merrow Echo</title><entry><title>Lock 1</title><link href="https://echo.example/1"/>'
    f'<id>1</id><published>2023-08-04T23:30:00-05:00</published><updated>2023-08-09T09:00:00Z</updated><content type="html">{TEXT}</content></entry></feed>'
)
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Merrow Echo",
        "items": [
            {
                "id": "1",
                "url": "https://echo.example/1",
                "title": "Lock 1",
                "content_html": f"<p>{TEXT}</p>",
                "date_published": "2023-08-04T23:30:00-05:00",
            }
        ],
    }
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xml", rss(item())),
        ("b.rss", rss(item())),
        ("c.atom", ATOM),
        ("d.json", JSON_FEED),
        ("noname", rss(item())),
    ],
)
def test_each_kind_of_feed(read: Reads, name: str, data: str) -> None:
    article = read(name, data).only
    # the day is the paper's own, not that of Greenwich
    assert (article.published, article.title, article.text) == (date(2023, 8, 4), "Lock 1", TEXT)
    assert (article.publisher, article.url, article.dated_by) == (
        "Merrow Echo",
        "https://echo.example/1",
        "feed",
    )


def test_an_entry_without_text_is_its_title_and_one_without_a_day_is_named(read: Reads) -> None:
    bare = "<item><title>Lock shut</title><pubDate>Fri, 04 Aug 2023 09:00:00 GMT</pubDate></item>"
    found = read("a.xml", rss(bare, "<item><title>Undated</title></item>"))
    assert [a.text for a in found.articles] == ["Lock shut"]
    assert "#2" in str(found.problems[0])


def test_a_new_entry_at_the_top_adds_only_itself(read: Reads) -> None:
    old = read("a.xml", rss(item(1))).only
    assert old.id in {a.id for a in read("a.xml", rss(item(2), item(1))).articles}


@pytest.mark.parametrize(
    "data",
    [
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>',
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>',
        "<rss version='2.0'><channel><item><title>never closed",
        "<feed>",
    ],
)
def test_bombs_and_broken_feeds_are_named(read: Reads, data: str) -> None:
    found = read("a.rss", data)
    assert found.problems
    assert not any("root:" in a.text for a in found.articles)


def test_a_feed_is_fetched_again_only_when_it_changed(site: Site) -> None:
    memory = Remembered()
    options = SourceOptions(allow_private=True, delay=0, memory=memory)
    address = site.put("/feed", rss(item(1)), "application/rss+xml", ETag='"one"')
    assert len(sort_out(open_source(address, options)).articles) == 1
    second = sort_out(open_source(address, options))
    assert (second.articles, second.problems) == ([], [])
    site.put("/feed", rss(item(2), item(1)), "application/rss+xml", ETag='"two"')
    assert len(sort_out(open_source(address, options)).articles) == 2


def test_an_entry_without_a_day_does_not_have_the_feed_fetched_again(site: Site) -> None:
    undated = "<item><title>Undated</title><description>A lock.</description></item>"
    address = site.put("/feed", rss(item(1), undated), "application/rss+xml", ETag='"one"')
    memory = Remembered()
    options = SourceOptions(allow_private=True, delay=0, memory=memory)
    assert len(sort_out(open_source(address, options)).problems) == 1
    again = sort_out(open_source(address, options))
    assert (again.articles, again.problems) == ([], [])
    # whoever gives it a day gets it
    dated = SourceOptions(allow_private=True, delay=0, memory=memory, published=date(2023, 8, 5))
    assert [a.title for a in sort_out(open_source(address, dated)).articles] == ["Lock 1", "Undated"]


def test_pages_are_followed_once(site: Site) -> None:
    page = '<meta property="article:published_time" content="2023-08-04T09:00:00+01:00">'
    links = [site.put(f"/{n}", a_page(page if n == 1 else "")) for n in (1, 2)]
    address = site.put("/feed", rss(*(item(n, links[n - 1]) for n in (1, 2))), "text/xml", ETag='"one"')
    memory = Remembered()
    options = SourceOptions(allow_private=True, delay=0, memory=memory, follow=True)
    one, two = sort_out(open_source(address, options)).articles
    assert "divers can look at its gates" in one.text
    assert (one.source, one.url) == (links[0], links[0])
    assert one.dated_by == "meta article:published_time"
    # a page that tells no day has that of the feed
    assert (two.published, two.dated_by) == (date(2023, 8, 4), "feed")
    links.append(site.put("/3", a_page(page)))
    site.put("/feed", rss(*(item(n, links[n - 1]) for n in (3, 1, 2))), "text/xml", ETag='"two"')
    assert [a.source for a in sort_out(open_source(address, options)).articles] == [links[2]]
    assert site.asked.count("/1") == 1


def test_a_page_that_cannot_be_had_gives_way_to_the_feeds_words(site: Site) -> None:
    address = site.put("/feed", rss(item(1, site.address + "/gone")), "text/xml", ETag='"one"')
    options = SourceOptions(allow_private=True, delay=0, follow=True, memory=Remembered())
    found = sort_out(open_source(address, options))
    assert found.only.text == TEXT
    assert "404" in found.warnings[0]


def test_a_feed_may_not_lead_into_the_network(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.sources import addresses

    monkeypatch.setattr(addresses, "_is_public", lambda number: number == "127.0.0.1")
    address = site.put("/feed", rss(item(1, "http://169.254.169.254/latest")), "text/xml")
    found = sort_out(open_source(address, SourceOptions(delay=0, follow=True)))
    assert "--allow-private" in found.warnings[0]


def test_without_its_library_the_way_to_it_is_told(read: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "feedparser", None)
    problem = read("a.rss", rss(item())).problem
    assert "feedparser" in problem
    assert "pip install '.[sources]'" in problem
