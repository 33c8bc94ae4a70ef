"""Statements: source, cue and content of direct, indirect and mixed speech.

The model tags what is attributed and to whom (PolNeAR's sense, Newell et al. 2018); quotation marks are exact, so the bounds
of contents snap to them. A quotation that the model leaves out is kept where it can be told whose it is.
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
from dateline.reader.speakers import Speakers, to_its_noun
from dateline.reader.thresholds import thresholds
from dateline.reader.verbs import is_passive
from dateline.records import Mention, Span, Statement, StatementKind

_WORD = re.compile(r"\w[\w'’-]*")
_OPENING = re.compile(r"(?:[\s,;:–—-]|that\b|how\b(?! (?:many|much|long)))*", re.IGNORECASE)
_CLOSING = re.compile(r"[\s,;:–—-]*\Z")
_LEAST_WORDS = 3
"""Words of a quotation without an attribution, below which it is a title, a slogan or scare quotes."""
_ENDS = ".!?,…—–"
_GOES_ON = frozenset(["conj", "advcl", "xcomp", "acl"])
"""Relations in which a verb without a doer of its own has that of what it hangs on."""
_NAMES = frozenset(["NOUN", "PROPN", "PRON"])
_NOBODY = re.compile(r"(?:[Nn]obody|[Nn]o[ -]one|[Nn]one|[Nn]ot one|[Nn]either)\b|[Nn]o [a-z]")
_TOLD = frozenset(
    """advise allege anticipate assume assure believe deem estimate expect forecast inform order predict presume report rumour
    say suppose tell think understand urge warn""".split()  # noqa: SIM905
)
"""Verbs whose passive is about what others say or think: who "is expected", "is said" and "was told" is not who says so."""
_SAYS_MORE = frozenset(["VERB", "ADJ"])
_SEEMING = frozenset(["appear", "look", "prove", "seem"])
"""Verbs that attribute nothing to their subject."""
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
        self._by_content = SpanIndex(quotations, lambda q: q.content)
        self._by_cue = SpanIndex(
            [(Span(a.cue.start, a.cue.end), a) for a in document.analysis.attributions if a.cue is not None],
            lambda item: item[0],
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
        contents = attribution.contents
        if source is not None:
            verb = self._told_of(cue, source) if cue is not None else None
            if verb in _SEEMING or _NOBODY.match(self._text, source.start, source.end):
                return []  # what nobody says
            if verb is not None:
                contents = tuple(c for c in contents if not source.contains(Span(c.start, c.end)))
                source = None
        found = []
        for content in contents:
            parts = [p.score for p in (attribution.cue, content) if p is not None]
            if min(parts) < thresholds().attribution:
                continue
            for span, kind in self._snapped(Span(content.start, content.end)):
                if cue is None and source is None:
                    if kind != "direct":
                        continue
                    beside = self._beside(span)
                    found.append(_Said(span, kind, *beside, min(parts)))
                else:
                    found.append(_Said(span, kind, cue, source, min(parts)))
        return found

    def _source(self, attribution: Attribution) -> Span | None:
        """The stretch that tells the source, of several the one nearest to the cue; where none is tagged, the cue's subject."""
        cue = attribution.cue
        if not attribution.sources:
            return self._subject(cue) if cue is not None else None
        near = min(
            attribution.sources,
            key=lambda s: 0 if cue is None else max(s.start - cue.end, cue.start - s.end),
        )
        return self._to_its_noun(Span(near.start, near.end))

    def _to_its_noun(self, source: Span) -> Span:
        """A source that breaks off before its noun ("the", "Karst" of "Karst Bakers") with all up to that noun."""
        number = self._document.sentence_at(source.start)
        if number is None:
            return source
        sentence = self._document.clauses[number]
        words = sentence.words_in(source)
        whole = to_its_noun(sentence, words) if words else words
        return Span(source.start, sentence.tokens[whole[-1]].end) if whole != words else source

    def _told_of(self, cue: Span, source: Span) -> str | None:
        """The lemma of the cue's verb where the source is the subject of a passive about what others say or think, or of what
        only seems; None elsewhere, and where the subject says it after all ("seemed to admit", "was reported as saying")."""
        number = self._document.sentence_at(cue.start)
        words = self._document.clauses[number].words_in(cue) if number is not None else []
        if number is None or not words:
            return None
        sentence = self._document.clauses[number]
        verb = sentence.head_of(words)
        subject = sentence.child(verb, "nsubj", "nsubj:pass")
        lemma = sentence.analysis.lemmas[verb].lower()
        if subject is None or not source.contains(sentence.span([subject])):
            return None
        if any(sentence.analysis.upos[w] in _SAYS_MORE for w in words if w != verb):
            return None
        passive = lemma in _TOLD and is_passive(sentence, verb)
        return lemma if lemma in _SEEMING or passive else None

    def _subject(self, cue: Labelled) -> Span | None:
        """Who does what the cue tells: its agent, owner or subject, or that of the verb which it goes on from; or None."""
        number = self._document.sentence_at(cue.start)
        if number is None:
            return None
        sentence = self._document.clauses[number]
        words = sentence.words_in(Span(cue.start, cue.end))
        doer = _doer(sentence, sentence.head_of(words)) if words else None
        return sentence.span(sentence.subtree(doer)) if doer is not None else None

    def _snapped(self, content: Span) -> list[tuple[Span, StatementKind]]:
        """A tagged content with its bounds at quotation marks: quotations whole, a reported clause with what it quotes."""
        near = self._by_content.overlapping(content.start, content.end)
        inner = [q for q in near if self._shares(q, content)]
        if not inner:
            span = self._bare(content)
            return [(span, "indirect")] if len(_WORD.findall(span.of(self._text))) >= 2 else []
        if not self._words_outside(content, inner):
            return [(q.content, "direct") for q in inner]
        whole = [q for q in inner if self._stands_alone(q)]
        if len(whole) == len(inner):
            # quotations that are sentences of their own beside a reported clause
            rest = self._rest(content, inner)
            return [(q.content, "direct") for q in whole] + [(span, "indirect") for span in rest]
        span = Span(
            min(content.start, *(q.span.start for q in inner)), max(content.end, *(q.span.end for q in inner))
        )
        return [(self._bare(span), "mixed")]

    def _shares(self, quotation: Quotation, content: Span) -> bool:
        """True where the content holds words of the quotation, and more than a stray one."""
        low, high = max(quotation.content.start, content.start), min(quotation.content.end, content.end)
        if high <= low:
            return False
        shared = len(_WORD.findall(self._text[low:high]))
        return shared >= 2 or 2 * shared >= len(_WORD.findall(quotation.content.of(self._text)))

    def _words_outside(self, content: Span, inner: Sequence[Quotation]) -> int:
        position, words = content.start, 0
        for quotation in inner:
            words += len(_WORD.findall(self._text[position : max(position, quotation.span.start)]))
            position = max(position, quotation.span.end)
        return words + len(_WORD.findall(self._text[position : max(position, content.end)]))

    def _rest(self, content: Span, inner: Sequence[Quotation]) -> list[Span]:
        """What of a content stands before its quotations, where that is a clause; and behind them."""
        edges = [Span(content.start, inner[0].span.start), Span(inner[-1].span.end, content.end)]
        spans = [self._bare(edge) for edge in edges if edge.start < edge.end]
        return [span for span in spans if len(_WORD.findall(span.of(self._text))) >= 4]

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
        """A quotation that no content covers: speech where it is a clause that ends as one, else nobody's words."""
        words = _WORD.findall(quotation.content.of(self._text))
        if len(words) < _LEAST_WORDS or not self._is_clause(quotation):
            return None
        whole = self._stands_alone(quotation)
        if not whole and len(words) < 2 * _LEAST_WORDS:
            return None
        cue, source = self._beside(quotation.span)
        return _Said(quotation.content, "direct" if whole else "mixed", cue, source, _UNTAGGED)

    def _is_clause(self, quotation: Quotation) -> bool:
        """True where the quotation holds a verb with a subject, or is closed by a mark of its own inside."""
        number = self._document.sentence_at(quotation.content.start)
        if number is None:
            return False
        sentence = self._document.clauses[number]
        words = sentence.words_in(quotation.content)
        relations = {sentence.analysis.deprels[w] for w in words}
        return (
            bool(relations & {"nsubj", "nsubj:pass", "expl"})
            or quotation.content.of(self._text)[-1:] in ".!?"
        )

    def _beside(self, quotation: Span) -> tuple[Span | None, Span | None]:
        """Cue and source of an attribution in the quotation's own sentence, outside the marks, or in one that leads up to it by a
        colon."""
        number = self._document.sentence_at(quotation.end - 1)
        first = self._document.sentence_at(quotation.start)
        if number is None or first is None:
            return None, None
        sentences = self._document.sentences
        within = sentences[number].span
        if first and sentences[first - 1].span.of(self._text).endswith(":"):
            within = sentences[first - 1].span
        near = [
            (cue, a)
            for cue, a in self._by_cue.starting(within.start, within.end)
            if not quotation.overlaps(cue)
        ]
        if not near:
            return None, None
        cue, best = min(near, key=lambda item: abs(item[0].start - quotation.end))
        return cue, self._source(best)

    # -------------------------------------------------------------------------------------------- speakers

    def _speaker(self, item: _Said, before: Sequence[Statement]) -> str | None:
        """The name for the source; without one, a quotation goes on with the paragraph's speaker, or that of the one before."""
        place = self._document.sentence_at(item.source.start if item.source else item.span.start)
        if place is None:
            return None
        if item.source is not None:
            words = self._document.clauses[place].words_in(item.source)
            return (
                self._speakers.resolve(place, words, focus(self._document, before, place)) if words else None
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
