"""Every page and its JSON twin: what they show, as of when, to whom, and with which headers."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import dateline
from dateline.cli import app as command
from dateline.errors import DatelineError, NotebookError
from dateline.views import web
from dateline.views.rows import without_folders
from dateline.views.web.safety import check_address
from tests.views.web.conftest import hostile_articles

BASE = "http://localhost"
PAGES = (
    "/",
    "/expectations",
    "/calendar",
    "/statements",
    "/disagreements",
    "/search?q=tram",
    "/api",
    "/enter",
)


@pytest.fixture(scope="module")
def client(demo_notebook: Path) -> TestClient:
    return TestClient(web.create(str(demo_notebook)), base_url=BASE, raise_server_exceptions=False)


def text_of(response: httpx.Response) -> str:
    assert response.status_code == 200, response.text
    return response.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_forbids_what_articles_could_bring(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "<script>" not in response.text
    assert " style=" not in response.text
    assert " onclick" not in response.text


@pytest.mark.parametrize("as_of", [None, "2024-03-12", "2024-03-15", "2025-01-01"])
@pytest.mark.parametrize(
    ("twin", "words"),
    [
        ("/api/stories", ["stories"]),
        ("/api/timeline", ["timeline"]),
        ("/api/timeline?story=tram", ["timeline", "tram"]),
        ("/api/brief?story=tram&since=2024-03-10", ["brief", "tram", "--since", "2024-03-10"]),
        ("/api/expectations", ["expectations"]),
        ("/api/expectations?status=open&due_before=2024-05-01", ["expectations", "--status", "open", "--due-before", "2024-05-01"]),
        ("/api/sources", ["expectations", "--by-source"]),
        ("/api/statements?by=Odile+Ferrant", ["statements", "--by", "Odile Ferrant"]),
        ("/api/disagreements", ["disagreements"]),
        ("/api/search?q=depot", ["search", "depot"]),
    ],
)  # fmt: skip
def test_the_twin_has_the_rows_of_the_command(
    client: TestClient, demo_notebook: Path, twin: str, words: list[str], as_of: str | None
) -> None:
    options = ["--json", "--notebook", str(demo_notebook)] + (["--as-of", as_of] if as_of else [])
    printed = CliRunner().invoke(command, [*words, *options]).stdout.splitlines()
    address = twin + (("&" if "?" in twin else "?") + f"as_of={as_of}" if as_of else "")
    assert client.get(address).json() == without_folders([json.loads(line) for line in printed])


def test_an_article_is_the_row_of_show(client: TestClient, demo_notebook: Path) -> None:
    article = client.get("/api/stories").json()[0]["articles"][0]["id"]
    printed = (
        CliRunner().invoke(command, ["show", article, "--json", "--notebook", str(demo_notebook)]).stdout
    )
    assert client.get(f"/api/articles/{article}").json() == without_folders(json.loads(printed))
    assert client.get(f"/api/articles/{article}/changes").status_code == 200


@pytest.mark.parametrize("path", ["/", "/expectations", "/statements", "/disagreements", "/search?q=tram"])
def test_an_earlier_day_shows_nothing_later(client: TestClient, path: str) -> None:
    day = "2024-03-12"
    mark = "&" if "?" in path else "?"
    shown = text_of(client.get(f"{path}{mark}as_of={day}"))
    later = [a for s in client.get("/api/stories").json() for a in s["articles"] if a["published"] > day]
    assert later
    # the footer and the slider tell how far the notebook reaches
    body = shown[shown.index("<main") : shown.index("</main>")]
    assert not [a["source"] for a in later if a["id"] in body or Path(a["source"]).name in body]
    assert day in shown


def test_where_none_is_disputed_the_page_says_that_it_is_unsure(client: TestClient) -> None:
    shown = text_of(client.get("/disagreements?as_of=2024-03-05"))
    assert "No disagreement is sure enough to be shown" in shown
    assert "<code>dateline disagreements --all</code>" in shown


def test_a_story_of_an_earlier_day(client: TestClient) -> None:
    key = next(s["id"] for s in client.get("/api/stories").json() if "tram" in s["title"])
    then = text_of(client.get(f"/stories/{key}?as_of=2024-03-10&tab=expected"))
    assert re.search(r'class="status open">.*?open', then, re.DOTALL)
    assert "✕" not in then
    assert "ran 60 extra buses on Monday" not in then
    early = client.get(f"/stories/{key}?as_of=2024-03-01")
    assert early.status_code == 404
    first = next(s["first"] for s in client.get("/api/stories").json() if s["id"] == key)
    assert f"/stories/{key}?as_of={first}" in early.text
    assert client.get(f"/stories/{key}?as_of={first}").status_code == 200
    zoomed = text_of(client.get(f"/stories/{key}?from=2024-03-11&to=2024-03-11"))
    assert 'data-from="2024-03-11" data-to="2024-03-11"' in zoomed
    assert f'id="day-{first}"' in text_of(client.get(f"/stories/{key}/reports"))


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/stories/zzzz", 404, "no story has that id or those words"),
        ("/articles/zzzz", 404, "no article has that handle, id or source"),
        ("/?as_of=soon", 400, "as_of"),
        ("/expectations?status=lost", 400, "status"),
        ("/expectations?who=&status=&due_after=", 200, "Expected"),
        ("/nowhere", 404, "no such page"),
        ("/calendar?month=9999-99", 200, "Due in"),
        ("/calendar?month=9999-12", 200, "Due in"),
        ("/calendar?month=0001-01", 200, "Due in"),
        ("/calendar?month=0002-01", 200, "Due in January 2"),
        ("/statements?by=Nobody+At+All", 200, "0 statements"),
        ("/statements?page=99999", 200, "page"),
        ("/search?q=%22", 200, "No article holds"),
        ("/search?q=%27%29+OR+1%3D1+--", 200, "No article holds"),
        ("/search?q=a&after=2024-03-08&before=2024-03-08", 200, "Search"),
        ("/stories/" + quote("x" * 5000), 404, "Not found"),
        ("/?as_of=9999-12-31", 200, "Stories"),
        ("/?as_of=0001-01-01", 200, "No story was known"),
    ],
)
def test_what_cannot_be_is_told_in_words(client: TestClient, path: str, status: int, says: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert says in response.text
    assert "Traceback" not in response.text
    if path.startswith(("/stories", "/articles")):
        twin = client.get("/api" + path)
        assert (twin.status_code, list(twin.json())) == (status, ["error"])


def test_an_article_marks_its_evidence_and_what_was_found(client: TestClient) -> None:
    entry = client.get("/api/timeline?story=tram").json()[3]
    source = entry["sources"][0]
    shown = text_of(client.get(f"/articles/{source['article']}?at={source['start']}-{source['end']}"))
    assert 'id="here"' in shown
    assert 'class="time' in shown
    assert "Previous evidence" in shown or "Next evidence" in shown
    pane = text_of(
        client.get(f"/articles/{source['article']}?at={source['start']}-{source['end']}&pane=true")
    )
    assert "<html" not in pane
    assert 'id="here"' in pane


def test_names_are_found_beside_texts(client: TestClient) -> None:
    assert "Odile Ferrant" in [n["name"] for n in client.get("/api/names?q=odile").json()]
    assert client.get("/api/names?q=%25").json() == []
    assert "what they said" in text_of(client.get("/search?q=odile"))


def test_where_a_report_lies_on_this_machine_is_told_nowhere(client: TestClient, demo_notebook: Path) -> None:
    listed = CliRunner().invoke(command, ["stories", "--json", "--notebook", str(demo_notebook)]).stdout
    stories = [json.loads(line) for line in listed.splitlines()]
    places = {str(Path(a["source"]).parent) for s in stories for a in s["articles"]} - {"."}
    names = {Path(a["source"]).name for s in stories for a in s["articles"]}
    assert places
    key = stories[0]["id"]
    article = stories[0]["articles"][0]["id"]
    paths = [*PAGES, f"/articles/{article}", f"/articles/{article}?pane=true", f"/brief/{key}"]
    paths += [
        f"/stories/{key}?tab={tab}" for tab in ("timeline", "expected", "disputed", "quotes", "reports")
    ]
    paths += [
        f"/stories/{key}/export/{to}"
        for to in ("timelinejs", "embed", "html", "brief", "markdown", "ics", "rss")
    ]
    for path in [*paths, "/articles/the"]:
        shown = client.get(path).text
        assert not [told for told in places | names if told in shown], path
    # programs are given the name of the file as its `source`, and no folder
    twins = [f"/api/{twin}" for twin in ("stories", f"stories/{key}", "timeline", "expectations", "statements", "search?q=depot", f"articles/{article}")]  # fmt: skip
    for path in [*twins, f"/stories/{key}/export/csv"]:
        shown = client.get(path).text
        assert not [place for place in places if place in shown], path
        assert [name for name in names if name in shown], path


def test_a_line_is_found_on_whichever_page_of_its_list_it_stands(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.views.web.routes.story.PER_PAGE", 2)
    monkeypatch.setattr("dateline.views.web.site.part.__defaults__", (2,))
    for row in client.get("/api/expectations").json():
        shown = text_of(client.get(f"/stories/{row['story']}?tab=expected&line={row['id']}"))
        assert f'id="expectation-{row["id"]}"' in shown


@pytest.mark.parametrize("to", ["timelinejs", "embed", "html", "brief", "markdown", "ics", "rss", "csv"])
def test_a_story_is_offered_to_be_published(client: TestClient, to: str) -> None:
    key = client.get("/api/stories").json()[0]["id"]
    file = client.get(f"/stories/{key}/export/{to}")
    assert file.status_code == 200
    assert file.headers["content-disposition"].startswith(f'attachment; filename="{key}-{to}.')
    assert client.get(f"/stories/{key}/export/exe").status_code == 404


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("/", "id,title,first,"),
        ("/expectations", "id,story,event,"),
        ("/statements", "id,story,speaker,"),
        ("/disagreements", "disagreement,story,about,"),
        ("/stories/tram?tab=reports", "id,story,source,"),
    ],
)
def test_each_list_can_be_saved_and_read_by_programs(client: TestClient, path: str, header: str) -> None:
    shown = text_of(client.get(path + ("&" if "?" in path else "?") + "as_of=2024-03-15"))
    foot = shown[shown.index("<footer") :]
    files = [unescape(href) for href in re.findall(r'<a download href="([^"]+)"', foot)]
    table = client.get(next(href for href in files if "/export/csv" in href))
    assert table.text.startswith(header)
    assert "stories-" in table.headers["content-disposition"] or "story=" in "".join(files)
    twin = unescape(re.search(r'href="(/api/[^"]+)">This page as JSON', foot)[1])  # type: ignore[index]
    assert "as_of=2024-03-15" in twin
    assert all("as_of=2024-03-15" in href for href in files)
    assert client.get(twin).status_code == 200
    assert client.get("/export/csv?table=secrets").status_code in range(400, 500)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::"])
def test_another_name_for_this_machine_is_not_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST"])
def test_its_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/api/status", headers={"Host": host}).status_code == 200


def test_a_token_guards_everything(demo_notebook: Path) -> None:
    app = web.create(str(demo_notebook), token="correct horse battery", hosts=("0.0.0.0",))
    asking = TestClient(app, base_url="http://news.example", follow_redirects=False)
    assert asking.get("/api/status").status_code == 401
    assert asking.get("/api/openapi.json").status_code == 401
    sent = asking.get("/expectations?status=open")
    assert (sent.status_code, sent.headers["location"]) == (
        303,
        "/enter?next=%2Fexpectations%3Fstatus%3Dopen",
    )
    assert (
        asking.get("/api/status", headers={"Authorization": "Bearer correct horse battery"}).status_code
        == 200
    )
    assert asking.get("/api/status", headers={"Authorization": "Bearer correct horse"}).status_code == 401
    assert asking.get("/api/status", headers={"Cookie": "dateline=0"}).status_code == 401
    # the form: from this page alone, and with the right token
    own = {"Origin": "http://news.example"}
    assert asking.post("/enter", data={"token": "correct horse battery"}).status_code == 403
    foreign = {"Origin": "http://evil.example"}
    assert asking.post("/enter", data={"token": "correct horse battery"}, headers=foreign).status_code == 403
    assert asking.post("/enter", data={"token": "wrong"}, headers=own).status_code == 403
    entered = asking.post(
        "/enter", data={"token": "correct horse battery", "next": "//evil.example/"}, headers=own
    )
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert "correct" not in cookie
    assert asking.get("/api/status").status_code == 200


@pytest.mark.parametrize(
    ("host", "token", "allowed"),
    [
        ("127.0.0.1", None, True),
        ("::1", None, True),
        ("localhost", None, True),
        ("127.0.0.1", "short", False),
        ("0.0.0.0", None, False),
        ("192.168.0.7", "", False),
        ("news.example", None, False),
        ("0.0.0.0", "correct horse battery", True),
    ],
)
def test_another_address_needs_a_token(host: str, token: str | None, allowed: bool) -> None:
    if allowed:
        check_address(host, token)
    else:
        with pytest.raises(DatelineError, match="token"):
            check_address(host, token)


def test_serve_says_what_is_wrong(tmp_path: Path, demo_notebook: Path) -> None:
    run = CliRunner()
    missing = run.invoke(command, ["serve", "--notebook", str(tmp_path / "none.db")])
    assert missing.exit_code != 0
    with pytest.raises(NotebookError, match="no such notebook"):
        web.create(str(tmp_path / "none.db"))
    with pytest.raises(DatelineError, match="choose another"):
        web.serve(str(demo_notebook), "192.0.2.1", 1, "correct horse battery")


def test_hostile_text_is_escaped_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    with dateline.open(path) as notebook:
        notebook.add_articles(hostile_articles())
        ids = [m.id for s in notebook.stories() for m in s.summary.members]
        keys = [s.id for s in notebook.stories()]
        assert notebook.last_day() == date(2024, 5, 4)
    client = TestClient(web.create(str(path)), base_url=BASE)
    addresses = ["/", "/expectations", "/statements", "/search?q=mayor"]
    addresses += [f"/stories/{k}" for k in keys] + [f"/stories/{k}/reports" for k in keys]
    addresses += [f"/articles/{i}" for i in ids] + [f"/articles/{i}?pane=true" for i in ids]
    for address in addresses:
        shown = text_of(client.get(address))
        assert "<script>" not in shown, address
        assert "<img" not in shown, address
        assert "onload=window.hit=3>" not in shown, address
        assert 'href="javascript' not in shown, address
        assert "\u202e" not in shown, address
        assert len(shown) < 400_000, address
    hostile = next(a.id for a in hostile_articles() if a.title and "script" in a.title)
    whole = re.sub(r"<[^>]*>", "", text_of(client.get(f"/articles/{hostile}")))
    assert "{{ 7 * 7 }} ${7 * 7}" in whole
