"""A story's title and keywords, from its articles."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.keeper import features
from dateline.keeper.datelines import without_dateline
from dateline.keeper.document_frequencies import table
from dateline.keeper.sentences import is_furniture, is_torn, leans
from dateline.records import Event, Role, Span, StoryArticle

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
_DAY_BEHIND = re.compile(
    r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2}, \d{4}\Z"
)
"""The day behind a headline or a caption that stands in the text."""
_LEAST_CUT = 40
_APPOSITION = re.compile(r"(?P<subject>[^,]{3,80}), (?P<beside>[^,]{3,80}), (?P<rest>.+)", re.DOTALL)
_NAME = re.compile(r"(?:[A-Z][\w.’'-]*(?: |\Z))+")
_SUBORDINATE = re.compile(
    r"(?:after|although|as|at|because|before|by|despite|during|even|for|from|if|in|just|on|once|since|though|to|under|until|when|where"
    r"|whereas|while|with|without|\w+(?:ed|ing))\b",
    re.IGNORECASE,
)
_SAYS_ON = re.compile(r"\b(?:said|says|told|added|is|was|are|were)\Z")
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|that)\b")
_AUXILIARIES = 25
"""Characters that may stand between a subject and its predicate ("has today been ")."""
_BLIND = 0.5
"""What a sentence counts that leans on one before it."""
_NAME_KINDS = ("person", "organisation", "place")
_SUBJECTS: frozenset[Role] = frozenset(["agent", "patient"])


def _rarity(word: str) -> float:
    return -math.log(max(table().get(word, 0.0), 0.002))


def title(filed: Sequence[StoryArticle]) -> str:
    """A headline for a story: the most central one, or a clause of the most central sentence that opens a report.

    Raises ValueError where `filed` is empty.
    """
    if not filed:
        raise ValueError("a story without articles has no title")
    own = [f for f in filed if f.duplicate_of is None] or list(filed)
    weights: Counter[str] = Counter()
    for f in own:
        weights.update(set(features.stems(features.headline(f.reading))))
        weights.update({w for opening in _openings(f) for w in features.stems(opening.text)})
    scored = []
    for f in own:
        for place, (rank, cut) in enumerate(_headlines(f)):
            words = set(features.stems(cut))
            # fsum: the sum does not hang on the order of a set
            shared = math.fsum((weights[w] - 1) * _rarity(w) for w in words)
            # a story's first words come before later ones, a headline before a sentence
            central = shared / math.sqrt(len(words) + 3) / (1 + 0.4 * place)
            central *= _BLIND if rank and leans(cut) else 1.0
            scored.append((rank, -central, f.article.published, f.article.id, place, cut))
    if not scored:
        best = own[0]
        return clause(best.article.title or features.headline(best.reading))
    return min(scored)[-1]


@dataclass(frozen=True, slots=True)
class _Opening:
    """A sentence at the head of a report, on one line without dateline: whether it tells anything, and, as (end of the subject, start, end),
    its predicates that have their subject before them."""

    text: str
    tells: bool
    predicates: tuple[tuple[int, int, int], ...]

    def is_clause(self, cut: str) -> bool:
        """True where `cut`, with which it begins, holds a subject and its predicate."""
        return any(end <= len(cut) for _, _, end in self.predicates) and not _SAYS_ON.search(cut)

    def without_apposition(self) -> _Opening | None:
        """The sentence without what stands in commas behind its subject; where that is the name, the name is the subject."""
        found = _APPOSITION.match(self.text)
        if found is None:
            return None
        behind, rest = found.end("subject"), found.start("rest")
        if not any(s <= behind and rest <= start <= rest + _AUXILIARIES for s, start, _ in self.predicates):
            return None
        subject = found["beside"] if _NAME.fullmatch(found["beside"]) else found["subject"]
        less = rest - len(subject) - 1
        kept = tuple(
            (len(subject), start - less, end - less) for _, start, end in self.predicates if start >= rest
        )
        return _Opening(f"{subject} {found['rest']}", self.tells, kept)


def _openings(filed: StoryArticle) -> list[_Opening]:
    return [_opening(filed, number, span) for number, span in enumerate(filed.reading.sentences[:_OPENING])]


def _opening(filed: StoryArticle, number: int, span: Span) -> _Opening:
    raw = span.of(filed.article.text)
    text = without_dateline(raw)
    less = len(" ".join(raw.split())) - len(text)

    def place(offset: int) -> int:
        before = raw[: offset - span.start]
        return len(" ".join(before.split())) + (before[-1:].isspace()) - less

    events = [e for e in filed.reading.events if e.sentence == number]
    # "As ministers met, rebels ...": what stands before the comma is no clause by itself
    behind = text.find(",") if _SUBORDINATE.match(text) else -1
    predicates = [
        (place(subject), place(e.span.start), place(e.span.end))
        for e in events
        if (subject := _subject_end(e, filed.article.text)) is not None and place(subject) > behind
    ]
    return _Opening(text, bool(events) or not filed.reading.events, tuple(predicates))


def _subject_end(event: Event, text: str) -> int | None:
    """Where the participant ends that stands before the predicate as its subject; None where there is none: "the mayor's arrest", "the oil
    spill", "a judge who presided"."""
    ends = []
    for a in event.arguments:
        between = text[a.span.end : event.span.start]
        if (
            a.role in _SUBJECTS
            and between
            and not between.startswith(("'s", "’s"))
            and not _RELATIVE.search(between.rsplit(",", 1)[-1])
            and (between.strip() or event.span.of(text) != event.predicate)
        ):
            ends.append(a.span.end)
    return max(ends, default=None)


def _headlines(filed: StoryArticle) -> list[tuple[int, str]]:
    """What may stand for a headline of a report, each with its rank: its title (0); or of the sentences at its head that tell something a
    clause (1), all words where they hold none (2), or what it begins with (3)."""
    named = filed.article.title
    if named and _is_headline(clause(named)):
        return [(0, clause(named))]
    found = [
        _clause_of(opening)
        for opening in _openings(filed)
        if opening.tells and opening.text[:1].isupper() and "?" not in opening.text
    ]
    return [(rank, cut) for rank, cut in filter(None, found) if _is_headline(cut)]


def _clause_of(opening: _Opening) -> tuple[int, str] | None:
    """The sentence, or its longest clause that is short enough, or what it begins with, as `_headlines` ranks it; None where that says nothing."""
    shorter = opening.without_apposition()
    for known in filter(None, (opening, shorter)):
        if clauses := [cut for cut in _cuts(known.text) if known.is_clause(cut)]:
            return 1, clauses[0]
    bare = _bare(opening.text)
    if len(bare) <= _LONGEST:
        return 2, bare
    begun = (shorter or opening).text[:_LONGEST].rsplit(" ", 1)[0]
    return (3, begun + "…") if (shorter or opening).is_clause(begun) else None


def _cuts(sentence: str) -> Iterator[str]:
    """What may be left of a sentence, the fullest first: without who said it, cut at a clause where it is long."""
    bare = _bare(sentence)
    for text in (_REPORTED.sub("", bare) if len(bare) > _LEAST_CUT else bare, bare):
        if len(text) <= _LONGEST:
            yield text
        else:
            cuts = [m.start() for m in _CUT.finditer(text) if _LEAST_CUT <= m.start() <= _LONGEST]
            yield from (_DAY_BEHIND.sub("", text[:end]) for end in reversed(cuts))


def _bare(sentence: str) -> str:
    return _DAY_BEHIND.sub("", _OUTLET.sub("", sentence)).rstrip(".,;: ")


def _is_headline(text: str) -> bool:
    return (
        len(text.split()) >= _SHORTEST
        and not is_furniture(text)
        and not is_torn(text)
        and not _STAMP.search(text)
    )


def clause(sentence: str) -> str:
    """`sentence` without dateline, outlet and trailing attribution, cut at a clause where it is long."""
    text = _OUTLET.sub("", without_dateline(sentence))
    if len(text) > 40:
        text = _REPORTED.sub("", text.rstrip("."))
    if len(text) > _LONGEST:
        cuts = [m.start() for m in _CUT.finditer(text) if 40 <= m.start() <= _LONGEST]
        text = text[: cuts[-1]] if cuts else text[:_LONGEST].rsplit(" ", 1)[0] + "…"
    return text.rstrip(".,;: ") or sentence.strip()


def keywords(filed: Sequence[StoryArticle], count: int = 6) -> tuple[str, ...]:
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
