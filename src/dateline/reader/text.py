"""Furniture, sentences and tokens: offsets into the original text, always.

`split` goes through a text three times: lines to paragraphs (page furniture left out, hard-wrapped prose joined),
paragraphs to tokens as UD English cuts them, tokens to sentences. Every pass is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dateline.reader import furniture
from dateline.reader.abbreviations import ABBREVIATIONS, BEFORE_NUMBER, CAN_END, CUE_VERBS, OPENERS
from dateline.records import Span


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark as Universal Dependencies cuts them ("don't" is "do", "n't"; "Putin's" is "Putin", "'s")."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its characters, its tokens, and the number of the paragraph that holds it (from 0)."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int

    @property
    def span(self) -> Span:
        """The sentence's characters."""
        return Span(self.start, self.end)


LONGEST = 256
"""Tokens after which a sentence without an end is cut, at a comma or the like where there is one."""


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order, page furniture left out.

    Never raises; takes time linear in the length of `text`. No sentence is empty or longer than `LONGEST` tokens,
    and every character outside furniture that is neither white space nor an invisible control is in one token.
    """
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs(text)):
        tokens = [token for piece in paragraph for token in tokenize(text, piece.start, piece.end)]
        bounds = [0, *_sentence_ends(text, tokens)]
        for first, last in pairwise(bounds):
            for low, high in _windows(tokens, first, last):
                chosen = tuple(tokens[low:high])
                sentences.append(Sentence(chosen[0].start, chosen[-1].end, chosen, number))
    return tuple(sentences)


# ---------------------------------------------------------------------------------------- lines to paragraphs

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]")
_TERMINAL = re.compile(r"""[.!?…:][\s"'”’»)\]]*\Z""")
_UNFINISHED = re.compile(
    r"(?:[,;–—-]|\b(?:the|an?|of|to|in|on|at|by|for|with|from|and|or|but|that|which|who|is|was|were|has|had|will|as))\Z",
    re.I,
)
_LIST_ITEM = re.compile(r"(?:[-*•·◦▪–—]\s|\d{1,2}[.)]\s)")
_WIDTHS = range(40, 131)
"""Line lengths at which programs wrap prose."""
_SLACK = 5
"""Characters by which a full line may fall short."""


def paragraphs(text: str) -> list[list[Span]]:
    """The paragraphs of `text`, each as the lines that make it up, furniture left out.

    An empty line parts paragraphs. A single line break does too, unless the line is wrapped prose that goes on.
    """
    lines = _trimmed_lines(text)
    width = _wrap_width(text, lines)
    found: list[list[Span]] = []
    for block in lines:
        current: list[Span] = []
        for line in block:
            if current and not _goes_on(text, current[-1], line, width):
                found.append(current)
                current = []
            current.append(line)
        if current:
            found.append(current)
    kept = (furniture.strip(text, paragraph) for paragraph in found)
    return [paragraph for paragraph in kept if paragraph]


def _trimmed_lines(text: str) -> list[list[Span]]:
    """Blocks of lines between empty lines, white space around each line left out."""
    blocks: list[list[Span]] = [[]]
    position = 0
    while position <= len(text):
        brk = _BREAK.search(text, position)
        end = brk.start() if brk else len(text)
        line = text[position:end]
        stripped = line.strip()
        if stripped:
            start = position + len(line) - len(line.lstrip())
            blocks[-1].append(Span(start, start + len(stripped)))
        elif blocks[-1]:
            blocks.append([])
        position = brk.end() if brk else len(text) + 1
    return [block for block in blocks if block]


def _first_word(text: str, line: Span) -> int:
    """Length of the line's first word."""
    return len(text[line.start : min(line.end, line.start + 60)].split(None, 1)[0])


def _wrap_width(text: str, blocks: list[list[Span]]) -> int | None:
    """The width at which the text's lines are wrapped, or None where they are not.

    Wrapped lines are so full that the next line's first word would not have fitted.
    """
    joined = [(a, b) for block in blocks for a, b in pairwise(block)]
    if len(joined) < 2:
        return None
    width = max(line.end - line.start for block in blocks for line in block)
    if width not in _WIDTHS:
        return None
    full = sum(_is_full(text, a, b, width) for a, b in joined)
    return width if full >= 0.6 * len(joined) else None


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """True where the next line's first word would hardly have fitted on `line`."""
    return line.end - line.start + 1 + _first_word(text, following) > width - _SLACK


def _goes_on(text: str, line: Span, following: Span, width: int | None) -> bool:
    """True where the break between two lines lies inside running prose."""
    tail, head = text[max(line.start, line.end - 40) : line.end], text[following.start : following.start + 8]
    if _LIST_ITEM.match(head):
        return False
    if width is not None:
        return _is_full(text, line, following, width)
    if _TERMINAL.search(tail):
        return False
    return head[:1].islower() or bool(_UNFINISHED.search(tail))


# ---------------------------------------------------------------------------------------- characters to tokens

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
        w: len(w) - 2
        for w in ("dont", "didnt", "doesnt", "isnt", "wasnt", "arent", "werent", "havent", "hasnt", "hadnt")
    },
    **{w: len(w) - 2 for w in ("couldnt", "wouldnt", "shouldnt")},
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


# ---------------------------------------------------------------------------------------- tokens to sentences

_ENDS = re.compile(r"(?:\.+|…+|[!?]+|[。！？؟।]|\.{2,})\Z")
_SMILEY = re.compile(r"[:;=]-?[)(DPp]+")
_QUOTES = frozenset(('"', "'", "''", "``", "“", "”", "‘", "’", "«", "»"))


_DATELINE = re.compile(
    r"""(?:[A-Z][A-Z'’.-]{2,}[ ]?)(?:[A-Z][A-Z'’.-]*[ ]?){0,4}          # HARTVIK or PORT ASHBY
    (?:,[ ][A-Z][\w.'’-]*(?:[ ][A-Z][\w.'’-]*)?){0,3}                   # , Norrmark
    (?:,?[ ](?:[A-Z][a-z]{2,8}\.?[ ]\d{1,2}|\d{1,2}[ ][A-Z][a-z]{2,8}\.?)(?:,?[ ]\d{4})?)?   # , Oct. 3
    (?:[ ]\([^()]{2,40}\))?[ ]?(?:--|[-–—])[ ]+(?=["'“‘]?[A-Z0-9])""",
    re.VERBOSE,
)


def _sentence_ends(text: str, tokens: list[Token]) -> list[int]:
    """Indices one past the last token of each sentence. A dateline ("HARTVIK, Oct 3 (NWA) -") is one by itself."""
    ends: list[int] = []
    closing = _closing_marks(text, tokens)
    position, first, count = 0, 0, len(tokens)
    if tokens and (
        dateline := _DATELINE.match(text, tokens[0].start, min(tokens[0].start + 120, tokens[-1].end))
    ):
        position = first = sum(t.end <= dateline.end() for t in tokens[:40])
        ends.append(first)
    while position < count:
        token = tokens[position]
        position += 1
        if not _may_end(token.text):
            continue
        position = _after_closers(tokens, closing, position)
        if position < count and _ends_here(text, tokens, first, position, token):
            ends.append(position)
            first = position
    if count:
        ends.append(count)
    return ends


def _after_closers(tokens: list[Token], closing: list[bool], position: int) -> int:
    """`position` moved past what still belongs to a sentence after its end mark: quotes, brackets, smileys, "[6]"."""
    while position < len(tokens):
        token = tokens[position]
        if closing[position] or _ENDS.match(token.text) or _SMILEY.fullmatch(token.text):
            position += 1
        elif (
            token.text == "["
            and [t.text for t in tokens[position + 2 : position + 3]] == ["]"]
            and tokens[position + 1].text.isdigit()
        ):
            position += 3
        else:
            break
    return position


def _may_end(word: str) -> bool:
    return bool(_ENDS.match(word)) or (len(word) > 1 and word.endswith(".") and word[0] != ".")


def _closing_marks(text: str, tokens: list[Token]) -> list[bool]:
    """Which tokens are closing brackets or closing quotation marks; straight marks are told by the space around them."""
    closing: list[bool] = []
    opened = False
    for i, token in enumerate(tokens):
        mark = token.text
        if mark in ('"', "'"):
            spaced_left = i == 0 or tokens[i - 1].end < token.start
            spaced_right = i + 1 == len(tokens) or token.end < tokens[i + 1].start
            if spaced_left == spaced_right:
                closes = opened if mark == '"' else not spaced_left
            else:
                closes = spaced_right
            if mark == '"':
                opened = not closes
            closing.append(closes)
        else:
            closing.append(mark in (")", "]", "}", "”", "’", "»", "''", "’’", "-RRB-"))
    return closing


def _ends_here(text: str, tokens: list[Token], first: int, position: int, terminal: Token) -> bool:
    """True where a sentence ends before `tokens[position]`, `terminal` being the mark or abbreviation before it."""
    following = tokens[position]
    ahead = position
    while ahead < len(tokens) and (
        tokens[ahead].text in _QUOTES or tokens[ahead].text in ("(", "[", "-LRB-")
    ):
        ahead += 1
    word = tokens[min(ahead, len(tokens) - 1)].text
    closed = tokens[position - 1] is not terminal and tokens[position - 1].text[-1] in "\"'”’»"
    if following.text in (",", ";", ":", "%", "--", "—", "–", "-") and not (
        following.text in "—–--" and terminal.text == "."
    ):
        return False
    if following.text in ("—", "–", "-", "--") and closed:
        return False
    lower = word[:1].islower()
    if len(terminal.text) > 1 and terminal.text[0] not in ".!?…" and terminal.text.endswith("."):
        return _abbreviation_ends(tokens, position, terminal.text, word)
    if position - first == 2 and tokens[first].text.isdigit():
        return False  # "1." before the text of a list item
    if lower:
        if closed or terminal.text[0] == "…" or terminal.text.startswith(".."):
            return False
        return terminal.end < following.start and not word.startswith(("'", "’"))
    if closed and terminal.text[0] in "!?" and _is_cue(tokens, ahead):
        return False
    return not (terminal.end == following.start and following.text.isdigit())


def _abbreviation_ends(tokens: list[Token], position: int, abbreviation: str, word: str) -> bool:
    """True where an abbreviation's dot also ends the sentence: "in the U.S. The army …", not "the U.S. Army"."""
    bare = abbreviation[:-1]
    if bare not in CAN_END and bare.lower() not in CAN_END:
        return False
    return word in OPENERS or (word[:1] in '“"' and len(word) == 1)


def _is_cue(tokens: list[Token], position: int) -> bool:
    """True where a name and a verb of saying follow: '"Go!" Anna Holm said.'"""
    for token in tokens[position : position + 5]:
        if token.text.lower() in CUE_VERBS:
            return True
        if not token.text[:1].isupper() and token.text not in (",", "'s", "’s"):
            return False
    return False


def _windows(tokens: list[Token], first: int, last: int) -> list[tuple[int, int]]:
    """[first, last), cut into windows of at most `LONGEST` tokens, after a comma or the like where possible."""
    windows = []
    while last - first > LONGEST:
        cut = next(
            (
                i + 1
                for i in range(first + LONGEST - 1, first + LONGEST // 2, -1)
                if tokens[i].text in (",", ";", ":", "—", "–")
            ),
            first + LONGEST,
        )
        windows.append((first, cut))
        first = cut
    if last > first:
        windows.append((first, last))
    return windows
