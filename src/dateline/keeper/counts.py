"""Counts in reports: how many dead, injured, missing, watching, voting, and how much was paid, with what hedges them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {w: n for n, w in enumerate(_UNITS)} | {w: 10 * n for n, w in enumerate(_TENS, 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12, "m": 10**6, "bn": 10**9, "k": 1_000, "dozen": 12}  # fmt: skip
_ANY_WORD = "|".join([*_TENS, *_UNITS[1:]])
_NUMBER = re.compile(
    rf"""(?P<sign>[$€£¥]\s?)?
    (?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|\b(?P<word>(?:{_ANY_WORD})(?:[- ](?:{_ANY_WORD}))?)\b|\b(?P<a>an?)(?=\s(?:hundred|thousand|million|billion|dozen)\b))
    (?:\s?(?P<scale>(?:hundred\s)?(?:hundred|thousand|million|billion|trillion|dozen|bn|m|k)\b)(?:\s(?:and\s)?(?P<rest>{_ANY_WORD})\b)?)?
    (?P<tail>\s?(?:%|per\s?cent|percent|km/h|mph|kph|°|a\.m|p\.m|am\b|pm\b|o'clock|st\b|nd\b|rd\b|th\b|:\d|-year|–year|\syears?\sold|-storey|-metre|-mile|-day|-week|-month))?""",
    re.VERBOSE | re.IGNORECASE,
)
_HEDGES = (
    (
        "at least",
        re.compile(r"\b(?:at least|no fewer than|no less than|a minimum of|as many as at least)\s*\Z", re.I),
    ),
    ("more than", re.compile(r"\b(?:more than|over|above|in excess of|upwards of|north of)\s*\Z", re.I)),
    (
        "less than",
        re.compile(
            r"\b(?:less than|fewer than|under|below|up to|as many as|at most|no more than)\s*\Z", re.I
        ),
    ),
    ("nearly", re.compile(r"\b(?:nearly|almost|close to|just under|not quite)\s*\Z", re.I)),
    (
        "about",
        re.compile(
            r"\b(?:about|around|some|roughly|approximately|an estimated|estimated|circa|or so|perhaps)\s*\Z",
            re.I,
        ),
    ),
)

KINDS: dict[str, re.Pattern[str]] = {
    "dead": re.compile(r"\b(?:dead|died|dies|killed|kill(?:s|ing)?|deaths?|fatalit(?:y|ies)|perished|bodies|lives|life|lost their lives|toll)\b", re.I),
    "injured": re.compile(r"\b(?:injur(?:ed|ies|y|ing)|wounded|wounding|hurt|hospitali[sz]ed)\b", re.I),
    "missing": re.compile(r"\b(?:missing|unaccounted for|not been found|never found)\b", re.I),
    "arrested": re.compile(r"\b(?:arrest(?:ed|s)|detained|taken into custody|rounded up)\b", re.I),
    "displaced": re.compile(r"\b(?:evacuated|displaced|homeless|ordered out|fled|left their homes|moved out)\b", re.I),
    "rescued": re.compile(r"\b(?:rescued|pulled (?:alive )?from|saved|survivors?)\b", re.I),
    "crowd": re.compile(r"\b(?:watched|attended|marched|marchers|gathered|turned out|rallied|demonstrators|protesters|spectators|mourners|crowd|attendance|lined|took to|took part|guests|demonstrated|protested|queued)\b", re.I),
    "without power": re.compile(r"\b(?:without (?:power|electricity)|lost power|in the dark|blacked out)\b", re.I),
    "jobs": re.compile(r"\b(?:jobs|redundanc(?:y|ies)|laid off|layoffs|posts)\b", re.I),
    "votes": re.compile(r"\b(?:votes?|voted|ballots?)\b", re.I),
    "hostages": re.compile(r"\b(?:hostages?|captives?)\b", re.I),
    "buildings": re.compile(r"\b(?:(?:homes|houses|buildings) (?:\w+ )?(?:destroyed|damaged|burned|burnt|flattened|lost|collapsed))\b", re.I),
}  # fmt: skip
MONEY: dict[str, re.Pattern[str]] = {
    "cost": re.compile(r"\b(?:cost(?:s|ing)?|price(?: tag)?|bill|worth|valued|budget)\b", re.I),
    "damage": re.compile(r"\b(?:damage|losses)\b", re.I),
    "paid": re.compile(r"\b(?:paid|sold for|fetched|bought for|sale|ransom|fined?|penalty|settlement|deal)\b", re.I),
    "stolen": re.compile(r"\b(?:stolen|stole|embezzled|missing|took)\b", re.I),
}  # fmt: skip

GROWING = frozenset(
    [
        "dead",
        "injured",
        "missing",
        "arrested",
        "displaced",
        "rescued",
        "without power",
        "hostages",
        "buildings",
        "damage",
    ]
)
"""Counts that change from day to day: only those of one day are compared."""

_CURRENCY = re.compile(
    r"\s?(?:[a-z]+ )?(dollars?|euros?|pounds?|crowns?|shillings?|francs?|pesos?|rupees?|yen|yuan|marks?|lira|rubles?|roubles?|krona|kroner|dinars?|reals?|rand|florins?|thalers?|ducats?)\b",
    re.I,
)
_PERSON_UNIT = re.compile(
    r"[\s-]*(?:\w+[\s-]+){0,3}?(?:people|persons?|men|women|children|civilians|soldiers|troops|passengers|miners|workers|villagers|residents|protesters|demonstrators|spectators|students|pupils|crew|sailors|officers|police|guests|fans|customers|homes|households|houses|buildings|jobs|votes?|hostages|bodies|others|dead|injured|missing|wounded|marchers|mourners|firefighters|patients|tourists|migrants|lives|life|deaths|arrests|fatalities|injuries|survivors|employees|staff|members|deputies|lawmakers|MPs|victims|families|visitors|supporters|strikers)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number in a sentence: what it counts, its value, the range that its words allow, and where it stands there."""

    kind: str
    value: float
    low: float
    high: float
    start: int
    end: int
    text: str


def find(sentence: str) -> list[Count]:
    """The counts of a sentence whose kind its words tell."""
    found: list[Count] = []
    for match in _NUMBER.finditer(sentence):
        value = _value(match)
        if value is None or match["tail"] or _is_date(sentence, match):
            continue
        kind = _kind(sentence, match)
        if kind is None:
            continue
        hedge = next((name for name, pattern in _HEDGES if pattern.search(sentence[: match.start()])), None)
        low, high = _range(value, hedge)
        start = match.start()
        if hedge:
            start = next(p.search(sentence[: match.start()]) for n, p in _HEDGES if n == hedge).start()  # type: ignore[union-attr]
        found.append(Count(kind, value, low, high, start, match.end(), sentence[start : match.end()].strip()))
    return found


def _value(match: re.Match[str]) -> float | None:
    if match["digits"]:
        value = float(match["digits"].replace(",", ""))
    elif match["word"]:
        parts = re.split(r"[- ]", match["word"].lower())
        value = float(sum(_WORDS[p] for p in parts))
    else:
        value = 1.0
    if match["scale"]:
        for word in match["scale"].lower().split():
            value *= _SCALES[word]
        if match["rest"]:
            value += _WORDS.get(match["rest"].lower(), 0)
    return value


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_BEFORE_DATE = re.compile(rf"(?:\b{_MONTH}|\bin|\bsince|\bof|\bfrom|\bby|aged?|,)\s*\Z", re.I)
_TIME_UNIT = re.compile(
    rf"\s?[-–]?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|fortnights?|times?|miles?|kilomet(?:er|re)s?|km|met(?:er|re)s?|feet|foot|tonnes?|tons?|kilos?|degrees|{_MONTH}\b|percent|per cent|points?|goals?|knots|storeys?|floors?|lanes?|pages?|seats?)\b",
    re.I,
)


def _is_date(sentence: str, match: re.Match[str]) -> bool:
    digits = match["digits"]
    before, after = sentence[: match.start()], sentence[match.end() :]
    if _TIME_UNIT.match(after):
        return True
    if (
        digits
        and len(digits) == 4
        and "," not in digits
        and 1500 <= float(digits) <= 2100
        and not match["scale"]
    ):
        return not _PERSON_UNIT.match(after)
    if digits and re.search(rf"\b{_MONTH}\s*\Z", before):
        return True
    if re.search(r",\s*\Z", before) and re.match(r"\s*,", after):
        return True
    if (
        match["word"]
        and match["word"].lower() == "one"
        and re.match(
            r"\s(?:of|said|day|side|by|another|man said|woman said|more|such|who|told|had|was|is|has|guest|night)\b",
            after,
        )
    ):
        return True
    return bool(
        re.match(r"\s?of\s(?:the|them|its|his|her|their)\b", after)
        and not re.search(r"\b(?:at least|some|about)\s*\Z", before)
    )


def _kind(sentence: str, match: re.Match[str]) -> str | None:
    """What the number counts: money by its currency, people and things by the nearest telling word of their clause."""
    after = sentence[match.end() :]
    if match["sign"] or _CURRENCY.match(after):
        found = {kind for kind, pattern in MONEY.items() if pattern.search(_clause(sentence, match))}
        return next((f"money: {k}" for k in MONEY if k in found), None)
    clause_start, clause = _clause_start(sentence, match)
    best: tuple[int, str] | None = None
    for kind, pattern in KINDS.items():
        for word in pattern.finditer(clause):
            at = clause_start + word.start()
            distance = (
                at - match.end() if at >= match.end() else match.start() - (clause_start + word.end()) + 4
            )
            if kind == "crowd" and word.group().lower().endswith(("ers", "ors", "sts")):
                distance += 15
            if 0 <= distance <= 60 and (best is None or distance < best[0]):
                best = (distance, kind)
    if best is None:
        return None
    person = _PERSON_UNIT.match(after)
    if person is None and best[0] > 22:
        return None
    return best[1]


_CUT = re.compile(
    r"[;:]|, (?:and|but|while|where|who|which|as|when)\b|\band (?=\w+ (?:people|others|more)\b)|\band (?=(?:\w+|[\d,]+) (?:were|was|are|is|remain|have|has)\b)|\bwhile\b|\bwhere\b",
    re.I,
)


def _clause_start(sentence: str, match: re.Match[str]) -> tuple[int, str]:
    start, end = 0, len(sentence)
    for cut in _CUT.finditer(sentence):
        if cut.end() <= match.start():
            start = cut.end()
        elif cut.start() >= match.end():
            end = cut.start()
            break
    return start, sentence[start:end]


def _clause(sentence: str, match: re.Match[str]) -> str:
    return _clause_start(sentence, match)[1]


def _range(value: float, hedge: str | None) -> tuple[float, float]:
    """The values that the words allow. Round numbers are taken as told to their last figure."""
    slack = _rounding(value)
    if hedge == "at least":
        return value, inf
    if hedge == "more than":
        return value, value * 1.5
    if hedge == "less than":
        return value * 0.5, value
    if hedge == "nearly":
        return value * 0.85, value
    if hedge == "about":
        return value * 0.87, value * 1.13
    return value - slack, value + slack


def _rounding(value: float) -> float:
    """Half of the last place that a large round number tells: 4,000 stands for 3,500 to 4,500, 9 for itself."""
    if value < 100 or value != int(value):
        return value * 0.05 if value != int(value) else 0.0
    place, number = 1, int(value)
    while number % 10 == 0:
        number //= 10
        place *= 10
    return place / 2 if place > 1 else 0.0


def agree(a: Count, b: Count) -> bool:
    """True where one value can be both: hedges and rounding are allowed for."""
    return a.low <= b.high and b.low <= a.high


_SOURCES = re.compile(
    r"\b(?:said|says|say|told|according to|put|puts|estimated?|estimates|counted|claimed?|claims|reported|reports)\b",
    re.I,
)
_PARTS = re.compile(r";\s*|,?\s+(?:but|while|whereas|though|although)\s+|,\s+and\s+|(?<=[.”\"])\s+(?=[A-Z])")


def from_two_sources(passage: str) -> list[tuple[Count, Count]]:
    """Counts of one kind that two sources in a passage give differently: "Police said 800 took part; the union said 2,000 did"."""
    parts: list[tuple[int, str]] = []
    start = 0
    for cut in _PARTS.finditer(passage):
        parts.append((start, passage[start : cut.start()]))
        start = cut.end()
    parts.append((start, passage[start:]))
    told = [(begin, part, find(part)) for begin, part in parts if _SOURCES.search(part)]
    pairs = []
    for (a, first, here), (b, second, there) in pairwise(told):
        speakers = (_speaker(first), _speaker(second))
        if speakers[0] == speakers[1]:
            continue
        for x in here:
            for y in there:
                if x.kind == y.kind and not agree(x, y):
                    pairs.append((_moved(x, a), _moved(y, b)))
    return pairs


def _speaker(part: str) -> str:
    """The words before the verb of speech, or behind "according to"."""
    verb = _SOURCES.search(part)
    if verb is None:
        return ""
    if verb.group().lower().startswith("according"):
        return part[verb.end() : verb.end() + 25].strip().lower()
    return " ".join(re.findall(r"\w+", part[: verb.start()].lower())[-3:])


def _moved(count: Count, by: int) -> Count:
    return replace(count, start=count.start + by, end=count.end + by)


_RESTATED = re.compile(
    r"\b(?:put|puts|gave|gives|set|estimated|counted|reported)\b (?:the |its |their )?(?:number|figure|toll|total|count|crowd|turnout|attendance|sum|cost|death toll|estimate|tally|it)(?: of \w+)? (?:at|as|to be)(?: about| around| some| only| just| no more than| more than| at least| nearly)?\s*\Z",
    re.I,
)


def restated(sentence: str, kind: str) -> list[Count]:
    """Numbers given for what was counted just before: "the police put the figure at 900"."""
    found = []
    for match in _NUMBER.finditer(sentence):
        if not _RESTATED.search(sentence[: match.start()]) or match["tail"]:
            continue
        value = _value(match)
        if value is None:
            continue
        hedge = next((name for name, pattern in _HEDGES if pattern.search(sentence[: match.start()])), None)
        low, high = _range(value, hedge)
        found.append(Count(kind, value, low, high, match.start(), match.end(), match.group().strip()))
    return found
