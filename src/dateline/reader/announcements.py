"""Where a sentence announces a later event: the expected predicate and the words that announce it, by tree and cue.

Every finder yields candidates; `expectations` weighs them, dates them and drops what is no expectation.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.reader import candidate as of
from dateline.reader import wording
from dateline.reader.candidate import Candidate
from dateline.reader.dated_things import dated_nouns, moved, objects
from dateline.reader.document import Clause
from dateline.reader.expectation_cues import cues
from dateline.reader.infinitives import infinitives
from dateline.reader.verbs import verb_group


def candidates(clause: Clause, timed: frozenset[int]) -> list[Candidate]:
    """The candidates of a sentence, one a trigger, in text order. `timed` are the words of time expressions."""
    found: dict[int, Candidate] = {}
    for finder in (infinitives, _modals, moved, objects, dated_nouns, _presents):
        for candidate in finder(clause, timed):
            if candidate.trigger not in timed or candidate.kind == "fragment":
                found.setdefault(candidate.trigger, candidate)
    # of "drivers vote to walk out from Monday" the walk-out is expected, the vote is over
    decided = {c.cue for c in found.values() if c.kind == "intention"}
    kept = [found[t] for t in sorted(found) if found[t].kind != "present" or t not in decided]
    # a cue that is itself expected ("will be scheduled for May") announces once
    triggers = {c.trigger for c in kept}
    return [
        c
        for c in kept
        if not (c.kind in ("dated noun", "object", "intention") and c.cue in triggers and c.cue != c.trigger)
    ]


def _modals(clause: Clause, timed: frozenset[int]) -> Iterator[Candidate]:
    table = cues().modal
    for word in range(len(clause.tokens)):
        text = clause.lower(word)
        if text not in table or clause.analysis.upos[word] not in ("AUX", "VERB", "PART"):
            continue
        if clause.tokens[word].text in ("Will", "D") and clause.analysis.upos[word] != "AUX":
            continue
        trigger = _governed(clause, word)
        if trigger is None:
            continue
        group = verb_group(clause, trigger)
        if text in ("'d", "’d") and group.modal != "would":
            continue
        if group.perfect and text not in ("will", "'ll", "’ll", "shall", "wo"):
            continue
        if text in ("would", "'d", "’d") and clause.analysis.lemmas[trigger] in (
            "like",
            "love",
            "prefer",
            "rather",
            "hate",
        ):
            continue
        yield Candidate(
            trigger,
            word,
            "modal",
            table[text],
            past=text in ("would", "'d", "’d"),
            negated=of.is_denied(clause, word, trigger),
        )


def _governed(clause: Clause, auxiliary: int) -> int | None:
    """The predicate that an auxiliary belongs to: its head, or the next verb or adjective where the tree is odd."""
    head = clause.analysis.heads[auxiliary]
    between = range(auxiliary + 1, max(head, auxiliary + 1))
    is_head = clause.analysis.deprels[auxiliary] in ("aux", "aux:pass", "cop") and head > auxiliary
    reported = clause.analysis.lemmas[head].lower() in cues().reporting and any(
        clause.lower(w) in (",", "”", '"') for w in between
    )
    if is_head and not reported and not any(wording.is_finite(clause, w) for w in between):
        return head
    for word in range(auxiliary + 1, min(auxiliary + of.REACH, len(clause.tokens))):
        upos = clause.analysis.upos[word]
        if upos == "VERB" or (
            upos in ("ADJ", "NOUN", "PROPN", "ADV")
            and clause.lower(word - 1) in ("be", "in", "on", "the", "a")
        ):
            return word
        if upos == "PUNCT" and clause.lower(word) not in (",", '"', "“", "”"):
            return None
    return None


_NOT_PRESENT = frozenset(
    [
        "be",
        "say",
        "have",
        "mean",
        "know",
        "think",
        "believe",
        "seem",
        "cost",
        "date",
        "include",
        "want",
        "need",
        "hope",
        "plan",
        "expect",
        "aim",
    ]
)


def _presents(clause: Clause, timed: frozenset[int]) -> Iterator[Candidate]:
    """ "The court rules on Friday", "ministers are meeting tomorrow": only a later day tells; that is judged elsewhere."""
    if not timed:
        return
    for word in range(len(clause.tokens)):
        upos = clause.analysis.upos[word]
        if word in timed:
            continue
        cop = clause.child(word, "cop")
        if upos not in ("VERB", "AUX") and not (
            cop is not None and clause.lower(cop) in ("is", "are", "'s", "’s")
        ):
            continue
        group = verb_group(clause, word)
        if group.tense != "present" or group.modal or group.perfect or group.negated:
            continue
        lemma = clause.analysis.lemmas[word].lower()
        if upos == "VERB" and (
            (lemma in _NOT_PRESENT and not group.progressive) or lemma in cues().reporting
        ):
            continue
        if group.passive and not group.progressive:
            continue
        subject = clause.child(word, "nsubj")
        if subject is None and clause.analysis.deprels[word] == "conj":
            continue
        if subject is None or clause.lower(subject) in ("who", "which", "that", "what"):
            continue
        if any(
            clause.lower(m)
            in (
                "if",
                "when",
                "while",
                "as",
                "until",
                "unless",
                "after",
                "before",
                "once",
                "because",
                "since",
                "although",
                "though",
            )
            for m in clause.children(word, "mark", "advmod")
        ):
            continue
        yield Candidate(word, word, "present", "certain")
