"""What the columns of a table are: known by the names that data sets, news services and programs give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dateline.sources.markup import looks_like_markup, plain_text

# our field -> the names under which it is met, without blanks, dashes and underscores; the first that has a value wins
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "content", "body", "bodytext", "article", "articletext", "articlebody", "maintext", "fulltext", "plaintext",
        "contenttext", "contenthtml", "story", "storytext", "rawtext", "leadparagraph", "description", "shortdescription",
        "summary", "snippet", "abstract", "abstractnote", "excerpt", "inhalt", "texte", "texto", "contenu",
    ),
    "title": (
        "title", "headline", "headlinetext", "heading", "webtitle", "name", "subject", "titel", "titre", "titulo", "überschrift",
    ),
    "published": (
        "published", "date", "publishedat", "publishdate", "datepublish", "pubdate", "datepublished", "publicationdate",
        "publishingdate", "publishedon", "publishedtime", "published_time", "seendate", "webpublicationdate", "pubdatetime",
        "datetime", "timestamp", "time", "createdat", "created", "datum", "fecha", "day", "articledate", "firstpublicationdate",
    ),
    "url": ("url", "link", "permalink", "weburl", "articleurl", "address", "href", "uri"),
    "publisher": (
        "publisher", "source", "sourcename", "outlet", "site", "sitename", "medianame", "publicationtitle", "publication",
        "newspaper", "sourcehostname", "hostname", "domain", "sourcedomain", "quelle", "sectionname",
    ),
    "language": ("language", "lang", "sprache", "languagecode"),
}  # fmt: skip
# columns that are text in themselves and not what is left where a service sells the text
_CUT = re.compile(r"\s?(?:…|\.\.\.)?\s?\[\+\d+ chars\]\Z")
_NAMED = ("name", "main", "title", "text", "rendered", "#text")
"""Where news services put the words of a value that is an object: {"source": {"name": "..."}}, {"headline": {"main": "..."}}."""


def normalise(name: object) -> str:
    """`Abstract Note`, `abstract_note` and `abstractNote` alike."""
    return re.sub(r"[\s_-]+", "", str(name)).lower()


def known(names: Iterable[object], field: str, columns: Mapping[str, str]) -> bool:
    """True where one of `names` is a column for `field`."""
    if field in columns:
        return columns[field] in names
    return any(normalise(name) in COLUMNS[field] for name in names)


class Fields:
    """A row seen through the column map."""

    def __init__(self, row: Mapping[object, object], columns: Mapping[str, str]) -> None:
        self._row = row
        self._by_name = {normalise(key): value for key, value in row.items() if key is not None}
        self._columns = columns

    def names(self) -> list[str]:
        """The names of the row's columns."""
        return [str(name) for name in self._row if name is not None]

    def has(self, field: str) -> bool:
        """True where the row has a column for `field`, filled or not."""
        return known(self._row, field, self._columns)

    def is_empty(self) -> bool:
        """True where no column holds anything."""
        return not any(str(v).strip() for v in self._row.values() if v is not None)

    def value(self, field: str) -> object:
        """The cell for one of our fields, or None."""
        if field in self._columns:
            return self._row.get(self._columns[field])
        return next((v for v in self._values(field)), None)

    def _values(self, field: str) -> Iterable[object]:
        """The cells that may be `field`, best first."""
        return [v for name in COLUMNS[field] if (v := self._by_name.get(name)) not in (None, "", [], {})]

    def text(self, field: str) -> str | None:
        """The cell as text; None where it is absent or no text."""
        value = self.value(field)
        if isinstance(value, dict):
            value = next((value[k] for k in _NAMED if k in value), None)
        if isinstance(value, list) and field == "text" and value and all(isinstance(v, str) for v in value):
            value = "\n\n".join(value)
        return value if isinstance(value, str) else None

    def body(self) -> tuple[str | None, bool]:
        """The text in plain characters, and whether a news service had cut it short."""
        text = self.text("text")
        if text is None and isinstance(inner := self._by_name.get("fields"), dict):  # the Guardian's
            text = Fields(inner, {}).text("text")
        if text is None:
            return None, False
        text = text.strip()
        cut = bool(_CUT.search(text, max(0, len(text) - 40)))
        text = _CUT.sub("…", text) if cut else text
        return (plain_text(text) if looks_like_markup(text) else text.strip()), cut

    def address(self) -> str | None:
        """The address, which some services keep under `source`."""
        url = self.text("url")
        if url is None and "url" not in self._columns:
            url = next((v for v in self._values("publisher") if _is_address(v)), None)  # type: ignore[assignment]
        return url

    def publisher(self) -> str | None:
        """Who published it: a name, before a host, and never an address."""
        if "publisher" in self._columns:
            return self.text("publisher")
        names = [v.get("name") if isinstance(v, dict) else v for v in self._values("publisher")]
        return next((n for n in names if isinstance(n, str) and not _is_address(n)), None)


def _is_address(value: object) -> bool:
    return isinstance(value, str) and bool(re.match(r"https?://", value))
