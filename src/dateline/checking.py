"""`dateline check`: what is wrong with a notebook, and mending it. What is derived is made anew, articles are never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.errors import DamagedNotebook, NotebookError
from dateline.filing import file_articles, filed_as
from dateline.reader import Reader
from dateline.reader.model.pairs import PairReader
from dateline.reader.pool import Unread, read_each
from dateline.sources import Bounds
from dateline.store import (
    FileLock,
    Finding,
    Store,
    is_address,
    open_store,
    shown_name,
)
from dateline.store.salvage import save_what_can_be_read
from dateline.working_out import judge_for, view_of


def look_over(path: str, version: str, *, views: bool = True) -> list[Finding]:
    """What is wrong with a notebook; with `views` each kept view is compared with what its reports give, which takes as long as working
    them out. Raises NotebookError where there is none."""
    try:
        store = open_store(path, must_exist=True)
    except DamagedNotebook as error:
        return [Finding("file", str(error), "copy")]
    try:
        with store.snapshot():
            found = store.look_over()
            if views and not any(f.mend == "copy" for f in found):
                found += _stale_views(store, version)
    finally:
        store.close()
    return found


def _stale_views(store: Store, version: str) -> Iterator[Finding]:
    day = store.last_day()
    judge = judge_for(store, PairReader())
    for story, since in store.changed(day).items() if day else ():
        kept = store.view(story, since, version)
        try:
            filed = filed_as(store, store.memberships(since, story))
        except DamagedNotebook:
            # the article is among what was found before
            continue
        if kept is not None and kept != view_of(store, judge, story, filed):
            yield Finding(story, "what is kept of its views is not what its reports give", "views")


def repair(path: str, findings: Sequence[Finding], reader: Reader) -> list[str]:
    """Mend what `look_over` found, as far as it goes; returns what was done, in words.

    Stories and views are still to be worked out for the reader: `Notebook.refresh_views` does so. Raises NotebookError where another process
    adds, nothing can be written, or nothing is left to be saved; ModelError where articles must be read again and the model is missing.
    """
    done: list[str] = []
    again = [f.about for f in findings if f.mend == "read"]
    if any(f.mend == "copy" for f in findings):
        if is_address(path):
            raise NotebookError(
                f"{shown_name(path)}: what is damaged in PostgreSQL comes back from a copy that was made with pg_dump"
            )
        lock = FileLock(path)
        lock.take()
        try:
            kept, saved, again = save_what_can_be_read(path)
        finally:
            lock.release()
        done.append(f"{saved} articles were put into a new file; the damaged one is {kept}")
    store = open_store(path, must_exist=True)
    try:
        with store.writing():
            done += store.mend({f.mend for f in findings})
            done += _read_again(store, again, reader)
            file_articles(store)
    finally:
        store.close()
    return done


def _read_again(store: Store, ids: Sequence[str], reader: Reader) -> Iterator[str]:
    articles = list(store.articles(ids).values())
    for found in read_each(reader, articles, Bounds().seconds):
        if isinstance(found, Unread):
            with store.transaction():
                store.note_trouble(found.article.id, "reading", found.reason)
            yield f"{found.article.source} cannot be read yet ({found.reason})"
        else:
            store.replace(found)
            yield f"{found.article.source} was read again"
