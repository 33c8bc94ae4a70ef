"""What is announced and yet no expectation: the denied, the imagined, the general; and how likely the rest is one."""

from __future__ import annotations

import re

from dateline.reader import wording
from dateline.reader.candidate import Candidate
from dateline.reader.dated_sentence import CONDITIONS, DatedSentence, Timed
from dateline.reader.expectation_cues import cues
from dateline.reader.realis import is_general, is_indefinite
from dateline.reader.verbs import verb_group
from dateline.records import (
    Interval,
)

_OPENERS = frozenset(["if", "unless", "whether", "before", "until", "when", "whenever", "how", "why", "once"])
_PEOPLE = frozenset(["people", "residents", "drivers", "travellers", "travelers", "passengers", "visitors", "readers", "viewers", "customers", "motorists", "parents", "anyone", "everyone", "you", "fans", "commuters", "voters"])  # fmt: skip


class JudgedSentence(DatedSentence):
    """A sentence with its times, by which what it announces is refused or weighed."""

    def _is_refused(self, candidate: Candidate) -> bool:
        """True for what is denied, imagined, asked or always so."""
        clause = self.clause
        trigger = candidate.trigger
        lemma = clause.analysis.lemmas[trigger].lower()
        above = self.holders.reporting_verb(clause, candidate)
        if above is not None and clause.analysis.lemmas[above].lower() in cues().denying:
            rule = clause.analysis.lemmas[above].lower() == "rule"
            if not rule or clause.child(above, "compound", "compound:prt", "advmod") is not None:
                return True
        if any(clause.analysis.lemmas[a].lower() in ("deny", "dismiss") for a in clause.ancestors(trigger)):
            return True
        if any(
            clause.lower(c) in cues().habit and clause.lower(c) not in ("never", "ever")
            for c in clause.children(trigger, "advmod")
        ):
            return True
        if clause.tokens[-1].text == "?" and not self.holders.reported(self.number, clause, candidate):
            return True
        if self._is_condition(min(trigger, candidate.cue)):
            return True
        if (
            clause.lower(candidate.cue) in ("will", "'ll", "would", "wo")
            and lemma == "have"
            and clause.child(trigger, "xcomp") is not None
        ):
            return not self.times
        if lemma == "need" and candidate.kind == "modal":
            return True
        if candidate.kind == "modal" and not self.times and self._is_supposed(candidate):
            return True
        if candidate.cue and clause.lower(candidate.cue - 1) in ("than", "as"):
            return True
        if clause.analysis.lemmas[candidate.cue].lower() == "threaten" and not self._is_willed(candidate):
            return True
        if clause.lower(candidate.cue) in ("would", "'d", "’d"):
            if not self.holders.reported(self.number, clause, candidate) and not self._is_narrated(candidate):
                return True
            if self._is_quoted(candidate) and above is None:
                return True
        return False

    def _is_supposed(self, candidate: Candidate) -> bool:
        """True for a guess at what has been ("will have turned") and for what a plan would entail ("a text that would …")."""
        clause, cue = self.clause, candidate.cue
        if clause.lower(cue) in ("will", "'ll", "’ll"):
            return cue + 1 < candidate.trigger and clause.lower(cue + 1) == "have"
        return clause.lower(cue) in ("would", "'d", "’d") and bool(
            cue and clause.lower(cue - 1) in ("which", "that")
        )

    def _is_willed(self, candidate: Candidate) -> bool:
        """True where somebody threatens, not something: "the strike threatened to undermine" is no threat."""
        clause = self.clause
        words = wording.subject_words(clause, candidate.cue)
        head = candidate.holder if candidate.holder is not None else wording.head_of(clause, words)
        if head is not None and (clause.analysis.upos[head] in ("PRON", "PROPN")):
            return clause.lower(head) != "it"
        return head is not None and bool(
            re.search(
                r"(?:s|men|people|police|army|unions?|government|company|party|group|leader|minister)\Z",
                clause.lower(head),
            )
        )

    def _is_narrated(self, candidate: Candidate) -> bool:
        """True for "would" that goes on with what was said before, and tells a day: "Payments would start on Monday"."""
        timed = self._time_of(candidate, [candidate], set())
        if timed is None or self._inverted():
            return False
        return (
            not any(self._is_condition(c) for c in self.clause.children(candidate.trigger, "advcl"))
            and timed.time.type == "DATE"
        )

    def _inverted(self) -> bool:
        return self.clause.lower(0) in ("were", "had", "should") and len(self.clause.tokens) > 3

    def _is_condition(self, word: int) -> bool:
        """True where the predicate stands in a clause with "if", "when", "before" and the like."""
        clause = self.clause
        for w in range(word - 1, -1, -1):
            text = clause.lower(w)
            if text in _OPENERS:
                return not (text == "as" or (w == 0 and text in ("were", "had")))
            if text in (",", ";", ":", "“", "”", '"', "that", "then") or wording.is_finite(clause, w):
                return False
        return False

    def _is_conditional(self, candidate: Candidate) -> bool:
        clause = self.clause
        reach = [candidate.trigger, candidate.cue]
        reach += [
            a
            for a in clause.ancestors(candidate.trigger)
            if clause.analysis.deprels[candidate.trigger] == "conj"
        ][:1]
        for word in reach:
            for child in clause.children(word, "advcl"):
                if any(clause.lower(m) in CONDITIONS for m in clause.children(child, "mark")):
                    return True
        # the tree may hang the condition elsewhere: an "if" before the trigger in the same sentence
        return any(
            clause.lower(w) == "if"
            and clause.analysis.deprels[w] == "mark"
            and (w == 0 or clause.lower(w - 1) not in ("as", "even", "asked"))
            for w in range(candidate.trigger)
        ) and not self._is_condition(min(candidate.trigger, candidate.cue))

    def _is_quoted(self, candidate: Candidate) -> bool:
        offset = self.clause.tokens[candidate.trigger].start
        return self.holders.in_direct_quote(offset)

    def _score(
        self, candidate: Candidate, window: Interval | None, timed: Timed | None, conditional: bool
    ) -> float:
        """How likely the candidate is an expectation, in [0, 1]."""
        clause, trigger = self.clause, candidate.trigger
        lemma = clause.analysis.lemmas[trigger].lower()
        subject = self._subject(candidate)
        if candidate.kind == "present":
            return self._score_of_present(candidate, window, timed)
        if candidate.negated:
            return 0.6 if window is not None else 0.2
        if (
            window is not None
            and timed is not None
            and timed.before == "for"
            and timed.time.type == "DURATION"
            and not self._is_definite(subject)
        ):
            return 0.2
        if window is not None:
            if (
                clause.lower(candidate.cue) == "should"
                and subject is not None
                and clause.lower(subject) in _PEOPLE
            ):
                return 0.2
            return {"certain": 0.95, "expected": 0.9, "possible": 0.75, "conditional": 0.8}[
                candidate.strength
            ]
        general = is_general(clause, trigger, verb_group(clause, trigger))
        if general or (subject is not None and clause.lower(subject) in _PEOPLE):
            return 0.15
        if candidate.kind in ("object", "dated noun", "moved", "fragment"):
            return 0.3
        if clause.lower(candidate.cue) == "should":
            return 0.2
        named = self._is_definite(subject)
        if conditional:
            return 0.7 if named else 0.3
        if timed is not None and timed.time.type == "DURATION":
            return 0.3
        score = {"modal": 0.45, "be to": 0.3, "raising": 0.4, "intention": 0.4}.get(candidate.kind, 0.3)
        score += 0.15 if named else -0.2
        score += 0.05 if self.holders.reported(self.number, clause, candidate) else 0.0
        score += (
            0.05 if candidate.strength == "certain" else -0.05 if candidate.strength == "possible" else 0.0
        )
        if lemma in cues().stative or clause.child(trigger, "cop") is not None:
            score -= 0.25
        if candidate.past and candidate.kind != "modal":
            score -= 0.1
        return score

    def _score_of_present(self, candidate: Candidate, window: Interval | None, timed: Timed | None) -> float:
        if window is None or timed is None or timed.time.interval is None or candidate.negated:
            return 0.0
        timetabled = self.clause.analysis.lemmas[candidate.trigger].lower() in cues().timetabled
        start = window.start if timetabled else timed.time.interval.start
        if start <= self.published or timed.time.type == "DURATION":
            return 0.0
        if timed.before in (
            "until",
            "till",
            "to",
            "since",
            "for",
            "about",
        ) or timed.time.interval.granularity in ("year", "decade", "century"):
            return 0.0
        near = timed.governor == candidate.trigger or abs(timed.words[0] - candidate.trigger) <= 14
        return 0.8 if near else 0.3

    def _subject(self, candidate: Candidate) -> int | None:
        if candidate.subject is not None:
            return candidate.subject
        word, clause = candidate.trigger, self.clause
        for _ in range(4):
            found = clause.child(word, "nsubj", "nsubj:pass", "csubj")
            if found is not None:
                return found
            if clause.analysis.deprels[word] not in ("conj", "xcomp"):
                return None
            word = clause.analysis.heads[word]
        return None

    def _is_definite(self, subject: int | None) -> bool:
        clause = self.clause
        if subject is None:
            return False
        if clause.analysis.upos[subject] in ("PROPN", "PRON"):
            return clause.lower(subject) not in (
                "it",
                "this",
                "that",
                "there",
                "you",
                "one",
                "anyone",
                "nobody",
                "everyone",
                "everything",
                "nothing",
                "something",
                "what",
            )
        if any(m.span.overlaps(clause.span(clause.subtree(subject))) for m in self.mentions):
            return True
        return not is_indefinite(clause, subject) and any(
            clause.lower(d) in ("the", "its", "his", "her", "their", "this", "our")
            for d in clause.children(subject, "det", "nmod:poss")
        )
