"""Templates to pages. Everything is escaped; text from articles is cleaned first (`line`)."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from functools import cache
from importlib import resources
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dateline.records import Interval
from dateline.views.labels import (
    NO_DISAGREEMENT,
    VALUES,
    day_label,
    days_label,
    one_line,
    outcome_label,
    short_day,
    status_label,
    value_label,
    web_address,
)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dateline.views.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        line=one_line,
        value_label=value_label,
        day=day_label,
        days=days_label,
        outcome=outcome_label,
        status=status_label,
        short=short_day,
        web=web_address,
        code=_code,
        n=_number,
    )
    environment.globals.update(
        address=address, static=static, unsure=NO_DISAGREEMENT, values_shown=VALUES, days_of=_days_of
    )
    return environment


def _code(text: str) -> Markup:
    """`text` escaped, what stands between backticks as code."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _number(number: int) -> str:
    """`11067` as "11,067"."""
    return f"{number:,}"


def _days_of(first: date, last: date) -> str:
    """The days from `first` to `last` in the fewest words."""
    return days_label(Interval(first, last))


def address(path: str, **query: object) -> str:
    """`path` with the parts of `query` that have a value; a name that ends in _ stands for itself without it (`from_`)."""
    given = {name.rstrip("_"): str(value) for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


@cache
def static(name: str) -> str:
    """The address of a file of the page's own: it changes with what is in it, so that a browser may keep it for good."""
    content = resources.files("dateline.views").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def render(name: str, status: int = 200, *, request: Request, **values: object) -> HTMLResponse:
    """The page of the template `name`."""
    values = {"as_of": None, "span": None, "twin": None, "files": [], **values}
    text = (
        _environment().get_template(name).render(path=request.url.path, query=request.query_params, **values)
    )
    return HTMLResponse(text, status)
