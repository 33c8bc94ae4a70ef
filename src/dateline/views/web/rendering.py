"""Templates to pages. Everything is escaped; text from articles is cleaned first (`line`)."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dateline.views.words import (
    day_label,
    days_label,
    one_line,
    outcome_label,
    source_label,
    status_label,
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
        day=day_label,
        days=days_label,
        outcome=outcome_label,
        status=status_label,
        source=source_label,
        web=web_address,
    )
    environment.globals["address"] = address
    return environment


def address(path: str, **query: object) -> str:
    """`path` with the parts of `query` that have a value; a name that ends in _ stands for itself without it (`from_`)."""
    given = {name.rstrip("_"): str(value) for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def render(name: str, status: int = 200, *, request: Request, **values: object) -> HTMLResponse:
    """The page of the template `name`."""
    values = {"as_of": None, "span": None, **values}
    text = (
        _environment().get_template(name).render(path=request.url.path, query=request.query_params, **values)
    )
    return HTMLResponse(text, status)
