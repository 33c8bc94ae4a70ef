"""What every test may rely on, whatever the machine and its settings: no deadline but the tests' own, and a plain terminal."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import postgres, remembered
from tests.plain_model import PlainJudge

# a loaded machine takes any time for an example, and the same examples are tried everywhere; `--hypothesis-profile=wide` tries others
_NO_CLOCK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", parent=_NO_CLOCK, derandomize=True)
settings.register_profile("wide", parent=_NO_CLOCK, derandomize=False, print_blob=True)
settings.load_profile("same")

# what would make the command colour what it prints, set it for another width or language, or find another notebook
for _name in list(os.environ):
    if _name.startswith("DATELINE_") and _name != "DATELINE_SHARED":
        del os.environ[_name]
for _name in ("FORCE_COLOR", "PY_COLORS", "CLICOLOR_FORCE", "NO_COLOR", "GITHUB_ACTIONS", "COLUMNS", "LINES", "TERMINAL_WIDTH", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "PYTHONWARNINGS"):  # fmt: skip
    os.environ.pop(_name, None)


# what a shell starts in the background is deaf to Ctrl-C, and so would be what the tests start to stop it
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a PostgreSQL server where there is none."""
    if postgres.missing():
        out = [item for item in items if _needs_server(item)]
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if not _needs_server(item)]


def _needs_server(item: pytest.Item) -> bool:
    given = getattr(getattr(item, "callspec", None), "params", {})
    return "server" in getattr(item, "fixturenames", ()) or given.get("kind") == "postgres"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once what was left out."""
    if missing := postgres.missing():
        terminalreporter.write_line(f"{missing}: notebooks in PostgreSQL are not tested")


@pytest.fixture(scope="session", autouse=True)
def remembered_networks() -> Iterator[None]:
    """In the tests' own process the bundled networks are loaded once, and read nothing twice."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("dateline.notebook._bundled_reader", remembered.RememberedReader)
        for where in _ASKING:
            patched.setattr(where, remembered.RememberedPairReader)
        yield


@pytest.fixture(scope="module")
def plain_judge() -> Iterator[None]:
    """Pairs are judged by their words, for tests of everything but the judging."""
    with pytest.MonkeyPatch.context() as patched:
        for where in _ASKING:
            patched.setattr(where, PlainJudge)
        yield


_ASKING = ("dateline.notebook._bundled_pair_reader", "dateline.checking.PairReader")
"""Where a judge is made, if none is given."""


Where = Callable[[str], str]
"""By a name of the test's own, a notebook's path or address: the same for the same name."""
PlaceOf = Callable[[Path], str]
"""By the path that it has as a file, a notebook's path or address."""


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server of the tests' own; what needs it is skipped, and said, where the machine does not let it start."""
    with ExitStack() as stack:
        try:
            running = stack.enter_context(postgres.running())
        except (RuntimeError, OSError) as error:
            pytest.skip(f"a PostgreSQL server cannot be started here: {error}")
        yield running


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database that holds the notebooks of a test."""
    found: str = request.param
    if found == "postgres":
        request.getfixturevalue("server")
    return found


@pytest.fixture(scope="session")
def place_of(kind: str, request: pytest.FixtureRequest) -> PlaceOf:
    """Where the notebooks of tests are kept: in files, and again in PostgreSQL."""
    if kind == "sqlite":
        return str
    return cache(lambda path: request.getfixturevalue("server").fresh())


@pytest.fixture
def where(place_of: PlaceOf, tmp_path: Path) -> Where:
    """Where a test's notebooks are kept: in files, and again in PostgreSQL."""
    return lambda name: place_of(tmp_path / name)
