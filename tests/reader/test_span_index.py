"""What stands at a place is found as by looking at everything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.reader.span_index import SpanIndex
from dateline.records import Span

SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 30)).map(lambda p: Span(p[0], p[0] + p[1])), max_size=12
)


@given(SPANS, st.integers(0, 40), st.integers(1, 20))
def test_it_is_what_looking_at_all_finds_in_their_order(spans: list[Span], start: int, length: int) -> None:
    index = SpanIndex(spans, lambda s: s)
    wanted = Span(start, start + length)
    assert index.overlapping(wanted.start, wanted.end) == [s for s in spans if s.overlaps(wanted)]
    assert index.inside(wanted) == [s for s in spans if wanted.contains(s)]
    assert index.starting(wanted.start, wanted.end) == [
        s for s in spans if wanted.start <= s.start < wanted.end
    ]
