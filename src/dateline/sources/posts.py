"""Live blogs: the posts of one, each with its own moment, as articles of their own; in plain text told by their time stamps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from statistics import median

from dateline.language.days import SHORT_WEEKDAYS, moved
from dateline.records import Article
from dateline.sources.articles import make_article
from dateline.sources.dates import MONTHS, find_days, zone_named
from dateline.sources.paragraphs import headline

BY_POST = "post"
"""How a post's day was found; what follows a comma says where the day of a post's clock comes from."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_CLOCK = re.compile(
    r"(?<![\d:.])(?:(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:]\d{2})?(?:\s?(?P<half>[ap]\.?m\b\.?))?"
    r"|(?P<bare>\d{1,2})\s?(?P<bare_half>[ap]\.?m\b\.?))(?![.:]?\d)"
    r"(?:\s?\(?(?P<zone>(?-i:(?:UTC|GMT)(?:[+-]\d{1,2})?|[A-Z]{2,4}T|BST|MSK|[+-]\d\d:?\d\d|Z))\b\)?)?",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?\b\.?,?\s*)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?|(?P<month_first>{_MONTH})\b\.?\s+(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?)?"
    r"(?:,?\s+(?P<year>(?:19|20)\d\d))?\Z",
    re.IGNORECASE,
)
_OPENS = re.compile(r"[\s\[(•*·>#-]*")
_CLOSES = re.compile(r"[\s\])]*(?:at|local time|hrs)?[\s\])]*\Z", re.IGNORECASE)
# between a stamp and the words after it on the same line
_SEPARATOR = re.compile(r"\s*(?:[–—|•·]|-(?=\s)|:(?=\s))\s*")
_STAMP_MOST = 48
_LEAST_POSTS = 3
_LEAST_WORDS = 8
# clocks go back at midnight, not at noon
_NIGHT = timedelta(hours=4)
_SENTENCE_ENDS = (".", "!", "?", ".”", "!”", "?”", '."', '!"', '?"', ".’", ".'", ".)")


@dataclass(frozen=True, slots=True)
class Post:
    """One post as it is written: its clock, its day where it tells one, its text, its name within the page, and that page's address
    where the post gives it."""

    clock: time
    day: date | None
    text: str
    anchor: str | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class LiveText:
    """A live blog in plain text: what stands before the first post, and the posts, the earliest first."""

    lead: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class LiveBlog:
    """What all posts of a live blog share: where it stands, its day and who says so, its headline and outlet."""

    source: str
    day: date
    dated_by: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None


def post_articles(posts: Sequence[Post], told: LiveBlog) -> list[Article]:
    """An article a post; `posts` are in order of time. A post keeps its id when others come in, or the headline changes."""
    return [
        _article(post, moment, told) for post, moment in zip(posts, _moments(posts, told.day), strict=True)
    ]


def is_running(articles: Sequence[Article], today: date) -> bool:
    """True where the articles are posts of a live blog that may get more of them."""
    posts = [a for a in articles if (a.dated_by or "").startswith(BY_POST)]
    return bool(posts) and max(a.published for a in posts) >= today - timedelta(days=1)


def in_order(posts: Sequence[Post]) -> list[Post] | None:
    """Posts in order of time, whichever way they stand; None where their clocks go neither up nor down."""
    down = list(reversed(posts))
    ways = [w for w in (list(posts), down) if _goes_forward(w)]
    return min(ways, key=_nights, default=None)


def find_posts(text: str, day: date) -> LiveText | None:
    """The posts of a text that is a live blog: three or more that are headed by the time of day, in order, and little else; else None.

    `day` is that of the text, near which a stamp's day without a year lies.
    """
    lead: list[str] = []
    heads: list[tuple[time, date | None]] = []
    bodies: list[list[str]] = []
    of_lines: date | None = None
    for line in text.split("\n"):
        stamp = _stamp(line, day)
        if stamp is None:
            if heads and (alone := _day_of(line.strip(), day)):
                of_lines = alone
            else:
                (bodies[-1] if bodies else lead).append(line)
            continue
        clock, own, rest = stamp
        heads.append((clock, own or of_lines))
        bodies.append([rest] if rest else [])
    texts = ["\n".join(body).strip() for body in bodies]
    before = "\n".join(lead).strip()
    if not _reads_as_posts(texts, before):
        return None
    posts = in_order([Post(c, d, t) for (c, d), t in zip(heads, texts, strict=True)])
    return LiveText(before, tuple(p for p in posts if p.text)) if posts else None


def stamp_of(text: str, near: date) -> tuple[time, date | None] | None:
    """The time of day, and the day, that `text` tells where it is a stamp and nothing else."""
    stamp = _stamp(text, near)
    return (stamp[0], stamp[1]) if stamp and not stamp[2] else None


def _reads_as_posts(texts: Sequence[str], lead: str) -> bool:
    """True for some paragraphs of sentences under their stamps; a timetable has no sentences, a report has more before them."""
    if len(texts) < _LEAST_POSTS or len(lead.split()) > sum(len(t.split()) for t in texts):
        return False
    whole = sum(t.endswith(_SENTENCE_ENDS) for t in texts)
    return median(len(t.split()) for t in texts) >= _LEAST_WORDS and 3 * whole >= 2 * len(texts)


def _stamp(line: str, near: date) -> tuple[time, date | None, str] | None:
    """A line that begins with a time of day and perhaps a day: both, and the words after them; None for any other line."""
    opens = _OPENS.match(line)
    line = line[opens.end() if opens else 0 :].rstrip()
    found = _CLOCK.search(line[:_STAMP_MOST])
    if found is None or (clock := _time_of(found)) is None:
        return None
    before, after = line[: found.start()].strip(" ,"), line[found.end() :]
    own = _day_of(before.removesuffix(" at").rstrip(" ,"), near) if before else None
    if before and own is None:
        return None
    if _CLOSES.match(after):
        return clock, own, ""
    if later := _day_of(after.strip(" ,)]"), near):
        return clock, own or later, ""
    separator = _SEPARATOR.match(after.lstrip(")] "))
    if separator is None:
        return None
    return clock, own, after.lstrip(")] ")[separator.end() :].strip()


def _time_of(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"] or found["bare"]), int(found["minute"] or 0)
    half = (found["half"] or found["bare_half"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    if hour > 23 or minute > 59:
        return None
    return time(hour, minute, tzinfo=zone_named(found["zone"]))


def _day_of(text: str, near: date) -> date | None:
    """The day that `text` is, and nothing but that: with its year, or the closest to `near` without; of a weekday the next."""
    if not text or len(text) > _STAMP_MOST:
        return None
    written = next(find_days(text), None)
    if written and len(written.days) == 1 and len(text) - (written.end - written.start) < 13:
        return written.days[0]
    found = _DAY.match(text)
    if found is None:
        return None
    day, month = found["day"] or found["day_second"], found["month"] or found["month_first"]
    if month:
        years = [int(found["year"])] if found["year"] else [near.year - 1, near.year, near.year + 1]
        days = [d for y in years if (d := _a_day(y, MONTHS[month.lower()], int(day)))]
        return min(days, key=lambda d: abs(d - near), default=None)
    if found["weekday"] and not found["year"]:
        ahead = (SHORT_WEEKDAYS.index(found["weekday"].title()) - near.weekday()) % 7
        return moved(near, ahead)
    return None


def _a_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _falls(earlier: Post, later: Post) -> timedelta:
    """By how much the clock goes back between two posts of one day, or of days that neither tells."""
    if earlier.day and later.day and earlier.day != later.day:
        return timedelta() if earlier.day < later.day else _NIGHT / 2
    return _since_midnight(earlier.clock) - _since_midnight(later.clock)


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)


def _goes_forward(posts: Sequence[Post]) -> bool:
    falls = [_falls(a, b) for a, b in pairwise(posts)]
    return all(fall <= timedelta() or fall >= _NIGHT for fall in falls)


def _nights(posts: Sequence[Post]) -> int:
    return sum(_falls(a, b) > timedelta() for a, b in pairwise(posts))


def _moments(posts: Sequence[Post], first: date) -> list[datetime]:
    """The moment of each post: of its own day, else that of the one before; where the clock goes back a day has begun."""
    moments: list[datetime] = []
    day = first
    for number, post in enumerate(posts):
        if post.day:
            day = post.day
        elif number and _falls(replace(posts[number - 1], day=None), post) > timedelta():
            day = moved(day, 1)
        moments.append(datetime.combine(day, post.clock))
    return moments


def _article(post: Post, moment: datetime, told: LiveBlog) -> Article:
    page = told.url or post.page
    name = post.anchor or moment.replace(tzinfo=None).isoformat(timespec="minutes")
    made = make_article(
        f"{told.source}#{name}",
        moment,
        post.text,
        url=f"{page}#{post.anchor}" if page and post.anchor else page,
        publisher=told.publisher,
        language=told.language,
        dated_by=BY_POST if post.day else f"{BY_POST}, {told.dated_by}",
    )
    # the headline of a live blog changes from hour to hour, so that no id is made of it
    return replace(made, title=told.title or headline(post.text))
