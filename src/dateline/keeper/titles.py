"""A story's title and keywords, from its articles."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from dateline.keeper import features
from dateline.keeper.datelines import without_dateline
from dateline.keeper.rates import table
from dateline.records import Filed

_LONGEST = 110
_TRAILER = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,40}$")
_REPORTED = re.compile(
    r",?\s+(?:[a-z]+ ){0,3}(?:said|told|announced|confirmed|reported)\b[^,]*\Z", re.IGNORECASE
)


def _rarity(word: str) -> float:
    return -math.log(max(table().get(word, 0.0), 0.002))


def title(filed: Sequence[Filed]) -> str:
    """A headline for a story: that of the most central article, or its first sentence cut to a clause.

    Raises ValueError where `filed` is empty.
    """
    if not filed:
        raise ValueError("a story without articles has no title")
    own = [f for f in filed if f.duplicate_of is None] or list(filed)
    weights: Counter[str] = Counter()
    for f in own:
        weights.update(set(features.stems(features.headline(f.reading))))
    scored = []
    for f in own:
        words = set(features.stems(features.headline(f.reading)))
        centrality = sum((weights[w] - 1) * _rarity(w) for w in words) / math.sqrt(len(words) + 3)
        scored.append((-centrality, not f.article.title, f.article.published, f.article.id, f))
    best = min(scored, key=lambda row: row[:4])[4]
    return clause(best.article.title or features.headline(best.reading))


def clause(sentence: str) -> str:
    """`sentence` without dateline, outlet and trailing attribution, cut at a clause where it is long."""
    text = _TRAILER.sub("", without_dateline(sentence))
    if len(text) > 40:
        text = _REPORTED.sub("", text.rstrip("."))
    if len(text) > _LONGEST:
        cuts = [m.start() for m in re.finditer(r", |; |: | [-–—] ", text) if 40 <= m.start() <= _LONGEST]
        text = text[: cuts[-1]] if cuts else text[:_LONGEST].rsplit(" ", 1)[0] + "…"
    return text.rstrip(".,;: ") or sentence.strip()


def keywords(filed: Sequence[Filed], count: int = 6) -> tuple[str, ...]:
    """Up to `count` words that tell a story from others, the strongest first."""
    weights: dict[str, float] = {}
    forms: dict[str, Counter[str]] = {}
    own = [f for f in filed if f.duplicate_of is None] or list(filed)
    for f in own:
        text = features.body(f.reading)[:3000]
        seen = Counter(features.stems(text))
        for word, number in seen.items():
            weights[word] = weights.get(word, 0.0) + 1 + math.log(number)
        for match in re.finditer(r"[^\W\d_]{3,}", text):
            forms.setdefault(features.stem(match.group()), Counter())[match.group()] += 1
    ranked = sorted(
        (w for w in weights if w in forms and table().get(w, 0.0) < 0.15),
        key=lambda w: (-weights[w] * _rarity(w), w),
    )
    chosen = [min(forms[w].items(), key=lambda item: (-item[1], item[0]))[0] for w in ranked[:count]]
    return tuple(chosen)
