"""Records by columns come back as they were, whatever they lack."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Event, Expectation, Mention, Span, Statement, TimeExpression
from dateline.store import columns

TEXT = "The bridge of Arlen, 30 years old, will open on Friday."
SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: Span(min(ends), max(ends)))

# numbers as a notebook may hold them
st.register_type_strategy(int, st.integers(-(2**31), 2**31))
st.register_type_strategy(float, st.floats(allow_nan=False))


@dataclass(frozen=True, slots=True)
class All:
    """Every kind of record."""

    times: tuple[TimeExpression, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    expectations: tuple[Expectation, ...] = ()


def there_and_back(records: All) -> All:
    written = msgspec.msgpack.decode(msgspec.msgpack.encode(columns.write(All, [records], TEXT)))
    (found,) = columns.read(All, iter(written), TEXT)
    return msgspec.convert(found, All)


@given(st.from_type(All))
def test_any_records_come_back(records: All) -> None:
    assert there_and_back(records) == records


@given(st.lists(SPANS.map(lambda span: Mention(span, span.of(TEXT), "place", "Arlen"))))
def test_words_that_stand_in_the_text_are_not_written(mentions: list[Mention]) -> None:
    written = columns.write(All, [All(mentions=tuple(mentions))], TEXT)
    assert not any(
        m.text in column for m in mentions for column in written if m.text not in ("", "Arlen", "place")
    )
    assert there_and_back(All(mentions=tuple(mentions))).mentions == tuple(mentions)


def test_what_is_cut_short_is_refused() -> None:
    written = columns.write(Span, [Span(0, 3), Span(4, 9)], TEXT)
    with pytest.raises(ValueError, match="zip"):
        columns.read(Span, iter([written[0], written[1][:1]]), TEXT)
