"""Text exports of LexisNexis and Factiva: several articles a file, each with fields of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.errors import SourceError, UndatedArticle
from dateline.records import Article
from dateline.sources.articles import BY_OPTION, SourceItem, SourceOptions, make_article
from dateline.sources.dates import Written, find_days, parse_published
from dateline.sources.inputs import Input
from dateline.sources.paragraphs import unwrap

_LEXIS_HEAD = re.compile(r"\s*(?:Copyright[^\n]*\s+)?\d+ of \d+ DOCUMENTS\b")
_LEXIS_END = re.compile(r"^\s*(?:\d+ of \d+ DOCUMENTS|End of Document)\s*$", re.MULTILINE)
_LEXIS_FIELD = re.compile(
    r"^(BYLINE|SECTION|LENGTH|DATELINE|HIGHLIGHT|HEADLINE|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL-CODE|GRAPHIC|DOCUMENT-TYPE"
    r"|SUBJECT|COMPANY|GEOGRAPHIC|PERSON|ORGANIZATION|ACC-NO|DISTRIBUTION|TYPE|CORRECTION-DATE|URL|COUNTRY|STATE|CITY|INDUSTRY"
    r"|TICKER|Byline|Section|Length|Dateline|Highlight|Load-Date|Language|Publication-Type|Journal Code|Graphic|Subject"
    r"|Company|Geographic|Person|Classification|Industry|Correction-Date):[ \t]*(.*)$",
    re.MULTILINE,
)
# fields that stand above an article; all others stand below it
_ABOVE = frozenset(("byline", "section", "length", "dateline", "highlight", "headline", "correction-date"))
_FACTIVA_FIELD = re.compile(
    r"^(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART|CX)(?:[ \t]+(.*))?$"
)
_BEGINS = frozenset(["SE", "HD"])
"""Factiva's fields that open an article: its section, its headline."""


def fits(given: Input) -> bool:
    """By how the text begins."""
    start = given.beginning()
    if _LEXIS_HEAD.match(start) or (re.search(r"^Load-Date: ", start, re.MULTILINE) and "\nBody\n" in start):
        return True
    codes = [m[1] for line in start.splitlines()[:40] if (m := _FACTIVA_FIELD.match(line))]
    return len(set(codes) & {"HD", "PD", "WC", "SN", "LP", "AN"}) >= 3


def read(given: Input, options: SourceOptions) -> Iterator[SourceItem]:
    """The articles of an export; those that bear no day are named."""
    text = given.text(options.bounds.table_bytes).replace("\r\n", "\n").lstrip("\ufeff")
    yield from given.warnings
    if _LEXIS_END.search(text):
        parts = [
            part
            for part in _LEXIS_END.split(text)
            if part.strip() and not part.strip().startswith("Copyright")
        ]
        read_part = _lexis_article
    else:
        parts = _factiva_parts(text)
        read_part = _factiva_article
    for number, part in enumerate(parts, start=1):
        where = f"{given.source}#{number}" if len(parts) > 1 else given.source
        try:
            yield read_part(part, where, options)
        except SourceError as error:
            yield error


def _lexis_article(part: str, where: str, options: SourceOptions) -> Article:
    fields = {m[1].lower(): m[2].strip() for m in _LEXIS_FIELD.finditer(part)}
    if "\nBody\n" in part:  # as Nexis Uni writes it: title, paper and day above
        head, _, rest = part.partition("\nBody\n")
        lines = [line.strip() for line in head.strip().splitlines() if line.strip()]
        title, publisher = lines[0] if lines else None, lines[1] if len(lines) > 1 else None
        dated = next((d for line in lines if (d := _first_day(line))), None)
    else:
        above = [m for m in _LEXIS_FIELD.finditer(part) if m[1].lower() in _ABOVE]
        head = part[: above[0].start()] if above else part.partition("\n\n")[0]
        rest = part[above[-1].end() :] if above else part[len(head) :]
        blocks = [block.strip() for block in re.split(r"\n\s*\n", head) if block.strip()]
        dated, at = next(((d, n) for n, block in enumerate(blocks) if (d := _first_day(block))), (None, 0))
        publisher = blocks[0] if blocks and at > 0 else None
        after = blocks[at + 1 :]
        title = " ".join(after[-1].split()) if after else fields.get("headline")
    below = next((m.start() for m in _LEXIS_FIELD.finditer(rest) if m[1].lower() not in _ABOVE), len(rest))
    body = unwrap(re.sub(r"^\s*Copyright [^\n]*\n", "", rest[:below])).strip()
    published = dated.value if dated else options.published
    if published is None:
        raise UndatedArticle(f"{where}: no day above the article; give one with --date")
    if not body:
        raise SourceError(f"{where}: there is no text in this article")
    options.bounds.check_text(body, where)
    return make_article(
        where,
        published,
        body,
        title=title,
        publisher=publisher,
        language=fields.get("language"),
        dated_by="header" if dated else BY_OPTION,
    )


def _first_day(text: str) -> Written | None:
    return next((found for found in find_days(text) if len(found.days) == 1), None)


def _factiva_parts(text: str) -> list[str]:
    """One part an article: a headline, or the section above it, begins the next one after an accession number."""
    parts: list[list[str]] = [[]]
    ended = False
    for line in text.splitlines():
        field = _FACTIVA_FIELD.match(line)
        if ended and field and field[1] in _BEGINS:
            parts.append([])
            ended = False
        ended = ended or (field is not None and field[1] == "AN")
        parts[-1].append(line)
    return ["\n".join(lines) for lines in parts if any(line.strip() for line in lines)]


def _factiva_article(part: str, where: str, options: SourceOptions) -> Article:
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in part.splitlines():
        if match := _FACTIVA_FIELD.match(line):
            current = fields.setdefault(match[1], [])
            current.append(match[2] or "")
        else:
            current.append(line.strip())
    told = {name: " ".join(" ".join(lines).split()) for name, lines in fields.items()}
    body = "\n\n".join(
        unwrap("\n".join(fields[name])).strip() for name in ("LP", "TD") if name in fields
    ).strip()
    value = told.get("PD")
    published = parse_published(
        f"{value} {told['ET']}" if value and told.get("ET") else value, where, options.date_order
    )
    dated_by = "header" if published else BY_OPTION
    published = published or options.published
    if published is None:
        raise UndatedArticle(f"{where}: no day in its PD field; give one with --date")
    if not body:
        raise SourceError(f"{where}: there is no text in its LP and TD fields")
    options.bounds.check_text(body, where)
    return make_article(
        where,
        published,
        body,
        title=told.get("HD"),
        publisher=told.get("SN"),
        language=told.get("LA"),
        dated_by=dated_by,
    )
