"""Whether records agree with the text that they were taken from."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.records import Event, Expectation, Mention, Reading, Span, TimeExpression


def wrong_with(reading: Reading) -> str | None:
    """What of an article's records points outside its text or at another word than they say, or None."""
    text, size = reading.article.text, len(reading.sentences)
    for span in _spans(reading):
        if not 0 <= span.start <= span.end <= len(text):
            return f"a record stands at {span.start}-{span.end} of a text of {len(text)} characters"
    named: tuple[TimeExpression | Mention, ...] = (*reading.times, *reading.mentions)
    for record in named:
        if record.span.of(text) != record.text:
            return f"{record.text!r} does not stand at {record.span.start}"
    happenings: tuple[Event | Expectation, ...] = (*reading.events, *reading.expectations)
    for told in happenings:
        if not 0 <= told.sentence < size:
            return f"a record stands in sentence {told.sentence} of {size}"
    if reading.vectors is not None and len(reading.vectors) != size:
        return f"{len(reading.vectors)} vectors of {size} sentences"
    return None


def _spans(reading: Reading) -> Iterator[Span]:
    yield from reading.sentences
    yield from (time.span for time in reading.times)
    yield from (mention.span for mention in reading.mentions)
    for said in reading.statements:
        yield from (span for span in (said.content, said.cue, said.source) if span)
    for expected in reading.expectations:
        yield from (expected.span, expected.trigger)
        yield from _spans_of_arguments(expected)
    for event in reading.events:
        yield event.span
        yield from (quantity.span for quantity in event.quantities)
        yield from _spans_of_arguments(event)


def _spans_of_arguments(told: Event | Expectation) -> Iterator[Span]:
    for argument in told.arguments:
        yield from (argument.span, argument.head)
