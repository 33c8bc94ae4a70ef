"""Statements: source, cue and content of direct, indirect and mixed speech.

The model tags what is attributed and to whom (PolNeAR's sense, Newell et al. 2018); quotation marks are exact, so the bounds
of contents snap to them. A quotation that the model leaves out is kept where it is long enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from dateline.reader.model.interface import Attribution, Labelled
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.quotations import Quotation, scan
from dateline.reader.span_index import SpanIndex
from dateline.reader.speakers import Speakers
from dateline.reader.thresholds import thresholds
from dateline.reader.verbs import is_passive
from dateline.records import Mention, Span, Statement, StatementKind

_WORD = re.compile(r"\w[\w'’-]*")
_OPENING = re.compile(r"(?:[\s,;:–—-]|that\b)*", re.IGNORECASE)
_CLOSING = re.compile(r"[\s,;:–—-]*\Z")
_LEAST_WORDS = 3
"""Words of a quotation without an attribution, below which it is a title, a slogan or scare quotes."""
_ENDS = ".!?,…—–"
_GOES_ON = frozenset(["conj", "advcl", "xcomp", "acl"])
"""Relations in which a verb without a doer of its own has that of what it hangs on."""
_NAMES = frozenset(["NOUN", "PROPN", "PRON"])
_CLIMB = 4
_UNTAGGED = 0.5
"""Score of a quotation that the model does not tag."""


def find(document: Document, mentions: Sequence[Mention]) -> tuple[Statement, ...]:
    """The statements of an article in text order. A quotation without a speaker in sight is left unattributed."""
    quotations = scan(document.text, document.sentences)
    finder = _Finder(document, quotations, Speakers(document, mentions, [q.span for q in quotations]))
    return tuple(finder.find())


@dataclass(frozen=True, slots=True)
class _Said:
    """A stretch of content with its attribution, before its speaker is known."""

    span: Span
    kind: StatementKind
    cue: Span | None
    source: Span | None
    score: float


class _Finder:
    """One article's attributions and quotations, joined."""

    def __init__(self, document: Document, quotations: Sequence[Quotation], speakers: Speakers) -> None:
        self._document = document
        self._text = document.text
        self._quotations = quotations
        self._by_content = SpanIndex(
            [q for q in quotations if q.content.start < q.content.end], lambda q: q.content
        )
        self._speakers = speakers

    def find(self) -> list[Statement]:
        """Contents in text order; each pronoun is resolved with the last speaker in mind."""
        attributed = [s for a in self._document.analysis.attributions for s in self._of_attribution(a)]
        said = sorted({(s.span, s.kind): s for s in attributed}.values(), key=lambda s: s.span)
        covered = SpanIndex([s.span for s in said], lambda span: span)
        for quotation in self._quotations:
            if not covered.overlapping(quotation.content.start, quotation.content.end):
                left = self._left_over(quotation)
                if left is not None:
                    said.append(left)
        found: list[Statement] = []
        for item in sorted(said, key=lambda s: (s.span, s.kind)):
            speaker = self._speaker(item, found)
            found.append(
                Statement(item.span, item.kind, item.cue, item.source, speaker, round(item.score, 3))
            )
        return found

    # -------------------------------------------------------------------------------------------- contents

    def _of_attribution(self, attribution: Attribution) -> list[_Said]:
        cue = _span(attribution.cue)
        source = self._source(attribution)
        subject = self._subject(attribution.cue) if attribution.cue is not None and source is None else None
        found = []
        for content in attribution.contents:
            if subject is not None and subject.contains(Span(content.start, content.end)):
                continue  # whom others speak of
            score = min(p.score for p in (attribution.cue, content) if p is not None)
            if score < thresholds().attribution:
                continue
            for span, kind in self._snapped(Span(content.start, content.end)):
                unsure = source is None or score < thresholds().attributed_phrase
                if kind == "indirect" and unsure and self._is_phrase(span):
                    continue
                if cue is not None or source is not None or kind == "direct":
                    found.append(_Said(span, kind, cue, source, score))
        return found

    def _source(self, attribution: Attribution) -> Span | None:
        """The stretch that tells the source, of several in the cue's sentence the one nearest to it; where none is tagged there, the cue's subject."""
        cue = attribution.cue
        tagged = [s for s in attribution.sources if cue is None or self._in_one_sentence(s, cue)]
        if tagged:
            near = min(
                tagged,
                key=lambda s: 0 if cue is None else max(s.start - cue.end, cue.start - s.end),
            )
            source: Span | None = Span(near.start, near.end)
        else:
            source = self._subject(cue) if cue is not None else None
        return source if cue is None or source is None or not self._is_spoken_of(cue, source) else None

    def _in_one_sentence(self, one: Labelled, other: Labelled) -> bool:
        return self._document.sentence_at(one.start) == self._document.sentence_at(other.start)

    def _is_spoken_of(self, cue: Labelled, source: Span) -> bool:
        """True for the subject of a passive cue: who "is expected", "is said" and "was told" is not who says so."""
        found = self._words_at(Span(cue.start, cue.end))
        if found is None:
            return False
        sentence, words = found
        verb = sentence.head_of(words)
        subject = sentence.child(verb, "nsubj", "nsubj:pass")
        more = any(sentence.analysis.upos[w] == "VERB" for w in words if w != verb)
        spoken_of = subject is not None and not more and is_passive(sentence, verb)
        return spoken_of and subject is not None and source.contains(sentence.span([subject]))

    def _subject(self, cue: Labelled) -> Span | None:
        """Who does what the cue tells: its agent, owner or subject, or that of the verb which it goes on from; or None."""
        found = self._words_at(Span(cue.start, cue.end))
        if found is None:
            return None
        sentence, words = found
        doer = _doer(sentence, sentence.head_of(words))
        return sentence.span(sentence.subtree(doer)) if doer is not None else None

    def _snapped(self, content: Span) -> list[tuple[Span, StatementKind]]:
        """A tagged content with its bounds at quotation marks: quotations whole, a reported clause with what it quotes."""
        inner = self._by_content.overlapping(content.start, content.end)
        if not inner:
            span = self._bare(content)
            return [(span, "indirect")] if self._words(span) >= 2 else []
        if all(map(self._stands_alone, inner)) or not self._words_outside(content, inner):
            # quotations that are sentences of their own, and a clause before them
            clause = self._bare(Span(content.start, max(content.start, inner[0].span.start)))
            direct: list[tuple[Span, StatementKind]] = [(q.content, "direct") for q in inner]
            return [(clause, "indirect"), *direct] if self._words(clause) > _LEAST_WORDS else direct
        span = Span(
            min(content.start, *(q.span.start for q in inner)), max(content.end, *(q.span.end for q in inner))
        )
        return [(self._bare(span), "mixed")]

    def _is_phrase(self, span: Span) -> bool:
        """True for a stretch without a verb, or one that begins with "to": rather what was done than what was said."""
        found = self._words_at(span)
        if found is None:
            return True
        sentence, words = found
        return not any(map(sentence.is_verb, words)) or sentence.lower(words[0]) == "to"

    def _words_at(self, span: Span) -> tuple[ParsedSentence, list[int]] | None:
        """The sentence in which a stretch begins, with the stretch's words there, or None where it has none."""
        number = self._document.sentence_at(span.start)
        if number is None:
            return None
        sentence = self._document.clauses[number]
        words = sentence.words_in(span)
        return (sentence, words) if words else None

    def _words(self, span: Span) -> int:
        return len(_WORD.findall(self._text, span.start, span.end))

    def _words_outside(self, content: Span, inner: Sequence[Quotation]) -> int:
        gaps = zip(
            [content.start, *(q.span.end for q in inner)],
            [*(q.span.start for q in inner), content.end],
            strict=True,
        )
        return sum(self._words(Span(start, max(start, end))) for start, end in gaps)

    def _bare(self, span: Span) -> Span:
        """A reported clause without the marks around it and its "that"."""
        text = span.of(self._text)
        opening = _OPENING.match(text)
        start = opening.end() if opening is not None else 0
        closing = _CLOSING.search(text)
        end = closing.start() if closing is not None else len(text)
        return Span(span.start + start, span.start + end) if start < end else span

    def _stands_alone(self, quotation: Quotation) -> bool:
        """True for a quotation that is a sentence, or up to its own comma: “We shall come,” she said."""
        content = quotation.content.of(self._text)
        before = quotation.span.start - 1
        while before >= 0 and self._text[before] in " \t":
            before -= 1
        opens = before < 0 or self._text[before] in '\n.!?:,—–”"' or quotation.continues
        return content[:1].isupper() and (opens or content[-1:] in _ENDS)

    # ------------------------------------------------------------------------------- quotations left over

    def _left_over(self, quotation: Quotation) -> _Said | None:
        """A quotation that no content covers: direct where it is a sentence, else a part of one that tells enough."""
        whole = self._stands_alone(quotation)
        if self._words(quotation.content) < (_LEAST_WORDS if whole else 2 * _LEAST_WORDS):
            return None
        return _Said(quotation.content, "direct" if whole else "mixed", None, None, _UNTAGGED)

    # -------------------------------------------------------------------------------------------- speakers

    def _goes_on(self, item: _Said, told: Span, before: Sequence[Statement]) -> str | None:
        """The speaker of the quotation before, where this one follows it in its paragraph and its source, `told`, stands in a later sentence: that
        is of what comes next."""
        sentences = self._document.sentences
        first = self._document.sentence_at(item.span.start)
        ends = self._document.sentence_at(item.span.end - 1)
        source = self._document.sentence_at(told.start)
        if first is None or ends is None or source is None or source <= ends:
            return None
        if sentences[source].paragraph != sentences[ends].paragraph:
            return focus(self._document, before, first, 1)
        last = self._document.sentence_at(before[-1].content.start) if before else None
        follows = last is not None and first - last <= 1 and before[-1].kind == "direct"
        return focus(self._document, before, first, 0) if follows else None

    def _speaker(self, item: _Said, before: Sequence[Statement]) -> str | None:
        """The name for the source; without one, a quotation goes on with the paragraph's speaker, or that of the one before."""
        place = self._document.sentence_at(item.source.start if item.source else item.span.start)
        if place is None:
            return None
        if item.source is not None:
            goes_on = self._goes_on(item, item.source, before) if item.kind == "direct" else None
            if goes_on is not None:
                return goes_on
            words = self._document.clauses[place].words_in(item.source)
            return (
                self._speakers.resolve(place, words, focus(self._document, before, place), item.span)
                if words
                else None
            )
        return focus(self._document, before, place, 1) if item.kind == "direct" else None


def focus(document: Document, before: Sequence[Statement], number: int, paragraphs: int = 3) -> str | None:
    """The speaker of the last of the statements before sentence `number`, where it stands at most so many paragraphs back."""
    if not before or before[-1].speaker is None:
        return None
    last = document.sentence_at(before[-1].content.start)
    sentences = document.sentences
    if last is None or sentences[number].paragraph - sentences[last].paragraph > paragraphs:
        return None
    return before[-1].speaker


def _doer(sentence: ParsedSentence, word: int) -> int | None:
    """The head of the phrase that tells who does what `word` tells; a participle or a joined verb has the doer of the verb above
    it ("he left, saying …", "she rose and said"), or the noun that it hangs on ("footage of Solt saying")."""
    for step in (word, *islice(sentence.ancestors(word), _CLIMB)):
        if step != word and sentence.analysis.upos[step] in _NAMES:
            return step
        doer = sentence.child(step, "obl:agent", "nmod:poss") if step == word else None
        doer = doer if doer is not None else sentence.child(step, "nsubj", "nsubj:pass")
        if doer is not None:
            return doer
        if sentence.analysis.deprels[step] not in _GOES_ON:
            return None
    return None


def _span(labelled: Labelled | None) -> Span | None:
    return Span(labelled.start, labelled.end) if labelled is not None else None
