"""The documents: each is valid in its format, says what the records say, and is not broken by hostile text."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.views.contents import Contents, disagreement_id
from dateline.views.exports import ics
from dateline.views.labels import clean
from tests.views.exports.conftest import FakeNotebook, lock_story

Exported = Callable[..., str]
LOCK = "5701f0000001"

# ---------------------------------------------------------------- TimelineJS

_SLIDE = {
    "start_date",
    "end_date",
    "text",
    "media",
    "group",
    "display_date",
    "background",
    "autolink",
    "unique_id",
}
_DATE = {"year", "month", "day", "hour", "minute", "second", "millisecond", "display_date", "format"}


def test_timelinejs_holds_only_documented_fields(exported: Exported) -> None:
    timeline = json.loads(exported("timelinejs"))
    assert set(timeline) <= {"events", "title", "eras", "scale"}
    for slide in (timeline["title"], *timeline["events"]):
        assert set(slide) <= _SLIDE
        assert set(slide["text"]) <= {"headline", "text"}
        for end in ("start_date", "end_date"):
            if end in slide:
                assert set(slide[end]) <= _DATE
                date(slide[end]["year"], slide[end]["month"], slide[end]["day"])
    assert all("start_date" in slide for slide in timeline["events"])
    ids = [slide["unique_id"] for slide in timeline["events"]]
    assert len(ids) == len(set(ids))


def test_timelinejs_tells_the_story_in_order(exported: Exported) -> None:
    timeline = json.loads(exported("timelinejs", story=LOCK))
    slides = {slide["text"]["headline"]: slide for slide in timeline["events"]}
    closing = slides["Expected: the lock will close; for good, perhaps"]
    assert closing["start_date"] == {"year": 2024, "month": 6, "day": 4}
    assert "Met." in closing["text"]["text"]
    assert '<a href="https://canal.example/1?a=1&amp;b=2">' in closing["text"]["text"]
    assert timeline["title"]["text"]["headline"] == "Lock at Pellworth &lt;closes&gt;"
    starts = [tuple(slide["start_date"].values()) for slide in timeline["events"]]
    assert starts == sorted(starts)
    assert "group" not in closing


def test_timelinejs_has_no_more_slides_than_asked_and_short_texts(exported: Exported) -> None:
    everything = json.loads(exported("timelinejs"))["events"]
    assert len(everything) == 9
    few = json.loads(exported("timelinejs", most=4))["events"]
    assert [s for s in everything if s["unique_id"] in {f["unique_id"] for f in few}] == few
    assert len(few) == 4
    # the weightiest entry is among them
    assert any("lock at Pellworth closed" in s["text"]["headline"] for s in few)
    for slide in everything:
        for shown in slide["text"].values():
            assert len(html.unescape(re.sub(r"<[^>]*>", "", shown))) <= 300, shown


def test_timelinejs_does_not_say_a_headline_again(exported: Exported) -> None:
    slides = json.loads(exported("timelinejs"))["events"]
    quoted = {
        s["text"]["headline"]: re.findall("<blockquote>(.*?)</blockquote>", s["text"]["text"]) for s in slides
    }
    assert any(quoted.values())
    assert not [h for h, passages in quoted.items() if h.rstrip(".") in [p.rstrip(".") for p in passages]]


def test_timelinejs_is_given_no_markup_but_ours(exported: Exported) -> None:
    timeline = json.loads(exported("timelinejs"))
    for slide in (timeline["title"], *timeline["events"]):
        for text in (*slide["text"].values(), slide.get("group", ""), slide.get("display_date", "")):
            assert set(re.findall(r"<[^>]*>", re.sub(r' href="https://[^"<>]*"', "", text))) <= {
                *("<p>", "</p>", "<a>", "</a>", "<em>", "</em>", "<strong>", "</strong>"),
                *("<blockquote>", "</blockquote>"),
            }
    assert {slide["group"] for slide in timeline["events"]} >= {"Lock at Pellworth &lt;closes&gt;"}


# ---------------------------------------------------------------- HTML


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "line", "rect", "circle", "path"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _page(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    assert page.open == []
    return page


def test_html_is_well_formed_and_every_link_within_it_leads_somewhere(exported: Exported) -> None:
    page = _page(exported("html"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [attributes.get("href") or "" for tag, attributes in page.tags if tag == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert any(link.startswith("#sentence-a0000000000a-") for link in links)


def test_html_holds_what_is_cited_and_the_rest_where_it_is_asked_for(exported: Exported) -> None:
    short, full = exported("html", story=LOCK), exported("html", story=LOCK, full_texts=True)
    for text in (short, full):
        assert "Pleasure boats are to be let through again in May." in text
    assert "More on this story later." not in short
    assert "More on this story later." in full
    ids = set(re.findall(r'id="(sentence-[^"]+)"', short))
    assert set(re.findall(r'href="#(sentence-[^"]+)"', short)) == ids


@pytest.mark.parametrize("story", [None, LOCK])
def test_html_leaves_out_no_level_of_headings(exported: Exported, story: str | None) -> None:
    levels = [int(n) for n in re.findall(r"<h(\d)>", exported("html", story=story))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels


def test_html_loads_and_runs_nothing(exported: Exported) -> None:
    text = exported("html")
    page = _page(text)
    assert {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "object", "b"} == set()
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert "javascript:" not in (attributes.get("href") or "")
    assert "url(" not in text.split("</style>")[0]
    assert "default-src 'none'" in text


def test_html_shows_the_lines_and_the_whole_text(exported: Exported) -> None:
    text = exported("html", story=LOCK, full_texts=True)
    assert "The work costs 3 million crowns, &lt;b&gt;the office&lt;/b&gt; said." in text
    assert '<span class="left-out">\n\nMore on this story later.</span>' in text
    assert re.search(r'<td class="status">met</td>', text)
    assert "1 of them a copy" in text
    assert '<svg class="picture"' in text
    assert "✓ 1 met" in text


def test_html_has_no_character_that_reorders_or_hides(exported: Exported) -> None:
    assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", exported("html")) is None


# ---------------------------------------------------------------- Markdown


def test_markdown_footnotes_are_all_used_and_all_there(exported: Exported) -> None:
    text = exported("markdown")
    body, notes = text.split("\n[^1]: ", 1)
    used = set(re.findall(r"\[\^(\d+)\](?!:)", body))
    defined = set(re.findall(r"^\[\^(\d+)\]:", "\n[^1]: " + notes, flags=re.MULTILINE))
    assert used == defined
    assert len(used) > 5


def test_markdown_sets_marks_apart_from_text(exported: Exported) -> None:
    text = exported("markdown")
    assert "# Lock at Pellworth \\<closes\\>" in text
    assert "cost of the work \\| in crowns" in text
    assert "\\[x\\](javascript:" in text
    assert "](<javascript:" not in text
    assert "[canal.example, 3 June 2024](<https://canal.example/1?a=1&b=2>), characters" in text
    assert not re.search(r"(?<!\\)<(?!https://)", text)


def test_markdown_quotes_those_who_are_named_word_for_word(exported: Exported) -> None:
    quotes = exported("markdown", story=LOCK).split("## Quotes\n\n")[1].split("\n\n")[0].splitlines()
    assert quotes
    assert all(re.match(r"- \*\*[^*]+\*\*: “.*”\[\^\d+\]$", line) for line in quotes), quotes
    assert "unattributed" not in "".join(quotes)


def test_documents_list_what_has_no_day_after_what_is_due(exported: Exported) -> None:
    days = re.findall(r"^\| (no date|[^|]*\d{4}) \|", exported("markdown", story=LOCK), re.M)
    assert len(days) > 1
    assert days == sorted(days, key=lambda day: day == "no date")


def test_markdown_lists_due_days_and_outcomes(exported: Exported) -> None:
    text = exported("markdown", story=LOCK)
    assert re.search(
        r"^\| 4 June 2024 \| the lock will close; .*\[\^\d+\] \| the canal office \| met\[\^\d+\] \|$",
        text,
        re.M,
    )
    assert re.search(r"^- \*\*May 2025\*\* \*\(expected\)\*: Pleasure boats", text, re.M)
    assert re.search(r"^- \*\*1790\*\*: \\=dug in 1790\[\^", text, re.M)


# ---------------------------------------------------------------- iCalendar


def test_calendar_reads_back_with_its_days(exported: Exported) -> None:
    text = exported("ics")
    calendar = icalendar.Calendar.from_ical(text)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {"e00000000001@dateline", "e00000000002@dateline", "e00000000004@dateline"}
    may = events["e00000000002@dateline"]
    assert (may.decoded("dtstart"), may.decoded("dtend")) == (date(2025, 5, 31), date(2025, 6, 1))
    assert "Due May 2025." in may["description"]
    assert (str(may["status"]), may["categories"].to_ical()) == ("TENTATIVE", b"open")
    met = events["e00000000001@dateline"]
    assert str(met["summary"]) == "The lock will close; for good, perhaps"
    assert str(met["url"]) == "https://canal.example/1?a=1&b=2"
    assert "Met." in met["description"]
    assert "The lock at Pellworth closed on Tuesday." in met["description"]
    assert all(not event.errors for event in calendar.walk())


def test_calendar_lines_keep_to_the_format(exported: Exported) -> None:
    lines = exported("ics").encode("utf-8").split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    assert not any(line.endswith(b"\\") for line in lines)
    for needed in (b"BEGIN:VCALENDAR", b"VERSION:2.0"):
        assert needed in lines
    assert sum(line.startswith(b"DTSTAMP") for line in lines) == 3


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\\;,:\n")))
def test_any_text_comes_back_from_a_calendar(words: str) -> None:
    story = lock_story()
    (first, *others) = story.ledger
    # what goes by the holder's name is neither cut nor folded into one line
    story.ledger = [replace(first, holder=words or "nobody"), *others]
    contents = Contents((story,), story.summary.last)  # type: ignore[arg-type]
    calendar = icalendar.Calendar.from_ical("".join(ics.write(contents)))
    told = str(calendar.walk("VEVENT")[0]["description"])
    assert f"Expected by {clean(words or 'nobody')}." in told


# ---------------------------------------------------------------- JSON-LD, JSON Lines, RSS


def test_json_ld_is_in_the_words_of_schema_org(exported: Exported) -> None:
    document = json.loads(exported("jsonld"))
    assert document["@context"][0] == "https://schema.org"
    kinds = {node["@type"] for node in document["@graph"]}
    assert kinds == {"Collection", "NewsArticle", "Event", "Quotation", "Claim"}
    nodes = {node["@id"]: node for node in document["@graph"] if "@id" in node}

    def references(value: object) -> list[str]:
        if isinstance(value, dict):
            return (
                [value["@id"]]
                if set(value) == {"@id"}
                else [r for v in value.values() for r in references(v)]
            )
        return [r for v in value for r in references(v)] if isinstance(value, list) else []

    assert set(references(document["@graph"])) <= set(nodes)
    quote = next(node for node in document["@graph"] if node.get("text") == "=We have waited long enough,")
    assert quote["spokenByCharacter"] == {"@type": "Person", "name": "Ada Quill"}
    assert (
        nodes["urn:dateline:expectation:e00000000004"]["eventStatus"] == "https://schema.org/EventCancelled"
    )
    assert nodes["urn:dateline:article:c0000000000c"]["sameAs"] == {
        "@id": "urn:dateline:article:b0000000000b"
    }
    assert "url" not in nodes["urn:dateline:article:b0000000000b"]


def test_json_lines_are_the_rows_of_the_contract(exported: Exported) -> None:
    lines = [json.loads(line) for line in exported("jsonl", story=LOCK).splitlines()]
    kinds = [line["record"] for line in lines]
    assert {k: kinds.count(k) for k in kinds} == {
        "story": 1,
        "reading": 3,
        "entry": 3,
        "expectation": 3,
        "statement": 2,
        "disagreement": 1,
    }
    expectation = next(line for line in lines if line["record"] == "expectation")
    assert expectation["status"] == "met"
    assert expectation["settled_by"]["article"] == "b0000000000b"


def test_rss_is_a_feed_of_what_became_known_last_first(exported: Exported) -> None:
    feed = ElementTree.fromstring(exported("rss"))
    assert (feed.tag, feed.attrib) == ("rss", {"version": "2.0"})
    channel = feed.find("channel")
    assert channel is not None
    assert all(channel.findtext(tag) for tag in ("title", "link", "description"))
    items = channel.findall("item")
    assert len({item.findtext("guid") for item in items}) == len(items) == 10
    assert items[0].findtext("pubDate") == "Thu, 06 Jun 2024 00:00:00 +0000"
    titles = [item.findtext("title") for item in items]
    assert "Met: the lock will close; for good, perhaps" in titles
    assert "Reports disagree on cost of the work | in crowns: 3 million / 5 million" in titles
    links = [item.findtext("link") for item in items]
    assert set(links) == {None, "https://canal.example/1?a=1&b=2"}
    served = ElementTree.fromstring(exported("rss", page="https://desk.example/"))
    links = [item.findtext("link") or "" for item in served.iter("item")]
    assert sum(link.startswith("https://desk.example/articles/b0000000000b?at=") for link in links) >= 2
    assert all(link.startswith("https://") for link in links)


@pytest.mark.parametrize("to", ["rss", "html"])
def test_hostile_text_stays_text(exported: Exported, to: str) -> None:
    text = exported(to)
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


# ---------------------------------------------------------------- to set into other pages


@pytest.mark.parametrize("to", ["embed", "brief"])
def test_a_page_to_embed_loads_and_runs_nothing_and_is_small(exported: Exported, to: str) -> None:
    text = exported(to)
    page = _page(text)
    assert {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "object"} == set()
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert len(text.encode()) < 20_000
    assert "<script" not in text.replace("&lt;script", "")
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert not (attributes.get("href") or "").startswith("javascript")


def test_an_embed_tells_the_weightiest_and_what_is_expected(exported: Exported) -> None:
    text = exported("embed", story=LOCK)
    assert "<b>4 June 2024</b> The lock at Pellworth closed on Tuesday." in text
    assert "<b>May 2025</b> boats to be let through" in text
    assert 'target="_blank" rel="noopener noreferrer">canal.example, 3 June 2024</a>' in text
    assert "3 reports, as known on 6 June 2024" in text
    assert exported("embed", story=LOCK, most=1).count("<li") == text.count("<li") - 2


def test_disagreements_that_begin_alike_have_ids_of_their_own(notebook: FakeNotebook) -> None:
    found = notebook.stories()[1].differ[0]
    other = replace(found, values=(found.values[0], replace(found.values[1], value="7 million")))
    assert disagreement_id(found) != disagreement_id(other)
    assert disagreement_id(found) == disagreement_id(replace(found, score=0.5))


# ---------------------------------------------------------------- what a report is called


@pytest.mark.parametrize("to", ["timelinejs", "markdown", "html", "rss", "ics", "embed", "brief", "jsonld"])
def test_reports_go_by_outlet_or_title_and_day_and_not_by_the_name_of_a_file(
    exported: Exported, to: str
) -> None:
    text = re.sub(r"\r?\n ?|<svg.*?</svg>", "", exported(to, story=LOCK), flags=re.DOTALL)
    assert ".txt" not in text
    assert to == "jsonld" or "canal.example, 3 June 2024" in text.replace("\\,", ",")
