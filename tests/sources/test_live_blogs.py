"""Live blogs: an article a post, each of its own moment, the same when the page is read again with more posts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.notebook import Notebook
from dateline.reader import Reader
from dateline.records import Article
from dateline.sources import SourceOptions
from dateline.sources.posts import LiveBlog, find_posts, post_articles
from dateline.store import open_store
from tests.plain_model import PlainModel
from tests.sources.conftest import Reads, Remembered, Site, a_page, sort_out
from tests.sources.test_feeds import item, rss

pytestmark = pytest.mark.usefixtures("plain_judge")

HARBOUR = "The harbour of Port Ellery has been closed until Friday, its master says."
POWER = "The power has gone in the whole of the old town tonight."
BOATS = "Two boats were torn loose yesterday evening, the coast guard says."
PIER = "The pier will be looked over by divers this afternoon."
NIGHT = ["2024-03-06T22:40", "2024-03-06T23:55", "2024-03-07T00:20"]


def moments(articles: Sequence[Article]) -> list[str]:
    return [
        a.published_at.replace(tzinfo=None).isoformat(timespec="minutes") for a in articles if a.published_at
    ]


# ---------------------------------------------------------------- plain text


@pytest.mark.parametrize(
    "stamps",
    [
        ("22:40", "23:55", "00:20"),
        ("22:40 GMT", "23:55 GMT", "00:20 GMT"),
        ("10.40pm", "11.55pm", "12.20am"),
        ("10:40 p.m. EST", "11:55 p.m. EST", "12:20 a.m. EST"),
        ("[22.40]", "[23.55]", "[00.20]"),
        ("6 March, 22:40", "6 March, 23:55", "7 March, 00:20"),
        ("Wed 22:40", "Wed 23:55", "Thu 00:20"),
        ("22:40 CET, 6 March 2024", "23:55 CET, 6 March 2024", "00:20 CET, 7 March 2024"),
    ],
)
@pytest.mark.parametrize("newest_first", [False, True])
def test_posts_under_their_times_are_articles_of_their_days(
    read: Reads, stamps: Sequence[str], newest_first: bool
) -> None:
    posts = [f"{stamp}\n{text}\n" for stamp, text in zip(stamps, (HARBOUR, POWER, BOATS), strict=True)]
    text = "\n".join(reversed(posts) if newest_first else posts)
    found = read("a.txt", f"date 2024-03-06\n{text}")
    assert [a.text for a in found.articles] == [HARBOUR, POWER, BOATS]
    assert moments(found.articles) == NIGHT
    assert [a.published.day for a in found.articles] == [6, 6, 7]
    assert not found.problems


def test_words_after_the_time_are_part_of_the_post(read: Reads) -> None:
    text = f"22:40 – Harbour of Ellery closed\n{HARBOUR}\n\n23:55 – {POWER}\n\n00:20 - {BOATS}"
    articles = read("a.txt", f"date 2024-03-06\n{text}").articles
    assert [a.text for a in articles] == [f"Harbour of Ellery closed\n{HARBOUR}", POWER, BOATS]
    assert articles[0].title == "Harbour of Ellery closed"
    assert articles[2].published_at == datetime(2024, 3, 7, 0, 20)


def test_a_line_with_a_day_dates_the_posts_under_it(read: Reads) -> None:
    text = f"Thursday 7 March\n\n00:20\n{BOATS}\n\n6 March 2024\n\n23:55\n{POWER}\n\n22:40\n{HARBOUR}"
    first, second, third = read("a.txt", f"22:58\n{PIER}\n\n{text}", published=date(2024, 3, 7)).articles[:3]
    assert [first.text, second.text, third.text] == [HARBOUR, POWER, BOATS]
    assert [a.published.day for a in (first, second, third)] == [6, 6, 7]


def test_what_stands_before_the_posts(read: Reads) -> None:
    posts = f"22:40\n{HARBOUR}\n\n23:55\n{POWER}\n\n00:20\n{BOATS}"
    titled = read("a.txt", f"date 2024-03-06\nStorm Mira: live\n\n{posts}").articles
    assert [a.title for a in titled] == ["Storm Mira: live"] * 3
    lead = "Our reporters follow the storm as it comes ashore, from the harbour and from the town hall."
    led = read("b.txt", f"date 2024-03-06\nStorm Mira: live\n\n{lead}\n\n{posts}").articles
    assert led[0].text.endswith(lead)
    assert len(led) == 4
    assert [a.text for a in led[1:]] == [HARBOUR, POWER, BOATS]


@pytest.mark.parametrize(
    "text",
    [
        # a timetable
        "09:30 – Registration\n10:00 – Opening by the mayor\n11:15 – Coffee and cake in the hall",
        # two posts
        f"22:40\n{HARBOUR}\n\n23:55\n{POWER}",
        # clocks that go up and down
        f"22:40\n{HARBOUR}\n\n21:55\n{POWER}\n\n22:20\n{BOATS}",
        # a report with a chronology at its end
        f"{HARBOUR} {POWER} {BOATS} {PIER} {HARBOUR} {POWER} {BOATS}\n\n22:40 – {HARBOUR}\n22:50 – {POWER}\n23:20 – {BOATS}",
        # times within sentences
        f"22:40 was the hour. {HARBOUR}\n23:55 came. {POWER}\n00:20 went by. {BOATS}",
        # what a recording tells of its own length
        f"12:10 – {HARBOUR}\n34:20 – {POWER}\n55:02 – {BOATS}",
    ],
)
def test_other_texts_with_times_stay_whole(read: Reads, text: str) -> None:
    assert read("a.txt", f"date 2024-03-06\n{text}").only.text == text


@given(
    st.lists(
        st.tuples(
            st.times().map(lambda t: t.strftime("%H:%M")),
            st.sampled_from(["", "6 March ", "Thu "]),
            st.text(st.characters(categories=["L", "P"]), max_size=80),
        ),
        max_size=6,
    ),
    st.dates(max_value=date(9998, 1, 1)),
)
def test_whatever_stands_under_times_no_post_is_before_the_one_before(
    posts: list[tuple[str, str, str]], day: date
) -> None:
    text = "\n".join(f"{own}{clock}\n{HARBOUR} {body}." for clock, own, body in posts)
    if live := find_posts(text, day):
        told = [a.published_at for a in post_articles(live.posts, LiveBlog("a.txt", day, "header"))]
        assert len(told) == len(posts)
        if not any(own for _, own, _ in posts):
            assert told == sorted(told)


# ---------------------------------------------------------------- pages


def listed(*posts: tuple[str, str, str], title: str = "Storm Mira: live", zone: str = "+00:00") -> str:
    """A page that lists its posts for machines: anchor, moment, text."""
    updates = [
        {"@type": "BlogPosting", "datePublished": at, "articleBody": f"<p>{text}</p>", "url": f"https://m.example/live#{anchor}"}
        for anchor, at, text in posts
    ]  # fmt: skip
    node = {
        "@type": "LiveBlogPosting",
        "headline": title,
        "coverageStartTime": f"2024-03-06T21:00:00{zone}",
        "liveBlogUpdate": updates,
    }
    return (
        f'<html lang="en-GB"><head><title>{title}</title><script type="application/ld+json">{json.dumps(node)}</script></head>'
        f"<body><h1>{title}</h1><p>Our reporters follow the storm as it comes ashore.</p></body></html>"
    )


FIRST = ("p1", "2024-03-06T22:40:00Z", HARBOUR)
SECOND = ("p2", "2024-03-06T23:55:00Z", POWER)
THIRD = ("p3", "2024-03-07T00:20:00Z", BOATS)


def test_the_posts_that_a_page_lists(read: Reads) -> None:
    # one that is pinned to the top stands out of order
    articles = read("a.html", listed(SECOND, THIRD, FIRST)).articles
    assert [a.text for a in articles] == [HARBOUR, POWER, BOATS]
    assert moments(articles) == NIGHT
    assert {a.dated_by for a in articles} == {"post"}
    assert [a.url for a in articles] == [f"https://m.example/live#p{n}" for n in (1, 2, 3)]


def test_posts_told_by_the_clock_of_greenwich_are_of_the_papers_own_day(read: Reads) -> None:
    articles = read("a.html", listed(FIRST, SECOND, THIRD, zone="+01:00")).articles
    assert [a.published.day for a in articles] == [6, 7, 7]
    assert moments(articles)[0] == "2024-03-06T23:40"


def test_a_page_read_again_gives_the_same_posts_and_the_new_ones(read: Reads) -> None:
    before = read("a.html", listed(SECOND, FIRST)).articles
    after = read("a.html", listed(THIRD, SECOND, FIRST, title="Storm Mira: boats lost – live")).articles
    assert [a.id for a in after[:2]] == [a.id for a in before]
    assert len({a.id for a in after}) == 3


def stamped(head: str = "", title: str = "Storm Mira: live") -> str:
    """A page whose posts stand under their stamps, with shared links, a quoted post and comments."""
    return f"""<html lang="en-GB"><head><title>{title}</title>{head}</head><body><h1>{title}</h1><p>We follow the storm ashore.</p>
<div class="entries">
<article id="b3"><p><time datetime="2024-03-07T00:20:00">00.20</time></p><h2>Boats gone</h2><p>{BOATS}</p><div class="share">Share</div></article>
<article id="b2"><p><time datetime="2024-03-06T23:55:00">23.55</time> <time class="updated" datetime="2024-03-07T01:58:00">Updated 01.58</time></p>
<p>{POWER}</p><blockquote><p>It is dark here.</p><time datetime="2024-03-06T23:50:00">23.50</time></blockquote></article>
<article id="b1"><p><time datetime="2024-03-06T22:40:00">22.40</time></p><p>{HARBOUR}</p></article>
</div><section class="comments"><p><time datetime="2024-03-08T10:00:00">8 March</time> I never liked storms.</p></section></body></html>"""


def test_posts_that_stand_under_their_stamps(read: Reads) -> None:
    articles = read("a.html", stamped()).articles
    assert [a.text for a in articles] == [HARBOUR, f"{POWER}\n\nIt is dark here.", f"Boats gone\n\n{BOATS}"]
    assert moments(articles) == NIGHT
    assert [a.source.partition("#")[2] for a in articles] == ["b1", "b2", "b3"]


def test_a_page_with_stamps_that_is_no_live_blog_is_one_article(read: Reads) -> None:
    page = stamped('<meta property="article:published_time" content="2024-03-06T09:00:00Z">', "Storm Mira")
    assert len(read("a.html", page).articles) == 1


def test_a_report_with_a_ticker_beside_it_is_one_article(read: Reads) -> None:
    items = "".join(
        f'<p><time datetime="2024-03-06T{clock}">{clock}</time> {text}</p>'
        for clock, text in (
            ("22:40", "Harbour shut at once"),
            ("21:55", "Power back in town"),
            ("20:20", "Storm is near"),
        )
    )
    head = '<meta property="article:published_time" content="2024-03-06T09:00:00Z">'
    page = a_page(head, after=f'<div class="live-ticker">{items}</div>')
    article = read("a.html", page).only
    assert "canal trust" in article.text


def test_posts_whose_words_stand_on_the_page_alone(read: Reads) -> None:
    updates = [
        {"@type": "BlogPosting", "headline": "What is new", "datePublished": at}
        for at in (FIRST[1], SECOND[1])
    ]
    node = json.dumps({"@type": "LiveBlogPosting", "liveBlogUpdate": updates})
    page = stamped(f'<script type="application/ld+json">{node}</script>')
    assert [HARBOUR in a.text for a in read("a.html", page).articles] == [True, False, False]


@pytest.mark.parametrize("outside", ["related live-updates", "live-updates"])
def test_the_posts_are_those_of_what_holds_most_of_them(read: Reads, outside: str) -> None:
    page = stamped().replace('class="entries"', 'class="live-blog"')
    other = "".join(
        f"<p><time datetime='2024-03-05T0{n}:00'>0{n}.00</time> Another story {n}</p>" for n in range(1, 4)
    )
    more = page.replace("</body>", f'<div class="{outside}">{other}</div></body>')
    found = read("a.html", more).articles
    assert [a.published.day for a in found] == [6, 6, 7]


def test_posts_under_headings_that_hold_their_times_alone(read: Reads) -> None:
    posts = "".join(
        f"<h3><time>{clock}</time></h3><p>{text}</p><p>More is to come.</p>"
        for clock, text in (("22:40", HARBOUR), ("23:55", POWER), ("00:20", BOATS))
    )
    head = '<meta property="article:published_time" content="2024-03-06T09:00:00+00:00">'
    page = f'<html lang="en-GB"><head><title>Storm Mira</title>{head}</head><body><h1>Storm Mira</h1><div id="live-ticker">{posts}</div></body></html>'
    articles = read("a.html", page).articles
    assert [a.text for a in articles] == [f"{t}\n\nMore is to come." for t in (HARBOUR, POWER, BOATS)]
    assert moments(articles) == NIGHT
    assert {a.dated_by for a in articles} == {"post, meta article:published_time"}


# ---------------------------------------------------------------- in a notebook


def test_only_new_posts_are_new_and_a_day_shows_its_own(tmp_path: Path) -> None:
    page = tmp_path / "live.html"
    with Notebook(open_store(tmp_path / "n.db"), Reader(PlainModel())) as notebook:
        for posts, added, known in (((SECOND, FIRST), 2, 0), ((THIRD, SECOND, FIRST), 1, 2)):
            page.write_text(listed(*posts), encoding="utf-8")
            report = notebook.add(page)
            assert (report.added, report.known) == (added, known)

        def held(day: int) -> int:
            return sum(len(s.summary.members) for s in notebook.stories(date(2024, 3, day)))

        assert (held(5), held(6), held(7)) == (0, 2, 3)


def test_a_live_blog_that_a_feed_links_to_is_fetched_again(site: Site) -> None:
    from dateline.sources import open_source

    now = datetime.now().astimezone().replace(microsecond=0).isoformat()
    memory = Remembered()
    options = SourceOptions(follow=True, allow_private=True, delay=0, memory=memory)
    link = site.put("/live", listed(("p1", now, HARBOUR)))
    ended = site.put("/ended", listed(FIRST))
    site.put("/feed", rss(item(1, link=link), item(2, link=ended)), "application/rss+xml")
    for _ in range(2):
        assert not sort_out(open_source(site.address + "/feed", options)).problems
    assert (site.asked.count("/live"), site.asked.count("/ended")) == (2, 1)
