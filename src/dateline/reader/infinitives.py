"""Infinitives that are announced: "is to open", "is due to open", "plans to open", "expects the roof to hold"."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.reader import candidate as of
from dateline.reader import wording
from dateline.reader.candidate import Candidate
from dateline.reader.document import Clause
from dateline.reader.expectation_cues import cues
from dateline.reader.verbs import verb_group


def infinitives(clause: Clause, timed: frozenset[int]) -> Iterator[Candidate]:
    """Infinitives below "is", "expected", "plans" and their like."""
    for to in range(1, len(clause.tokens) - 1):
        if clause.lower(to) != "to":
            continue
        trigger = _infinitive_after(clause, to)
        if trigger is None:
            continue
        found = _announcer(clause, to, trigger, timed)
        if found is not None:
            yield found


def _infinitive_after(clause: Clause, to: int) -> int | None:
    head = clause.analysis.heads[to]
    if clause.analysis.deprels[to] == "mark" and head > to and clause.analysis.upos[head] in of.PREDICATES:
        between = range(to + 1, head)
        crossed = any(clause.lower(w) in (",", ";", ":") or wording.is_finite(clause, w) for w in between)
        verbs = [
            w
            for w in between
            if clause.analysis.upos[w] == "VERB" and clause.lower(w) == clause.analysis.lemmas[w].lower()
        ]
        if not crossed and not verbs:
            return head
    for word in range(to + 1, min(to + 4, len(clause.tokens))):
        if (
            clause.analysis.upos[word] in ("VERB", "AUX")
            and clause.lower(word) == clause.analysis.lemmas[word].lower()
        ):
            if clause.lower(word) == "be" and clause.analysis.deprels[word] in ("cop", "aux", "aux:pass"):
                above = clause.analysis.heads[word]
                return above if above > word else word
            return word
        if clause.analysis.upos[word] not in ("ADV", "PART"):
            return None
    return None


def _announcer(clause: Clause, to: int, trigger: int, timed: frozenset[int]) -> Candidate | None:
    """The cue of the infinitive `to` `trigger`, sought in the word before it and in its governor."""
    table = cues()
    before = to - 1
    while before >= 0 and (clause.analysis.upos[before] in ("ADV", "PART", "PUNCT") or before in timed):
        if clause.lower(before) in (".", ";", ":", ","):
            break
        before -= 1
    if before < 0:
        return None
    head = clause.analysis.heads[trigger]
    for cue in dict.fromkeys((before, head)):
        if cue < 0 or cue >= to:
            continue
        if cue != before and any(
            wording.is_finite(clause, w) or clause.lower(w) == ";" for w in range(cue + 1, to)
        ):
            continue
        text, lemma, upos = clause.lower(cue), clause.analysis.lemmas[cue].lower(), clause.analysis.upos[cue]
        if text in of.BE and cue == before:
            words = wording.subject_words(clause, cue)
            subject = of.subject_of(clause, trigger, cue) or wording.head_of(clause, words)
            if (
                subject is None
                or clause.lower(subject)
                in (
                    "aim",
                    "goal",
                    "plan",
                    "idea",
                    "purpose",
                    "task",
                    "job",
                    "way",
                    "there",
                )
            ) and (subject is None or clause.lower(subject) not in ("aim", "goal", "plan")):
                continue
            if text in ("be", "been", "am", "'s", "’s"):
                continue
            return Candidate(
                trigger,
                cue,
                "be to",
                "expected",
                subject=subject,
                past=text in of.PAST_BE,
                negated=of.is_denied(clause, cue, trigger),
            )
        if (
            text in table.raising
            and upos in ("VERB", "ADJ", "NOUN", "ADV")
            and is_predicative(clause, cue)
            and not is_active(clause, cue)
        ):
            subject = of.subject_of(clause, cue, cue)
            past = any(clause.lower(c) in of.PAST_BE for c in clause.children(cue, "aux", "cop", "aux:pass"))
            return Candidate(
                trigger,
                cue,
                "raising",
                table.raising[text],
                subject=subject,
                past=past,
                negated=of.is_denied(clause, cue, trigger),
            )
        if lemma in table.intention and upos in ("VERB", "NOUN"):
            if upos == "NOUN" and lemma not in ("plan", "promise", "pledge", "vow", "offer", "threat"):
                continue
            if (
                lemma
                in (
                    "look",
                    "set",
                    "mean",
                    "gear",
                    "project",
                    "fix",
                    "want",
                    "offer",
                    "propose",
                    "prepare",
                    "decide",
                )
                and upos != "VERB"
            ):
                continue
            if lemma == "vote" and not _is_timed(clause, trigger, timed):
                continue
            if lemma == "set" and to - cue > 2:
                continue
            if lemma == "look" and not (clause.lower(cue) == "looking" and before == cue):
                continue
            group = verb_group(clause, cue)
            if group.modal in ("could", "can", "may", "must", "should"):
                continue
            holder = of.subject_of(clause, cue, cue)
            if holder is None and wording.is_finite(clause, cue):
                # a name that ends in a common noun may hang elsewhere in the tree: "Halden Steel plans to …"
                holder = wording.head_of(clause, wording.subject_words(clause, cue))
            objects = [o for o in clause.children(cue, "obj", "iobj") if cue < o < to]
            controlled = (
                objects[-1]
                if objects
                and lemma in ("expect", "forecast", "predict", "project", "anticipate", "want", "schedule")
                else None
            )
            return Candidate(
                trigger, cue, "intention", table.intention[lemma], subject=controlled if controlled is not None else holder,
                holder=holder, past=group.tense == "past", negated=of.is_denied(clause, cue, trigger),
            )  # fmt: skip
    return None


def _is_timed(clause: Clause, trigger: int, timed: frozenset[int]) -> bool:
    """True where a time expression follows the predicate before the next comma: "to walk out from Monday"."""
    for word in range(trigger + 1, len(clause.tokens)):
        if word in timed:
            return True
        if clause.lower(word) in (",", ";", ":") or wording.is_finite(clause, word):
            return False
    return False


def is_predicative(clause: Clause, cue: int) -> bool:
    """True where a form of "be" stands before the cue, or it stands behind a noun ("the vote, expected to …")."""
    if any(clause.lower(c) in of.BE for c in clause.children(cue, "aux", "cop", "aux:pass")):
        return True
    if any(
        clause.lower(w) in of.BE | {"become", "seems", "looks", "look", "remains"}
        for w in range(max(0, cue - 3), cue)
    ):
        return True
    return clause.analysis.deprels[cue] in ("acl", "amod", "advcl", "root", "parataxis", "conj", "appos")


def is_active(clause: Clause, cue: int) -> bool:
    """True for "have set", "set itself for": no participle of what is set."""
    before = cue - 1
    while before >= 0 and clause.analysis.upos[before] == "ADV":
        before -= 1
    if before >= 0 and clause.lower(before) in (
        "have",
        "has",
        "had",
        "'ve",
        "’ve",
        "to",
        "they",
        "we",
        "he",
        "she",
        "i",
    ):
        return True
    after = cue + 1
    return (
        after < len(clause.tokens)
        and clause.analysis.upos[after] in ("PRON", "DET")
        and clause.lower(after) not in ("this", "that", "the", "a")
    )
