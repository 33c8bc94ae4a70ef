"""The clause that a word stands in, whole and in the report's own words, with what it refers to in square brackets.

"They said that he, too, is expected to attend on Friday" is worded "[Anton Beck], too, is expected to attend on Friday" for
the word "attend". Nothing is inflected or put in another order: words are left out at the bounds of clauses, and pronouns
are replaced where it is known whom they stand for. What cannot be said whole, or has a pronoun for what stands outside it, is
the sentence; where that begins with one, the sentence before follows in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from dateline.reader.descriptions import TIMES
from dateline.reader.parsed import ParsedSentence

Resolve = Callable[[int], str | None]
"""Gives the name that the pronoun or the subject at a word stands for, or None."""
Describe = Callable[[int], str | None]
"""Gives the fuller words that the report had before for the noun at a word, or None."""

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
_PERSONAL = frozenset(["he", "she", "they", "his", "her", "their", "it", "its", "i", "we", "my", "our"])
_SOMEBODY = frozenset(["him", "his", "her"])
_PARTLY = frozenset(["some", "others", "both", "many", "most", "one", "neither", "several", "all", "none"])
"""Subjects that tell how many of what stands before them."""
_OWNING = frozenset(["nmod:poss", "det"])
_NOUNS = frozenset(["NOUN", "PROPN"])
_INSIDE = frozenset(["compound", "flat", "fixed"])
_WORD = re.compile(r"\w+")
_FAR = 400
"""Characters within which the beginning of a sentence is sought."""
_LONG = 32
"""Words above which asides are left out of a clause."""
_LONGEST = 45
"""Words of a sentence that is told behind another one."""
_LEAST = 3
"""Words below which a clause says too little to be understood."""
_TELLING = 2
"""Nouns and names below which it does."""
_SENTENCE_END = re.compile(r"""[.!?]["”’)]*\s+(?=["“A-Z])|\n\s*\n""")


def clause_around(
    sentence: ParsedSentence,
    word: int,
    resolve: Resolve,
    text: str,
    describe: Describe = lambda _: None,
    before: ParsedSentence | None = None,
) -> str:
    """The clause of `word` as text, or the sentence where the tree gives no clause with a subject and a predicate; where it goes on
    with something that nothing in it names ("That will please the town"), the sentence `before` follows in brackets."""
    head = _head(sentence, word)
    if head is None:
        return _whole(sentence, resolve, text, describe, before)
    kept = _words(sentence, head, word)
    antecedent = _antecedent(sentence, head)
    if antecedent is None and _relates_by_preposition(sentence, kept):
        kept = kept[2:]
    if len(kept) > _LONG:
        kept = _without_asides(sentence, head, word, kept)
    if len(kept) < _LEAST or _hangs(sentence, head, kept, antecedent):
        return _whole(sentence, resolve, text, describe, before)
    said = _named(sentence, head, kept, resolve, antecedent)
    if _points_outside(sentence, head, kept, said) or _tells_little(sentence, kept, said):
        return _whole(sentence, resolve, text, describe, before)
    said |= _described(kept, describe, said)
    told = (_beginning(sentence, text, before) if kept[0] == 0 else "") + _joined(sentence, kept, said)
    return told + _behind(sentence, kept, said, before, text)


def _whole(
    sentence: ParsedSentence, resolve: Resolve, text: str, describe: Describe, before: ParsedSentence | None
) -> str:
    """The sentence, with the pronouns that no noun of its own stands before replaced where it is known who they are."""
    first = _first_noun(sentence)
    early = [w for w in range(first) if sentence.lower(w) in _PERSONAL]
    said = _named(sentence, -1, early, resolve, None)
    kept = list(range(len(sentence.tokens)))
    said |= _described(kept, describe, said)
    told = _joined(sentence, kept, said) if said else _plain(sentence.sentence.span.of(text))
    return _beginning(sentence, text, before) + told + _behind(sentence, kept, said, before, text)


def _behind(
    sentence: ParsedSentence,
    kept: list[int],
    said: Mapping[int, str],
    before: ParsedSentence | None,
    text: str,
) -> str:
    """The sentence before in brackets, for words that begin with a pronoun which was not resolved; not one that does so itself."""
    if before is None or len(before.tokens) > _LONGEST or not _goes_on(sentence, kept, said):
        return ""
    words = range(len(before.tokens))
    named = any(before.analysis.deprels[w] in SUBJECTS and before.analysis.upos[w] in _NOUNS for w in words)
    if not named or _goes_on(before, list(words), {}):
        return ""
    return f" [{_plain(before.sentence.span.of(text)).strip(_QUOTES)}]"


def _goes_on(sentence: ParsedSentence, words: list[int], said: Mapping[int, str]) -> bool:
    """True for words that begin with a pronoun, or point with their first noun: "that vote", but not "this week"."""
    upos, relations = sentence.analysis.upos, sentence.analysis.deprels
    for word in words:
        if word in said or upos[word] in _NOUNS:
            return False
        if sentence.lower(word) not in _POINTING | {"that"} or relations[word] == "expl":
            continue
        noun = sentence.analysis.heads[word]
        if relations[word] != "det":
            return upos[word] == "PRON"
        if noun not in said and sentence.lower(noun) not in TIMES:
            return True
    return False


def _beginning(sentence: ParsedSentence, text: str, before: ParsedSentence | None) -> str:
    """What stands before a sentence that begins amid one: back to where that begins. A line was taken for a whole one, or "in
    Vell, Mo." for an end, which a sentence `before` with a subject is."""
    start = sentence.sentence.start
    if not sentence.tokens[0].text.islower():
        return ""
    ends = [m.end() for m in _SENTENCE_END.finditer(text[:start], max(0, start - _FAR))]
    if not ends and start > _FAR:
        return ""
    missing = " ".join(text[ends[-1] if ends else 0 : start].split())
    ended = missing.rstrip('"”’)').endswith((".", "!", "?"))
    if ended and (before is None or any(r in SUBJECTS for r in before.analysis.deprels)):
        return ""
    return f"{missing} " if _WORD.search(missing) else ""


def _described(kept: list[int], describe: Describe, said: Mapping[int, str]) -> dict[int, str]:
    """What is said in place of bare nouns that the report told more of before: "the [bill to raise the toll]"."""
    told: dict[int, str] = {}
    for word in kept:
        fuller = None if word in said else describe(word)
        if fuller is not None and f"[{fuller}]" not in told.values():
            told[word] = f"[{fuller}]"
    return told


def _tells_little(sentence: ParsedSentence, kept: list[int], said: Mapping[int, str]) -> bool:
    """True for a clause with fewer than two nouns or names ("they would appeal") where the sentence has more to tell than who
    says so."""

    def nouns(words: Iterable[int]) -> int:
        analysis = sentence.analysis
        return sum(
            bool(said.get(w)) or (analysis.upos[w] in _NOUNS and analysis.deprels[w] not in _INSIDE)
            for w in words
        )

    return (told := nouns(kept)) < _TELLING and nouns(range(len(sentence.tokens))) >= told + _TELLING


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
        if _is_partly(sentence, word) or (sentence.lower(word) == "there" and relation == "advmod"):
            return True
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


def _is_partly(sentence: ParsedSentence, word: int) -> bool:
    """True for a subject like "some", of what stands before it."""
    bare = not sentence.children(word, "nmod", "nmod:poss", "acl", "acl:relcl")
    return sentence.lower(word) in _PARTLY and sentence.analysis.deprels[word] in SUBJECTS and bare


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
    found = _behind_mark(sentence, head, sorted(found))
    return _trimmed(sentence, _filled(sentence, found), head)


def _behind_mark(sentence: ParsedSentence, head: int, words: list[int]) -> list[int]:
    """Without what stands before the word that begins the clause: "he was told that [the council will meet]"."""
    marks = [m for m in sentence.children(head, "mark") if sentence.lower(m) != "to" and m < head]
    return [w for w in words if not marks or w >= marks[0] or w == head]


def _filled(sentence: ParsedSentence, words: list[int]) -> list[int]:
    """With what was left out in the middle and no mark sets off: what stands behind it may belong to it, too."""
    filled = words[:1]
    for before, after in pairwise(words):
        gap = range(before + 1, after)
        marks = (
            {sentence.analysis.upos[w] for w in (before, before + 1, after - 1, after)} if gap else {"PUNCT"}
        )
        if "PUNCT" not in marks:
            filled.extend(gap)
        filled.append(after)
    return filled


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
_QUOTES = '“”"'
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
        elif (
            relation in SUBJECTS
            or (owns and pronoun)
            or _is_somebody(sentence, word)
            or _is_noun(sentence, word)
        ) and (name := resolve(word)):
            before = " ".join(said.get(w, sentence.tokens[w].text) for w in kept if w < word)
            if _is_told(name, before):
                continue  # "Solt said that she will come" tells who
            said[word] = f"[{name}]’s" if pronoun and relation == "nmod:poss" else f"[{name}]"
            if sentence.lower(word) in _SPEAKING or not (pronoun or relation in SUBJECTS):
                said[word] = f"{sentence.tokens[word].text} [{name}]"
                continue
            said |= dict.fromkeys(sentence.children(word, "det"), "")
    return said


def _is_told(name: str, before: str) -> bool:
    """True where the words before hold a part of a name that tells whose it is."""
    words = set(_WORD.findall(before))
    parts = [p for p in _WORD.findall(name) if p[:1].isupper()] or _WORD.findall(name)[-1:]
    return not words.isdisjoint(parts)


def _is_noun(sentence: ParsedSentence, word: int) -> bool:
    return sentence.analysis.upos[word] == "NOUN" and sentence.analysis.deprels[word] not in _INSIDE


def _is_somebody(sentence: ParsedSentence, word: int) -> bool:
    """True for "him" and "his", where they stand for somebody told outside."""
    return sentence.lower(word) in _SOMEBODY and sentence.analysis.upos[word] in _PRONOUNS


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
    begins = first in (head, *sentence.children(head, "aux", "aux:pass", "cop"))
    if first > 0 and (sentence.lower(first) == "to" or begins):
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
