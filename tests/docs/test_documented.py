"""Whatever a program can rely on is told in the docs: commands, options, fields of rows, bounds, settings, variables, formats, pages."""

from __future__ import annotations

import ast
import dataclasses
import importlib.util
import re
import tomllib
import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from fastapi.routing import APIRoute

import dateline
from dateline import cli, records
from dateline.notebook import Finding
from dateline.sources.bounds import Bounds
from dateline.views import exports, news, rows
from dateline.views.web import routes
from dateline.watching import NewReport

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PACKAGE = Path(dateline.__file__).parent


@cache
def told() -> str:
    """All that the docs say."""
    pages = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def code_in(text: str) -> set[str]:
    """What stands between grave accents."""
    return set(re.findall(r"`([^`\n]+)`", text))


# ------------------------------------------------------------------------------------------------ commands


def test_the_page_of_commands_says_what_the_commands_say() -> None:
    """Every command and option stands there; after a change: python docs/commands.py."""
    spec = importlib.util.spec_from_file_location("commands_page", DOCS / "commands.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert page == script.page(), "run python docs/commands.py"
    for name in cli.COMMANDS:
        for option in cli.load(name).params:
            for written in option.opts if option.param_type_name == "option" else ():
                assert f"`{written}" in page, f"dateline {name} {written}"


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_a_command_is_shown_in_use(name: str) -> None:
    others = told().replace((DOCS / "commands.md").read_text(encoding="utf-8"), "")
    assert re.search(rf"dateline {name}\b", others), f"dateline {name} stands in the page of commands alone"


def test_every_environment_variable_is_told() -> None:
    read = {
        variable
        for module in PACKAGE.rglob("*.py")
        for variable in re.findall(r"\"(DATELINE_[A-Z_]+)\"", module.read_text(encoding="utf-8"))
    }
    assert read
    assert read <= code_in(told())


# ------------------------------------------------------------------------------------------------ names


@pytest.mark.parametrize(
    "page", sorted(p.relative_to(ROOT).as_posix() for p in [ROOT / "README.md", *DOCS.rglob("*.md")])
)
def test_links_lead_somewhere(page: str) -> None:
    """Files and headings of our own; other sites are not asked."""
    text = re.sub(
        r"^```.*?^```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        file, _, anchor = link.partition("#")
        target = (ROOT / page).parent / file if file else ROOT / page
        assert target.exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), flags=re.MULTILINE)
            assert anchor in {anchor_of(heading) for heading in headings}, link


def anchor_of(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_tests_that_the_docs_name_are_there() -> None:
    # the guides add their own
    pages = told().replace((DOCS / "guides.md").read_text(encoding="utf-8"), "")
    named = set(re.findall(r"\btests/[\w/.]+\.py", pages))
    assert named
    assert not [name for name in named if not (ROOT / name).exists()]
    modules: dict[str, str] = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        modules[path.name] = modules.get(path.name, "") + path.read_text(encoding="utf-8")
    for row in re.findall(r"^\|.*$", pages, flags=re.MULTILINE):
        module = ""
        for file, test in re.findall(r"`(?:(test_\w+\.py)::)?(test_\w+)`", row):
            module = modules[file] if file else module
            assert f"def {test}(" in module, test


def test_modules_that_the_architecture_names_are_there() -> None:
    page = (DOCS / "ARCHITECTURE.md").read_text(encoding="utf-8")
    files = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*") if path.is_file()} | {
        "pyproject.toml"
    }
    for name in re.findall(r"`([\w/]+\.(?:py|toml|sql|html|js))`", page):
        assert any(file == name or file.endswith(f"/{name}") for file in files), name
    for name in re.findall(r"`([\w/]+)/`", page):
        assert any(file.startswith(f"{name}/") or f"/{name}/" in file for file in files), name


# ------------------------------------------------------------------------------------------------ rows


def sample(kind: Any) -> Any:
    """A value of a type, with everything that may be there."""
    origin, inner = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind):
        assert isinstance(kind, type)
        hints = get_type_hints(kind)
        return kind(**{f.name: sample(hints[f.name]) for f in dataclasses.fields(kind)})
    if origin is Literal:
        return inner[0]
    if origin in (Union, types.UnionType):
        return sample(next(t for t in inner if t is not type(None)))
    if origin is tuple:
        return tuple(sample(t) for t in inner if t is not Ellipsis)
    if origin in (Mapping, dict):
        return {}
    if kind in (date, datetime):
        return kind(2024, 3, 5)
    return {str: "words", int: 3, float: 0.5, bool: True}.get(kind)


def paths(row: Any, before: str = "") -> Iterator[str]:
    """The fields of a row as docs/rows.md writes them: `sources[].start`, and of what holds fields those alone."""
    if isinstance(row, list):
        yield from (path for item in row for path in paths(item, f"{before}[]"))
    elif isinstance(row, dict):
        yield from (path for name, item in row.items() for path in paths(item, f"{before}.{name}".strip(".")))
    else:
        yield before


def sections() -> dict[str, str]:
    """Sections of docs/rows.md by their anchor."""
    page = (DOCS / "rows.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    return {anchor_of(title): text for title, text in zip(parts[1::2], parts[2::2], strict=True)}


def documented(anchor: str) -> set[str]:
    """The fields that a section tells, those of the sections that it refers to in their places."""
    head, _, table = sections()[anchor].partition("|---|---|")
    found = set(documented("a-passage")) if "[a passage](#a-passage)" in head else set()
    for field, says in re.findall(r"^\| `([^`]+)` \| (.*) \|$", table, flags=re.MULTILINE):
        link = re.search(r"\(#([\w-]+)\)", says)
        if says.startswith("as [above]"):
            link = re.search(r"#([\w-]+)", says)
        found |= {f"{field}.{inner}" for inner in documented(link[1])} if link else {field}
    return found


def listed_story(record: records.StorySummary) -> rows.Row:
    return rows.listed_story(record, {})


def explained(record: records.LedgerEntry) -> rows.Row:
    return rows.ledger_entry(record, explain=True)


def report_row(record: NewReport) -> rows.Row:
    return {"change": "report", "at": "2024-03-05T09:00:00", **news._report_row(record)}


def overview(record: records.StoryOverview) -> rows.Row:
    row = {**rows.story_overview(record), "worked_out": True}
    return {**row, "new_outcomes": {"met": 1}}


ROWS: dict[str, tuple[Callable[[Any], rows.Row], type]] = {
    "a-passage": (rows.evidence, records.Evidence),
    "a-reading": (rows.reading, records.Reading),
    "a-story": (listed_story, records.StorySummary),
    "an-affair": (rows.affair, records.Affair),
    "a-line-of-a-timeline": (rows.timeline_entry, records.TimelineEntry),
    "an-expectation": (explained, records.LedgerEntry),
    "how-a-sources-expectations-turned-out": (rows.track_record, records.TrackRecord),
    "a-statement": (rows.statement, records.StoryStatement),
    "a-disagreement": (rows.disagreement, records.Disagreement),
    "a-brief": (rows.briefing, records.Briefing),
    "an-article-found": (rows.search_hit, records.SearchHit),
    "what-a-version-changed": (rows.change, records.Change),
    "what-came-in": (report_row, NewReport),
    "what-is-wrong-with-a-notebook": (rows.finding, Finding),
    "an-overview": (overview, records.StoryOverview),
}


@pytest.mark.parametrize("anchor", ROWS)
def test_every_field_of_a_row_is_told_and_none_that_is_gone(anchor: str) -> None:
    row, kind = ROWS[anchor]
    # a brief's expectations are not explained
    fields = {path for path in documented(anchor) if anchor != "a-brief" or ".weighed" not in path}
    assert set(paths(row(sample(kind)))) == fields


def test_every_row_has_a_section() -> None:
    """A function of views/rows.py that makes a row is tried above, or its section tells its fields in the text."""
    tree = ast.parse(Path(rows.__file__).read_text(encoding="utf-8"))
    makers = {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    tried = {
        "evidence",
        "reading",
        "listed_story",
        "affair",
        "timeline_entry",
        "ledger_entry",
        "track_record",
    }
    tried |= {"statement", "disagreement", "briefing", "search_hit", "change", "finding", "story_overview"}
    # parts of those, and no row
    tried |= {"article", "story", "without_folders"}
    # three fields, told in a sentence
    assert makers - tried == {"name_hit"}
    in_words = set(re.findall(r"\w+", " ".join(re.findall(r"\{[\w, ]+\}", sections()["an-overview"]))))
    assert set(rows.name_hit(sample(records.NameHit))) <= in_words


# ------------------------------------------------------------------------------------------------ exports and pages


def rows_of(page: str) -> set[str]:
    """What stands first in the rows of a page's tables."""
    return set(
        re.findall(
            r"^\| (?:[^|`]+\| )?`([^`]+)`", (DOCS / page).read_text(encoding="utf-8"), flags=re.MULTILINE
        )
    )


def test_every_export_is_told() -> None:
    assert set(exports.FORMATS) <= rows_of("exports.md")


def test_every_page_is_told() -> None:
    site: Any = None
    pages = {
        re.sub(r"\{.*?\}", "*", route.path)
        for route in routes.router(site).routes
        if isinstance(route, APIRoute)
    }
    assert "/stories/*" in pages
    told = {re.sub(r"\b[A-Z]+\b", "*", address.split("?")[0]) for address in rows_of("web.md")}
    assert "/export/FORMAT" in (DOCS / "web.md").read_text(encoding="utf-8")
    # the page that asks for the token, and an older address of a tab
    assert pages - told == {"/export/*", "/enter", "/stories/*/reports"}


# ------------------------------------------------------------------------------------------------ settings


def test_every_bound_is_told_with_its_default() -> None:
    page = (DOCS / "input.md").read_text(encoding="utf-8")
    assert {f.name for f in dataclasses.fields(Bounds)} <= code_in(page.split("## Bounds")[1])


@pytest.mark.parametrize(
    "file", ["reader/thresholds.toml", "keeper/ledger/settings.toml", "keeper/contradiction.toml"]
)
def test_every_threshold_is_told_and_none_that_is_gone(file: str) -> None:
    table = tomllib.loads((PACKAGE / file).read_text(encoding="utf-8"))
    section = (DOCS / "settings.md").read_text(encoding="utf-8").split(f"## `{file}`")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `([^`]+)` \|", section, flags=re.MULTILINE)) == set(numbers(table))


def numbers(table: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The numbers of a table by name. What a threshold is fitted on stands beside it; the weights of a sum are one setting."""
    for name, value in table.items():
        if isinstance(value, Mapping) and set(value) == {"from", "fitted"}:
            yield name
        elif isinstance(value, Mapping) and name != "weights":
            yield from numbers(value, f"{before}{name}.")
        elif isinstance(value, int | float):
            yield f"{before}{name}"
