"""The clause that a word stands in, in the report's own words, with what it refers to in square brackets.

"They said that he, too, is expected to attend on Friday" is worded "[Anton Beck], too, is expected to attend on Friday" for
the word "attend". Nothing is inflected, left out or put in another order: the sentence is cut at the bounds of the clause, and
pronouns are replaced where it is known whom they stand for. What hangs on words outside the clause is told by its sentence;
where that begins with a pronoun for something that nothing names, the sentence before follows in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from dateline.reader.descriptions import TIMES
from dateline.reader.parsed import ParsedSentence

Resolve = Callable[[int], str | None]
"""Gives the name that the pronoun or the subject at a word stands for, or None."""
Describe = Callable[[int], str | None]
"""Gives the fuller words that the report had before for the noun at a word, or None."""

SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl")
_HELPERS = ("aux", "aux:pass", "cop")
_OWN_CLAUSE = frozenset(["parataxis", "discourse", "vocative", "list", "dislocated"])
_ADNOMINAL = frozenset(["acl", "acl:relcl"])
_ASIDE = _ADNOMINAL | {"advcl", "appos"}
_AROUND_NOUN = frozenset(["case", "punct", "cc"])
_TRAILING = frozenset(["PUNCT", "ADP"])
_PRONOUNS = frozenset(["PRON", "DET"])
_RELATIVE = frozenset(["who", "which", "that", "whom"])
_TYING = _RELATIVE | {"to", "where", "when", "how", "what", "why", "whose"}
"""What a clause cannot begin with and stand alone."""
_UNSURE = frozenset(["whether", "if"])
_SPEAKING = frozenset(["i", "we"])
_POINTING = frozenset("he she it they him her them his its their this that these those".split())  # noqa: SIM905
_PERSONAL = _SPEAKING | {"he", "she", "they", "his", "her", "their", "it", "its", "my", "our"}
_SOMEBODY = frozenset(["him", "his", "her"])
_NOUNS = frozenset(["NOUN", "PROPN"])
_INSIDE = frozenset(["compound", "flat", "fixed"])
_WORD = re.compile(r"\w+")
_MARKS = {"“": "”", "(": ")", "‘": "’", '"': '"', "[": "]"}
_QUOTES = '“”"'
_OWNING = ("'s", "’s", "s'", "s’")
_CLITICS = "'’"
_EDGES = " ,;:–—-"
_LONGEST = 45
"""Words of a sentence that is told behind another one."""
_LEAST = 3
"""Words below which a clause says too little to be understood."""
_TELLING = 2
"""Nouns and names below which it does."""


def clause_around(
    sentence: ParsedSentence,
    word: int,
    resolve: Resolve,
    text: str,
    describe: Describe = lambda _: None,
    before: ParsedSentence | None = None,
) -> str:
    """The clause of `word` as text, or the sentence where the clause cannot be understood without the rest of it; where that goes on
    with something that nothing in it names ("That will please the town"), the sentence `before` follows in brackets."""
    head = _head(sentence, word)
    kept = _clause(sentence, head, word) if head is not None else range(0)
    said = _named(sentence, kept, resolve, head)
    if head is None or _hangs(sentence, head, kept, said):
        kept = range(len(sentence.tokens))
        first = next((w for w in kept if sentence.analysis.upos[w] in _NOUNS), len(kept))
        said = _named(sentence, [w for w in range(first) if sentence.lower(w) in _PERSONAL], resolve, None)
    for noun in kept:
        fuller = None if noun in said else describe(noun)
        if fuller is not None and f"[{fuller}]" not in said.values():
            said[noun] = f"[{fuller}]"
            if fuller.split()[0].endswith(_OWNING):
                said |= dict.fromkeys(sentence.children(noun, "det"), "")  # "the [Friday's march]"
    told = _joined(sentence, kept, said)
    if before is None or len(before.tokens) > _LONGEST or not _goes_on(sentence, kept, said):
        return told
    words = range(len(before.tokens))
    named = any(before.analysis.deprels[w] in SUBJECTS and before.analysis.upos[w] in _NOUNS for w in words)
    alone = named and not _goes_on(before, words, {})
    return f"{told} [{_plain(before.sentence.span.of(text)).strip(_QUOTES)}]" if alone else told


def _head(sentence: ParsedSentence, word: int) -> int | None:
    """The predicate with a subject of its own whose clause holds `word`: itself, or the nearest above it that can stand alone:
    "the bridge to be built" has a subject and cannot."""
    for candidate in (word, *sentence.ancestors(word)):
        helpers = sentence.children(candidate, *_HELPERS)
        to = next((m for m in sentence.children(candidate, "mark") if sentence.lower(m) == "to"), None)
        finite = any(h < to for h in helpers) if to is not None else bool(helpers)
        finite = finite or (to is None and not sentence.lower(candidate).endswith("ing"))
        if finite and sentence.child(candidate, *SUBJECTS) is not None:
            return candidate
        if sentence.analysis.deprels[candidate] in _OWN_CLAUSE:
            return None
    return None


def _clause(sentence: ParsedSentence, head: int, word: int) -> range:
    """The words of the clause of `head` in one piece: of joined clauses only those on the way to `word`, nothing of what stands
    before the word that begins it or the noun that it hangs on, and no mark that joins it to another one."""
    path, relations = {word, *sentence.ancestors(word)}, sentence.analysis.deprels
    found, stack = [], [head]
    while stack:
        top = stack.pop()
        found.append(top)
        for child in sentence.children(top):
            joined = top == head and relations[child] == "conj" and _is_clause(sentence, child)
            beside = relations[child] == "punct" or relations[child] in _OWN_CLAUSE or joined
            if child in path or not beside:
                stack.append(child)
    marks = [m for m in sentence.children(head, "mark") if sentence.lower(m) != "to" and m < head]
    above = sentence.analysis.heads[head] if relations[head] in _ADNOMINAL else -1
    begins = max(above + 1 if above < head else 0, marks[0] if marks else 0)
    first, last = min(w for w in found if w >= begins), max(found)
    while first < head and (first in marks or relations[first] in ("cc", "fixed", "punct")):
        first += 1
    while last > max(head, word) and relations[last] == "cc":
        last -= 1
    return _balanced(sentence, first, last)


def _balanced(sentence: ParsedSentence, first: int, last: int) -> range:
    """The words from first to last, with the mark beside them that opens or closes a quotation or bracket inside."""
    end = len(sentence.tokens)
    for opening, closing in _MARKS.items():
        inside = [sentence.lower(w) for w in range(first, last + 1)]
        more = inside.count(opening) - inside.count(closing)
        more = inside.count(opening) % 2 if opening == closing else more
        behind = next((w for w in range(last + 1, min(last + 3, end)) if sentence.lower(w) == closing), None)
        if more > 0 and behind is not None:
            last = behind
        elif more and first > 0 and sentence.lower(first - 1) == opening:
            first -= 1
    return range(first, last + 1)


def _is_clause(sentence: ParsedSentence, word: int) -> bool:
    return sentence.is_predicate(word) or sentence.child(word, *SUBJECTS) is not None


def _hangs(sentence: ParsedSentence, head: int, kept: range, said: Mapping[int, str]) -> bool:
    """True for a clause that says too little by itself ("they would appeal"), hangs on what stands before it ("where they will
    meet"), or has a pronoun for what the sentence names before it."""
    upos, relations = sentence.analysis.upos, sentence.analysis.deprels
    nouns = [w for w in range(len(upos)) if w in said or (upos[w] in _NOUNS and relations[w] not in _INSIDE)]
    told = sum(w in kept for w in nouns)
    if len(kept) < _LEAST or (told < _TELLING and len(nouns) >= told + _TELLING):
        return True
    if any(sentence.lower(m) in _UNSURE for m in sentence.children(head, "mark")):
        return True
    first = kept[0]
    if first == 0:
        return False
    ties = any(
        sentence.lower(w) in _TYING and w not in said and upos[w] != "DET"
        for w in kept[: 1 + (upos[first] == "ADP")]
    )
    if ties or first in (head, *sentence.children(head, *_HELPERS)):
        return True
    tied = sentence.child(head, "mark") is not None
    if (
        relations[head] in _ADNOMINAL
        and not tied
        and not any(sentence.lower(w) in _RELATIVE for w in kept[:_LEAST])
    ):
        return True
    return any(w < first for w in nouns) and any(_points(sentence, w, kept, said) for w in kept)


def _points(sentence: ParsedSentence, word: int, kept: range, said: Mapping[int, str]) -> bool:
    """True for a pronoun, or "this" before a noun, that no noun of the clause stands before."""
    relation, upos = sentence.analysis.deprels[word], sentence.analysis.upos
    if sentence.lower(word) not in _POINTING or word in said or relation in ("expl", "mark"):
        return False
    if upos[word] not in _PRONOUNS or (relation == "det" and not sentence.lower(word).startswith("th")):
        return False
    return not any(w in said or upos[w] in _NOUNS for w in range(kept[0], word))


def _goes_on(sentence: ParsedSentence, words: Sequence[int], said: Mapping[int, str]) -> bool:
    """True for words that begin with a pronoun, or point with their first noun: "that vote", but not "this week"."""
    upos, relations = sentence.analysis.upos, sentence.analysis.deprels
    for word in words:
        if word in said or upos[word] in _NOUNS:
            return False
        if sentence.lower(word) not in _POINTING or relations[word] == "expl":
            continue
        noun = sentence.analysis.heads[word]
        if relations[word] != "det":
            return upos[word] == "PRON"
        if noun not in said and sentence.lower(noun) not in TIMES:
            return True
    return False


def _antecedent(sentence: ParsedSentence, head: int | None) -> str | None:
    """What "which" or "who" stands for: the noun that the relative clause hangs on, with its own words."""
    noun = sentence.analysis.heads[head] if head is not None else -1
    if head is None or noun < 0 or sentence.analysis.deprels[head] not in _ADNOMINAL:
        return None
    words = [w for w in sentence.subtree(noun, without=_ASIDE) if w < head]
    while words and sentence.analysis.deprels[words[0]] in _AROUND_NOUN:
        words.pop(0)
    while words and sentence.analysis.upos[words[-1]] in _TRAILING:
        words.pop()
    return _joined(sentence, words, {}) if words else None


def _named(
    sentence: ParsedSentence, kept: Sequence[int], resolve: Resolve, head: int | None
) -> dict[int, str]:
    """What is said in place of words of the clause of `head`: the relative is its antecedent, a subject or its owner whoever it
    is, in brackets; "we" and "I" keep their verb, and the name stands behind them. Words left out are said as nothing."""
    said: dict[int, str] = {}
    relations, heads = sentence.analysis.deprels, sentence.analysis.heads
    antecedent = _antecedent(sentence, head)
    for word in kept:
        relation, lower = relations[word], sentence.lower(word)
        pronoun, subject = sentence.analysis.upos[word] in _PRONOUNS, relation in SUBJECTS
        if pronoun and lower in _RELATIVE:
            if antecedent and word in kept[:_LEAST] and relation != "det":
                said[word] = f"[{antecedent}]"
            continue
        owner = relation == "nmod:poss" and relations[heads[word]] in SUBJECTS
        noun = sentence.analysis.upos[word] == "NOUN" and relation not in _INSIDE
        asked = subject or noun or (pronoun and (owner or lower in _SOMEBODY))
        name = resolve(word) if asked else None
        if name is None or _is_told(name, _joined(sentence, [w for w in kept if w < word], said)):
            continue  # "Solt said that she will come" tells who
        if lower in _SPEAKING or not (pronoun or subject):
            last = _with_its_verb(sentence, word)
            said[last] = f"{sentence.tokens[last].text} [{name}]"
            continue
        said[word] = f"[{name}]’s" if pronoun and relation == "nmod:poss" else f"[{name}]"
        said |= dict.fromkeys(sentence.children(word, "det"), "")
    return said


def _with_its_verb(sentence: ParsedSentence, word: int) -> int:
    """The last of a word and what is written together with it: "we’re"."""
    tokens, last = sentence.tokens, word
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].start == tokens[last].end
        and tokens[last + 1].text[0] in _CLITICS
    ):
        last += 1
    return last


def _is_told(name: str, before: str) -> bool:
    """True where the words before hold a part of a name that tells whose it is."""
    parts = [p for p in _WORD.findall(name) if p[:1].isupper()] or _WORD.findall(name)[-1:]
    return not set(_WORD.findall(before)).isdisjoint(parts)


def _joined(sentence: ParsedSentence, words: Sequence[int], said: Mapping[int, str]) -> str:
    """The words, with what is said in place of some."""
    out: list[str] = []
    for word in words:
        gap = bool(word) and sentence.tokens[word].start > sentence.tokens[word - 1].end
        out += [
            " " if gap or (word and word - 1 not in words) else "",
            said.get(word, sentence.tokens[word].text),
        ]
    return _plain("".join(out))


def _plain(text: str) -> str:
    """White space folded, no gap before a mark, and none of the marks that part clauses around it."""
    return re.sub(r"\s+(?=[,.;:])", "", re.sub(r"\s+", " ", text)).strip(_EDGES)
