"""A story's title and keywords, from its articles."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from dateline.keeper import features
from dateline.keeper.datelines import without_dateline
from dateline.keeper.rates import table
from dateline.keeper.sentences import is_furniture, leans
from dateline.records import Filed

_LONGEST = 110
_SHORTEST = 3
"""Words of a headline."""
_OPENING = 3
"""Sentences at the head of a report that may stand for a headline where there is none."""
_OUTLET = re.compile(
    r"\s+[|]\s+[^|]{2,40}$|\s+[–—-]\s+(?:(?:The|the|of|on|for|and|&)\s+|[A-Z][\w.’'&]*\s*){1,4}$"
)
_REPORTED = re.compile(
    r",?\s+(?:[a-z]+ ){0,3}(?:said|told|announced|confirmed|reported)\b[^,]*\Z", re.IGNORECASE
)
_CUT = re.compile(r", |; |: | [-–—] ")
_STAMP = re.compile(
    r"\d{1,2}:\d\d\s*(?:[ap]\.?m\b|GMT|E[DS]T)"
    r"|\A\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\W*)?\d{1,2}\W+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\W+\d{4}",
    re.IGNORECASE,
)
"""Stamps of the time, which stand where a headline should; a sentence of the text may well hold one."""
_BLIND = 0.5
"""What a sentence counts that leans on one before it."""
_NAME_KINDS = ("person", "organisation", "place")


def _rarity(word: str) -> float:
    return -math.log(max(table().get(word, 0.0), 0.002))


def title(filed: Sequence[Filed]) -> str:
    """A headline for a story: the most central one, or a clause of the most central sentence that opens a report.

    Raises ValueError where `filed` is empty.
    """
    if not filed:
        raise ValueError("a story without articles has no title")
    own = [f for f in filed if f.duplicate_of is None] or list(filed)
    weights: Counter[str] = Counter()
    for f in own:
        weights.update(set(features.stems(features.headline(f.reading))))
        weights.update({w for text in _openings(f) for w in features.stems(text)})
    scored = []
    for f in own:
        for place, (text, cut) in enumerate(_headlines(f)):
            words = set(features.stems(cut))
            # fsum: the sum does not hang on the order of a set
            shared = math.fsum((weights[w] - 1) * _rarity(w) for w in words)
            # a story's first words come before later ones, a headline before a sentence
            central = shared / math.sqrt(len(words) + 3) / (1 + 0.2 * place)
            central *= _BLIND if text is None and leans(cut) else 1.0
            own_words = text is not f.article.title
            cut_off = cut.endswith("…")
            scored.append((own_words, cut_off, -central, f.article.published, f.article.id, place, cut))
    if not scored:
        best = own[0]
        return clause(best.article.title or features.headline(best.reading))
    return min(scored)[-1]


def _openings(filed: Filed) -> list[str]:
    text = filed.article.text
    return [without_dateline(s.of(text)) for s in filed.reading.sentences[:_OPENING]]


def _headlines(filed: Filed) -> list[tuple[str | None, str]]:
    """What may stand for a headline of a report, each with its clause: its title, or the sentences at its head that tell something."""
    named = filed.article.title
    if named and _is_headline(clause(named)):
        return [(named, clause(named))]
    told = {e.sentence for e in filed.reading.events}
    found: list[tuple[str | None, str]] = []
    for number, line in enumerate(_openings(filed)):
        cut = clause(line)
        if (number in told or not told) and _is_headline(cut) and line[:1].isupper() and "?" not in line:
            found.append((None, cut))
    return found


def _is_headline(text: str) -> bool:
    return len(text.split()) >= _SHORTEST and not is_furniture(text) and not _STAMP.search(text)


def clause(sentence: str) -> str:
    """`sentence` without dateline, outlet and trailing attribution, cut at a clause where it is long."""
    text = _OUTLET.sub("", without_dateline(sentence))
    if len(text) > 40:
        text = _REPORTED.sub("", text.rstrip("."))
    if len(text) > _LONGEST:
        cuts = [m.start() for m in _CUT.finditer(text) if 40 <= m.start() <= _LONGEST]
        text = text[: cuts[-1]] if cuts else text[:_LONGEST].rsplit(" ", 1)[0] + "…"
    return text.rstrip(".,;: ") or sentence.strip()


def keywords(filed: Sequence[Filed], count: int = 6) -> tuple[str, ...]:
    """Up to `count` names, whole, and words that tell a story from others, the strongest first."""
    weights: dict[str, float] = {}
    forms: dict[str, Counter[str]] = {}
    names: Counter[str] = Counter()
    own = [f for f in filed if f.duplicate_of is None] or list(filed)
    for f in own:
        text = features.body(f.reading)[:3000]
        seen = Counter(features.stems(text))
        for word, number in seen.items():
            weights[word] = weights.get(word, 0.0) + 1 + math.log(number)
        for match in re.finditer(r"[^\W\d_]{3,}", text):
            forms.setdefault(features.stem(match.group()), Counter())[match.group()] += 1
        # as they stand in the text: the fullest form may be put together from several
        names.update({" ".join(m.text.split()) for m in f.reading.mentions if m.kind in _NAME_KINDS})
    ranked = sorted(
        (w for w in weights if w in forms and table().get(w, 0.0) < 0.15),
        key=lambda w: (-weights[w] * _rarity(w), w),
    )
    whole = _whole_names(names)
    chosen: list[str] = []
    taken: set[str] = set()
    for word in ranked:
        if len(chosen) == count:
            break
        if word in taken:
            continue
        name = whole.get(word)
        chosen.append(name or min(forms[word].items(), key=lambda item: (-item[1], item[0]))[0])
        taken.update(features.stems(name) if name else (word,))
    return tuple(chosen)


def _whole_names(names: Counter[str]) -> dict[str, str]:
    """By each word of a name, the name of two to four words that it most often stands for."""
    found: dict[str, str] = {}
    for name, _ in sorted(names.items(), key=lambda item: (-item[1], -len(item[0]), item[0])):
        words = features.stems(name)
        if 2 <= len(words) <= 4 and not name.isupper():
            for word in words:
                found.setdefault(word, name)
    return found
