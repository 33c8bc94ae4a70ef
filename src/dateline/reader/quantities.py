"""Numbers with what they count: "at least 31 dead", "212 votes", "$4bn", "two dozen houses"."""

from __future__ import annotations

import re

from dateline.reader.document import Clause
from dateline.records import Quantity, Span

_UNITS_AND_TEENS = [
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
SMALL: dict[str, int] = {w: n for n, w in enumerate(_UNITS_AND_TEENS)} | {
    w: 10 * n for n, w in enumerate(_TENS, 2)
}
LARGE: dict[str, int] = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "k": 1_000,
}
_DOZEN = ("dozen", "score")
_VAGUE: dict[str, int] = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "billions": 2_000_000_000,
}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_CURRENCY = {
    "$": "USD",
    "us$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "a$": "AUD",
    "c$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "₹": "INR",
    "₽": "RUB",
}
_HEDGES: tuple[tuple[str, ...], ...] = tuple(
    tuple(h.split())
    for h in [
        "at least",
        "no fewer than",
        "no less than",
        "as many as",
        "as much as",
        "up to",
        "more than",
        "fewer than",
        "less than",
        "at most",
        "no more than",
        "an estimated",
        "close to",
        "just over",
        "just under",
        "about",
        "around",
        "some",
        "nearly",
        "almost",
        "approximately",
        "roughly",
        "over",
        "under",
        "above",
        "below",
        "only",
        "exactly",
    ]
)
PEOPLE = frozenset(
    [
        "person",
        "people",
        "man",
        "woman",
        "child",
        "boy",
        "girl",
        "soldier",
        "civilian",
        "troop",
        "fighter",
        "worker",
        "resident",
        "villager",
        "passenger",
        "student",
        "pupil",
        "officer",
        "policeman",
        "protester",
        "demonstrator",
        "migrant",
        "refugee",
        "prisoner",
        "hostage",
        "victim",
        "survivor",
        "patient",
        "employee",
        "staff",
        "member",
        "deputy",
        "lawmaker",
        "mp",
        "guest",
        "spectator",
        "visitor",
        "tourist",
        "citizen",
        "other",
        "crew",
        "sailor",
        "miner",
        "farmer",
        "family",
        "voter",
        "supporter",
        "militant",
        "rebel",
        "dead",
        "wounded",
        "injured",
        "missing",
        "casualty",
        "body",
        "life",
        "fatality",
        "death",
    ]
)
_STATES: dict[str, str] = {
    "die": "dead",
    "kill": "dead",
    "dead": "dead",
    "death": "dead",
    "fatality": "dead",
    "life": "dead",
    "body": "dead",
    "bury": "dead",
    "drown": "dead",
    "murder": "dead",
    "perish": "dead",
    "toll": "dead",
    "injure": "injured",
    "injured": "injured",
    "wound": "injured",
    "wounded": "injured",
    "hurt": "injured",
    "miss": "missing",
    "missing": "missing",
    "unaccounted": "missing",
    "arrest": "arrested",
    "detain": "arrested",
    "displace": "displaced",
    "homeless": "displaced",
    "evacuate": "evacuated",
    "rescue": "rescued",
    "vote": "votes",
    "infect": "infected",
}


def find(clause: Clause) -> list[tuple[int, Quantity]]:
    """The quantities of a sentence, each with the index of the word that it counts (or of the number itself)."""
    found: list[tuple[int, Quantity]] = []
    position = 0
    while position < len(clause.tokens):
        read = _number(clause, position)
        if read is None:
            position += 1
            continue
        value, end, vague = read
        quantity = _quantity(clause, position, end, value, vague)
        if quantity is not None:
            found.append(quantity)
        position = end
    return found


def _number(clause: Clause, start: int) -> tuple[float, int, bool] | None:
    """The number that starts at a token: its value, the token after it, and whether it is a vague one ("dozens")."""
    head = clause.lower(start)
    if not (head[0].isdigit() or head in SMALL or head in _VAGUE or head in ("a", "half")):
        return None
    words = [clause.lower(i) for i in range(start, min(start + 9, len(clause.tokens)))]
    if words[0] in _VAGUE:
        return float(_VAGUE[words[0]]), start + 1, True
    total, current, used, seen = 0.0, 0.0, 0, False
    for i, word in enumerate(words):
        if word == "-" and seen and i + 1 < len(words) and words[i + 1] in SMALL and words[i - 1] in _TENS:
            continue
        if (
            word == "and"
            and seen
            and i + 1 < len(words)
            and words[i + 1] in SMALL
            and words[i - 1] == "hundred"
        ):
            continue
        if _DIGITS.fullmatch(word) and not seen:
            current, seen = float(word.replace(",", "")), True
        elif word in SMALL and (not seen or (current >= 20 and SMALL[word] < 10) or current >= 100):
            if seen and _DIGITS.fullmatch(words[i - 1]):
                break
            current, seen = current + SMALL[word], True
        elif word in LARGE and (seen or (len(word) > 3 and i > 0)):
            scale = LARGE[word]
            current = (current or 1) * scale
            if scale >= 1_000:
                total, current = total + current, 0.0
        elif word in _DOZEN and (seen or words[0] in ("a", "half")):
            current, seen = (current or 1) * (12 if word == "dozen" else 20), True
        elif (
            word in ("a", "half")
            and i == 0
            and len(words) > 1
            and words[1] in (*_DOZEN, "hundred", "thousand", "million", "billion")
        ):
            current, seen = (0.5 if word == "half" else 1.0), True
        else:
            break
        used = i + 1
    if not seen or not used:
        return None
    return total + current, start + used, False


def _quantity(clause: Clause, start: int, end: int, value: float, vague: bool) -> tuple[int, Quantity] | None:
    upos, relations = clause.analysis.upos, clause.analysis.deprels
    first, unit = start, None
    if start > 0 and clause.lower(start - 1) in _CURRENCY:
        first, unit = start - 1, _CURRENCY[clause.lower(start - 1)]
    following = clause.lower(end) if end < len(clause.tokens) else ""
    counted = next((w for w in range(first, end) if clause.analysis.heads[w] not in range(first, end)), start)
    head = clause.analysis.heads[counted]
    if (unit is None and following in ("%", "percent", "pc")) or (
        following == "per" and end + 1 < len(clause.tokens) and clause.lower(end + 1) == "cent"
    ):
        unit, end = "percent", end + (2 if following == "per" else 1)
        counted = next(
            (w for w in range(first, end) if clause.analysis.heads[w] not in range(first, end)), counted
        )
    elif unit is None:
        if (
            head >= 0
            and relations[counted] in ("nummod", "compound", "dep", "det", "nmod")
            and head >= end
            and upos[head] in ("NOUN", "PROPN", "ADJ")
        ):
            counted = head
            unit = _unit(clause, head)
        elif vague:
            target = next(
                (c for c in clause.children(counted, "nmod") if clause.child(c, "case") is not None), None
            )
            if target is not None:
                counted, unit = target, _unit(clause, target)
        elif upos[counted] != "NUM" or _is_date_or_time(clause, start, end):
            return None
    if unit is None and (_is_date_or_time(clause, start, end) or upos[start] == "PROPN"):
        return None
    role = _role(clause, counted)
    if unit is None and role is None and relations[counted] not in ("nsubj", "nsubj:pass", "obj", "obl"):
        return None
    if unit is None and role in (
        "dead",
        "injured",
        "missing",
        "arrested",
        "displaced",
        "evacuated",
        "rescued",
    ):
        unit = "person"
    hedge, low = _hedge(clause, first)
    if vague:
        hedge = clause.lower(start)
    last = max(end - 1, counted) if counted >= end and counted - end <= 6 else end - 1
    span = Span(clause.tokens[low].start, clause.tokens[last].end)
    return counted, Quantity(span, value, unit, role, hedge)


def _unit(clause: Clause, noun: int) -> str:
    lemma = clause.analysis.lemmas[noun].lower()
    return "person" if lemma in PEOPLE else lemma


def _is_date_or_time(clause: Clause, start: int, end: int) -> bool:
    """True where the model or the digits take the number for a date or a clock time."""
    low, high = clause.tokens[start].start, clause.tokens[end - 1].end
    if any(t.start < high and low < t.end for t in clause.analysis.times):
        return True
    text = clause.tokens[start].text
    return bool(re.fullmatch(r"1[5-9]\d\d|20\d\d", text)) and end == start + 1


def _role(clause: Clause, word: int) -> str | None:
    """The state of what is counted: told by the noun, by what stands beside it, or by the predicate it belongs to."""
    lemmas = clause.analysis.lemmas
    if lemmas[word].lower() in _STATES:
        return _STATES[lemmas[word].lower()]
    for child in clause.children(word, "amod", "acl", "advcl", "dep"):
        if lemmas[child].lower() in _STATES:
            return _STATES[lemmas[child].lower()]
    head, relation = clause.analysis.heads[word], clause.analysis.deprels[word]
    for _ in range(3):
        if head < 0:
            return None
        state = _STATES.get(lemmas[head].lower())
        if state is not None and relation in (
            "nsubj",
            "nsubj:pass",
            "obj",
            "nmod",
            "obl",
            "nummod",
            "xcomp",
            "conj",
            "compound",
        ):
            if relation == "nsubj" and lemmas[head].lower() in (
                "kill",
                "injure",
                "wound",
                "arrest",
                "rescue",
                "bury",
            ):
                return None
            if relation == "obl" and lemmas[head].lower() not in ("toll", "death"):
                return None
            return state
        if clause.analysis.upos[head] == "VERB" and relation != "xcomp":
            below = next(
                (x for x in clause.children(head, "xcomp", "obj") if lemmas[x].lower() in _STATES), None
            )
            return _STATES[lemmas[below].lower()] if below is not None and below != word else None
        relation, head = clause.analysis.deprels[head], clause.analysis.heads[head]
    return None


def _hedge(clause: Clause, first: int) -> tuple[str | None, int]:
    """The hedge before a number and the token where it starts."""
    for hedge in _HEDGES:
        start = first - len(hedge)
        if start >= 0 and tuple(clause.lower(i) for i in range(start, first)) == hedge:
            if hedge == ("an", "estimated"):
                return "estimated", start
            return " ".join(hedge), start
    return None, first
