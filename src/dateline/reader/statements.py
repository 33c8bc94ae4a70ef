"""Statements: source, cue and content of direct, indirect and mixed speech.

Contents follow PARC and PolNeAR (Newell et al. 2018) in what counts as attribution; the spans are those an editor
would lift: a quotation without its marks, a reported clause without its "that".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.reader.arguments import accused
from dateline.reader.document import Clause, Document
from dateline.reader.quotations import Quotation, scan
from dateline.reader.speakers import Speakers
from dateline.records import Mention, Span, Statement, StatementKind

_WORD = re.compile(r"\w[\w'’-]*")
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
_CLAUSES = ("ccomp", "parataxis", "xcomp", "advcl", "obj", "dep", "root")
_NOMINAL = ("DET", "NUM", "ADJ", "NOUN", "PROPN", "PRON")
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "tomorrow", "yesterday", "week", "month", "year", "day", "morning", "afternoon", "evening", "night"])  # fmt: skip
# characters between a reporting word and its quotation, at most
_REACH = 90
_HEADS = ("NOUN", "PROPN", "PRON", "NUM")
_LABEL = re.compile(r"((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*){0,3}):\s*[\"“]?\Z")
"""A name before a colon, and nothing else up to the quotation."""
_DENIALS = ("not", "never")
# nouns in -ment, -tion … that are bodies and may threaten; the others are happenings
_BODIES = frozenset(["government", "parliament", "department", "administration", "opposition", "coalition", "organisation", "organization", "federation", "commission", "union", "delegation", "association", "corporation", "institution", "establishment", "regiment", "alliance", "authority", "community", "university", "agency", "majority", "minority"])  # fmt: skip
_HAPPENING = re.compile(r"(?:ment|[ts]ion|ness|ity|ance|ence)\Z")
# what stands right before words that are shown or chanted, not said
_SHOWN = re.compile(
    r"\b(?:banners?|placards?|posters?|signs?|stickers?|graffiti|slogans?|billboards?|screens?|T-shirts?|emblazoned|inscribed"
    r"|painted|daubed|bearing|chant(?:s|ed|ing)?)\b(?:(?!\b(?:said|says|told)\b)[^\n.!?“”\"]){0,40}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    speech: frozenset[str]
    thought: frozenset[str]
    infinitive: frozenset[str]
    naming: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    table = tomllib.loads(
        resources.files("dateline.reader").joinpath("reporting.toml").read_text(encoding="utf-8")
    )
    return _Lexicon(*(frozenset(table[name]) for name in ("speech", "thought", "infinitive", "naming")))


@dataclass(frozen=True, slots=True)
class _Report:
    """A reporting word: its sentence and token, its source's tokens, and the tokens of what is reported by the tree."""

    sentence: int
    cue: int
    source: tuple[int, ...]
    content: tuple[int, ...]
    weight: float = 1.0


def find(document: Document, mentions: tuple[Mention, ...]) -> tuple[Statement, ...]:
    """The statements of an article in text order. A quotation without a speaker in sight is left unattributed."""
    quotations = scan(document.text, document.sentences)
    return tuple(_Finder(document, mentions, quotations).find())


class _Finder:
    """One article's quotations and reporting words, joined."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], quotations: Sequence[Quotation]
    ) -> None:
        self._document = document
        self._quotations = quotations
        self._speakers = Speakers(document, mentions)
        self._mentions = mentions
        self._reports = [r for n, c in enumerate(document.clauses) for r in _reports(n, c, quotations)]
        self._found: list[Statement] = []
        self._focus: str | None = None
        self._focus_sentence = -9

    def find(self) -> list[Statement]:
        done: set[int] = set()
        for number, sentence in enumerate(self._document.sentences):
            here = [r for r in self._reports if r.sentence == number]
            quotes = [
                (i, q) for i, q in enumerate(self._quotations)
                if i not in done and sentence.start <= q.content.start < sentence.end
            ]  # fmt: skip
            used = self._reported_clauses(number, here)
            for i, quote in quotes:
                done.add(i)
                if any(s.contains(quote.content) and s != quote.content for s in used):
                    continue
                self._quotation(number, quote, here)
        self._found.sort(key=lambda s: (s.content.start, s.content.end))
        return self._found

    # ------------------------------------------------------------------------------------- reported clauses

    def _reported_clauses(self, number: int, reports: Sequence[_Report]) -> list[Span]:
        """Indirect and mixed speech: clauses under a reporting word that are not wholly a quotation."""
        clause = self._document.clauses[number]
        used: list[Span] = []
        for report in reports:
            span = _clause_span(clause, report, self._document.text)
            if span is None or self._is_quotation(span):
                continue
            inner = [q for q in self._quotations if span.overlaps(q.span)]
            kind: StatementKind = "mixed" if inner else "indirect"
            for q in inner:  # a quotation is taken whole
                if not span.contains(q.span):
                    span = Span(min(span.start, q.span.start), max(span.end, q.span.end))
            if len(_WORD.findall(span.of(self._document.text))) < 2:
                continue
            self._add(number, span, kind, report, report.weight)
            used.append(span)
        return used

    def _is_quotation(self, span: Span) -> bool:
        """True where all words of a span stand in one quotation."""
        for q in self._quotations:
            if q.span.overlaps(span):
                outside = (
                    self._document.text[span.start : max(span.start, q.span.start)]
                    + self._document.text[min(span.end, q.span.end) : span.end]
                )
                if len(_WORD.findall(outside)) == 0:
                    return True
        return False

    # ------------------------------------------------------------------------------------------ quotations

    def _quotation(self, number: int, quote: Quotation, reports: Sequence[_Report]) -> None:
        text = self._document.text
        words = _WORD.findall(quote.content.of(text))
        if not words or self._is_shown(number, quote):
            return
        report = self._cue_of(number, quote, reports)
        whole = self._stands_alone(quote)
        if report is None and not whole:
            return self._fragment(number, quote, words)
        if report is None and len(words) < 3 and self._focus_sentence < number - 1:
            return None  # a shout or a slogan
        kind: StatementKind = "direct" if whole or self._is_sentence_like(quote, words) else "mixed"
        if kind == "mixed" and report is not None and len(words) < 2 and not self._names(report):
            return None
        return self._add(number, quote.content, kind, report, 1.0 if report else 0.6)

    def _is_shown(self, number: int, quote: Quotation) -> bool:
        """True for the words of a banner or a chant: nobody's statement."""
        start = self._document.sentences[number].start
        return _SHOWN.search(self._document.text[start : quote.span.start].rstrip(" :,")) is not None

    def _fragment(self, number: int, quote: Quotation, words: Sequence[str]) -> None:
        """A quoted fragment in a sentence without a reporting word: somebody's words only where it is long enough."""
        if len(words) >= 4 and not _is_title(words):
            kind: StatementKind = "direct" if self._is_sentence_like(quote, words) else "mixed"
            self._add(number, quote.content, kind, None, 0.4)

    def _names(self, report: _Report) -> bool:
        clause = self._document.clauses[report.sentence]
        return clause.analysis.lemmas[report.cue].lower() in _lexicon().naming

    def _stands_alone(self, quote: Quotation) -> bool:
        """True where the quotation is a sentence by itself or up to its own comma: “We shall come,” she said."""
        text = self._document.text
        content = quote.content.of(text)
        before = text[: quote.span.start].rstrip(" \t")
        opens = not before or before[-1] in '\n.!?:,—–”"' or quote.continues
        closes = content[-1:] in ".!?,…—–" or not text[quote.span.end :].strip()
        starts_upper = content[:1].isupper() or content[:1] in "…(‘'" or content[:1].isdigit()
        return closes and (opens or starts_upper) and (starts_upper or before[-1:] in ',—–”"' or not before)

    def _is_sentence_like(self, quote: Quotation, words: Sequence[str]) -> bool:
        """True where a quotation without an end of its own still has a subject and a finite verb: she said “it is over”."""
        if len(words) < 3:
            return False
        number = self._sentence_of(quote.content.start)
        if number is None:
            return False
        clause = self._document.clauses[number]
        inside = clause.words_in(quote.content)
        text = quote.content.of(self._document.text)
        return text[:1].isupper() and any(
            clause.analysis.deprels[w] in _SUBJECTS and clause.analysis.heads[w] in inside for w in inside
        )

    def _sentence_of(self, offset: int) -> int | None:
        return next((i for i, s in enumerate(self._document.sentences) if s.start <= offset < s.end), None)

    def _cue_of(self, number: int, quote: Quotation, reports: Sequence[_Report]) -> _Report | None:
        """The reporting word that goes with a quotation: of its sentence, the nearest outside the quotation; else of the
        sentence it ends in; else one before it that ends in a colon."""
        clause = self._document.clauses[number]
        outside = [r for r in reports if not self._quoted(r)]
        if outside:
            nearest = min(outside, key=lambda r: self._distance(clause, r, quote))
            return nearest if self._reaches(clause, nearest, quote) else None
        last = self._sentence_of(quote.span.end - 1)
        if last is not None and last != number:
            after = [r for r in self._reports if r.sentence == last and not self._quoted(r)]
            if after:
                return after[0]
        after_quote = self._sentence_after(quote)
        if after_quote is not None:
            after = [
                r for r in self._reports if r.sentence == after_quote and not self._quoted(r) and r.cue <= 4
            ]
            between = self._document.text[quote.span.end : self._document.sentences[after_quote].start]
            if after and "\n" not in between and quote.content.of(self._document.text)[-1:] in ",?!—":
                return after[0]
        if number and self._document.text[: quote.span.start].rstrip().endswith(":"):
            before = [r for r in self._reports if r.sentence == number - 1 and not self._quoted(r)]
            if before:
                return before[-1]
        return None

    def _sentence_after(self, quote: Quotation) -> int | None:
        return next((i for i, s in enumerate(self._document.sentences) if s.start >= quote.span.end), None)

    def _quoted(self, report: _Report) -> bool:
        start = self._document.clauses[report.sentence].tokens[report.cue].start
        return any(q.span.start <= start < q.span.end for q in self._quotations)

    def _reaches(self, clause: Clause, report: _Report, quote: Quotation) -> bool:
        """True where nothing but the quotation's own sentence parts a reporting word from it: a banner's words behind
        "Peskov spoke as screens were put up, …" are not his."""
        return self._distance(clause, report, quote)[1] <= _REACH or any(
            w in report.content for w in clause.words_in(quote.content)
        )

    def _distance(self, clause: Clause, report: _Report, quote: Quotation) -> tuple[int, int]:
        """How far a reporting word is from a quotation, nearer ones in other clauses behind: "called it ‘theft’ and said"."""
        token = clause.tokens[report.cue]
        before = token.end <= quote.span.start
        gap = Span(token.end, quote.span.start) if before else Span(quote.span.end, token.start)
        joined = any(clause.analysis.upos[w] in ("CCONJ", "SCONJ") for w in clause.words_in(gap))
        return int(joined) + int(gap.end - gap.start > 60), abs(gap.end - gap.start)

    # ----------------------------------------------------------------------------------------------- speakers

    def _add(
        self, number: int, span: Span, kind: StatementKind, report: _Report | None, score: float
    ) -> None:
        cue = source = None
        speaker = None
        if report is not None:
            clause = self._document.clauses[report.sentence]
            cue = Span(clause.tokens[report.cue].start, clause.tokens[report.cue].end)
            if report.source:
                source = clause.span(report.source)
                speaker = self._speakers.resolve(
                    report.sentence, list(report.source), self._current_focus(number)
                )
            elif kind == "direct":
                speaker = self._current_focus(number)
        else:
            source = self._label(number, span)
            if source is None:
                speaker = self._floating(number, span)
            else:
                words = self._document.clauses[number].words_in(source)
                speaker = self._speakers.resolve(number, list(words), None) if words else None
        if speaker is not None:
            self._focus, self._focus_sentence = (
                speaker,
                number if report is None else max(number, report.sentence),
            )
        self._found.append(Statement(span, kind, cue, source, speaker, score))

    def _label(self, number: int, span: Span) -> Span | None:
        """The name that opens the line of a quotation, as transcripts have it: `Rowan: "No."`."""
        text = self._document.text
        start = max(self._document.sentences[number].start, text.rfind("\n", 0, span.start) + 1)
        label = _LABEL.match(text[start : span.start])
        return Span(start + label.start(1), start + label.end(1)) if label is not None else None

    def _current_focus(self, number: int) -> str | None:
        return self._focus if number - self._focus_sentence <= 4 else None

    def _floating(self, number: int, span: Span) -> str | None:
        """The speaker of a quotation that names none: whoever spoke or acted just before it, in this paragraph or the
        sentence before; None rather than a guess."""
        sentences = self._document.sentences
        here = sentences[number].paragraph
        for back in range(number, max(-1, number - 3), -1):
            if back != number and (here - sentences[back].paragraph > 1):
                break
            if back == self._focus_sentence:
                return self._focus
            subject = self._speakers.subject_in_focus(back)
            if subject is not None and sentences[back].paragraph == here:
                return subject
        return None


# ------------------------------------------------------------------------------------------------ reporting words


def _reports(number: int, clause: Clause, quotations: Sequence[Quotation]) -> list[_Report]:
    """The reporting words of a sentence with their sources and contents."""
    lexicon = _lexicon()
    found = []
    for word, lemma in enumerate(clause.analysis.lemmas):
        lemma = lemma.lower()
        if lemma in ("according", "accord") or clause.lower(word) == "according":
            report = _according(number, clause, word)
        elif (
            clause.analysis.upos[word] == "VERB"
            and lemma in lexicon.speech | lexicon.thought | lexicon.naming | lexicon.infinitive
        ):
            report = _spoken(number, clause, word, lemma, quotations)
        else:
            continue
        if report is not None:
            found.append(report)
    return found


def _spoken(
    number: int, clause: Clause, word: int, lemma: str, quotations: Sequence[Quotation]
) -> _Report | None:
    lexicon = _lexicon()
    source = _source(clause, word)
    if source and not any(_may_speak(clause, w) for w in source):
        return None
    if lemma == "threaten" and source and _is_happening(clause, source):
        return None
    content = _content(clause, word, lemma, quotations)
    if not content and lemma not in lexicon.speech | lexicon.naming:
        return None
    if lemma in lexicon.thought and lemma not in lexicon.speech and (not content or not source):
        return None
    if (
        clause.children(word, "aux:pass")
        and not clause.children(word, "obl:agent")
        and lemma not in ("tell", "inform", "quote", "remind", "warn")
    ):
        source = []
    weight = 1.0 if lemma in lexicon.speech else 0.6
    return _Report(number, word, tuple(source), tuple(content), weight)


def _source(clause: Clause, word: int) -> list[int]:
    """The tokens of who says it: the subject, its own or shared with a verb before; the agent of a passive."""
    agent = clause.child(word, "obl:agent")
    if agent is not None:
        return [
            w
            for w in clause.subtree(agent)
            if clause.analysis.deprels[w] != "case" or clause.analysis.heads[w] != agent
        ]
    current: int | None = word
    for _ in range(4):
        if current is None:
            break
        subject = clause.child(current, *_SUBJECTS)
        if subject is not None:
            words = clause.subtree(subject)
            # a relative pronoun stands for the noun it hangs on
            if (
                len(words) == 1
                and clause.lower(subject) in ("who", "which", "that")
                and clause.analysis.deprels[current] in ("acl", "acl:relcl")
            ):
                return clause.subtree(
                    clause.analysis.heads[current],
                    without=frozenset(("acl", "acl:relcl", "punct", "appos", "conj", "cc")),
                )
            return _widened(clause, current, [w for w in words if w != current])
        relation, head = clause.analysis.deprels[current], clause.analysis.heads[current]
        object_in_control = accused(clause, current, head) if head >= 0 else None
        if object_in_control is not None:
            return clause.subtree(
                object_in_control, without=frozenset(("acl", "acl:relcl", "advcl", "punct"))
            )
        if relation in ("acl", "acl:relcl"):
            return clause.subtree(
                clause.analysis.heads[current], without=frozenset(("acl", "acl:relcl", "punct", "case"))
            )
        current = (
            clause.analysis.heads[current]
            if relation in ("conj", "advcl", "xcomp", "parataxis") and clause.analysis.heads[current] >= 0
            else None
        )
    return _widened(clause, word, [])


def _may_speak(clause: Clause, word: int) -> bool:
    """False for what names a day or a count: "on Friday threatened" has no speaker called Friday."""
    return clause.analysis.upos[word] in ("NOUN", "PROPN", "PRON", "ADJ") and clause.lower(word) not in _DAYS


def _is_happening(clause: Clause, source: Sequence[int]) -> bool:
    """True where a phrase's head is a happening: "the encirclement threatened to …" says nothing."""
    head = next((w for w in source if clause.analysis.heads[w] not in source), source[-1])
    lemma = clause.analysis.lemmas[head].lower()
    return clause.analysis.upos[head] == "NOUN" and lemma not in _BODIES and bool(_HAPPENING.search(lemma))


def _widened(clause: Clause, cue: int, source: list[int]) -> list[int]:
    """A source with what the tree tore off it: "the premier, Lize Lindner, said" whole; the noun phrase that touches the
    cue where the tree gives no subject ("… , one teacher whispered", "…,” said Nell Harker of the bakery")."""
    upos = clause.analysis.upos
    if not source:
        left = cue - 1
        while left >= 0 and upos[left] in (*_NOMINAL, "ADV", "AUX"):
            left -= 1
        run = [w for w in range(left + 1, cue) if upos[w] in _NOMINAL]
        if any(upos[w] in _HEADS for w in run):
            return run
        right = cue + 1
        while right < len(upos) and upos[right] in _NOMINAL:
            right += 1
        run = list(range(cue + 1, right))
        inverted = cue > 0 and upos[cue - 1] == "PUNCT"
        return run if inverted and any(upos[w] in ("NOUN", "PROPN") for w in run) else []
    first, last = min(source), max(source)
    if (
        last < cue
        and all(upos[w] not in ("VERB", "SCONJ") for w in range(last + 1, cue))
        and cue - last <= 14
    ):
        run = list(range(first, cue))
        while run and (upos[run[-1]] in ("PUNCT", "ADV", "AUX", "PART", "CCONJ")):
            run.pop()
        return run
    if first > cue and upos[last] in ("NOUN", "PROPN"):
        while last + 1 < len(upos) and upos[last + 1] == "PROPN":
            last += 1
        return list(range(first, last + 1))
    return source


def _content(clause: Clause, word: int, lemma: str, quotations: Sequence[Quotation]) -> list[int]:
    """The tokens of what is reported: the complement clause, or the clause that the reporting one is set into."""
    lexicon = _lexicon()
    for relation in ("ccomp", "parataxis", "xcomp"):
        for child in clause.children(word, relation):
            if relation == "xcomp" and lemma not in lexicon.infinitive:
                continue
            if relation == "parataxis" and not _comma_between(clause, word, child):
                continue
            words = _without(clause, clause.subtree(child), word)
            behind = [w for w in words if w > word and clause.analysis.upos[w] != "PUNCT"]
            if behind and clause.lower(behind[0]) in ("which", "who") and clause.lower(word + 1) == ",":
                continue  # "It will open, she added, which …": what is told stands before
            return words
    relation, head = clause.analysis.deprels[word], clause.analysis.heads[word]
    if relation == "conj" and clause.child(word, "nsubj") is not None and clause.child(word, "cc") is None:
        relation = "parataxis"  # two clauses side by side without a conjunction
    if (
        head >= 0
        and relation in ("parataxis", "ccomp", "advcl", "dep")
        and lemma in lexicon.speech | lexicon.thought
    ):
        own = set(clause.subtree(word))
        rest = [w for w in clause.subtree(head) if w not in own]
        first = min(own)
        set_off = clause.analysis.upos[first] == "PUNCT" or clause.analysis.upos[first - 1] == "PUNCT"
        last = max(w for w in own if clause.analysis.upos[w] != "PUNCT" or w == word)
        before, after = [w for w in rest if w < first], [w for w in rest if w > last]
        if before and set_off and relation in ("parataxis", "dep"):
            return before  # "It will open, officials said"
        if (
            before
            and set_off
            and relation == "advcl"
            and head in after
            and not clause.children(word, "mark", "advmod")
        ):
            return after  # "The aim, officials say, is a warning"
    return []


def _comma_between(clause: Clause, a: int, b: int) -> bool:
    low, high = sorted((a, b))
    return any(clause.lower(w) in (",", ":", "“", "”", '"', "``", "''", "—", "–") for w in range(low, high))


def _without(clause: Clause, words: list[int], reporter: int) -> list[int]:
    """A run of words without a reporting clause set into it ("The deal, he said, was dead")."""
    return [w for w in words if w != reporter]


def _according(number: int, clause: Clause, word: int) -> _Report | None:
    """ "… , according to X": the source stands behind, the content is the sentence's main clause."""
    if word + 1 >= len(clause.tokens) or clause.lower(word + 1) != "to":
        return None
    head = next(
        (
            w
            for w in range(word + 2, len(clause.tokens))
            if word in clause.children(w) or word + 1 in clause.children(w)
        ),
        None,
    )
    if head is None:
        head = clause.analysis.heads[word] if clause.analysis.heads[word] > word else None
    if head is None:
        return None
    last = max(clause.subtree(head))
    while last + 1 < len(clause.tokens) and clause.analysis.upos[last + 1] in _NOMINAL:
        last += 1
    source = list(range(word + 2, last + 1))
    phrase = set(source) | {word, word + 1}
    above = clause.analysis.heads[head]
    if above < 0 or not source:
        return None
    content = [w for w in clause.subtree(above) if w not in phrase]
    before = [w for w in content if w < word]
    content = (
        before
        if before and len(before) >= len(content) / 2
        else [w for w in content if w > max(source)] or before
    )
    return _Report(number, word, tuple(source), tuple(content))


def _clause_span(clause: Clause, report: _Report, text: str) -> Span | None:
    """The characters of a reported clause: without its complementizer, its outer marks and its final stop."""
    words = [w for w in report.content if w not in report.source]
    cut = report.cue
    after, before = [w for w in words if w > cut], [w for w in words if w < cut]
    words = after if len(after) >= len(before) else before
    while words and (
        clause.lower(words[0]) in ("that", ":", ",", "–", "—")
        or (
            clause.analysis.upos[words[0]] == "PUNCT"
            and clause.lower(words[0]) not in ('"', "“", "‘", "(", "$", "``")
        )
    ):
        words = words[1:]
    while (
        words
        and clause.analysis.upos[words[-1]] == "PUNCT"
        and clause.lower(words[-1]) not in ('"', "”", "’", ")", "''")
    ):
        words = words[:-1]
    if words and after and words[0] == after[0] and clause.lower(words[0] - 1) in _DENIALS:
        words = [words[0] - 1, *words]  # the tree hangs "never" on "vowed" in "vowed never to sign"
    return clause.span(words) if words else None


def _is_title(words: Sequence[str]) -> bool:
    """True where all words of some length are capitalised, as in the name of a book or an operation."""
    long = [w for w in words if len(w) > 3]
    return bool(long) and all(w[0].isupper() for w in long)
