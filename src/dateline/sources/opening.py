"""From what was given to articles: files, folders, globs, addresses and standard input, each by the format that fits it."""

from __future__ import annotations

import glob
import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from dateline.errors import BadDate, SourceError, UndatedArticle
from dateline.records import Article
from dateline.sources import (
    addresses,
    dated_text,
    documents,
    feeds,
    html,
    mail,
    news_exports,
    packed,
    parquet,
    tables,
    telegram,
    warc,
    wordpress,
)
from dateline.sources.articles import SourceItem, SourceOptions, doubts, storable
from dateline.sources.fetching import Fetcher, NothingNew
from dateline.sources.inputs import Input, Source
from dateline.sources.markup import ENTITIES_REFUSED
from dateline.sources.repeats import without_repeats

# the first that fits reads; dated text takes whatever is left
FORMATS: tuple[Source, ...] = (
    warc,
    parquet,
    documents,
    wordpress,
    feeds,
    telegram,
    mail,
    news_exports,
    html,
    tables,
    dated_text,
)
# what is not read, by how it begins, and what to do about it
_REFUSED = (
    (re.compile(r"\{\\rtf"), "RTF is not read; save it as DOCX or plain text"),
    (
        re.compile(r"\xd0\xcf\x11\xe0|\ufffd\ufffd\x11\ufffd"),
        "old Word and Excel files are not read; save it as DOCX or CSV",
    ),
)
_XML = re.compile(
    r"(?:<\?xml(?:(?!\?>).)*\?>\s*|<!--(?:(?!-->).)*-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*<([A-Za-z][\w:.-]*)",
    re.DOTALL,
)


def open_sources(given: Iterable[str], options: SourceOptions | None = None) -> Iterator[SourceItem]:
    """Articles of paths, folders, globs, addresses and `-` (standard input), in order; one host is asked at one pace.

    What cannot be read is yielded as the SourceError that says why, so that the rest is kept.
    """
    options = options or SourceOptions()
    fetcher = options.fetcher or Fetcher(allow_private=options.allow_private, delay=options.delay)
    for one in given:
        yield from _open(one, options, fetcher)


def open_source(given: str, options: SourceOptions | None = None) -> Iterator[SourceItem]:
    """As `open_sources`, of one."""
    return open_sources([given], options)


def _open(given: str, options: SourceOptions, fetcher: Fetcher) -> Iterator[SourceItem]:
    if given == "-":
        yield from read_input("-", sys.stdin.buffer, options, fetcher)
    elif addresses.is_address(given):
        yield from _open_address(given, options, fetcher)
    elif os.path.isdir(given):
        yield from _open_folder(given, options, fetcher)
    elif not os.path.lexists(given) and glob.has_magic(given):
        matches = sorted(glob.glob(given, recursive=True))
        if not matches:
            yield SourceError(f"{given}: no file matches this pattern").of(given)
        for match in matches:
            yield from _open(match, options, fetcher)
    else:
        yield from _open_file(given, options, fetcher)


def _open_address(address: str, options: SourceOptions, fetcher: Fetcher) -> Iterator[SourceItem]:
    errand = _errand(address, options)
    memory = options.memory
    try:
        answer = fetcher.fetch(address, memory.recall(errand) if memory is not None else None)
    except NothingNew:
        return
    except SourceError as error:
        yield error.of(address)
        return
    given = Input(
        address,
        io.BytesIO(answer.data),
        address=answer.address,
        media_type=answer.media_type,
        charset=answer.charset,
    )
    is_feed, failed = not packed.fits(given) and feeds.fits(given), False
    for found in _read(given, options, fetcher):
        # an entry that bears no day bears none tomorrow
        failed |= isinstance(found, SourceError) and not isinstance(found, UndatedArticle | BadDate)
        yield found
    if (
        memory is not None
        and is_feed
        and not failed
        and (answer.validators.etag or answer.validators.modified)
    ):
        memory.remember(errand, answer.validators)


def _errand(address: str, options: SourceOptions) -> str:
    """What was asked of an address: a feed whose pages are followed, or whose entries are dated, is another than the feed alone."""
    asked = (
        "#follow" if options.follow else "",
        f"#date={options.published}" if options.published else "",
        f"#order={options.date_order}" if options.date_order else "",
    )
    return address + "".join(asked)


def _open_folder(folder: str, options: SourceOptions, fetcher: Fetcher) -> Iterator[SourceItem]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield SourceError(f"{storable(folder)}: the folder cannot be read ({error.strerror})").of(folder)
        return
    visible = [name for name in names if not name.startswith(".")]
    if not visible:
        yield SourceError(f"{storable(folder)}: the folder is empty").of(folder)
    for name in visible:
        path = os.path.join(folder, name)
        # a link to a folder may lead in a circle
        if os.path.isdir(path):
            if not os.path.islink(path):
                yield from _open_folder(path, options, fetcher)
        elif os.path.realpath(path) not in options.passed_over:
            yield from _open_file(path, options, fetcher, in_folder=True)


def _open_file(
    path: str, options: SourceOptions, fetcher: Fetcher, *, in_folder: bool = False
) -> Iterator[SourceItem]:
    name = storable(path)
    try:
        kind = os.stat(path).st_mode
        # a pipe that was named by hand has someone who writes to it; one that lies in a folder may have nobody
        if not stat.S_ISREG(kind) and (in_folder or not stat.S_ISFIFO(kind)):
            raise SourceError(f"{name}: this is a device or a pipe, not a file")
        with open(path, "rb") as stream:
            yield from read_input(name, stream, options, fetcher)
    except SourceError as error:
        yield error.of(path)
    except FileNotFoundError:
        hint = "; to read text itself, pipe it to `dateline add -`" if " " in name and "/" not in name else ""
        yield SourceError(f"{name}: there is no such file{hint}").of(path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        yield SourceError(f"{name}: the file cannot be read ({why})").of(path)


def read_input(
    source: str, stream: BinaryIO, options: SourceOptions, fetcher: Fetcher
) -> Iterator[SourceItem]:
    """The articles of a stream of bytes that goes by the name `source`."""
    try:
        given = Input(source, stream)
    except SourceError as error:
        yield error.of(source)
        return
    yield from _read(given, options, fetcher)


def _read(given: Input, options: SourceOptions, fetcher: Fetcher) -> Iterator[SourceItem]:
    """The articles of an input, and what is wrong with its parts."""
    yield from without_repeats(_read_whole(given, options, fetcher), given.source)


def _read_whole(given: Input, options: SourceOptions, fetcher: Fetcher) -> Iterator[SourceItem]:
    """The articles of an input, packed or not, with what is doubtful about their days."""
    try:
        if not given.head.strip():
            raise SourceError(f"{given.source}: the file is empty")
        if packed.fits(given) and not documents.fits(given):
            for part in packed.unpack(given, options):
                if isinstance(part, SourceError):
                    yield part
                else:
                    yield from _read(part, options, fetcher)
            return
        for found in _articles(given, options, fetcher):
            yield found
            if isinstance(found, Article) and (warning := doubts(found)):
                yield warning
    except SourceError as error:
        yield error.of(given.source)
    except RecursionError:
        yield SourceError(f"{given.source}: it is nested too deeply to be read").of(given.source)
    except Exception as error:  # noqa: BLE001 - readers of formats by others fail on hostile input in ways of their own
        yield SourceError(
            f"{given.source}: it could not be read ({type(error).__name__}: {str(error)[:200]})"
        ).of(given.source)


def _articles(given: Input, options: SourceOptions, fetcher: Fetcher) -> Iterator[SourceItem]:
    start = given.beginning()
    for pattern, reason in _REFUSED:
        if pattern.match(start):
            raise SourceError(f"{given.source}: {reason}")
    chosen = next(f for f in FORMATS if f.fits(given))
    if chosen is dated_text and start.startswith(("<?xml", "<!DOCTYPE")) and "<!ENTITY" in start:
        raise SourceError(f"{given.source}: {ENTITIES_REFUSED}")
    if (
        chosen is dated_text
        and (root := _XML.match(start))
        and start.startswith(("<?xml", "<!DOCTYPE", "<" + root[1]))
    ):
        raise SourceError(
            f"{given.source}: XML of this kind (<{root[1]}>) is not read; feeds, WordPress exports and HTML pages are"
        )
    if chosen is feeds and options.follow:
        return feeds.follow(given, options, fetcher)
    return chosen.read(given, options)
