"""What the words of a sentence tell of it: whether it is page furniture, or torn, and whether it leans on what stands before it."""

from __future__ import annotations

import re

_FURNITURE = re.compile(
    r"[|]|https?:|www\.|\S@\S"
    r"|\A(?:photograph|photo|image|picture|credit|video|watch|read more|related|share|subscribe|advertisement|editor.s note|updated?|published)\b\W"
    r"|\b(?:shown here|pictured)\b|\A[QA]: |\A(?:page )?last updated|\A(?-i:[Bb]y|BY|From) (?:the )?(?-i:[A-Z][\w.’'-]+ (?:and )?[A-Z])",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"(?:he|she|it|they|we|you|i|his|her|its|their|this|that|these|those|most of|some of|and|but|so|to|also|however|initially|meanwhile"
    r"|then|there)\b",
    re.IGNORECASE,
)


_CUT = re.compile(
    r"\((?:CNN|AP|Reuters|AFP|UPI)\)\s*[-–—]|\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec|Sen|Rep|Gov|Gen|Mr|Mrs|Dr)\.\Z"
)


def is_furniture(sentence: str) -> bool:
    """True of captions, bylines and addresses, which stand among a report's sentences and tell nothing."""
    return _FURNITURE.search(sentence) is not None


def is_torn(sentence: str) -> bool:
    """True of half a sentence, or of two: a bracket or a quotation is not opened, or not closed, it ends in the colon before a list or in
    an abbreviation that something follows, or a dateline stands within it."""
    pairs = (("(", ")"), ("“", "”"), ("[", "]"))
    return (
        any(sentence.count(left) != sentence.count(right) for left, right in pairs)
        or sentence.count('"') % 2 == 1
        or sentence.endswith(":")
        or _CUT.search(sentence) is not None
    )


def leans(sentence: str) -> bool:
    """True where `sentence` opens with a word that is understood only from what stands before it, or that goes on from it."""
    return _LEANS.match(sentence) is not None
