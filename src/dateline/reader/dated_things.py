"""Things that are announced with a day: "the vote is expected on Friday", "moved to May", "aims for 9 October"."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.reader import candidate as of
from dateline.reader import wording
from dateline.reader.candidate import Candidate
from dateline.reader.document import Clause
from dateline.reader.expectation_cues import cues
from dateline.reader.infinitives import is_active
from dateline.reader.verbs import verb_group


def moved(clause: Clause, timed: frozenset[int]) -> Iterator[Candidate]:
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
            moved = of.subject_of(clause, cue, cue)
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


def objects(clause: Clause, timed: frozenset[int]) -> Iterator[Candidate]:
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
        holder = of.subject_of(clause, cue, cue) or wording.head_of(
            clause, wording.subject_words(clause, cue)
        )
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


def dated_nouns(clause: Clause, timed: frozenset[int]) -> Iterator[Candidate]:
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
            (clause.child(cue, "obj") is not None and not group.passive) or is_active(clause, cue)
        ):
            continue
        subject = clause.child(cue, "nsubj:pass", "nsubj")
        if subject is None and clause.analysis.deprels[cue] in ("acl", "amod", "acl:relcl", "appos", "nmod"):
            subject = clause.analysis.heads[cue]
        if subject is None:
            subject = of.subject_of(clause, cue, cue)
        if subject is None:
            subject = next(
                (w for w in range(cue - 1, max(-1, cue - 4), -1) if clause.analysis.upos[w] in of.NOUN), None
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
        past = any(h in of.PAST_BE for h in helpers)
        yield Candidate(subject, cue, "dated noun", table.raising[text], past=past, negated=group.negated)


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


def _occasion_of(clause: Clause, occasion: int, timed: frozenset[int]) -> int:
    """What "the date for its sale" is the date of; the word itself where nothing follows."""
    if occasion + 2 < len(clause.tokens) and clause.lower(occasion + 1) in ("for", "of"):
        for word in range(occasion + 2, min(occasion + 7, len(clause.tokens))):
            if clause.analysis.upos[word] in of.NOUN and word not in timed:
                following = word + 1
                while (
                    following < len(clause.tokens)
                    and clause.analysis.upos[following] in of.NOUN
                    and following not in timed
                ):
                    word, following = following, following + 1
                return word
    return occasion
