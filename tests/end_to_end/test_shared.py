"""A notebook in PostgreSQL, used as a file is: the same listings byte for byte, the page by one who may only read, and no password anywhere."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner, Result

from dateline import demo
from dateline.bench.web import served
from dateline.cli import app
from dateline.notebook import Notebook, check_notebook
from dateline.reader import Reader
from dateline.store import open_store
from tests.plain_model import PlainModel
from tests.postgres import Server

pytestmark = pytest.mark.usefixtures("plain_judge")

SECRET = "s3cret-word"
LISTINGS = (
    ("stories",), ("stories", "--affairs"), ("timeline",), ("timeline", "--about", "ferry"), ("expectations", "--all"), ("statements",),
    ("disagreements", "--all"), ("brief", "ferry"), ("show", "ferry-sinks"), ("search", "the ferry"),
)  # fmt: skip


def run(*arguments: str, notebook: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--notebook", notebook])


@pytest.fixture(scope="module")
def schema(server: Server) -> str:
    return server.fresh_schema()


@pytest.fixture(scope="module")
def both(server: Server, schema: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The demo's reports in a file and in PostgreSQL, read by the plain model: added in two halves, the later first."""
    places = str(tmp_path_factory.mktemp("both") / "n.db"), server.address_for("locked", SECRET, schema)
    server.execute(
        f"CREATE ROLE locked LOGIN PASSWORD '{SECRET}'",
        f"GRANT USAGE, CREATE ON SCHEMA {schema} TO locked",
        f"CREATE ROLE page LOGIN; GRANT USAGE ON SCHEMA {schema} TO page",
    )
    with demo.articles() as folder:
        reports = sorted(folder.glob("*.txt"))
        for place in places:
            with Notebook(open_store(place), Reader(PlainModel())) as notebook:
                notebook.add(reports[10:])
                notebook.add(reports[:10], story="Ferry")
                assert len(notebook) == len(reports)
                assert notebook.troubles() == []
    server.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO page")
    return places


def test_listings_are_the_same_byte_for_byte(both: tuple[str, str]) -> None:
    with closing(open_store(both[0])) as store:
        first, last = store.first_day() or date.min, store.last_day() or date.max
    some = 0
    for command in LISTINGS:
        for as_of in (date.fromordinal((first.toordinal() + last.toordinal()) // 2), last):
            for form in ((), ("--json",)):
                file, shared = (run(*command, *form, "--as-of", str(as_of), notebook=place) for place in both)
                if command[0] == "search":
                    # found in an order of the server's own
                    assert sorted(shared.stdout.split()) == sorted(file.stdout.split())
                else:
                    assert shared.stdout == file.stdout, (command, as_of)
                assert shared.exit_code == file.exit_code
                some += bool(file.stdout)
    assert some > 25


def test_nothing_is_wrong_with_either_and_what_is_not_looked_at_is_said(both: tuple[str, str]) -> None:
    assert [check_notebook(place, views=False) for place in both] == [[], []]
    file, shared = (run("check", "--no-views", notebook=place) for place in both)
    assert (file.exit_code, shared.exit_code) == (0, 0)
    assert "nothing is wrong (pages and references are PostgreSQL's own" in shared.stderr
    assert "PostgreSQL" not in file.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        *LISTINGS,
        ("stories", "--verbose"),
        ("add", "none.txt"),
        ("remove", "no such report"),
        ("date", "no such report", "2024-01-01"),
        ("check", "--no-views"),
        ("export", "--to", "html", "--full-texts"),
        ("export", "--to", "jsonl"),
        ("watch", "--rounds", "1", "--every", "1m", "nowhere.xml"),
    ],
    ids=" ".join,
)
def test_no_command_tells_the_password(both: tuple[str, str], arguments: tuple[str, ...]) -> None:
    done = run(*arguments, notebook=both[1])
    assert SECRET not in done.output
    assert SECRET not in str(done.exception)
    wrong = run(*arguments, notebook=both[1].replace(SECRET, f"wrong-{SECRET}"))
    assert wrong.exit_code
    assert SECRET not in wrong.output
    assert SECRET not in str(wrong.exception)
    assert "does not let this user in" in str(wrong.exception)


PAGES = (
    "/",
    "/expectations",
    "/statements",
    "/disagreements",
    "/search?q=ferry",
    "/api/stories",
    "/api/timeline",
)


@pytest.fixture(scope="module")
def addresses(server: Server, schema: str, both: tuple[str, str]) -> Iterator[list[str]]:
    """Pages on the file, and by three processes on PostgreSQL: two as one who may only read, one as one who may write."""
    reading = server.address_for("page", schema=schema)
    with ExitStack() as stack:
        yield [stack.enter_context(served(place)).address for place in (both[0], reading, reading, both[1])]


def test_several_processes_serve_it_and_one_who_may_only_read_can(addresses: list[str]) -> None:
    # what is in a page for its own sake: tokens, the day's nonce
    own = re.compile(r'nonce-[^"\']+|nonce="[^"]*"')
    for path in PAGES:
        pages = []
        for address in addresses:
            with urlopen(address + path) as answer:
                pages.append(own.sub("", answer.read().decode()).replace(address, ""))
        assert pages[0].strip()
        assert SECRET not in "".join(pages)
        if not path.startswith("/search"):
            assert pages[1:] == [pages[0]] * 3, path


def test_a_page_goes_on_when_the_server_has_broken_off(
    server: Server, schema: str, both: tuple[str, str]
) -> None:
    with served(server.address_for("page", schema=schema)) as page:
        asked = page.address + "/api/stories"
        with urlopen(asked) as answer:
            before = answer.read()
        server.execute("SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE usename = 'page'")
        seen = []
        # each thread of the page has a connection of its own, and learns of it by a failure
        for _ in range(60):
            try:
                with urlopen(asked) as answer:
                    seen.append(answer.read())
            except OSError:
                continue
        assert seen[-1] == before


def test_the_command_says_in_a_line_what_is_wrong(both: tuple[str, str], tmp_path: Path) -> None:
    wrong = both[1].replace(SECRET, "wrong")
    command = [sys.executable, "-m", "dateline", "stories", "--notebook", wrong]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "does not let this user in" in done.stderr
    assert "Traceback" not in done.stderr
