"""The index of stories by their words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.keeper.story_index import LONGEST, StoryIndex

TERMS = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.25, 4), max_size=5)
STORIES = st.dictionaries(st.sampled_from(["s1", "s2", "s3", "s4"]), TERMS, max_size=4)


@given(STORIES, TERMS, st.integers(1, 4))
def test_the_nearest_are_those_that_comparing_with_all_would_find(
    stories: dict[str, dict[str, float]], query: dict[str, float], count: int
) -> None:
    index = StoryIndex()
    for story, terms in stories.items():
        index.put(story, terms)
    shared = {s: sum(w * terms[t] for t, w in query.items() if t in terms) for s, terms in stories.items()}
    best = sorted((s for s in shared if shared[s] > 0), key=lambda s: (-shared[s], s))
    assert index.nearest(query, count) == best[:count]


def test_a_story_that_is_put_again_stands_under_its_new_terms_alone() -> None:
    index = StoryIndex()
    index.put("s", {"ferry": 1.0})
    index.put("s", {"bridge": 1.0})
    assert len(index) == 1
    assert index.nearest({"ferry": 1.0}, 5) == []
    assert index.nearest({"bridge": 1.0}, 5) == ["s"]
    index.remove("s")
    index.remove("s")
    assert len(index) == 0
    assert index.nearest({"bridge": 1.0}, 5) == []


def test_a_term_of_too_many_stories_is_passed_over() -> None:
    index = StoryIndex()
    for number in range(LONGEST + 1):
        index.put(f"s{number:03}", {"said": 1.0} | ({"ferry": 1.0} if number < 2 else {}))
    assert index.nearest({"said": 9.0, "ferry": 1.0}, 5) == ["s000", "s001"]
