"""The listings: stories, timeline, expectations, statements, disagreements, search; and one article."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated

import typer

from dateline.cli.options import (
    DEFAULT_NOTEBOOK,
    After,
    ArticleWords,
    AsOf,
    Before,
    Everything,
    Json,
    Limit,
    NotebookFile,
    Quiet,
    Since,
    StoryWords,
    Verbose,
    a_date,
    words,
)
from dateline.cli.output import print_json, view_notebook
from dateline.notebook import Selection, affairs_by_story, place_of, track_records
from dateline.records import STATUSES
from dateline.views import rows, terminal


def stories(
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    affairs: Annotated[
        bool,
        typer.Option("--affairs", help="The affairs instead, each with the stories that are its chapters."),
    ] = False,
    after: After = None,
    before: Before = None,
    since: Since = None,
    limit: Limit = None,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """The storylines, newest first."""
    with view_notebook(notebook, as_of, as_json=as_json, quiet=quiet, verbose=verbose) as view:
        asked = Selection(after, before, since, limit)
        listed = view.book.listing(as_of)
        if affairs:
            chapters = {s.id: s for s in listed.stories}
            view.give(asked.of(listed.affairs), rows.affair, terminal.affairs, "affairs", chapters=chapters)
            return
        homes = affairs_by_story(listed.affairs)
        found = asked.of(listed.stories, view.day)
        row = partial(rows.listed_story, affairs=homes)
        if not as_json:
            view.handles.update(listed.handles)
            view.learn(s.members[-1].id for s in found)
        view.give(found, row, terminal.stories, "stories", cite=view.handle, affairs=homes)


def timeline(
    story: StoryWords = None,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    about: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="One timeline of what all reports tell about these words."),
    ] = None,
    affair: Annotated[
        str | None,
        typer.Option(
            metavar="WORDS",
            help="One timeline of all stories of an affair: its id, words, or one of its stories.",
        ),
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, max=10_000, metavar="N", help="How many days at the most.")
    ] = None,
    sentences: Annotated[
        int | None, typer.Option(min=1, max=100, metavar="K", help="How many entries a day at the most.")
    ] = None,
    after: After = None,
    before: Before = None,
    since: Since = None,
    limit: Limit = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what each weighs, and every sentence that bears it out.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """A story's timeline, or one of a whole affair, or of all that is told about some words."""
    if sum(asked is not None for asked in (about, affair, story or None)) > 1:
        raise typer.BadParameter(
            "one of STORY, --affair WORDS and --about WORDS says what the timeline is of"
        )
    with view_notebook(notebook, as_of, as_json=as_json, quiet=quiet, verbose=verbose) as view:
        if about is not None:
            everything = view.book.timeline_about(about, as_of, days=days, sentences=sentences)
        elif affair is not None:
            whole = view.book.affair(affair, as_of)
            everything = view.book.timeline_of_affair(whole, as_of, days=days, sentences=sentences)
        else:
            everything = [
                entry
                for s in view.stories(words(story), "timeline")
                for entry in s.timeline(as_of, days=days, sentences=sentences)
            ]
        found = Selection(after, before, since, limit).of(everything, view.day)
        view.give(found, rows.timeline_entry, terminal.timeline, "timeline", cite=view.cite, explain=explain)


def expectations(
    story: StoryWords = None,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="Only open, met, 'met late', missed or overdue ones.")
    ] = None,
    due_before: Annotated[
        date | None, typer.Option(parser=a_date, metavar="DATE", help="Only those due before this day.")
    ] = None,
    after: After = None,
    before: Before = None,
    since: Since = None,
    limit: Limit = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each has its status: which sentences were weighed.")
    ] = False,
    by_source: Annotated[
        bool, typer.Option("--by-source", help="Count settled outcomes by who expected it.")
    ] = False,
    everything: Everything = False,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """The ledger: who expects what by when, and what became of it."""
    if status is not None and status not in STATUSES:
        raise typer.BadParameter(f"--status {status}: choose one of {', '.join(STATUSES)}")
    with view_notebook(notebook, as_of, as_json=as_json, quiet=quiet, verbose=verbose) as view:
        ledger = [
            entry
            for s in view.stories(words(story), "expectations")
            for entry in s.expectations(as_of, everything=everything)
            if (status is None or entry.outcome.status == status)
            and (due_before is None or (entry.due is not None and entry.due.end < due_before))
        ]
        found = Selection(after, before, since, limit).of(ledger, view.day)
        if by_source:
            view.give(track_records(found), rows.track_record, terminal.by_source, "expectations by source")
        else:
            row = partial(rows.ledger_entry, explain=explain)
            view.give(found, row, terminal.expectations, "expectations", explain=explain, cite=view.cite)


def statements(
    story: StoryWords = None,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Only those of this speaker.")] = None,
    after: After = None,
    before: Before = None,
    since: Since = None,
    limit: Limit = None,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Who said what."""
    with view_notebook(notebook, as_of, as_json=as_json, quiet=quiet, verbose=verbose) as view:
        said = [x for s in view.stories(words(story), "statements") for x in s.statements(as_of, by=by)]
        found = Selection(after, before, since, limit).of(said, view.day)
        view.give(found, rows.statement, terminal.statements, "statements", cite=view.cite)


def disagreements(
    story: StoryWords = None,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    after: After = None,
    before: Before = None,
    since: Since = None,
    limit: Limit = None,
    everything: Everything = False,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Where reports disagree."""
    with view_notebook(notebook, as_of, as_json=as_json, quiet=quiet, verbose=verbose) as view:
        disputes = [
            row
            for s in view.stories(words(story), "disagreements")
            for row in s.disagreements(as_of, everything=everything)
        ]
        found = Selection(after, before, since, limit).of(disputes, view.day)
        unsure = (
            ""
            if everything
            else "what tells them is too unsure to be shown; --all lists what it takes for one"
        )
        view.give(
            found, rows.disagreement, terminal.disagreements, "disagreements", none=unsure, cite=view.cite
        )


def show(
    article: ArticleWords,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    changes: Annotated[bool, typer.Option("--changes", help="What its versions changed instead.")] = False,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """One article with what was found in it marked; after a handle, :533 marks the sentence at that character."""
    key = words(article) or ""
    with view_notebook(notebook, as_of, as_json=as_json, quiet=quiet, verbose=verbose) as view:
        if changes:
            found = view.book.changes(key, as_of)
            view.give(found, rows.change, terminal.changes, "changes", cite=view.cite)
            return
        filed = view.book.article(key, as_of)
        if as_json:
            print_json([rows.reading(filed.reading)])
        else:
            terminal.article(
                terminal.console(),
                filed,
                view.book.story_of(filed.article.id, as_of),
                handle=view.handle(filed.article.id),
                place=place_of(key),
            )


def search(
    query: Annotated[
        list[str],
        typer.Argument(metavar="WORDS", help='Words that must all occur; "quoted words" are a phrase.'),
    ],
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    after: After = None,
    before: Before = None,
    since: Since = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at the most.")] = 20,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Full-text search, with dates."""
    first = max((day for day in (after, since) if day), default=None)
    with view_notebook(notebook, as_of, as_json=as_json, quiet=quiet, verbose=verbose) as view:
        found = view.book.search(" ".join(query), after=first, before=before, as_of=as_of, limit=limit)
        view.give(found, rows.search_hit, terminal.search, "articles found", cite=view.cite)
