"""The pages in a real browser: what a reader clicks, drags and types."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

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


def story_of(page: Page, site: str, title: str, query: str = "") -> str:
    page.goto(site)
    page.locator(".stories a", has_text=title).first.click()
    page.wait_for_url("**/stories/*")
    if query:
        page.goto(page.url + query)
    return page.url


def voted(page: Page) -> Locator:
    return page.locator("ol.timeline > li", has_text="voted on Wednesday to strike over pay").first


def test_a_line_leads_to_the_sentence_it_came_from(page: Page, site: str) -> None:
    story_of(page, site, "tram strike")
    line = voted(page)
    line.locator("a.evidence").first.scroll_into_view_if_needed()
    before_scroll = page.evaluate("scrollY")
    line.locator("a.evidence").first.click()
    pane = page.locator("#pane")
    lit = pane.locator(".evidence:not(a)")
    expect(lit.first).to_be_visible()
    assert "voted on Wednesday to strike over pay" in "".join(lit.all_text_contents())
    expect(pane.locator("#here")).to_be_in_viewport()
    # the page stays where it was, and its address tells what is open
    assert page.evaluate("scrollY") == before_scroll
    expect(page).to_have_url(re.compile("open="))
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
    expect(page).not_to_have_url(re.compile("open="))


def test_an_address_opens_the_pane_the_tab_and_the_days(page: Page, site: str) -> None:
    story_of(page, site, "tram strike")
    voted(page).locator("a.evidence").first.click()
    expect(page.locator("#pane.open #here")).to_be_visible()
    address = page.url
    page.goto(site)
    page.goto(address)
    expect(page.locator("#pane.open .evidence:not(a)").first).to_be_in_viewport()
    page.locator("#pane .close").click()
    expect(page.locator("#pane .hint")).to_be_visible()
    page.locator(".tabs a", has_text="Expected").click()
    expect(page.locator(".tabs a[aria-current]")).to_contain_text("Expected")
    expect(page).to_have_url(re.compile("tab=expected"))
    page.locator("#tabs .chip", has_text="no report found").click()
    expect(page).to_have_url(re.compile("status=overdue"))
    shown = page.locator(".ledger-list .status").all_text_contents()
    assert shown
    assert all("no report found" in words for words in shown)
    page.reload()
    assert page.locator(".ledger-list .status").all_text_contents() == shown
    page.go_back()
    expect(page.locator(".tabs a[aria-current]")).to_contain_text("Expected")
    expect(page).not_to_have_url(re.compile("status"))


def test_what_more_a_line_rests_on_opens_beside_it(page: Page, site: str) -> None:
    story_of(page, site, "tram strike", "?tab=expected")
    more = page.locator(".ledger-list a.more").first
    more.click()
    expect(page.locator("#pane .passage").first).to_be_visible()
    assert page.locator("#pane .passage").count() >= 2
    page.locator("#pane a.evidence").first.click()
    expect(page.locator("#pane #here")).to_be_in_viewport()


@pytest.mark.parametrize(("wide", "high"), [(390, 844), (360, 640), (320, 568), (720, 450), (640, 400)])
def test_on_a_small_screen_the_pane_covers_the_page_and_shows_its_sentence(
    page: Page, site: str, wide: int, high: int
) -> None:
    page.set_viewport_size({"width": wide, "height": high})
    story_of(page, site, "tram strike")
    links = page.locator("ol.timeline a.evidence:not(.more)")
    for number in range(0, links.count(), 4):
        links.nth(number).click()
        expect(page.locator("#pane.open #here")).to_be_in_viewport()
        # the keyboard stays within it
        for _ in range(8):
            page.keyboard.press("Tab")
            assert page.evaluate(
                "document.activeElement === document.body || document.getElementById('pane').contains(document.activeElement)"
            )
        page.keyboard.press("Escape")
        expect(links.nth(number)).to_be_focused()


@pytest.mark.parametrize("path", [*PAGES, "story", "expected", "article", "brief"])
def test_pages_reflow_at_320_pixels(page: Page, site: str, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    if path == "/nowhere":
        page.route("**/nowhere", lambda route: route.fulfill(response=route.fetch(), status=200))
    if path in ("story", "expected", "article", "brief"):
        address = story_of(page, site, "tram strike", "?tab=expected" if path == "expected" else "")
        if path == "article":
            page.goto(site + str(page.locator("ol.timeline a.evidence").first.get_attribute("href")))
        elif path == "brief":
            page.goto(address.replace("/stories/", "/brief/"))
    else:
        page.goto(site + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # the header is one row
    assert page.evaluate("document.querySelector('header.top').offsetHeight") < 70


def test_few_stops_stand_before_the_lists_and_names_are_unique(page: Page, site: str) -> None:
    story_of(page, site, "tram strike")
    stops = page.evaluate(
        "(() => { const lists = document.getElementById('tabs'); return [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]"
        ".filter((e) => e.tabIndex >= 0 && e.offsetParent !== null || e instanceof SVGElement && e.tabIndex >= 0)"
        ".filter((e) => e.compareDocumentPosition(lists) & Node.DOCUMENT_POSITION_FOLLOWING).length; })()"
    )
    assert stops <= 45
    names = page.evaluate(
        "[...document.querySelectorAll('#tabs a.evidence')].map((a) => [a.getAttribute('aria-label'), a.getAttribute('href')])"
    )
    assert names
    by_name: dict[str, set[str]] = {}
    for name, href in names:
        by_name.setdefault(name, set()).add(href)
    assert [name for name, hrefs in by_name.items() if len(hrefs) > 1] == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


def test_every_link_within_the_page_leads_to_something_on_it(page: Page, site: str) -> None:
    address = story_of(page, site, "tram strike")
    links = page.evaluate(
        "[...document.querySelectorAll('main a[href], .menu a[href]')].map((a) => new URL(a.href.baseVal ?? a.href, location.href).href)"
    )
    inside = sorted({link for link in links if "#" in link and link.startswith(address.split("?")[0])})
    assert len(inside) > 20
    for link in inside:
        page.goto(link)
        anchor = link.split("#")[1]
        assert page.evaluate("id => document.getElementById(id) !== null", anchor), link


def test_a_line_is_copied_with_its_report_and_address(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    story_of(page, site, "tram strike")
    line = voted(page)
    line.hover()
    line.locator("button.copy").click()
    expect(line.locator("button.copy")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "voted on Wednesday to strike over pay" in copied
    assert "March" in copied
    assert "http" in copied
    for path in ("/expectations", f"{page.url.split('?')[0].removeprefix(site)}?tab=expected"):
        # what is expected is copied with the days on which it is due
        page.goto(site + path)
        line = page.locator(".line", has_text="Drivers will get 5.5 per cent more").first
        line.hover()
        line.locator("button.copy").click()
        expect(line.locator("button.copy")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()").startswith("1 May 2024 Drivers will get 5.5")
    page.locator("a.share").click()
    expect(page.locator("a.share")).to_have_text("Copied")
    assert "as_of=20" in page.evaluate("navigator.clipboard.readText()")


def test_dragging_over_the_picture_chooses_its_days(page: Page, site: str) -> None:
    story_of(page, site, "tram strike")
    svg = page.locator("svg.picture")
    box = svg.bounding_box()
    assert box is not None
    days = svg.get_attribute("data-from"), svg.get_attribute("data-to")
    y = box["y"] + 10
    page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.4, y)
    page.mouse.move(box["x"] + box["width"] * 0.5, y)
    page.mouse.up()
    expect(svg).not_to_have_attribute("data-from", days[0] or "")
    expect(page).to_have_url(re.compile("from="))
    now = svg.get_attribute("data-from"), svg.get_attribute("data-to")
    assert str(days[0]) < str(now[0]) < str(now[1]) < str(days[1])


def test_a_day_before_the_story_offers_its_first(page: Page, site: str) -> None:
    address = story_of(page, site, "tram strike")
    early = f"{address}?as_of=2024-03-02"
    # the browser itself says on the console that the page is not there
    page.route(early, lambda route: route.fulfill(response=route.fetch(), status=200))
    page.goto(early)
    expect(page.get_by_role("heading", name="This story had not begun")).to_be_visible()
    page.get_by_role("link", name="See its first day").click()
    expect(page.locator("svg.picture")).to_be_visible()


def test_the_last_day_keeps_what_was_asked_for(page: Page, site: str) -> None:
    page.goto(f"{site}/expectations?status=open&as_of=2024-03-12")
    page.get_by_role("link", name="the last day").click()
    expect(page).to_have_url(re.compile(r"/expectations\?status=open$"))


def test_a_source_that_comes_after_the_pane_was_closed_stays_away(page: Page, site: str) -> None:
    story_of(page, site, "tram strike")
    voted(page).locator("a.evidence").first.click()
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
    story_of(page, site, "tram strike", "?tab=expected")
    row = page.locator(".ledger-list > li", has_text="The strike will begin").first
    expect(row).to_contain_text("met")
    slider = page.locator("input.slider")
    # dragged to the tenth of March, the day before the strike
    slider.evaluate(
        "s => { s.value = Math.round(Date.parse('2024-03-10') / 86400000); s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change')); }"
    )
    expect(row).to_contain_text("open")
    expect(page).to_have_url(re.compile("as_of=2024-03-10"))
    expect(page).to_have_url(re.compile("tab=expected"))
    expect(page.locator("main")).not_to_contain_text("Not one tram left the depots")
    expect(page.locator("svg.picture text.as-of")).to_contain_text("10 March 2024")
    page.locator("input.slider").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("output.slid")).to_have_text("11 March 2024")
    expect(page.locator("input[name=as_of][type=date]")).to_have_value("2024-03-11")
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
    svg.locator("a:has(.due:not(.box))").first.click()
    expect(page).to_have_url(re.compile("#expectation-"))
    expect(page.locator("#pane .evidence:not(a)").first).to_be_visible()
    expect(page.locator(".tabs a[aria-current]")).to_contain_text("Expected")
    expect(page.locator("li.lit")).to_be_in_viewport()
    # a label of the picture leads back to the timeline's line
    svg.locator("a:has(text.label)").first.click()
    expect(page).to_have_url(re.compile("#entry-"))
    expect(page.locator("ol.timeline li.lit")).to_be_in_viewport()


def test_the_ledger_filters_and_sorts(page: Page, site: str) -> None:
    page.goto(f"{site}/expectations")
    sections = page.locator("table.ledger .section").all_text_contents()
    assert sections[0].strip().startswith("No report found")
    page.locator(".chip", has_text="no report found").click()
    expect(page).to_have_url(re.compile("status=overdue"))
    statuses = page.locator("table.ledger .status").all_text_contents()
    assert statuses
    assert all("no report found" in s for s in statuses)
    page.get_by_role("link", name="First reported").click()
    page.wait_for_url("**sort=voiced**")
    expect(page.locator("th", has_text="First reported")).to_have_attribute("aria-sort", "descending")
    assert "status=overdue" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wide", [1440, 390])
@pytest.mark.parametrize("path", [*PAGES, "story", "expected", "quotes", "reports", "article", "brief"])
def test_no_serious_fault_of_access(page: Page, site: str, scheme: str, wide: int, path: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.set_viewport_size({"width": wide, "height": 900})
    if path in ("story", "article", "brief"):
        address = story_of(page, site, "tram strike")
        if path == "article":
            page.goto(site + str(page.locator("ol.timeline a.evidence").first.get_attribute("href")))
        elif path == "brief":
            page.goto(address.replace("/stories/", "/brief/"))
        else:
            page.locator("ol.timeline a.evidence").first.click()
            expect(page.locator("#pane .text")).to_be_visible()
    elif path in ("expected", "quotes", "reports"):
        story_of(page, site, "tram strike", f"?tab={path}")
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
    page.goto(page.url.split("?")[0])
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip", has_text="Skip to the lists")).to_be_focused()


def test_hostile_articles_are_only_text(page: Page, hostile_site: str) -> None:
    page.goto(hostile_site)
    stories = [
        hostile_site + str(a.get_attribute("href"))
        for a in page.locator(".stories a.title, .single li a").all()
    ]
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
        page.goto(address + "?tab=reports")
        seen += [hostile_site + str(a.get_attribute("href")) for a in page.locator("ul.reports a").all()]
        seen += [
            address.replace("/stories/", "/brief/"),
            *(f"{address}?tab={tab}" for tab in ("expected", "disputed", "quotes", "reports")),
        ]
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
            expect(page.locator("header #live")).to_contain_text("2 more articles have come in")
            page.get_by_role("button", name="Show").last.click()
            expect(page.locator("footer")).to_contain_text("3 articles")
