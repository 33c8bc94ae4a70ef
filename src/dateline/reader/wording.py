"""A short wording of what is expected: who, what, whom, without the words that say when it is told.

"Mayor Orth, 52, will open the market hall on Friday, her deputy said" is worded "Mayor Orth opens the market hall".
The words are taken as they stand around the predicate rather than from its tree, so that a wrong attachment far away
does not spoil them.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from dateline.reader.document import Clause

_ADVERBS = frozenset(["now", "also", "then", "still", "however", "instead", "therefore", "formally", "already", "only", "just", "once", "soon", "later", "not", "n't", "never", "early"])  # fmt: skip
_MOST_BEFORE, _MOST_AFTER = 14, 12
_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_PLURAL = re.compile(r"(?:[^s]s|men|women|people|police|children|teeth|feet|mice)\Z", re.IGNORECASE)
_QUOTES = frozenset(['"', "“", "”", "‘", "``", "''", "(", ")", "[", "]", "–", "—", ";", ":", "...", "…"])
_BOUNDARY = frozenset(["that", "which", "who", "whom", "whose", "because", "although", "though", "while", "if", "when", "after", "before", "unless", "until", "whether", "since", "where", "as", "so", "but", "or", "nor"])  # fmt: skip
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


def third_person(lemma: str) -> str:
    """The present form after "he": "sign" is "signs", "pass" is "passes"."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if re.search(r"(?:s|x|z|ch|sh|o)\Z", lemma):
        return lemma + "es"
    if re.search(r"[^aeiou]y\Z", lemma):
        return lemma[:-1] + "ies"
    return lemma + "s"


def join(clause: Clause, words: Collection[int]) -> str:
    """The words as text; spaces as in the article where they stand together, one elsewhere."""
    text, last = "", -2
    for word in sorted(words):
        token = clause.tokens[word]
        if text and (word != last + 1 or token.start > clause.tokens[last].end):
            text += " "
        text += token.text
        last = word
    text = re.sub(r"\s+([,.;%])", r"\1", text)
    return re.sub(r"\s+", " ", text).strip(' ,;:.—–-"“”‘')


def is_dash(clause: Clause, word: int) -> bool:
    """True for a dash between words, not a hyphen inside one."""
    token = clause.tokens[word]
    return token.text in ("-", "–", "—", "--") and (word == 0 or clause.tokens[word - 1].end < token.start)


def subject_words(clause: Clause, verb: int, left_out: Collection[int] = ()) -> list[int]:
    """The words of a verb's subject: those before it and its auxiliaries, or the subject of the verb that it is joined to."""
    for _ in range(4):
        while (
            verb > 0
            and clause.analysis.upos[verb - 1] in ("AUX", "ADV", "PART")
            and clause.lower(verb - 1) not in ("'s", "’s")
        ):
            verb -= 1
        words = before(clause, verb, left_out)
        if words or verb == 0 or clause.lower(verb - 1) not in ("and", "but", ","):
            return words
        earlier = next(
            (
                w
                for w in range(verb - 1, -1, -1)
                if is_finite(clause, w) and clause.analysis.upos[w] == "VERB"
            ),
            None,
        )
        if earlier is None:
            earlier = next((w for w in range(verb - 1, -1, -1) if is_finite(clause, w)), None)
        if earlier is None:
            return words
        verb = earlier
    return []


def is_finite(clause: Clause, word: int) -> bool:
    """True for a word that carries a tense: an auxiliary, or a verb that is no participle or infinitive."""
    upos = clause.analysis.upos[word]
    if upos == "AUX":
        return clause.lower(word) not in ("be", "been", "being", "having")
    if upos != "VERB":
        return False
    text = clause.lower(word)
    if text.endswith("ing") or (word and clause.lower(word - 1) in ("to", "by", "of", "for", "not")):
        return False
    if text.endswith(("ed", "en", "wn", "ut")) and text != clause.analysis.lemmas[word].lower():
        following = clause.lower(word + 1) if word + 1 < len(clause.tokens) else ""
        return following not in ("by", "in", "at", "from", "to", "for", "on", "into", "under", "with")
    return True


def before(clause: Clause, end: int, left_out: Collection[int] = ()) -> list[int]:
    """The noun phrase that stands before the word `end`: back to a comma, a verb or a word that opens a clause.

    What stands between two commas right before it ("the harbour, Orrin, would …") is passed over.
    """
    words: list[int] = []
    at = end - 1
    while (
        at >= 0
        and ((clause.analysis.upos[at] in ("ADV", "PART") and clause.lower(at) != "'s") or at in left_out)
        and not words
    ):
        at -= 1
    while at >= 0 and len(words) < _MOST_BEFORE:
        text = clause.lower(at)
        if text == ",":
            opening = _opening_comma(clause, at)
            if words or opening is None:
                break
            at = opening - 1
            continue
        if (
            text in _QUOTES
            or (text in _BOUNDARY and text != "as")
            or text in (".", "?", "!")
            or is_dash(clause, at)
        ):
            break
        if is_finite(clause, at) and not (
            at == 0
            and clause.tokens[0].text[:1].isupper()
            and clause.analysis.upos[at] == "VERB"
            and text.endswith("s")
        ):
            break
        if text == "and" and (not words or not _joins_nouns(clause, at)):
            break
        if text in ("'s", "’s", "’", "'") or at not in left_out or text in ("of",):
            words.append(at)
        at -= 1
    words = [w for w in sorted(words) if w not in left_out]
    while words and clause.analysis.upos[words[0]] in ("ADP", "SCONJ", "CCONJ", "PUNCT", "ADV", "PART"):
        words.pop(0)
    while words and clause.analysis.upos[words[-1]] in ("ADP", "SCONJ", "CCONJ", "PUNCT"):
        words.pop()
    return (
        words
        if any(
            clause.analysis.upos[w] in _NOMINAL or clause.lower(w) in ("most", "both", "all", "many", "some")
            for w in words
        )
        else []
    )


def _opening_comma(clause: Clause, closing: int) -> int | None:
    for word in range(closing - 1, max(-1, closing - 14), -1):
        if clause.lower(word) == ",":
            return word
        if clause.lower(word) in _QUOTES:
            return None
    return None


def _joins_nouns(clause: Clause, conjunction: int) -> bool:
    following = conjunction + 1
    return (
        conjunction > 0
        and following < len(clause.tokens)
        and clause.analysis.upos[conjunction - 1] in ("NOUN", "PROPN", "NUM", "ADJ")
        and not any(is_finite(clause, w) for w in range(max(0, conjunction - 6), conjunction))
    )


def after(clause: Clause, trigger: int, left_out: Collection[int] = ()) -> list[int]:
    """The words behind the predicate that belong to it: up to a comma, a verb with a tense or a word that opens a clause."""
    words: list[int] = []
    for word in range(trigger + 1, len(clause.tokens)):
        text = clause.lower(word)
        if len(words) >= _MOST_AFTER:
            break
        if word in left_out:
            continue
        if text == "," and not (
            clause.analysis.upos[word - 1] == "NUM"
            and word + 1 < len(clause.tokens)
            and clause.analysis.upos[word + 1] == "NUM"
        ):
            break
        if (
            (text in _QUOTES and text not in ('"', "“", "”", "‘"))
            or text in (".", "?", "!")
            or text in _BOUNDARY
        ):
            break
        if is_finite(clause, word) and clause.analysis.heads[word] != trigger:
            break
        if text == "and" and not _continues(clause, word):
            break
        words.append(word)
    while (
        words
        and clause.analysis.upos[words[-1]] in ("ADP", "DET", "CCONJ", "PART", "PUNCT", "SCONJ")
        and clause.analysis.deprels[words[-1]] not in ("compound", "compound:prt")
    ):
        if (
            clause.lower(words[-1])
            in ("off", "up", "out", "down", "back", "in", "on", "over", "through", "away")
            and words[-1] == trigger + 1
        ):
            break
        words.pop()
    return [
        w for w in words if not (clause.lower(w) in _ADVERBS and clause.analysis.upos[w] in ("ADV", "PART"))
    ]


def _continues(clause: Clause, conjunction: int) -> bool:
    """True where "and" joins nouns, not clauses."""
    for word in range(conjunction + 1, min(conjunction + 7, len(clause.tokens))):
        if clause.lower(word) in (",", ".", ";"):
            return True
        if is_finite(clause, word) or (clause.analysis.upos[word] == "VERB" and word == conjunction + 1):
            return False
    return True


def head_of(clause: Clause, words: Collection[int]) -> int | None:
    """The head of a contiguous noun phrase: its last noun before a preposition, else its last noun."""
    nouns: list[int] = []
    for word in sorted(words):
        if (
            nouns
            and clause.analysis.upos[word] in ("ADP", "SCONJ")
            and clause.lower(word) not in ("'s", "’s")
        ):
            break
        if clause.analysis.upos[word] in _NOMINAL:
            nouns.append(word)
    return nouns[-1] if nouns else None


def is_plural(clause: Clause, words: Collection[int]) -> bool:
    """True where a noun phrase takes a plural verb."""
    head = head_of(clause, words)
    if head is None:
        return False
    text = clause.lower(head)
    if text in (
        "they",
        "we",
        "you",
        "i",
        "these",
        "those",
        "both",
        "many",
        "some",
        "most",
        "few",
        "police",
        "people",
    ):
        return True
    if any(clause.lower(w) == "and" for w in words):
        return True
    # a common noun that opens the sentence may be taken for a name
    is_opening = head == 0 and not any(n.start == clause.tokens[0].start for n in clause.analysis.names)
    if is_opening and clause.analysis.upos[head] == "PROPN":
        return bool(_PLURAL.search(text)) and not clause.tokens[head].text.isupper()
    return (
        clause.analysis.upos[head] == "NOUN"
        and bool(_PLURAL.search(text))
        and clause.analysis.lemmas[head].lower() != text
    )


def event(
    clause: Clause,
    trigger: int,
    subject: str,
    *,
    plural: bool,
    passive: bool,
    left_out: Collection[int],
    nominal: bool,
    negated: bool = False,
) -> str:
    """The expected event as a clause of its own, `subject` being its worded subject ("" for none).

    `left_out` are the words of times and of the announcement. A `nominal` trigger is worded as its noun phrase.
    """
    if nominal:
        start = before(clause, trigger + 1, left_out)
        occasion = next(
            (
                w
                for w in start
                if clause.analysis.lemmas[w].lower() in ("date", "deadline", "day", "time") and w != trigger
            ),
            None,
        )
        if occasion is not None:
            start = [w for w in start if w > occasion + 1]
        words = sorted({*start, trigger, *after(clause, trigger, left_out)})
        return join(clause, words)
    be = "are" if plural else "is"
    verb = clause.tokens[trigger].text
    lemma = clause.analysis.lemmas[trigger].lower()
    between: list[int] = []
    if clause.analysis.upos[trigger] != "VERB":
        copula = next(
            (w for w in range(trigger - 1, max(-1, trigger - 7), -1) if clause.lower(w) == "be"), None
        )
        between = [w for w in range(copula + 1, trigger) if w not in left_out] if copula is not None else []
        denial = "not " if negated else ""
        verb = f"{be} {denial}{join(clause, [*between, trigger])}" if lemma != "be" else be
    elif passive:
        verb = f"{be} {'not ' if negated else ''}{verb}"
    elif negated:
        verb = f"{'do' if plural or not subject else 'does'} not {lemma}"
    elif plural or not subject:
        verb = lemma
    else:
        verb = third_person(lemma)
    rest = join(clause, after(clause, trigger, left_out))
    return re.sub(r"\s+", " ", f"{subject} {verb} {rest}").strip(" ,;:.")
