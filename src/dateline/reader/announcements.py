"""Where a sentence announces a later event: the expected predicate and the words that announce it, by tree and cue.

Every finder yields candidates; `expectations` weighs them, dates them and drops what is no expectation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dateline.reader import wording
from dateline.reader.document import Clause
from dateline.reader.expectation_cues import cues
from dateline.reader.verbs import verb_group
from dateline.records import Strength

Kind = Literal[
    "modal",
    "be to",
    "raising",
    "intention",
    "object",
    "dated noun",
    "moved",
    "present",
    "fragment",
    "headline",
]

_NOUN = ("NOUN", "PROPN")
_PREDICATES = ("VERB", "NOUN", "ADJ", "PROPN", "AUX", "ADV", "PRON", "NUM")
_BE = frozenset(["is", "are", "was", "were", "'s", "’s", "'re", "’re", "be", "been", "am"])
_PAST_BE = frozenset(["was", "were", "had"])
_TO = frozenset(["to", "until", "till", "for"])
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl")
_REACH = 7
"""Words between a cue and what it announces."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A predicate (word index) that may be expected, the word that says so, and how.

    `subject` is the head of what it is said of, where that is no child of the trigger; `past` tells that the cue is in
    the past ("was to meet", "had been due"); `holder` is the word that holds it ("engineers" of "engineers expect").
    """

    trigger: int
    cue: int
    kind: Kind
    strength: Strength
    subject: int | None = None
    holder: int | None = None
    past: bool = False
    negated: bool = False


def candidates(clause: Clause, timed: frozenset[int]) -> list[Candidate]:
    """The candidates of a sentence, one a trigger, in text order. `timed` are the words of time expressions."""
    found: dict[int, Candidate] = {}
    for finder in (_infinitives, _modals, _moved, _objects, _dated_nouns, _presents):
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
            negated=_is_denied(clause, word, trigger),
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
    for word in range(auxiliary + 1, min(auxiliary + _REACH, len(clause.tokens))):
        upos = clause.analysis.upos[word]
        if upos == "VERB" or (
            upos in ("ADJ", "NOUN", "PROPN", "ADV")
            and clause.lower(word - 1) in ("be", "in", "on", "the", "a")
        ):
            return word
        if upos == "PUNCT" and clause.lower(word) not in (",", '"', "“", "”"):
            return None
    return None


def _infinitives(clause: Clause, timed: frozenset[int]) -> Iterator[Candidate]:
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
    if clause.analysis.deprels[to] == "mark" and head > to and clause.analysis.upos[head] in _PREDICATES:
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
        if text in _BE and cue == before:
            words = wording.subject_words(clause, cue)
            subject = _subject_of(clause, trigger, cue) or wording.head_of(clause, words)
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
                past=text in _PAST_BE,
                negated=_is_denied(clause, cue, trigger),
            )
        if (
            text in table.raising
            and upos in ("VERB", "ADJ", "NOUN", "ADV")
            and _is_predicative(clause, cue)
            and not _is_active(clause, cue)
        ):
            subject = _subject_of(clause, cue, cue)
            past = any(clause.lower(c) in _PAST_BE for c in clause.children(cue, "aux", "cop", "aux:pass"))
            return Candidate(
                trigger,
                cue,
                "raising",
                table.raising[text],
                subject=subject,
                past=past,
                negated=_is_denied(clause, cue, trigger),
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
            holder = _subject_of(clause, cue, cue)
            objects = [o for o in clause.children(cue, "obj", "iobj") if cue < o < to]
            controlled = (
                objects[-1]
                if objects
                and lemma in ("expect", "forecast", "predict", "project", "anticipate", "want", "schedule")
                else None
            )
            return Candidate(
                trigger, cue, "intention", table.intention[lemma], subject=controlled if controlled is not None else holder,
                holder=holder, past=group.tense == "past", negated=_is_denied(clause, cue, trigger),
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


def _is_predicative(clause: Clause, cue: int) -> bool:
    """True where a form of "be" stands before the cue, or it stands behind a noun ("the vote, expected to …")."""
    if any(clause.lower(c) in _BE for c in clause.children(cue, "aux", "cop", "aux:pass")):
        return True
    if any(
        clause.lower(w) in _BE | {"become", "seems", "looks", "look", "remains"}
        for w in range(max(0, cue - 3), cue)
    ):
        return True
    return clause.analysis.deprels[cue] in ("acl", "amod", "advcl", "root", "parataxis", "conj", "appos")


def _subject_of(clause: Clause, word: int, cue: int) -> int | None:
    """The subject of a predicate, or of the one above that it shares it with; the noun that it modifies."""
    for _ in range(4):
        subject = clause.child(word, *_SUBJECTS)
        if subject is not None and not (
            clause.lower(subject) == "there" and clause.analysis.deprels[subject] == "expl"
        ):
            if clause.lower(subject) in ("who", "which", "that") and clause.analysis.deprels[word].startswith(
                "acl"
            ):
                return clause.analysis.heads[word]
            return subject
        relation, head = clause.analysis.deprels[word], clause.analysis.heads[word]
        if relation in ("acl", "acl:relcl", "amod") and head >= 0:
            return head
        if relation not in ("conj", "xcomp", "ccomp", "advcl", "root", "parataxis") or head < 0:
            return None
        if relation in ("ccomp", "parataxis"):
            return None
        word = head
    return None


def _time_after(clause: Clause, cue: int, timed: frozenset[int], *, reach: int = 5) -> int | None:
    """The first word of a time expression within a few words after `cue`, in the same breath."""
    for word in range(cue + 1, min(cue + 1 + reach, len(clause.tokens))):
        if word in timed:
            return word
        if clause.analysis.upos[word] == "PUNCT" and clause.lower(word) not in ("-", "–"):
            return None
        if clause.analysis.upos[word] in ("VERB",) or clause.lower(word) in ("and", "but", "or"):
            return None
    return None


def _moved(clause: Clause, timed: frozenset[int]) -> Iterator[Candidate]:
    """What "was moved to Tuesday"."""
    for cue in range(len(clause.tokens)):
        lemma = clause.analysis.lemmas[cue].lower()
        if clause.analysis.upos[cue] != "VERB" or lemma not in cues().moved:
            continue
        group = verb_group(clause, cue)
        time = None
        for word in range(cue + 1, len(clause.tokens) - 1):
            if clause.lower(word) in ("to", "until", "till") and any(
                w in timed for w in (word + 1, word + 2)
            ):
                time = word + 1
                break
            if clause.analysis.upos[word] == "VERB":
                break
        if time is None or group.negated or group.modal in ("could", "may", "can"):
            continue
        moved = clause.child(cue, "nsubj:pass") if group.passive else clause.child(cue, "obj")
        if moved is None:
            moved = clause.child(cue, "nsubj:pass", "obj", "nsubj")
        if moved is None and clause.analysis.deprels[cue] in ("acl", "conj"):
            moved = _subject_of(clause, cue, cue)
        if moved is None or moved in timed:
            continue
        if lemma in (
            "bring",
            "put",
            "push",
            "hold",
            "change",
            "switch",
            "shift",
            "move",
            "extend",
        ) and clause.analysis.upos[moved] not in ("NOUN", "PROPN", "PRON"):
            continue
        agent = None if group.passive else clause.child(cue, "nsubj")
        if lemma in ("extend", "hold") and agent is None and not group.passive:
            continue
        yield Candidate(moved, cue, "moved", "expected", holder=agent if agent != moved else None)


def _objects(clause: Clause, timed: frozenset[int]) -> Iterator[Candidate]:
    """ "Builders expect the roof on by May", "aims for 9 October", "set 3 May as the date for the vote"."""
    table = cues()
    for cue in range(len(clause.tokens)):
        lemma = clause.analysis.lemmas[cue].lower()
        if clause.analysis.upos[cue] != "VERB" or lemma not in table.intention:
            continue
        group = verb_group(clause, cue)
        if group.negated or group.passive or group.modal in ("could", "may", "can", "must", "should"):
            continue
        if clause.analysis.deprels[cue] in ("acl", "amod") and clause.lower(cue).endswith("ed"):
            continue
        holder = _subject_of(clause, cue, cue) or wording.head_of(clause, wording.subject_words(clause, cue))
        if holder is None:
            continue
        occasion = next(
            (
                w
                for w in clause.subtree(cue)
                if cue < w
                and clause.analysis.lemmas[w].lower() in table.occasion
                and w not in timed
                and clause.analysis.upos[w] == "NOUN"
            ),
            None,
        )
        if lemma in ("set", "fix", "name", "pick", "choose", "schedule") and occasion is not None:
            event = next(iter(clause.children(occasion, "nmod", "acl")), None)
            yield Candidate(
                event if event is not None and event not in timed else occasion,
                cue,
                "object",
                "certain",
                holder=holder,
            )
            continue
        if (
            lemma in ("aim", "look", "hope", "plan", "gear", "target", "eye", "shoot", "push")
            and _time_after(clause, cue, timed, reach=3) is not None
        ) and (
            lemma in ("target", "eye")
            or any(
                clause.lower(w) in ("for", "at", "on")
                for w in range(cue + 1, cue + 3)
                if w < len(clause.tokens)
            )
        ):
            yield Candidate(
                cue, cue, "object", table.intention[lemma], holder=holder, past=group.tense == "past"
            )
            continue
        expected = clause.child(cue, "obj")
        if expected is None or expected in timed or clause.lower(expected) in ("it", "that", "this", "what"):
            continue
        if lemma not in (
            "expect",
            "anticipate",
            "forecast",
            "predict",
            "plan",
            "schedule",
            "promise",
            "pledge",
            "project",
            "foresee",
            "guarantee",
        ):
            continue
        if clause.child(cue, "xcomp", "ccomp") is not None and any(
            clause.lower(k) in ("to", "will", "would") for k in range(cue + 1, len(clause.tokens))
        ):
            continue
        if any(w in timed for w in range(expected, min(expected + 14, len(clause.tokens)))) or any(
            w in timed for w in clause.subtree(cue) if w > cue
        ):
            yield Candidate(
                expected, cue, "object", table.intention[lemma], holder=holder, past=group.tense == "past"
            )


def _occasion_of(clause: Clause, occasion: int, timed: frozenset[int]) -> int:
    """What "the date for its sale" is the date of; the word itself where nothing follows."""
    if occasion + 2 < len(clause.tokens) and clause.lower(occasion + 1) in ("for", "of"):
        for word in range(occasion + 2, min(occasion + 7, len(clause.tokens))):
            if clause.analysis.upos[word] in _NOUN and word not in timed:
                following = word + 1
                while (
                    following < len(clause.tokens)
                    and clause.analysis.upos[following] in _NOUN
                    and following not in timed
                ):
                    word, following = following, following + 1
                return word
    return occasion


def _dated_nouns(clause: Clause, timed: frozenset[int]) -> Iterator[Candidate]:
    """ "The auction, due tomorrow", "the vote is expected on Friday", "the service planned for Sunday"."""
    table = cues()
    for cue in range(len(clause.tokens)):
        text, upos = clause.lower(cue), clause.analysis.upos[cue]
        if (
            text not in table.raising
            or upos not in ("ADJ", "VERB", "ADP", "ADV")
            or text in ("likely", "certain", "about", "ready", "bound", "meant")
        ):
            continue
        after = cue + 1
        if after < len(clause.tokens) and clause.lower(after) == "to":
            continue
        if _time_after(clause, cue, timed, reach=7) is None:
            continue
        group = verb_group(clause, cue)
        if (
            upos == "VERB"
            and not group.passive
            and clause.analysis.deprels[cue] not in ("acl", "amod", "advcl", "root", "conj", "parataxis")
        ):
            continue
        if upos == "VERB" and (
            (clause.child(cue, "obj") is not None and not group.passive) or _is_active(clause, cue)
        ):
            continue
        subject = clause.child(cue, "nsubj:pass", "nsubj")
        if subject is None and clause.analysis.deprels[cue] in ("acl", "amod", "acl:relcl", "appos", "nmod"):
            subject = clause.analysis.heads[cue]
        if subject is None:
            subject = _subject_of(clause, cue, cue)
        if subject is None:
            subject = next(
                (w for w in range(cue - 1, max(-1, cue - 4), -1) if clause.analysis.upos[w] in _NOUN), None
            )
        if (
            subject is None
            or subject in timed
            or clause.analysis.upos[subject] not in ("NOUN", "PROPN", "PRON", "NUM", "VERB")
        ):
            continue
        helpers = [clause.lower(c) for c in clause.children(cue, "aux", "aux:pass", "cop")]
        if (
            upos == "VERB"
            and not helpers
            and clause.analysis.deprels[cue] in ("root", "parataxis", "conj")
            and clause.child(cue, "nsubj") is not None
        ):
            continue
        past = any(h in _PAST_BE for h in helpers)
        yield Candidate(subject, cue, "dated noun", table.raising[text], past=past, negated=group.negated)


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


def _is_active(clause: Clause, cue: int) -> bool:
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


_NOT = frozenset(["not", "n't", "n’t", "never"])


def _is_denied(clause: Clause, cue: int, trigger: int) -> bool:
    """True where a negation stands between the announcing word and the predicate, or right before them."""
    low, high = min(cue, trigger), max(cue, trigger)
    return any(
        clause.lower(w) in _NOT and clause.analysis.upos[w] in ("PART", "ADV")
        for w in range(max(0, low - 1), high + 1)
    )
