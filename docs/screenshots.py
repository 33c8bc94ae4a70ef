"""Takes the pictures of the web page in these documents: `python docs/screenshots.py`. Needs Chromium and the extra `dev`."""

import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

import dateline
from dateline import demo
from dateline.views import web

HERE = Path(__file__).resolve().parent

with tempfile.TemporaryDirectory() as place:
    path = Path(place) / "demo.db"
    # sources are shown as they were given
    os.chdir(place)
    with demo.articles() as folder, dateline.open(path) as notebook:
        shutil.copytree(folder, "reports")
        notebook.add("reports")
    server = uvicorn.Server(uvicorn.Config(web.create(str(path)), port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--lang=en-GB"]
        )
        context = browser.new_context(
            viewport={"width": 1280, "height": 860}, reduced_motion="reduce", locale="en-GB"
        )
        page = context.new_page()
        page.goto(address)
        page.locator(".stories a", has_text="tram strike").first.click()
        page.wait_for_selector("svg.picture")
        page.wait_for_timeout(300)
        # as tall as the picture reaches
        page.set_viewport_size({"width": 1280, "height": 1080})
        page.screenshot(path=HERE / "web-story.png")
        page.set_viewport_size({"width": 1280, "height": 860})
        page.locator("ol.timeline > li", has_text="Not one tram left").locator("a.evidence").first.click()
        page.wait_for_selector("#pane #here")
        line = page.locator("ol.timeline > li", has_text="Not one tram left")
        line.evaluate("line => line.scrollIntoView({ block: 'start' })")
        page.wait_for_timeout(300)
        page.screenshot(path=HERE / "web-source.png")
        page.emulate_media(color_scheme="dark")
        page.goto(f"{address}/expectations?status=open")
        page.wait_for_timeout(300)
        page.screenshot(path=HERE / "web-expectations.png")
        browser.close()
    server.should_exit = True
    thread.join()
