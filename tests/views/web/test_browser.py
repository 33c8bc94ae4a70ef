"""The pages in a real browser: what a reader clicks, drags and types."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.stopwatch import PATIENCE

PAGES = (
    "/",
    "/expectations",
    "/calendar?month=2024-03",
    "/statements",
    "/disagreements",
    "/search?q=tram",
    "/api",
    "/nowhere",
)


def story_of(page: Page, site: str, title: str) -> str:
    page.goto(site)
    page.get_by_role("link", name=title).click()
    page.wait_for_url("**/stories/*")
    return page.url


def test_a_line_leads_to_the_sentence_it_came_from(page: Page, site: str) -> None:
    story_of(page, site, "tram strike")
    line = page.locator("ol.timeline > li", has_text="voted on Wednesday to strike over pay").first
    line.locator("a.evidence").first.click()
    pane = page.locator("#pane")
    lit = pane.locator(".evidence:not(a)")
    expect(lit.first).to_be_visible()
    assert "voted on Wednesday to strike over pay" in "".join(lit.all_text_contents())
    expect(pane.locator("#here")).to_be_in_viewport()
    # times tell the day that they stand for
    assert any(
        "2024-03-11" in (t or "") for t in [e.get_attribute("title") for e in pane.locator(".time").all()]
    )
    before = " ".join(lit.all_text_contents())
    pane.get_by_role("link", name="Next evidence").click()
    page.wait_for_function(
        "before => { const lit = [...document.querySelectorAll('#pane .evidence:not(a)')];"
        " return lit.length && lit.map((e) => e.textContent).join(' ') !== before; }",
        arg=before,
    )
    page.keyboard.press("Escape")
    expect(pane).not_to_have_class("pane open")
    expect(line.locator("a.evidence").first).to_be_focused()


def test_a_source_that_comes_after_the_pane_was_closed_stays_away(page: Page, site: str) -> None:
    story_of(page, site, "tram strike")
    line = page.locator("ol.timeline > li", has_text="voted on Wednesday to strike over pay").first
    line.locator("a.evidence").first.click()
    pane = page.locator("#pane.open")
    expect(pane).to_be_visible()
    held: list[object] = []
    page.route("**/articles/**", lambda route: held.append(route))
    pane.get_by_role("link", name="Next evidence").click()
    while not held:
        page.wait_for_timeout(20)
    page.keyboard.press("Escape")
    with page.expect_response("**/articles/**"):
        for route in held:
            route.continue_()  # type: ignore[attr-defined]
    page.wait_for_timeout(200)
    expect(page.locator("#pane.open")).to_have_count(0)


def test_without_a_script_the_same_sentence_is_a_page_away(browser: object, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    story_of(page, site, "tram strike")
    page.locator("ol.timeline > li", has_text="voted on Wednesday to strike over pay").first.locator(
        "a.evidence"
    ).first.click()
    page.wait_for_url("**/articles/**")
    assert "voted on Wednesday to strike over pay" in "".join(
        page.locator("#here .evidence").all_text_contents()
    )
    page.go_back()
    page.locator("input[name=as_of]").fill("2024-03-12")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**as_of=2024-03-12**")
    expect(page.locator("main")).to_contain_text("at the close of 12 March 2024")
    context.close()


def test_the_slider_shows_only_what_was_known(page: Page, site: str) -> None:
    story_of(page, site, "tram strike")
    row = page.locator("tr", has_text="The strike will begin").first
    expect(row).to_contain_text("met")
    slider = page.locator("input.slider")
    # dragged to the tenth of March, the day before the strike
    slider.evaluate(
        "s => { s.value = Math.round(Date.parse('2024-03-10') / 86400000); s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change')); }"
    )
    expect(row).to_contain_text("open")
    expect(page).to_have_url(re.compile("as_of=2024-03-10"))
    expect(page.locator("main")).not_to_contain_text("Not one tram left the depots")
    expect(page.locator("svg.picture text.as-of")).to_contain_text("10 March 2024")
    page.locator("input.slider").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("output.slid")).to_have_text("11 March 2024")
    page.wait_for_url("**as_of=2024-03-11")
    page.go_back()
    expect(row).to_contain_text("met")


def test_the_picture_zooms_and_its_marks_lead_to_their_lines(page: Page, site: str) -> None:
    story_of(page, site, "tram strike")
    svg = page.locator("svg.picture")
    days = svg.get_attribute("data-from"), svg.get_attribute("data-to")
    labels = svg.locator("text.label").count()
    page.keyboard.press("+")
    expect(svg).not_to_have_attribute("data-from", days[0] or "")
    expect(page).to_have_url(re.compile("from="))
    assert svg.locator("text.when").count() >= 2
    page.locator(".zoom a", has_text="All days").click()
    expect(svg).to_have_attribute("data-from", days[0] or "")
    assert svg.locator("text.label").count() == labels
    svg.locator("a:has(.due)").first.click()
    expect(page).to_have_url(re.compile("#expectation-"))
    expect(page.locator("#pane .evidence:not(a)").first).to_be_visible()


def test_the_ledger_filters_and_sorts(page: Page, site: str) -> None:
    page.goto(f"{site}/expectations")
    page.get_by_label("Status").select_option("overdue")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**status=overdue**")
    statuses = page.locator("table.ledger .status").all_text_contents()
    assert statuses
    assert all("no report found" in s for s in statuses)
    page.get_by_role("link", name="Voiced").click()
    page.wait_for_url("**sort=voiced**")
    expect(page.locator("th", has_text="Voiced")).to_have_attribute("aria-sort", "descending")
    assert "status=overdue" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*PAGES, "story", "article", "phone"])
def test_no_serious_fault_of_access(page: Page, site: str, scheme: str, path: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    if path in ("story", "article", "phone"):
        if path == "phone":
            page.set_viewport_size({"width": 390, "height": 844})
        address = story_of(page, site, "tram strike")
        if path == "article":
            page.goto(
                page.locator("a.evidence").first.get_attribute("href")
                and site + str(page.locator("a.evidence").first.get_attribute("href"))
            )
        else:
            page.goto(address)
            page.locator("ol.timeline a.evidence").first.click()
            expect(page.locator("#pane .text")).to_be_visible()
    elif path == "/nowhere":
        # the browser itself says on the console that the page is not there
        page.route("**/nowhere", lambda route: route.fulfill(response=route.fetch(), status=200))
        page.goto(site + path)
    else:
        page.goto(site + path)
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    serious = [
        f"{v['id']}: {v['nodes'][0]['html'][:200]}"
        for v in found.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_the_page_can_be_walked_by_keyboard(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    reached = []
    for _ in range(12):
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
        page.keyboard.press("Tab")
    assert any("tram strike" in text for text in reached)
    story_of(page, site, "tram strike")
    link = page.locator("ol.timeline a.evidence").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pane")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#pane .close")).to_be_focused()


def test_hostile_articles_are_only_text(page: Page, hostile_site: str) -> None:
    page.goto(hostile_site)
    stories = [hostile_site + str(a.get_attribute("href")) for a in page.locator(".stories h2 a").all()]
    assert stories
    seen = [
        hostile_site + p
        for p in (
            "/expectations",
            "/statements",
            "/disagreements",
            "/calendar?month=2024-05",
            "/search?q=mayor",
        )
    ] + stories
    for address in stories:
        page.goto(address)
        seen += [hostile_site + str(a.get_attribute("href")) for a in page.locator("#reports ~ ul a").all()]
    for address in seen:
        page.goto(address)
        assert page.evaluate("window.hit") is None, address
        assert page.locator("main script, main img").count() == 0, address
        assert page.locator("a[href^='javascript']").count() == 0, address
        assert "\u202e" not in page.content(), address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), (
            f"{address} is too wide"
        )
    shown = page.goto(hostile_site + "/search?q=%3Cscript%3Ewindow.hit%3D9%3C/script%3E")
    assert shown is not None
    assert page.evaluate("window.hit") is None


def test_a_line_says_how_many_have_come_in(page: Page, tmp_path: object) -> None:
    from pathlib import Path

    import dateline
    from tests.views.web.conftest import hostile_articles, serving

    path = Path(str(tmp_path)) / "live.db"
    articles = hostile_articles()
    with dateline.open(path) as notebook:
        notebook.add_articles(articles[:1])
        with serving(path) as address:
            page.goto(address)
            page.wait_for_selector("#live", state="attached")
            notebook.add_articles(articles[1:])
            expect(page.locator("#live")).to_contain_text("2 more articles have come in")
            page.reload()
            expect(page.locator("footer")).to_contain_text("3 articles")
