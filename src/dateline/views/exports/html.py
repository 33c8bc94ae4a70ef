"""One self-contained HTML file: each story's picture, its lines, and of its reports the sentences behind them, or their texts in full.

No script and nothing loaded: the page's own policy forbids both. A line's source link highlights the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from importlib import resources

from dateline.language.counting import counted
from dateline.records import (
    Disagreement,
    Evidence,
    Interval,
    LedgerEntry,
    StoryArticle,
    StoryStatement,
    TimelineEntry,
)
from dateline.views import picture
from dateline.views.contents import Contents, StoryContents, StoryLike, disagreement_id, entry_id
from dateline.views.labels import (
    clean,
    day_label,
    days_label,
    one_line,
    outcome_label,
    report_label,
    value_label,
    web_address,
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write(contents: Contents) -> Iterator[str]:
    """The page, piece by piece."""
    stories = list(contents.stories())
    title = one_line(stories[0].summary.title, 120) if len(stories) == 1 else f"{len(stories)} stories"
    known = f"As known on {day_label(contents.as_of)}" if contents.as_of else "Nothing is known yet"
    css = "".join(
        resources.files("dateline.views").joinpath(name).read_text(encoding="utf-8")
        for name in ("exports/html.css", "static/picture.css")
    )
    yield (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(title)}</title>\n<style>\n{css}</style>\n</head>\n<body>\n"
        f'<header class="page"><h1>{_text(title)}</h1><p class="meta">{known}.</p>'
    )
    if len(stories) > 1:
        links = "".join(
            f'<li><a href="#story-{s.summary.id}">{_text(one_line(s.summary.title))}</a></li>'
            for s in stories
        )
        yield f'<nav aria-label="Stories"><ul>{links}</ul></nav>'
    yield "</header>\n<main>\n"
    for story in stories:
        yield from _story(story, contents, alone=len(stories) == 1)
    yield '</main>\n<footer><p class="meta">Made with dateline.</p></footer>\n</body>\n</html>\n'


def cell(story: StoryLike, as_of: date | None = None) -> str:
    """The story's page in a frame, for a cell of a Jupyter notebook: its style touches nothing else there."""
    page = "".join(write(Contents((story,), as_of or story.summary.last)))
    return f'<iframe sandbox title="{_text(one_line(story.summary.title, 120))}" srcdoc="{escape(page)}" width="100%" height="640"></iframe>'


def _story(story: StoryContents, contents: Contents, *, alone: bool) -> Iterator[str]:
    s = story.summary
    copies = sum(m.duplicate_of is not None for m in s.members)
    count = f"{len(s.members)} report{'' if len(s.members) == 1 else 's'}"
    count += f", {copies} of them {'a copy' if copies == 1 else 'copies'}" if copies else ""
    # no level is left out where the page's own heading is the story's
    level = 2 if alone else 3
    heading = "" if alone else f"<h2>{_text(one_line(s.title))}</h2>"
    yield f'<section class="story" id="story-{s.id}" aria-label="{_text(one_line(s.title, 120))}">\n<header>{heading}'
    yield f'<p class="meta">{count}, {days_label(Interval(s.first, s.last))}.</p></header>\n'
    yield f"<figure>{picture.draw(story, contents.as_of)}</figure>\n<div>\n"
    if story.entries:
        yield f'<h{level}>Timeline</h{level}>\n<ol class="timeline">\n'
        yield from (_entry(story, e) for e in story.entries)
        yield "</ol>\n"
    if story.expectations:
        yield f'<h{level}>Expectations</h{level}>\n<div class="scroll"><table>\n<thead><tr>'
        yield "".join(f'<th scope="col">{name}</th>' for name in ("due", "expected", "outcome"))
        yield "</tr></thead>\n<tbody>\n"
        yield from (_expectation(story, x) for x in story.by_due)
        yield "</tbody></table></div>\n"
    if story.disagreements:
        yield f"<h{level}>Where reports disagree</h{level}>\n<ul>\n"
        yield from (_disagreement(story, d) for d in story.disagreements)
        yield "</ul>\n"
    if story.statements:
        # there are hundreds of them in a long story, which nobody reads through
        yield f"<h{level}>Who said what</h{level}>\n<details><summary>{counted(len(story.statements), 'statement')}</summary>\n<ul>\n"
        yield from (_statement(story, said) for said in story.statements)
        yield "</ul>\n</details>\n"
    yield f'</div>\n<div class="sources">\n<h{level}>Reports</h{level}>\n'
    cited = None if contents.full_texts else story.cited_sentences()
    yield from (_article(story, filed, cited, level + 1) for filed in story.articles)
    yield "</div>\n</section>\n"


def _text(text: str) -> str:
    return escape(clean(text))


def _sources(story: StoryContents, evidence: Sequence[Evidence]) -> str:
    links: dict[str, str] = {}
    for e in evidence:
        sentence = story.sentence(e)
        place = f"article-{e.article}" if sentence is None else f"sentence-{e.article}-{sentence}"
        links.setdefault(place, f'<a href="#{place}">{_text(story.label(e))}</a>')
    return f'<p class="source">{"; ".join(links.values())}</p>' if links else ""


def _entry(story: StoryContents, entry: TimelineEntry) -> str:
    kind = "happened" if entry.realis == "actual" else "foreseen"
    told = "" if entry.realis == "actual" else f' <span class="realis">({entry.realis})</span>'
    return (
        f'<li class="{kind}" id="entry-{entry_id(entry)}"><p><span class="when">{days_label(entry.interval)}</span>'
        f"{_text(one_line(entry.text))}{told}</p>{_sources(story, entry.cited)}</li>\n"
    )


def _expectation(story: StoryContents, entry: LedgerEntry) -> str:
    holder = f'<p class="source">expected by {_text(one_line(entry.holder))}</p>' if entry.holder else ""
    settled = entry.outcome.evidence
    shown = f"<p>{_text(one_line(settled.text))}</p>{_sources(story, [settled])}" if settled else ""
    return (
        f'<tr class="{entry.outcome.status.replace(" ", "-")}" id="expectation-{entry.id}"><td>{days_label(entry.due)}</td>'
        f"<td>{_text(one_line(entry.event))}{holder}{_sources(story, [s.evidence for s in entry.sources])}{shown}</td>"
        f'<td class="status">{outcome_label(entry)}</td></tr>\n'
    )


def _disagreement(story: StoryContents, found: Disagreement) -> str:
    when = f'<span class="when">{day_label(found.day)}</span>' if found.day else ""
    values = "".join(
        f"<p>{f'<strong>{_text(label)}</strong>: ' if (label := value_label(v)) else ''}{_text(one_line(v.evidence.text))}</p>"
        + _sources(story, [v.evidence])
        for v in found.values
    )
    return f'<li id="disagreement-{disagreement_id(found)}"><p>{when}{_text(one_line(found.about))}</p>{values}</li>\n'


def _statement(story: StoryContents, said: StoryStatement) -> str:
    content = _text(one_line(said.evidence.text))
    quoted = f"<q>{content}</q>" if said.kind == "direct" else content
    who = _text(one_line(said.speaker)) if said.speaker else "unattributed"
    return f"<li><p><strong>{who}</strong>: {quoted}</p>{_sources(story, [said.evidence])}</li>\n"


def _article(story: StoryContents, filed: StoryArticle, cited: dict[str, set[int]] | None, level: int) -> str:
    a = filed.article
    url = web_address(a.url)
    label = report_label(story.article_summaries[a.id])
    name = _text(one_line(a.title or label, 160))
    named = f'<a href="{escape(url)}" rel="noreferrer">{name}</a>' if url else name
    facts = [_text(label)] if a.title else []
    if filed.duplicate_of:
        facts.append(f'copy of <a href="#article-{filed.duplicate_of}">an earlier report</a>')
    if filed.revision_of:
        facts.append(f'new version of <a href="#article-{filed.revision_of}">an earlier report</a>')
    facts_line = " · ".join(fact for fact in facts if fact)
    body = "".join(_body(filed) if cited is None else _excerpts(filed, cited.get(a.id, set())))
    return f'<article id="article-{a.id}"><h{level}>{named}</h{level}><p class="meta">{facts_line}</p>' + (
        f'<div class="text" dir="auto">{body}</div></article>\n' if body else "</article>\n"
    )


def _body(filed: StoryArticle) -> Iterator[str]:
    """The text in full: sentences that can be jumped to, and between them what is not read."""
    text, end = filed.article.text, 0
    for number, sentence in enumerate(filed.reading.sentences):
        yield _left_out(text[end : sentence.start])
        yield f'<span id="sentence-{filed.article.id}-{number}">{_text(sentence.of(text))}</span>'
        end = sentence.end
    yield _left_out(text[end:])


def _excerpts(filed: StoryArticle, cited: set[int]) -> Iterator[str]:
    """The sentences that lines rest on, with a mark where others are left out."""
    text, before = filed.article.text, -1
    for number in sorted(cited):
        if number > before + 1:
            yield '<span class="left-out">… </span>'
        sentence = one_line(filed.reading.sentences[number].of(text))
        yield f'<span id="sentence-{filed.article.id}-{number}">{_text(sentence)}</span> '
        before = number
    if cited and before < len(filed.reading.sentences) - 1:
        yield '<span class="left-out">…</span>'


def _left_out(text: str) -> str:
    return f'<span class="left-out">{_text(text)}</span>' if text.strip() else _text(text)
