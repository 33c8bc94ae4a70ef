"""What reports disagree about, as a question that a person understands: "How many died in the blast in Skelby on 5 May?"

Put together from the records of a passage: what is counted, who does what, the place and the day.
"""

from __future__ import annotations

import re

from dateline.keeper.stated_values import StatedValue, shortened
from dateline.language.days import MONTHS
from dateline.records import Argument, Event, Quantity, Span

_STATES = {
    "dead": "How many died",
    "injured": "How many were injured",
    "missing": "How many are missing",
    "arrested": "How many were arrested",
    "displaced": "How many lost their homes",
    "evacuated": "How many were evacuated",
    "rescued": "How many were rescued",
    "infected": "How many were infected",
}
_STATE_OF = {"kill": "dead", "die": "dead", "injure": "injured", "wound": "injured", "arrest": "arrested", "detain": "arrested", "evacuate": "evacuated", "rescue": "rescued"}  # fmt: skip
_MONEY = frozenset(["USD", "EUR", "GBP", "JPY", "AUD", "CAD", "NZD", "HKD", "SGD", "INR", "RUB"])
_BEING = re.compile(r"\b(?:is|are|was|were|be|been|being)\b(?:\s+\w+){0,2}\s*\Z", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:the|an?)\s+\Z", re.IGNORECASE)
_LOWERED = frozenset(["the", "a", "an", "some", "his", "her", "its", "their", "this", "that", "these", "those", "all", "both"])  # fmt: skip
_CLAIM = 160
"""Characters of a claim that is asked about."""
_LONG = 7
"""Words of a phrase beyond which its head is enough."""


def ask(stated: StatedValue) -> str:
    """The question that `stated` gives an answer to."""
    if stated.kind == "count":
        return _how_many(stated)
    wording = _Wording(stated)
    if stated.kind == "day":
        return f"When {wording.done(place=True)}?"
    if stated.kind == "place":
        return f"Where {wording.done(day=True)}?"
    if stated.kind == "who":
        return f"Who {wording.trigger}{wording.after(wording.patient)}{wording.place()}{wording.day()}?"
    return f"Is it so that “{shortened(stated.passage.text, _CLAIM)}”?"


class _Wording:
    """The words of a value's event, ready to be asked about."""

    def __init__(self, stated: StatedValue) -> None:
        self._text = stated.passage.filed.article.text
        self._stated = stated
        self.event = stated.event
        self.agent = self.event.argument("agent")
        self.patient = self.event.argument("patient")
        self.trigger = " ".join(self.event.span.of(self._text).split())

    @property
    def is_passive(self) -> bool:
        """True for "was destroyed" and "were being built"."""
        return bool(_BEING.search(self._text[self._stated.passage.span.start : self.event.span.start]))

    def phrase(self, argument: Argument) -> str:
        """A participant in words that can stand inside a sentence."""
        words = argument.text.split()
        if len(words) > _LONG:
            words = (argument.entity or f"the {argument.head.of(self._text)}").split()
        first = words[0].lower() if words[0].lower() in _LOWERED else words[0]
        return " ".join([first, *words[1:]])

    def after(self, argument: Argument | None) -> str:
        """A participant behind what stands before, or nothing."""
        return f" {self.phrase(argument)}" if argument is not None else ""

    def verb(self) -> str:
        """The predicate with its particle: "call off"."""
        return " ".join([self.event.predicate, *self.trigger.split()[1:]])

    def done(self, *, place: bool = False, day: bool = False) -> str:
        """ "did the council buy the trams", "was the bridge opened"."""
        around = (self.place() if place else "") + (self.day() if day else "")
        if self.patient is not None and self.is_passive:
            return f"was {self.phrase(self.patient)} {self.trigger}{around}"
        subject = self.agent or self.patient
        if subject is None:
            return f"was it that “{shortened(self._stated.passage.text)}”"
        done_to = self.patient if subject is self.agent else None
        return f"did {self.phrase(subject)} {self.verb()}{self.after(done_to)}{around}"

    def place(self) -> str:
        """ " in Skelby", where a named place is told."""
        happening = self.happening
        told = [e.argument("place") for e in (self.event, *([happening] if happening else []))]
        named = next((p for p in told if p is not None and p.entity is not None), None)
        return f" in {self.phrase(named)}" if named is not None else ""

    def day(self) -> str:
        """ " on 5 May", where a day is told."""
        day = self.event.interval
        if day is None or day.start != day.end:
            return ""
        return f" on {day.start.day} {MONTHS[day.start.month - 1]}"

    @property
    def happening(self) -> Event | None:
        """What the passage names beside the event: "the blast", "a fire"."""
        passage = self._stated.passage
        for event in passage.events:
            before = self._text[passage.span.start : event.span.start]
            if event.span != self.event.span and event.realis == "actual" and _NAMED.search(before):
                return event
        return None


def _how_many(stated: StatedValue) -> str:
    wording = _Wording(stated)
    quantity = stated.quantity
    assert quantity is not None
    state = quantity.role or (_STATE_OF.get(stated.event.predicate) if quantity.unit == "person" else None)
    around = f"{wording.place()}{wording.day()}"
    if state in _STATES:
        happening = wording.happening
        named = f" in the {happening.span.of(stated.passage.filed.article.text)}" if happening else ""
        return f"{_STATES[state]}{named}{around}?"
    much = _counted(stated, quantity)
    place_in = _part(wording, quantity.span)
    if place_in == "agent" and not wording.is_passive:
        return f"{much} {wording.trigger}{around}?"
    if place_in is not None and wording.is_passive:
        return f"{much} were {wording.trigger}{around}?"
    if place_in == "patient" and wording.agent is not None:
        return f"{much} did {wording.phrase(wording.agent)} {wording.verb()}{around}?"
    return f"{much}: “{shortened(stated.passage.text)}”?"


def _counted(stated: StatedValue, quantity: Quantity) -> str:
    """ "How many trams", by the report's own word for what is counted."""
    if quantity.unit in _MONEY:
        return "How much money"
    if quantity.unit in ("person", None):
        return "How many people"
    if quantity.unit == "percent":
        return "How many percent"
    last = stated.value.split()[-1].strip(".,")
    noun = last if last.isalpha() and last.lower().startswith(str(quantity.unit)[:3]) else f"{quantity.unit}s"
    return f"How many {noun}"


def _part(wording: _Wording, span: Span) -> str | None:
    """The participant that the quantity is or stands in."""
    for name, argument in (("agent", wording.agent), ("patient", wording.patient)):
        if argument is not None and argument.span.overlaps(span):
            return name
    return None
