"""Reports as filing sees them: what is worked out from a reading alone, whatever was filed before, and may be so ahead and elsewhere.

Of an article only which of its lines are furniture hangs on others. What is worked out ahead says which it took for it, and holds
where these are.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Set
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from dateline.keeper import features, furniture
from dateline.keeper.features import Features
from dateline.keeper.shingles import Hashes, shingles
from dateline.language.datelines import credit
from dateline.records import Article, Reading, Vector

_LATER = re.compile(
    r"\((?:updates?|updated|corrects?|adds|recasts|refiles)\b[^)]{0,200}\)|^update \d|\b(?:write-?thru)\b",
    re.IGNORECASE | re.MULTILINE,
)
_EARLIER = re.compile(
    r"\b(?:this (?:is a )?(?:developing|breaking)(?: news)? story|(?:this )?story is being updated|will be updated|"
    r"more (?:details )?to follow|developing story)\b",
    re.IGNORECASE,
)
_LATER_WORDS = ("(update", "(correct", "(adds", "(recasts", "(refiles", "update ", "write-thru", "writethru")
_EARLIER_WORDS = ("story", "updated", "follow")
_LEAD_CHARACTERS = 400
_LEAD_WORDS = 50


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text without furniture: whom it credits, the words it opens with, the hashes of its runs of words, and its features where these are worked out."""

    text: str
    credit: str
    lead: frozenset[str]
    hashes: Hashes
    features: Features | None = None


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A body that was worked out ahead, by the digests of the lines that it has and of those that were left out as furniture."""

    kept: frozenset[str]
    left: frozenset[str]
    body: Body


@dataclass(frozen=True, slots=True)
class Report:
    """An article as filing sees it, before it is known which lines are furniture.

    `outlet` is empty where none is known; `moment` sorts articles of a day; `later` and `earlier` say that it updates an earlier text,
    and that it will be updated itself. `heading` are the stems of the headline, `headline` is a digest of it; `edges` are digests of the lines at head and foot, `lines` where the
    body's lines stand as start, end, start …; `names_read` and `expected` are as in `features`, `lead` is the vector of the lead.
    """

    article: Article
    outlet: str
    moment: str
    later: bool
    earlier: bool
    heading: tuple[str, ...]
    headline: int
    edges: tuple[str, ...]
    lines: tuple[int, ...]
    names_read: tuple[tuple[int, str], ...]
    lead: Vector | None
    expected: tuple[tuple[int, tuple[str, ...]], ...]
    ahead: _Ahead | None = None

    @classmethod
    def of(cls, reading: Reading) -> Report:
        """What filing sees of `reading`."""
        article = reading.article
        headline = features.headline(reading)
        later, earlier = _marks(article)
        at = article.published_at
        publisher = outlet(article)
        return cls(
            article=article,
            outlet=publisher,
            # of one time those that say they update an earlier text come last
            moment=f"{at.isoformat() if at else ''}|{2 if later else 0 if earlier else 1}",
            later=later,
            earlier=earlier,
            heading=tuple(features.stems(headline)),
            headline=zlib.crc32(headline.encode("utf-8", "surrogatepass")),
            edges=furniture.edges(article.text) if publisher else (),
            lines=tuple(place for line in features.lines(reading) for place in (line.start, line.end)),
            names_read=tuple(features.mentioned(reading)),
            lead=features.lead_vector(reading),
            expected=features.expected(reading),
        )

    def body(self, left_out: Set[str] = frozenset()) -> Body:
        """The text without lines whose digests are `left_out`."""
        if self.ahead and left_out.isdisjoint(self.ahead.kept) and self.ahead.left <= left_out:
            return self.ahead.body
        lines = self._lines()
        if left_out:
            lines = [line for line in lines if furniture.digest(line) not in left_out]
        text = "\n".join(lines)
        return Body(
            text,
            credit(text),
            frozenset(features.stems(text[:_LEAD_CHARACTERS])[:_LEAD_WORDS]),
            shingles(text),
        )

    def features(self, body: Body) -> Features:
        """The features of the body."""
        return body.features or features.extract(body.text, self.heading, self.names_read)

    def worked_out(self, left_out: Set[str]) -> Report:
        """The report with its body and features as they are if the lines of digests `left_out` are furniture."""
        body = self.body(left_out)
        lines = frozenset(map(furniture.digest, self._lines()))
        ahead = _Ahead(lines - left_out, lines & left_out, replace(body, features=self.features(body)))
        return replace(self, ahead=ahead)

    def _lines(self) -> list[str]:
        text = self.article.text
        places = iter(self.lines)
        return [text[start:end] for start, end in zip(places, places, strict=True)]


def outlet(article: Article) -> str:
    """Who published the article: its publisher, or the host of its address; empty where neither is known."""
    if article.publisher:
        return article.publisher.casefold().strip()
    for address in (article.url, article.source):
        if address and "://" in address:
            return (urlsplit(address).hostname or "").removeprefix("www.")
    return ""


def _marks(article: Article) -> tuple[bool, bool]:
    """Whether the article says that it updates an earlier text, and that it will be updated itself."""
    edges = f"{article.title or ''}\n{article.text[:300]}\n{article.text[-400:]}".lower()
    later = any(word in edges for word in _LATER_WORDS) and bool(_LATER.search(edges))
    earlier = any(word in edges for word in _EARLIER_WORDS) and bool(_EARLIER.search(edges))
    return later, earlier
