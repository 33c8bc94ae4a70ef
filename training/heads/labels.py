"""The label sets of every head, shared by data, model, training and export."""

from __future__ import annotations

UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",
    "VERB", "X",
)  # fmt: skip
DEPRELS = (
    "acl", "advcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc", "ccomp", "clf", "compound", "conj", "cop",
    "csubj", "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod",
    "nmod:poss", "nsubj", "nsubj:pass", "nummod", "obj", "obl", "obl:agent", "orphan", "parataxis", "punct", "reparandum",
    "root", "vocative", "xcomp",
)  # fmt: skip
KEPT_SUBTYPES = frozenset({"aux:pass", "nmod:poss", "nsubj:pass", "obl:agent"})


def bio(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """O, then B- and I- of each kind."""
    return ("O", *(f"{position}-{kind}" for kind in kinds for position in "BI"))


NAMES = bio(("PER", "ORG", "LOC", "NORP"))
TIMES = bio(("DATE", "TIME", "DURATION", "SET"))
ATTRIBUTION = bio(("SOURCE", "CUE", "CONTENT"))
REALIS = ("actual", "expected", "possible", "negated", "generic")
TRIGGER_STYLES = ("meantime", "timeml", "wikinews")
"""What counts as an event differs by corpus, so each has an output of its own; the reader uses the first."""
EXPECTS = ("none", "neutral", "certain", "expected", "possible")
"""What a word announces: nothing; something forward-looking that no report could check; an expectation by its strength."""
BLOCKS = ("report", "headline", "caption", "byline", "related", "comment", "advert")
"""What a sentence of a page is."""
DAYS = ("included", "before", "after", "overlap")
"""How an event lies to the time that its arc points at (Yao et al. 2020); the document's date is column 0."""
LINKS = ("attribution", "time", "holder")
"""Arcs beside the tree: from a word of a source or content to its cue; from an event to its time; from an expectation to who
holds it. Column 0 is: no cue; the document's date; the reporter's own voice."""
FACTUALITY_STYLES = ("news", "web")
"""The two factuality corpora use the scale differently; the reader uses the first."""
CASES = (
    "pad",
    "lower",
    "title",
    "upper",
    "mixed",
    "number",
    "digit",
    "punctuation",
    "title-initial",
    "capital-letter",
)
"""How a word is written, as the runtime tells it (`case_of`); `title-initial` is a title-cased word that opens its sentence."""


def universal(relation: str) -> str:
    """A UD relation without its subtype, but for the few that the reader needs."""
    return relation if relation in KEPT_SUBTYPES else relation.split(":")[0]
