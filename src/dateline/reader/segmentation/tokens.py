"""Characters to tokens, cut as UD English does (EWT, GUM). Linear in the length of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.reader.segmentation.abbreviations import ABBREVIATIONS, BEFORE_NUMBER


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark as Universal Dependencies cuts them ("don't" is "do", "n't"; "Putin's" is "Putin", "'s")."""

    start: int
    end: int
    text: str


_SEPARATOR = r"\s\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_CHUNK = re.compile(rf"[^{_SEPARATOR}]+")
_MARKS = r"\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u0e00-\u0eff\u00ad\u200c"
_LETTER = rf"(?:[^\W\d_]|[{_MARKS}])"
_WORD = rf"[\w{_MARKS}]"
_PICTURE = r"[\u2600-\u27bf\U0001f300-\U0001faff]"
_PREFIXES = "anti|arch|co|counter|cross|e|ex|inter|intra|mega|meta|micro|mid|mini|multi|neo|non|over|post|pre|pro|pseudo|re|semi|sub|super|trans|ultra|un|under"
_UNITS = "am|pm|bn|mn|tn|m|k|km|kg|g|mg|cm|mm|mph|kph|kmh|ft|lb|lbs|hr|hrs|min|mins|yr|yrs|gb|mb|kb|mw|gw|kw|kwh|mwh|c|f|p"
_DOMAINS = "com|org|net|gov|edu|mil|int|info|io|tv|co|uk|us|eu|ru|ua|de|fr|cn|in|au|ca|nz|ie|za"
_ABBREVIATION = "|".join(sorted(map(re.escape, ABBREVIATIONS), key=len, reverse=True))

_TOKEN = re.compile(
    rf"""
    (?P<url>(?:https?://|ftp://|www\.)[^\s<>"“”]+)
  | (?P<whole>
      -[LR][RCS]B-                                                       # brackets of tokenised corpora
    | [\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}})*                  # e-mail
    | [@]\w+ | [#]{_LETTER}\w*
    | (?:[A-Za-z0-9-]{{1,63}}\.){{1,5}}(?i:{_DOMAINS})(?:/[^\s<>"“”]{{0,200}})?(?![\w.-]*\w)
    | \[(?:\.{{3}}|…)\] | \([A-Za-z]\)(?!{_WORD})
    | [:;=]-?[)(DPp]+(?!\w) | \^_*\^ | <3(?!\d)
    | (?<!{_WORD})(?:{_LETTER}\.){{2,9}}(?!{_WORD}) | (?<!{_WORD})(?:{_LETTER}\.){{1,9}}{_LETTER}(?!{_WORD})
    | (?<!{_WORD})(?:{_ABBREVIATION})\.(?!{_WORD})
    | (?<!{_WORD})[A-HJ-ZÀ-ÖØ-Þ]\.(?!{_WORD})
    | (?:US|A|C|NZ|HK|S|R)\$
    | \d{{3}}-\d{{3,4}}(?:-\d{{4}})?(?![\w-]) | \d{{4}}-\d\d-\d\d(?!\w)
    | ['’]\d\ds(?!\w)
    | \d+(?:[.,:/]\d+)*(?=(?i:{_UNITS})(?!\w)) | (?<=\d)(?i:{_UNITS})(?!\w)
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s)?(?!{_WORD}) | \.\d+(?!\w)
    | (?i:{_PREFIXES})-{_LETTER}+(?!['’]|{_WORD})
    | [A-Z]+(?:&[A-Z]+)+(?!\w)
    )
  | (?P<word>{_WORD}+(?:['’`]{_WORD}+)*)
  | (?P<mark>\.{{2,}}|…+|-{{2,}}|[!?]+|``|''|’’|‘‘|<<+|>>+|(?P<run>[*=_~+|^])(?P=run)+
    | [\U0001f1e6-\U0001f1ff]{{2}} | {_PICTURE}(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d{_PICTURE})*
    | ['’`](?:s|S|d|D|m|M|ll|LL|re|RE|ve|VE|em|til|cause|tis|twas)(?!{_WORD})
    | .)
    """,
    re.VERBOSE | re.DOTALL,
)
_CLITIC = re.compile(r"(?P<stem>.+?)(?P<clitic>n['’`]t|['’`](?:s|d|m|ll|re|ve))\Z", re.IGNORECASE | re.DOTALL)
_PARTED = {
    "cannot": 3,
    "gonna": 3,
    "gotta": 3,
    "wanna": 3,
    "lemme": 3,
    "gimme": 3,
    **{
        word: len(word) - 2
        for word in """dont didnt doesnt isnt wasnt arent werent havent hasnt hadnt couldnt wouldnt
        shouldnt""".split()  # noqa: SIM905 - as it reads best
    },
}
_URL_TAIL = re.compile(r"""[.,;:!?'"’”»)\]]+\Z""")


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, cut as UD English does (EWT, GUM)."""
    tokens: list[Token] = []
    for chunk in _CHUNK.finditer(text, start, end):
        at, piece = chunk.start(), chunk.group()
        cuts = _cut(piece) if len(piece) <= 40 else tuple(_pieces(piece))
        tokens.extend(Token(at + low, at + high, piece[low:high]) for low, high in cuts)
        if tokens[-1].text == "." and len(tokens) > 1 and _abbreviates(text, tokens[-2], tokens[-1], end):
            dot = tokens.pop()
            word = tokens.pop()
            tokens.append(Token(word.start, dot.end, text[word.start : dot.end]))
    return tokens


def _abbreviates(text: str, word: Token, dot: Token, end: int) -> bool:
    """True where a word that is only sometimes short for another has its dot before a number ("No. 10")."""
    if word.end != dot.start or word.text not in BEFORE_NUMBER:
        return False
    following = text[dot.end : min(end, dot.end + 3)].lstrip()
    return following[:1].isdigit()


@lru_cache(maxsize=20_000)
def _cut(chunk: str) -> tuple[tuple[int, int], ...]:
    """The tokens of a stretch without white space, as offsets into it."""
    return tuple(_pieces(chunk))


def _pieces(chunk: str) -> list[tuple[int, int]]:
    cuts: list[tuple[int, int]] = []
    position = 0
    while position < len(chunk):
        match = _TOKEN.match(chunk, position)
        assert match is not None  # the last alternative takes any character
        low, high = match.span()
        if match["url"]:
            tail = _URL_TAIL.search(chunk, low, high)
            high = tail.start() if tail and tail.start() > low else high
            cuts.append((low, high))
        elif match["word"]:
            cuts.extend(_word(chunk, low, high))
        else:
            cuts.append((low, high))
        position = high
    return cuts


def _word(chunk: str, low: int, high: int) -> list[tuple[int, int]]:
    """A word, its clitic ("n't", "'s") cut off."""
    word = chunk[low:high]
    inner = _PARTED.get(word.lower())
    if inner is not None:
        return [(low, low + inner), (low + inner, high)]
    if len(word) <= 40 and (match := _CLITIC.match(word)):
        return [(low, low + match.start("clitic")), (low + match.start("clitic"), high)]
    return [(low, high)]
