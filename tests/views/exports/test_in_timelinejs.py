"""The TimelineJS export opened in Knight Lab's TimelineJS3 itself, where its package and a browser can be had."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

import dateline

PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/dist/css/timeline.css"><script src="/dist/js/timeline.js"></script>
<div id="shown" style="height: 600px"></div>
<script>fetch("/story.json").then((r) => r.json()).then((data) => { window.timeline = new TL.Timeline("shown", data, { script_path: location.origin + "/dist/js/" }); });</script>"""


@pytest.fixture(scope="module")
def timelinejs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm on this machine: TimelineJS itself is not tried")
    folder = tmp_path_factory.mktemp("timelinejs")
    command = [npm, "pack", "--silent", "--fetch-retries=0", "@knight-lab/timelinejs@3.9"]
    try:
        packed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    except subprocess.TimeoutExpired:
        packed = None
    if packed is None or packed.returncode:
        pytest.skip("the npm registry is not reached: TimelineJS itself is not tried")
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def test_timelinejs_shows_the_slides(
    browser: Browser, timelinejs: Path, demo_notebook: Path, tmp_path: Path
) -> None:
    written = tmp_path / "story.json"
    with dateline.open(demo_notebook) as notebook:
        dateline.export(notebook, "timelinejs", story="tram", out=written)
    events = json.loads(written.read_text(encoding="utf-8"))["events"]
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def answer(route: Route) -> None:
        path = route.request.url.split("timeline.test/", 1)[-1].partition("?")[0]
        if path == "":
            route.fulfill(body=PAGE, content_type="text/html")
        elif path == "story.json":
            route.fulfill(path=written)
        elif (timelinejs / path).is_file():
            route.fulfill(path=timelinejs / path)
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)
    page.goto("http://timeline.test/")
    page.wait_for_selector(".tl-timemarker", state="attached")
    assert page.locator(".tl-slide").count() == len(events) + 1
    assert page.locator(".tl-timemarker").count() == len(events)
    shown = page.locator(".tl-slide .tl-headline").all_text_contents()
    assert sum("voted on Wednesday to strike over pay" in text for text in shown) >= 1
    assert page.locator(".tl-message-full:visible, .tl-error").count() == 0
    assert errors == []
    page.close()
