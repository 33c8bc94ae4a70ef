"""Rows to articles, whatever table they came from; what went wrong is said once a table and not once a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dateline.errors import BadDate, SourceError, UndatedArticle
from dateline.language.counting import counted
from dateline.records import Article
from dateline.sources.articles import BY_OPTION, SourceItem, SourceOptions, SourceWarning, make_article
from dateline.sources.columns import Fields
from dateline.sources.dates import AmbiguousDate, Order, parse_published

# a row with the place that it is named by (`a.csv#3`)
Row = tuple[str, object]
# the longest value that a message quotes
_QUOTED = 60


@dataclass(slots=True)
class Complaints:
    """What is wrong with rows, one message a kind."""

    _first: dict[str, SourceError] = field(default_factory=dict)
    _last: dict[str, str] = field(default_factory=dict)
    _count: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, where: str, error: SourceError) -> None:
        """Note an error at `where`; only the first of its kind is shown, with how many followed."""
        self._first.setdefault(kind, error)
        self._last[kind] = where
        self._count[kind] = self._count.get(kind, 0) + 1

    def all(self) -> Iterator[SourceError]:
        """One error a kind, in the order in which they were met."""
        for kind, error in self._first.items():
            more = self._count[kind] - 1
            if not more:
                yield error
                continue
            last = self._last[kind].rpartition("#")[2]
            rows = "row" if more == 1 else "rows"
            yield type(error)(f"{error} (and so {more:,} more {rows}, the last of them #{last})")


def read_rows(
    rows: Iterable[Row], source: str, options: SourceOptions, order: Order | None = None
) -> Iterator[SourceItem]:
    """The articles of rows; the errors of rows, and what was mended in them, come after the last one."""
    complaints = Complaints()
    mended = cut = 0
    for where, row in rows:
        if isinstance(row, SourceError):
            complaints.add(str(type(row)), where, row)
            continue
        if not isinstance(row, Mapping):
            complaints.add("shape", where, SourceError(f"{where}: the row is not an object with fields"))
            continue
        row, changed = _mend(row)
        mended += changed
        fields = Fields(row, options.columns)
        if fields.is_empty():
            continue
        try:
            article, shortened = _article(fields, where, options, order)
        except _Unreadable as unreadable:
            complaints.add(unreadable.kind, where, unreadable.error)
            continue
        cut += shortened
        yield article
    yield from complaints.all()
    if mended:
        yield SourceWarning(
            f"{source}: {counted(mended, 'row')} held text that was decoded wrongly before (â€™ for ’); it was mended"
        )
    if cut:
        yield SourceWarning(
            f"{source}: the service cut {counted(cut, 'text')} short ('[+1234 chars]'); what it gave was read"
        )


class _Unreadable(Exception):
    """A row that is no article: the kind of fault and the error."""

    def __init__(self, kind: str, error: SourceError) -> None:
        super().__init__(str(error))
        self.kind = kind
        self.error = error


def _article(fields: Fields, where: str, options: SourceOptions, order: Order | None) -> tuple[Article, bool]:
    text, cut = fields.body()
    title = fields.text("title")
    if text is None and title and not fields.has("text"):
        text = (
            title.strip()
        )  # a table of headlines; where there is a column for text, an empty cell is a fault
    if not text:
        names = ", ".join(sorted(fields.names()))[:200]
        what = "the text is empty" if fields.has("text") else f"no text among the columns {names}"
        raise _Unreadable(what, SourceError(f"{where}: {what}; name its column with --map text=COLUMN"))
    options.bounds.check_text(text, where)
    value = fields.value("published")
    try:
        published = parse_published(value, where, options.date_order or order)
    except AmbiguousDate as error:
        raise _Unreadable("ambiguous", error) from error
    except BadDate as error:
        raise _Unreadable("bad date", error) from error
    dated_by = "column"
    if published is None:
        published, dated_by = options.published, BY_OPTION
    if published is None:
        raise _Unreadable(*_undated(value, fields, where))
    article = make_article(
        where,
        published,
        text,
        title=title,
        url=fields.address(),
        publisher=fields.publisher(),
        language=fields.text("language"),
        dated_by=dated_by,
    )
    return article, cut


def _undated(value: object, fields: Fields, where: str) -> tuple[str, SourceError]:
    if value in (None, "") and not fields.has("published"):
        names = ", ".join(sorted(fields.names()))[:200]
        return "no date", UndatedArticle(
            f"{where}: no date among the columns {names}; name it with --map published=COLUMN or give one with --date"
        )
    if value in (None, ""):
        return "empty date", UndatedArticle(f"{where}: the date is empty; mend it or give one with --date")
    shown = repr(value) if len(repr(value)) <= _QUOTED else repr(value)[:_QUOTED] + "…"
    return "unread date", UndatedArticle(f"{where}: {shown} tells no day; mend it or give one with --date")


def _mend(row: Mapping[object, object]) -> tuple[Mapping[object, object], bool]:
    """The row with cells mended that were once decoded wrongly, and whether there were any."""
    if all(v.isascii() for v in row.values() if isinstance(v, str)):
        return row, False
    # it takes long to load, and few tables need it
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    bad = [k for k, v in row.items() if isinstance(v, str) and not v.isascii() and is_bad(v)]
    if not bad:
        return row, False
    mended = {**row, **{k: fix_encoding(str(row[k])) for k in bad}}
    return mended, any(mended[k] != row[k] for k in bad)
