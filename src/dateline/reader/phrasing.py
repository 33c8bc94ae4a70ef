"""The clause that a word stands in, whole and in the report's own words, with what it refers to in square brackets.

"They said that he, too, is expected to attend on Friday" is worded "[Anton Beck], too, is expected to attend on Friday" for
the word "attend". Nothing is inflected or put in another order: words are left out at the bounds of clauses, and pronouns
are replaced where it is known whom they stand for. What cannot be said whole, or has a pronoun for what stands outside it, is
the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from dateline.reader.parsed import ParsedSentence

Resolve = Callable[[int], str | None]
"""Gives the name that the subject, or its owner, at a word stands for, or None."""

SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl")
_OWN_CLAUSE = frozenset(["parataxis", "discourse", "vocative", "list", "dislocated"])
_ADNOMINAL = frozenset(["acl", "acl:relcl"])
_ASIDE = _ADNOMINAL | {"advcl", "appos"}
_JOINING = frozenset(["mark", "cc"])
_LEADING = frozenset(["case", "punct", "cc"])
"""Relations of what stands before a noun phrase and is no part of it."""
_TRAILING = frozenset(["PUNCT", "ADP"])
"""Parts of speech of what is left hanging at its end."""
_PRONOUNS = frozenset(["PRON", "DET"])
_RELATIVE = frozenset(["who", "which", "that", "whom"])
_SPEAKING = frozenset(["i", "we"])
_ASKING = frozenset(["where", "when", "how", "what", "why", "whose"])
_UNSURE = frozenset(["whether", "if"])
_POINTING = frozenset(["he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "this", "these", "those"])  # fmt: skip
_PERSONAL = frozenset(["he", "she", "they", "his", "her", "their"])
_OWNING = frozenset(["nmod:poss", "det"])
_NOUNS = frozenset(["NOUN", "PROPN"])
_LONG = 32
"""Words above which asides are left out of a clause."""
_LEAST = 3
"""Words below which a clause says too little to be understood."""


def clause_around(sentence: ParsedSentence, word: int, resolve: Resolve, text: str) -> str:
    """The clause of `word` as text, or the sentence where the tree gives no clause with a subject and a predicate."""
    head = _head(sentence, word)
    if head is None:
        return _whole(sentence, resolve, text)
    kept = _words(sentence, head, word)
    antecedent = _antecedent(sentence, head)
    if antecedent is None and _relates_by_preposition(sentence, kept):
        kept = kept[2:]
    if len(kept) > _LONG:
        kept = _without_asides(sentence, head, word, kept)
    if len(kept) < _LEAST or _hangs(sentence, head, kept, antecedent):
        return _whole(sentence, resolve, text)
    said = _named(sentence, head, kept, resolve, antecedent)
    if _points_outside(sentence, head, kept, said):
        return _whole(sentence, resolve, text)
    return _joined(sentence, kept, said)


def _whole(sentence: ParsedSentence, resolve: Resolve, text: str) -> str:
    """The sentence, with the pronouns that no noun of its own stands before replaced where it is known who they are."""
    first = _first_noun(sentence)
    early = [w for w in range(first) if sentence.lower(w) in _PERSONAL]
    said = _named(sentence, -1, early, resolve, None)
    if not said:
        return _plain(sentence.sentence.span.of(text))
    return _joined(sentence, list(range(len(sentence.tokens))), said)


def _first_noun(sentence: ParsedSentence) -> int:
    upos = sentence.analysis.upos
    return next((w for w in range(len(upos)) if upos[w] in _NOUNS), len(upos))


def _points_outside(sentence: ParsedSentence, head: int, kept: list[int], said: Mapping[int, str]) -> bool:
    """True for a clause with a pronoun for what the sentence names before the clause and the clause does not: "they will come",
    "the mayor will sign it"."""
    if _first_noun(sentence) >= kept[0]:
        return False
    subject = {w for s in sentence.children(head, *SUBJECTS) for w in sentence.subtree(s)}
    for word in kept:
        relation = sentence.analysis.deprels[word]
        if sentence.lower(word) not in _POINTING or word in said or relation == "expl":
            continue
        if sentence.analysis.upos[word] not in _PRONOUNS or (
            relation == "det" and not sentence.lower(word).startswith("th")
        ):
            continue
        own = set() if relation in _OWNING or relation in SUBJECTS else subject
        named = (w for w in kept if w < word and (w in said or sentence.analysis.upos[w] in _NOUNS))
        if all(w in own for w in named):
            return True
    return False


def _head(sentence: ParsedSentence, word: int) -> int | None:
    """The predicate with a subject of its own whose clause holds `word`: itself, or the nearest above it."""
    for candidate in (word, *sentence.ancestors(word)):
        if sentence.child(candidate, *SUBJECTS) is not None and _is_finite(sentence, candidate):
            return candidate
        if sentence.analysis.deprels[candidate] in _OWN_CLAUSE:
            return None
    return None


def _is_finite(sentence: ParsedSentence, word: int) -> bool:
    """True for a predicate that can stand alone: "the bridge to be built" has a subject and cannot."""
    marks = {sentence.lower(m) for m in sentence.children(word, "mark")}
    helpers = sentence.children(word, "aux", "aux:pass", "cop")
    if "to" in marks:
        first = next((m for m in sentence.children(word, "mark") if sentence.lower(m) == "to"), word)
        return any(h < first for h in helpers)
    return bool(helpers) or not sentence.lower(word).endswith("ing")


def _words(sentence: ParsedSentence, head: int, word: int) -> list[int]:
    """The words below `head` that belong to its clause; of joined clauses only those on the way to `word`."""
    path = {word, *sentence.ancestors(word)}
    others = _subjects_of_remarks(sentence, head)
    found, stack = [], [head]
    while stack:
        top = stack.pop()
        found.append(top)
        for child in sentence.children(top):
            relation = sentence.analysis.deprels[child]
            joined = top == head and relation == "conj" and _is_clause(sentence, child)
            if child not in path and (joined or relation in _OWN_CLAUSE or (top == head and child in others)):
                continue
            stack.append(child)
    if sentence.analysis.deprels[head] in _ADNOMINAL:
        # nothing of a clause that a noun has behind it stands before that noun
        found = [w for w in found if w == word or w > min(sentence.analysis.heads[head], head)]
    return _trimmed(sentence, sorted(found), head)


def _subjects_of_remarks(sentence: ParsedSentence, head: int) -> list[int]:
    """Subjects that hang on the clause of `head` and belong to a remark behind them: "Solt [said] the council will meet"."""
    subjects = sentence.children(head, "nsubj", "nsubj:pass")
    remarks = sentence.children(head, "parataxis")
    return [
        first for first, second in pairwise(subjects) if any(first < remark < second for remark in remarks)
    ]


def _is_clause(sentence: ParsedSentence, word: int) -> bool:
    return sentence.is_predicate(word) or sentence.child(word, *SUBJECTS) is not None


def _trimmed(sentence: ParsedSentence, words: list[int], head: int) -> list[int]:
    """Without what joins the clause to another one at its ends: "that", "and", a comma, and quotation marks around it all."""
    joining: set[int] = set()
    while words:
        first, last = words[0], words[-1]
        partner = _partner(sentence, words)
        if first != head and partner is None and _joins(sentence, first, head, joining):
            joining.add(first)
            words = words[1:]
        elif partner == last and len(words) > 1:
            words = words[1:-1]
        elif last != head and (sentence.analysis.deprels[last] == "cc" or _trails(sentence, words)):
            words = words[:-1]
        else:
            break
    return words


def _joins(sentence: ParsedSentence, word: int, head: int, joining: set[int]) -> bool:
    """True for a mark, or a word that ties the clause of `head` to another one ("in case" is two)."""
    relation, above = sentence.analysis.deprels[word], sentence.analysis.heads[word]
    if relation == "fixed":
        return above in joining
    return relation == "punct" or (relation in _JOINING and above == head)


_PAIRS = {"“": "”", "(": ")", "‘": "’", '"': '"', "[": "]"}


def _partner(sentence: ParsedSentence, words: list[int]) -> int | None:
    """The word that closes the quotation or bracket which the first one opens, or None."""
    opening = sentence.lower(words[0])
    closing = _PAIRS.get(opening)
    depth = 1
    for word in words[1:]:
        mark = sentence.lower(word)
        depth += (mark == opening != closing) - (mark == closing)
        if depth == 0 and closing is not None:
            return word
    return None


def _trails(sentence: ParsedSentence, words: list[int]) -> bool:
    """True where the last word is a mark that closes nothing which was opened inside."""
    if sentence.analysis.upos[words[-1]] != "PUNCT":
        return False
    closing = sentence.lower(words[-1])
    opening = next((o for o, c in _PAIRS.items() if c == closing), None)
    marks = [sentence.lower(w) for w in words[:-1]]
    if opening == closing:
        return marks.count(closing) % 2 == 0
    return opening is None or marks.count(opening) <= marks.count(closing)


def _without_asides(sentence: ParsedSentence, head: int, word: int, words: list[int]) -> list[int]:
    """A long clause without what hangs on it between marks, beside the way to `word`: what no mark sets off is needed."""
    path = {word, *sentence.ancestors(word)}
    left_out: set[int] = set()
    for aside in words:
        if sentence.analysis.deprels[aside] not in _ASIDE or aside in path or aside == head:
            continue
        below = [w for w in sentence.subtree(aside) if w in words]
        if below and _is_set_off(sentence, words, below):
            left_out.update(below)
    # the commas around an aside go with it
    left_out |= {w for w in words if sentence.lower(w) in _COMMAS and left_out & {w - 1, w + 1}}
    return _trimmed(sentence, [w for w in words if w not in left_out], head)


def _is_set_off(sentence: ParsedSentence, words: list[int], aside: list[int]) -> bool:
    """True where a mark stands at both ends of an aside; the clause's own ends are as good."""

    def parted(inside: int, beside: int) -> bool:
        marks = sentence.analysis.upos[inside], sentence.analysis.upos[beside] if beside in words else "PUNCT"
        return "PUNCT" in marks

    return parted(aside[0], aside[0] - 1) and parted(aside[-1], aside[-1] + 1)


_COMMAS = frozenset([",", "–", "—", "--"])
_MARKS = frozenset(['"', "“", "”", "‘", "’"])


def _antecedent(sentence: ParsedSentence, head: int) -> str | None:
    """What "which" or "who" stands for: the noun that the relative clause hangs on, with its own words."""
    noun = sentence.analysis.heads[head]
    if sentence.analysis.deprels[head] not in _ADNOMINAL or noun < 0:
        return None
    words = [w for w in sentence.subtree(noun, without=_ASIDE) if w < head]
    # what was quoted before it is no part of the noun
    marks = [w for w in words if sentence.lower(w) in _MARKS]
    words = [w for w in words if not marks or w > marks[-1] or noun <= marks[-1]]
    while words and sentence.analysis.upos[words[-1]] in _TRAILING:
        words.pop()
    while words and sentence.analysis.deprels[words[0]] in _LEADING:
        words.pop(0)
    return _joined(sentence, words, {}) if words else None


def _named(
    sentence: ParsedSentence, head: int, kept: list[int], resolve: Resolve, antecedent: str | None
) -> dict[int, str]:
    """What is said in place of words of the clause of `head`: the relative is its antecedent, a subject or its owner whoever it
    is, in brackets; "we" and "I" keep their verb, and the name stands behind them. Words left out are said as nothing."""
    said: dict[int, str] = {}
    for word in kept:
        relation = sentence.analysis.deprels[word]
        owns = (
            relation == "nmod:poss" and sentence.analysis.deprels[sentence.analysis.heads[word]] in SUBJECTS
        )
        pronoun = sentence.analysis.upos[word] in _PRONOUNS
        if pronoun and sentence.lower(word) in _RELATIVE:
            if antecedent and _relates(sentence, head, word):
                said[word] = f"[{antecedent}]"
        elif (relation in SUBJECTS or (owns and pronoun)) and (name := resolve(word)):
            before = " ".join(sentence.tokens[w].text for w in kept if w < word)
            if name.split()[-1] in before:
                continue  # "Solt said that she will come" tells who
            own = (
                f"{sentence.tokens[word].text} [{name}]" if sentence.lower(word) in _SPEAKING else f"[{name}]"
            )
            said[word] = f"[{name}]’s" if owns else own
            said |= dict.fromkeys(sentence.children(word, "det"), "")
    return said


def _relates(sentence: ParsedSentence, head: int, word: int) -> bool:
    """True for a relative in the clause of `head` itself, not in one that hangs on a noun further in, nor one that points."""
    if sentence.analysis.deprels[word] == "det":
        return False
    for step in (word, *sentence.ancestors(word)):
        if step == head:
            return True
        if sentence.analysis.deprels[step] in _ADNOMINAL:
            return False
    return False


def _hangs(sentence: ParsedSentence, head: int, kept: list[int], antecedent: str | None) -> bool:
    """True for a clause that says too little without what it hangs on: "which", "where they will meet", and "both will attend"
    of "a summit both will attend"."""
    first = kept[0]
    if antecedent is None and _is_relative(sentence, first):
        return True
    if any(sentence.lower(m) in _UNSURE for m in sentence.children(head, "mark")):
        return True
    if first > 0 and sentence.lower(first) in _ASKING and sentence.analysis.heads[head] >= 0:
        return True
    tied = sentence.child(head, "mark") is not None or any(_relates(sentence, head, w) for w in kept if sentence.lower(w) in _RELATIVE)  # fmt: skip
    return antecedent is not None and not tied and sentence.analysis.deprels[head] in _ADNOMINAL


def _is_relative(sentence: ParsedSentence, word: int) -> bool:
    """True for "which" and the like, but at the head of a sentence, where they ask or point."""
    return word > 0 and sentence.analysis.upos[word] in _PRONOUNS and sentence.lower(word) in _RELATIVE


def _relates_by_preposition(sentence: ParsedSentence, kept: list[int]) -> bool:
    """True for "in which the council will meet": what the clause hangs on is not known, and it stands alone without."""
    return len(kept) > 2 and sentence.analysis.upos[kept[0]] == "ADP" and _is_relative(sentence, kept[1])


def _joined(sentence: ParsedSentence, words: list[int], said: Mapping[int, str]) -> str:
    out: list[str] = []
    last = -1
    for word in words:
        if out and (word != last + 1 or sentence.tokens[word].start > sentence.tokens[last].end):
            out.append(" ")
        out.append(said.get(word, sentence.tokens[word].text))
        last = word
    return _plain("".join(out))


def _plain(text: str) -> str:
    """White space folded, no gap before a mark that a left-out aside has left alone."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:–—-")
    return re.sub(r",\s*(?=[,.;:])|\s+(?=[,.;:])", "", text)
