"""Numbers told in several words: "two hundred", "twenty-five", "2 1/2", "nineteen ninety-six", "the year two thousand"."""

from __future__ import annotations

from dateline.language.number_words import DOZEN, SCALES
from dateline.reader.calendar.grammar import Grammar
from dateline.reader.calendar.lexer import Item, number_value

LONGEST = 12
"""Words in one number; a longer row of number words is not one."""
_JOINING = frozenset(["-", "and"])


def join(items: list[Item], rules: Grammar) -> list[Item]:
    """The items with every row of number words made one."""
    if not any("number" in item.values for item in items):
        return items
    out: list[Item] = []
    position = 0
    while position < len(items):
        item = items[position]
        if "number" not in item.values and not (item.word == "a" and _is_scale(items, position + 1)):
            out.append(item)
            position += 1
            continue
        end, value = _read(items, position)
        if end == position + 1 and "number" in item.values and not item.word.isalpha():
            out.append(item)
        else:
            out.append(_joined(items, position, end, value, rules))
        position = end
    return out


def _joined(items: list[Item], first: int, end: int, value: float, rules: Grammar) -> Item:
    values = number_value(value)
    words = [item.word for item in items[first:end]]
    if 1100 <= value <= 2099 and value == int(value) and words[0].isalpha():
        values = {"number": value, "year4": int(value), "spelled": int(value)}
    if end == first + 1:
        values = {**items[first].values, **values}
        character = rules.alphabet.characters.get(frozenset(values)) or items[first].character
    else:
        character = rules.character(values)
    return Item(items[first].start, items[end - 1].end, character, values, " ".join(words))


def _is_scale(items: list[Item], position: int) -> bool:
    return position < len(items) and items[position].word in SCALES | DOZEN


def _read(items: list[Item], first: int) -> tuple[int, float]:
    """Where the number that begins at `first` ends, and its value."""
    item = items[first]
    if item.word == "a":
        total, group, position = 0.0, 1.0, first + 1
    else:
        total, group, position = 0.0, float(item.values["number"]), first + 1
    if not item.word.isalpha():
        return _fraction(items, position, group)
    previous = group
    while position < len(items) and position - first < LONGEST:
        ahead = position
        if items[ahead].word in _JOINING and ahead + 1 < len(items):
            ahead += 1
        following = items[ahead]
        if "number" not in following.values or not following.word.isalpha():
            break
        value = float(following.values["number"])
        if value == 0.5:
            return (
                (ahead + 1, total + group + 0.5)
                if items[ahead - 1].word == "a"
                else (position, total + group)
            )
        if value >= 100:
            if ahead != position:
                break
            group, previous = group * value, value
            if value >= 1000:
                total, group = total + group, 0.0
        elif (previous in (20, 30, 40, 50, 60, 70, 80, 90) and value < 10) or (
            previous >= 100 and value < 100
        ):
            group, previous = group + value, value
        elif 13 <= group <= 20 and value >= 10 and ahead == position and total == 0:
            group, previous = group * 100 + value, value  # nineteen ninety-six
        else:
            break
        position = ahead + 1
    return _fraction(items, position, total + group)


def _fraction(items: list[Item], position: int, value: float) -> tuple[int, float]:
    """Take "1/2" or "and a half" after a whole number."""
    if position < len(items) and "fraction" in items[position].values:
        top, bottom = items[position].values["fraction"].split("/")
        if int(bottom):
            return position + 1, value + int(top) / int(bottom)
    words = [item.word for item in items[position : position + 3]]
    if words == ["and", "a", "half"]:
        return position + 3, value + 0.5
    if words and words[0] in SCALES:
        return position + 1, value * SCALES[words[0]]
    return position, value
