"""Resolvers for months, years, decades, weeks and seasons."""

from __future__ import annotations

import re
from datetime import timedelta

from dateline.reader.calendar import almanac, arrangements
from dateline.reader.calendar.anchoring import Context
from dateline.reader.calendar.cues import AHEAD, BACK
from dateline.reader.calendar.days import fiscal_year, told_year, year_of
from dateline.reader.calendar.meaning import Resolved, RuleMatch, dated, document_anchor, focus_anchor
from dateline.records import Interval


def month(found: RuleMatch, context: Context) -> Resolved | None:
    """A month: with its year, with "last", "this" or "next", or the nearest the way the words look."""
    number = int(found.parts["month"])
    published = context.published
    year = year_of(found, context)
    if year is not None:
        return dated(f"{year:04d}-{number:02d}")
    ahead = number - published.month
    sense = found.parts.get("sense")
    if "unit" in found.parts:
        year = published.year + int(sense or 0)
    elif sense == 0:
        year = published.year
    elif sense == 1:
        year = published.year + (ahead <= 0)
    elif sense == -1:
        year = published.year - (ahead >= -1)
    elif _no_month(found, context):
        return None
    else:
        years = [f"{published.year + n:04d}-{number:02d}" for n in (-1, 0, 1)]
        candidates = [dated(value, document_anchor(context)) for value in years]
        if arrangements.has_happened(context.after(arrangements.REACH)):
            return [c for c in candidates if c.interval and c.interval.start <= published][-1]
        # "resigned in October" was last year's in August; "was planned for October" may look ahead
        firm = context.leads("in") and context.told_by_tree() is not None
        return nearest(candidates, context, 400 if firm else 240)
    return dated(f"{year:04d}-{number:02d}", document_anchor(context))


_THE = re.compile(r"\b[Tt]he\s\Z")

_LEADS_TO_MONTH = re.compile(
    r"(?:\b|(?<=\w)(?=['’]))(?:in|since|by|until|till|of|last|this|next|early|late|mid|from|to|through|during|before|after|for|and|between|on"
    r"|every|each|or|around|['’]s)[\s-]*\Z",
    re.IGNORECASE,
)

_GIVEN_NAMES = frozenset(["June", "April", "August", "JUNE", "APRIL", "AUGUST"])
_VERBS = frozenset(["may", "march"])


def _no_month(found: RuleMatch, context: Context) -> bool:
    """True for "May" and "March" that the words before do not make months, a given name ("April Holm"), and a short form
    without its stop."""
    word = found.text
    if arrangements.is_arranged(context.after(arrangements.REACH)) and _THE.search(context.before(6)):
        return False  # "the May election"
    if word in _GIVEN_NAMES:
        after = context.after(12)
        return bool(re.match(r"\s[A-Z][a-z]", after)) and not _LEADS_TO_MONTH.search(context.before(12))
    if len(word) <= 3 and word[1:].islower() and re.match(r"\s[A-Z][a-z]", context.after(3)):
        return True  # "Jan Holm"
    if word.rstrip(".").lower() in _VERBS or len(word) <= 3:
        return not _LEADS_TO_MONTH.search(context.before(12))
    return False


def month_in_figures(found: RuleMatch, context: Context) -> Resolved | None:
    """A month or a week in ISO figures."""
    text = next(str(v) for v in found.parts.values()).replace("/", "-")
    match = re.match(r"(\d{4})-?W(\d{2})", text)
    return dated(f"{match[1]}-W{match[2]}" if match else text)


_YEAR_CUE = re.compile(
    r"\b(?:in|since|until|till|by|from|of|to|during|before|after|between|and|for|early|late|mid|through|year|circa|around"
    r"|about)\W{0,2}\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?:people|persons|men|women|children|members|troops|soldiers|workers|jobs|shares|points|miles|kilomet\w+|km|metres"
    r"|meters|feet|tons|tonnes|pounds|dollars|euros|homes|houses|employees|seats|votes|cases|deaths|barrels|acres|hectares"
    r"|megawatts|mw|kg|times|more|others|of\s+(?:the|them)|square|cubic|dead|injured|students|pupils|passengers|villagers"
    r"|protesters|refugees|prisoners|residents|inhabitants|families|households|civilians|beds|rooms|tickets|copies)\b",
    re.IGNORECASE,
)


_COUNT_BEFORE = re.compile(r"\d\s[a-z]+\s(?:and|or)\s\Z")


def year(found: RuleMatch, context: Context) -> Resolved | None:
    """A year in four figures or in words; a plain number of that size is none."""
    if "fiscal_code" in found.parts:
        return dated(f"{fiscal_year(found.parts['fiscal_code']):04d}")
    if "short_year" in found.parts:
        return dated(f"{told_year(found.parts):04d}")
    value = int(found.parts["year"])
    if found.rule == "year":
        if _COUNTED.match(context.after(16)):
            return None
        if _COUNT_BEFORE.search(context.before(24)) and re.match(r"\s[a-z]", context.after(2)):
            return None  # "90 goats and 1920 sheep"
        if re.search(
            r"[$£€#]\s?\Z|\d[.,]\Z|\b(?:No|Nos|number|flight|page|room|route|resolution|channel|Boeing)\.?\s\Z",
            context.before(14),
        ):
            return None
        if not 1900 <= value <= 2059 and not _YEAR_CUE.search(context.before(12)):
            return None
        if re.search(r"\b(?:[A-Z][a-z]+)\s\Z", context.before(20)) and re.match(
            r"\s?[,.]?\s?[a-z(]", context.after(3)
        ):
            before = context.before(20).split()
            if before and before[-1].lower() not in _AFTER_CAPITAL:
                return None  # a name with a number: a product, a company, a vessel
    return dated(f"{value:04d}")


_AFTER_CAPITAL = frozenset(
    [
        "in",
        "since",
        "until",
        "by",
        "from",
        "of",
        "to",
        "during",
        "before",
        "after",
        "between",
        "and",
        "for",
        "the",
        "early",
        "late",
        "mid",
        "through",
        "year",
        "circa",
        "around",
        "about",
        "its",
        "his",
        "their",
        "our",
        "a",
        "on",
        "election",
        "elections",
        "olympics",
        "summer",
        "winter",
        "games",
        "world",
        "cup",
    ]
)


def period_of_year(found: RuleMatch, context: Context) -> Resolved | None:
    """ "the 1988 period": the quarter in focus, of that year; the year where no quarter is."""
    value = f"{int(found.parts['year']):04d}"
    quarter_ = context.recent_quarter()
    if quarter_ and not found.text.endswith("season"):
        return dated(value + quarter_[4:], f"the quarter in focus, {quarter_}")
    return dated(value)


def decade(found: RuleMatch, context: Context) -> Resolved | None:
    """A decade, three figures: "the 1960s", "the '80s", "the Fifties"."""
    name = found.parts["decade"]
    if not isinstance(name, int):
        digits = re.sub(r"\D", "", name)
        if len(digits) == 4:
            return dated(digits[:3])
        name = int(digits[0])
        if not found.text.lower().startswith("the") and "'" not in found.text and "’" not in found.text:
            return None
    return dated(f"20{name}" if name <= 2 else f"19{name}")


def century(found: RuleMatch, context: Context) -> Resolved | None:
    """A century, two figures: "the 20th century" is 19."""
    now = context.published.year // 100
    if "sense" in found.parts:
        return dated(f"{now + found.parts['sense']:02d}", document_anchor(context))
    if "ordinal" not in found.parts:
        return dated(f"{now:02d}", document_anchor(context))
    number = int(found.parts["ordinal"]) + int(found.parts.get("tens", 0))
    return dated(f"{number - 1:02d}") if 1 <= number <= 30 else None


_LONG = frozenset(["M", "Q", "Y", "DE", "CE", "ML"])
_AROUND_TODAY = frozenset(["WE", "W", "M", "Y"])
"""Units that "the" alone ties to the report's day."""
_WITH_A_LAST_DAY = frozenset(["W", "M", "Q", "Y"])
_ALSO_VERBS = frozenset(["fall", "spring"])


def unit(found: RuleMatch, context: Context) -> Resolved | None:
    """ "last week", "this month", "next year": the unit before, around or after the document's date, or the focus."""
    letter = str(found.parts.get("unit", "Y"))
    sense = int(found.parts.get("sense", 0)) + 2 * int(found.parts.get("twice", 0))
    if letter in almanac.CLOCK_UNITS | {"ML"}:
        return None
    from_focus = found.settings.get("anchor") == "focus" or (letter == "D" and sense)
    base, anchor = context.published, document_anchor(context)
    if from_focus and context.focus is not None:
        base, anchor = context.focus.start, focus_anchor(context)
    if found.text.lower().startswith(("that", "the same", "same")):
        near = context.in_focus()
        if near is None or (letter == "D" and not near.is_one_day):
            return None
    if letter in _LONG:
        base = base.replace(day=1)
    return dated(almanac.value_at(almanac.shift(base, letter, sense), letter), anchor)


def the_unit(found: RuleMatch, context: Context) -> Resolved | None:
    """ "the week", "the year": the one around the document's date; "the weekend" the one that the words look to."""
    letter = str(found.parts["unit"])
    if letter in _AROUND_TODAY:
        day = context.published
        if (
            letter == "WE"
            and context.direction() == BACK
            and day.isoweekday() < 5
            and not context.leads("by", "before", "until")
        ):
            day -= timedelta(days=7)
        if (
            letter == "W"
            and day.isoweekday() == 1
            and context.leads("for", "in")
            and context.direction(AHEAD) == BACK
        ):
            day -= timedelta(days=7)  # a Monday's report tells of the week that has ended
        return dated(almanac.value_at(day, letter), document_anchor(context))
    return None


def unit_end(found: RuleMatch, context: Context) -> Resolved | None:
    """ "year-end", "month end": its last day."""
    letter = str(found.parts["unit"])
    if letter not in _WITH_A_LAST_DAY:
        return None
    interval = almanac.covered(almanac.value_at(context.published, letter))
    if interval is None:
        return None
    if context.leads("since", "at") and (context.published.month < 10 or "-" in found.text or letter != "Y"):
        before = almanac.covered(almanac.value_at(interval.start - timedelta(days=1), letter))
        interval = before if before and context.direction() == BACK else interval
    return dated(interval.end.isoformat(), document_anchor(context))


def week_of(found: RuleMatch, context: Context) -> Resolved | None:
    """The week that a day lies in."""
    at = found.parts["at"]
    return dated(almanac.value_at(at.interval.start, "W"), at.anchor) if at.interval else None


def nearest(candidates: list[Resolved], context: Context, penalty: int) -> Resolved:
    """The nearest to the document's date; one that the tense speaks against counts as `penalty` days further."""
    direction, published = context.direction(), context.published
    if (first := context.range_start("month")) is not None:
        after = [c for c in candidates if c.interval is not None and c.interval.start > first.start]
        candidates = after or candidates

    def distance(candidate: Resolved) -> int:
        assert candidate.interval is not None  # candidates are dated
        ahead, back = (candidate.interval.start - published).days, (published - candidate.interval.end).days
        against = ahead > 0 if direction == BACK else back > 0
        return max(ahead, back, 0) + penalty * against

    return min(candidates, key=distance)


def season(found: RuleMatch, context: Context) -> Resolved | None:
    """A season: of the year told, with "last", "this" or "next", or the nearest the way the words look."""
    name = str(found.parts["season"])
    if found.text in _ALSO_VERBS and not context.leads("in", "by", "until", "early", "late", "since", "this"):
        return None
    told = told_year(found.parts)
    if told is not None:
        return dated(f"{told:04d}-{name}")
    published = context.published
    sense = found.parts.get("sense")
    candidates = [dated(f"{published.year + n:04d}-{name}", document_anchor(context)) for n in (-2, -1, 0, 1)]
    spans: list[tuple[Resolved, Interval]] = [(c, c.interval) for c in candidates if c.interval]
    past = [c for c, i in spans if i.end < published]
    begun = [c for c, i in spans if i.start <= published]
    coming = [c for c, i in spans if i.end >= published]
    future = [c for c, i in spans if i.start > published]
    if "past" in found.text.lower().split():
        return past[-1]
    if sense == 1:
        return future[0]
    if sense == -1:
        return past[-1]
    if sense == 0:
        current_year = [c for c, i in spans if i.start.year == published.year]
        return current_year[0] if name != "WI" or published.month > 2 else begun[-1]
    return coming[0] if context.direction() == AHEAD else begun[-1]
