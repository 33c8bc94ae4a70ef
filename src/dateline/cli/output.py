"""What commands that look at a notebook share: opening it, naming what rows rest on, and printing rows."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import typer

from dateline.errors import Stopped
from dateline.notebook import WAIT, Notebook, open_notebook, shown_name
from dateline.records import Evidence
from dateline.story import Story
from dateline.views import terminal

T = TypeVar("T")


def say(what: str) -> None:
    """Tell it on standard error."""
    print(f"dateline: {terminal.clean(what)}", file=sys.stderr, flush=True)


def print_json(items: Iterable[dict[str, Any]]) -> None:
    """Rows as JSON Lines that drive no terminal."""
    for item in items:
        print(terminal.escape_json(json.dumps(item, ensure_ascii=False)))


@contextmanager
def kept_when_stopped(
    tell: Callable[[], object] = lambda: None, kept: str = "what was read is kept and filed"
) -> Iterator[None]:
    """Work that is told to stop has kept what it did: `tell` what that is, say so, and how to go on."""
    try:
        yield
    except (KeyboardInterrupt, Stopped) as stop:
        tell()
        say(f"stopped; {kept}, run the same command again to go on")
        raise typer.Exit(stop.status if isinstance(stop, Stopped) else 130) from None


def open_book(notebook: str, *, must_exist: bool = True, wait: float = WAIT) -> Notebook:
    """Open a notebook; says whom it waits for, and where the copy is of one that had to be brought up to date."""
    book = open_notebook(notebook, must_exist=must_exist, wait=wait, waiting=say)
    if book.backup:
        say(f"{shown_name(notebook)}: brought up to date; {book.backup} is a copy of it as it was")
    return book


@dataclass
class NotebookView:
    """A notebook that is looked at, on a day, and how much is said beside the rows; `handles` are those of articles, as far as they were
    asked for."""

    book: Notebook
    as_of: date | None = None
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    handles: dict[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The day of the view; None in an empty notebook."""
        return self.as_of or self.book.view_day()

    def handle(self, article: str) -> str:
        """The handle of an article (by id)."""
        self.learn([article])
        return self.handles.get(article, article)

    def learn(self, articles: Iterable[str]) -> None:
        """Look up at once the handles of articles (by id) that are not known yet; they are asked for one by one."""
        if unknown := [a for a in articles if a not in self.handles]:
            self.handles.update(self.book.handles(unknown, self.as_of))

    def cite(self, evidence: Evidence) -> str:
        """A passage by its article's handle and the character it starts at; with -v also by the source as it was given."""
        place = f"{self.handle(evidence.article)}:{evidence.span.start}"
        return f"{place} = {evidence.source}" if self.verbose else place

    def stories(self, key: str | None, part: str | None = None) -> list[Story]:
        """All stories, or the one that answers to `key`; what their `part` leaves out is said on standard error."""
        found = self.book.stories(self.as_of) if key is None else [self.book.story(key, self.as_of)]
        for story in found:
            for fault in story.faults(self.as_of):
                if fault.part == part:
                    what = f"leaves out {fault.source}" if fault.source else "is empty"
                    say(f"warning: {story.id}: the {part} {what}, for dateline failed on it ({fault.reason})")
        return found

    def give(
        self,
        found: Sequence[T],
        row: Callable[[T], dict[str, Any]],
        view: Callable[..., None],
        what: str,
        *,
        none: str = "",
        **settings: Any,
    ) -> None:
        """Print what was asked for: each as its JSON `row`, or all by `view` under a heading; without any say so, and `none`."""
        if self.as_json:
            print_json(map(row, found))
        elif found:
            out = terminal.console()
            if not self.quiet:
                terminal.heading(out, what.capitalize(), self.day)
            view(out, found, **settings)
        elif not self.quiet:
            self.say_none(what, none)

    def say_later(self) -> None:
        """Say how many reports are left out because they bear days of the future."""
        if self.day and (later := self.book.count_after(self.day)):
            bear = f"{later} reports bear later days" if later > 1 else "1 report bears a later day"
            say(
                f"{bear} than {self.day}, in the future, and {'are' if later > 1 else 'is'} left out"
                f" (--as-of {self.book.last_day()} shows all; `dateline redate` mends a day)"
            )

    def say_none(self, what: str, why: str = "") -> None:
        """Say that there is none of `what`; of a notebook without a report also how one gets in."""
        if self.book.last_day() is None:
            what, why = f"{what}: the notebook holds no reports yet", "`dateline add PATH...` reads them"
        print(f"no {what}{f' as of {self.day}' if self.day else ''}{why and f' ({why})'}", file=sys.stderr)


@contextmanager
def view_notebook(
    notebook: str,
    as_of: date | None = None,
    *,
    as_json: bool = False,
    quiet: bool = False,
    verbose: bool = False,
) -> Iterator[NotebookView]:
    """A notebook as it is at one moment, whoever adds to it meanwhile."""
    with open_book(notebook) as book, book.snapshot():
        if verbose:
            days = f", {book.first_day()} to {book.last_day()}" if len(book) else ""
            say(f"{shown_name(notebook)}: {len(book)} reports{days}")
        view = NotebookView(book, as_of, as_json, quiet, verbose)
        if as_of is None and not quiet:
            view.say_later()
        yield view
