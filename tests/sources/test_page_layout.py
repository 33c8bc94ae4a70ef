"""The day of a page whose layout misleads: wrappers that are named for a sidebar, stamps at the foot, a paper's own date in its head."""

from __future__ import annotations

from datetime import date

import pytest

from tests.sources.conftest import STORY, Reads

DAY = date(2023, 8, 4)
TITLE = "<title>Lock at Merrow to be drained</title>"
HEADLINE = "Lock at Merrow to be drained"
RELATED = '<div class="related"><p><a href="/x">Mill to reopen</a> <time datetime="2023-07-01">1 July 2023</time></p></div>'


def page(body: str) -> str:
    return f'<!doctype html><html lang="en-GB"><head>{TITLE}</head><body>{body}</body></html>'


@pytest.mark.parametrize(
    "name", ["main sidebar", "sidebar_content", "teaser-body", "widget Blog", "archive single"]
)
def test_what_holds_the_article_is_none_of_its_neighbours_whatever_its_name(read: Reads, name: str) -> None:
    with_h1 = (
        f'<div class="{name}"><h1>{HEADLINE}</h1><p class="byline">4 August 2023</p>{STORY}{RELATED}</div>'
    )
    assert read("a.html", page(with_h1)).only.published == DAY
    # without a headline of its own, most of the page's text tells it
    without = f'<div class="{name}"><h4>Lock</h4><p class="byline">4 August 2023</p>{STORY}{RELATED}</div>'
    assert read("b.html", page(without)).only.published == DAY


def test_comments_are_neighbours_though_they_are_longer_than_the_article(read: Reads) -> None:
    comment = (
        '<div class="comment"><time class="date" datetime="2023-09-09">9 September 2023</time>'
        + STORY * 3
        + "</div>"
    )
    body = f'<article><h1>{HEADLINE}</h1>{STORY}<p class="date">4 August 2023</p></article><div id="comments">{comment * 3}</div>'
    assert read("a.html", page(body)).only.published == DAY


@pytest.mark.parametrize("name", ["post-footer", "entry-footer", "asset-footer", "article_footer clearfix"])
def test_the_articles_own_foot_tells_its_day_and_the_sites_does_not(read: Reads, name: str) -> None:
    foot = f'<div class="{name}">This report was written on 4 August 2023 at 14:48 by Ada Moss and filed under canals.</div>'
    body = (
        f'<div class="post"><h1>{HEADLINE}</h1>{STORY}{foot}</div><div class="footer">Since 1 May 2016</div>'
    )
    found = read("a.html", page(body)).only
    assert (found.published, found.dated_by) == (DAY, "byline")


def test_a_long_stamp_is_one(read: Reads) -> None:
    stamp = (
        '<p class="postmetadata"><small>This entry was posted by Ada Moss on Friday, 4 August 2023, and is filed under canals, locks, Merrow, '
        "repairs, the trust, summer. You can follow what is answered to it through the feed of this entry, leave an answer of your own, or a "
        "trackback from your own site.</small></p>"
    )
    assert read("a.html", page(f"<h1>{HEADLINE}</h1>{STORY}{stamp}")).only.published == DAY


@pytest.mark.parametrize("name", ["masthead", "logo", "topbar", "hero slider"])
def test_the_papers_own_date_and_its_pictures_are_not_the_articles(read: Reads, name: str) -> None:
    head = f'<div class="{name}"><span class="date-edition">Wednesday 9 August 2023</span></div>'
    body = f'{head}<article><h1>{HEADLINE}</h1><ul class="info"><li>4 August 2023</li></ul>{STORY}</article>'
    assert read("a.html", page(body)).only.published == DAY


def test_what_people_read_counts_where_a_machine_is_told_another_day(read: Reads) -> None:
    stamp = '<div class="time"><time datetime="2023-08-09T10:18:46Z">Published 4 August 2023</time></div>'
    assert read("a.html", page(f"<article><h1>{HEADLINE}</h1>{stamp}{STORY}</article>")).only.published == DAY
    # the turn of a day between two clocks is no other day
    near = '<div class="time"><time datetime="2023-08-04T23:30:00-05:00">5 August 2023</time></div>'
    assert read("b.html", page(f"<article><h1>{HEADLINE}</h1>{near}{STORY}</article>")).only.published == DAY


def test_a_time_that_says_nothing_of_what_it_is_gives_way_to_a_stamp_at_the_headline(read: Reads) -> None:
    elsewhere = (
        '<div class="box"><p>The mill <time datetime="2022-03-12T19:30:12+00:00">12 March</time></p></div>'
    )
    stamp = '<div class="PublishDate"><span>Friday,</span> <span class="PublishDate_date">4 August 2023</span></div>'
    assert (
        read(
            "a.html", page(f"{elsewhere}<article><h1>{HEADLINE}</h1>{stamp}</article>{STORY}")
        ).only.published
        == DAY
    )
    # where there is no stamp it is what there is; by the headline it is as good as one
    alone = read(
        "b.html",
        page(f"<article><h1>{HEADLINE}</h1><time datetime='2023-08-04'>4 Aug</time>{STORY}</article>"),
    ).only
    assert (alone.published, alone.dated_by) == (DAY, "time element")


def test_the_last_change_is_found_in_german(read: Reads) -> None:
    body = f'<article><h1>{HEADLINE}</h1>{STORY}</article><p class="article_date">Letzte Aktualisierung: 04.08.2023</p>'
    found = read("a.html", page(body)).only
    assert (found.published, found.dated_by) == (DAY, "changed, by the byline")
