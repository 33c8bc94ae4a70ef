"""A story's title and keywords, from its articles."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.keeper import features
from dateline.keeper.document_frequencies import table
from dateline.keeper.sentences import is_furniture, is_torn, leans
from dateline.language.datelines import without_dateline
from dateline.language.stems import singular
from dateline.records import Event, Role, Span, StoryArticle

_LONGEST = 110
_SHORTEST = 3
"""Words of a headline."""
_OPENING = 3
"""Sentences at the head of a report that may stand for a headline where there is none."""
_OUTLET = re.compile(
    r"\s+[|]\s+[^|]{2,40}$|\s+[–—-]\s+(?:(?:The|the|of|on|for|and|&)\s+|[A-Z][\w.’'&]*\s*){1,4}$"
)
_REPORTED = re.compile(r",\s+(?:[\w.’'-]+ ){0,5}(?:said|told|announced|confirmed|reported)\b[^,]*\Z")
_LAPSE = r"(?:,? (?:just|shortly|soon|(?:[\w-]+ )?(?:minutes?|hours?|days?|weeks?|months?|years?)))?"
"""What stands before "after" and belongs to it."""
_CUT = re.compile(rf", |; |: | [-–—] |{_LAPSE} (?=(?:after|amid|because|before|when|while) )|(?<!ed) (?=as )")
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
_SAYS_ON = re.compile(r"\b(?:said|says|told|added|is|was|are|were|comes?|came)\Z")
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|that)\b")
_BEGINS_CLAUSE = re.compile(
    r"\b(?:after|although|as|because|before|how|if|once|since|that|though|until|what|when|where|whereas|whether|while|who|whom|whose|which)\b",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    rf"{_LAPSE},? (?:after|although|as|because|before|how|if|that|though|when|where|whereas|whether|while|who|whom|whose|which)\b"
)
"""What begins a clause: where its predicate is cut off it is left out."""
_BEFORE_BASE = re.compile(
    r"(?: (?:also|can|could|did|do|does|may|might|must|not|now|should|still|to|will|would|\w+ly|\w+n['’]t))+ "
)
"""What may stand between a subject and a predicate that looks like a noun ("will strike", not "the oil spill")."""
_COPULA = re.compile(r"(?:are|has|have|is|was|were|will)\Z")
_FINITE = re.compile(r"\b(?:am|are|had|has|have|is|was|were|will|would|\w+ed)\b|['’](?:m|re|s)\b")
"""What makes "meeting" and "to meet" a predicate of their subject."""
_RUN_IN = re.compile(
    r"\s+(?:By [A-Z][\w ]{3,40} )?[A-Z][A-Z .'’-]{2,40}(?:,[^()\n]{1,30})?\s*\([A-Z][\w ]{1,20}\)"
)
"""A dateline behind a headline that stands on one line with the text."""
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
            leaning = bool(rank) and leans(cut)
            central *= _BLIND if leaning else 1.0
            scored.append((rank + leaning, -central, f.article.published, f.article.id, place, cut))
    if not scored:
        best = own[0]
        return clause(best.article.title or features.headline(best.reading))
    return min(scored)[-1]


@dataclass(frozen=True, slots=True)
class _Opening:
    """A sentence at the head of a report, on one line without dateline: whether it tells anything, as (end of the subject, start, end)
    its predicates that have their subject before them, and where its events end."""

    text: str
    tells: bool
    predicates: tuple[tuple[int, int, int], ...]
    events: tuple[int, ...]

    def is_clause(self, cut: str) -> bool:
        """True where `cut`, with which it begins, holds a subject and its predicate."""
        return any(end <= len(cut) for _, _, end in self.predicates) and not _SAYS_ON.search(cut)

    def whole(self, cut: str) -> str:
        """`cut`, with which it begins, without a clause at its end whose predicate was cut off."""
        open_ends = [m.start() for m in _LEFT_OPEN.finditer(cut)] if len(cut) < len(_bare(self.text)) else []
        if open_ends and not any(open_ends[-1] < end <= len(cut) for end in self.events):
            return cut[: open_ends[-1]]
        return cut

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
        events = tuple(end - less for end in self.events if end >= rest)
        return _Opening(f"{subject} {found['rest']}", self.tells, kept, events)


def _openings(filed: StoryArticle) -> list[_Opening]:
    return [_opening(filed, number, span) for number, span in enumerate(filed.reading.sentences[:_OPENING])]


def _opening(filed: StoryArticle, number: int, span: Span) -> _Opening:
    raw = span.of(filed.article.text)
    text = without_dateline(raw)
    less = len(" ".join(raw.split())) - len(text)
    if run_in := _RUN_IN.search(text):
        text = text[: run_in.start()]

    def place(offset: int) -> int:
        before = raw[: offset - span.start]
        return len(" ".join(before.split())) + (before[-1:].isspace()) - less

    events = [e for e in filed.reading.events if e.sentence == number]
    ends = sorted(place(e.span.end) for e in events)
    cues = {s.cue for s in filed.reading.statements}
    # "As ministers met, rebels ...": what stands before the comma is no clause by itself
    behind = text.find(",") if _SUBORDINATE.match(text) else -1
    predicates = []
    for e in events:
        subject = _subject(e, filed.article.text) or _before_copula(e, span, filed.article.text)
        if subject is None:
            continue
        first, last, start, end = (place(n) for n in (subject.start, subject.end, e.span.start, e.span.end))
        if last > behind and _is_predicate(text, first, last, start, end, e.predicate):
            # "officials said" says nothing without what they said
            told = next((other for other in ends if other > end), end) if e.span in cues else end
            predicates.append((last, start, told))
    return _Opening(text, bool(events) or not filed.reading.events, tuple(predicates), tuple(ends))


def _is_predicate(text: str, first: int, last: int, start: int, end: int, lemma: str) -> bool:
    """True where the words from `start` to `end` are the predicate of a clause that can stand alone, of the subject from `first` to `last`: not
    of "when rebels fled", "for which he apologised" or "experts investigating it"."""
    before = re.split(r"[,;:]| [-–—] ", text[:first])[-1]
    if _BEGINS_CLAUSE.search(before):
        return False
    between = text[last:start]
    if text[start:end] == lemma and not _BEFORE_BASE.fullmatch(between):
        return not between.strip() and text[last - 1] == "s" and "'s" not in text[last - 2 : last]
    finite = not text[start:end].endswith("ing") and not text[:start].endswith(" to ")
    return finite or _FINITE.search(between) is not None


def _subject(event: Event, text: str) -> Span | None:
    """The participant that stands before the predicate as its subject; None where there is none: "the mayor's arrest", "the oil
    spill", "a judge who presided"."""
    found = []
    for a in event.arguments:
        between = text[a.span.end : event.span.start]
        if (
            a.role in _SUBJECTS
            and between
            and not between.startswith(("'s", "’s"))
            and not _RELATIVE.search(between.rsplit(",", 1)[-1])
        ):
            found.append(a.span)
    return max(found, key=lambda s: s.end, default=None)


def _before_copula(event: Event, sentence: Span, text: str) -> Span | None:
    """What stands from the start of the sentence to its "is" or "has", where that is one phrase."""
    before = text[sentence.start : event.span.start]
    if _COPULA.match(event.span.of(text)) and before.strip() and not re.search(r"[,;:]", before):
        return Span(sentence.start, event.span.start - 1)
    return None


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
        for cut in map(known.whole, _cuts(known.text)):
            if known.is_clause(cut):
                # captions name the day in full, a report's first sentences hardly ever
                return 1 + bool(_DAY_BEHIND.search(opening.text.rstrip("."))), cut
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
            forms.setdefault(singular(match.group()), Counter())[match.group()] += 1
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
