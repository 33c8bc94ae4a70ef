"""The index of stories by their words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.keeper.postings import LONGEST, Postings

TERMS = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.25, 4), max_size=5)
STORIES = st.dictionaries(st.sampled_from(["s1", "s2", "s3", "s4"]), TERMS, max_size=4)


@given(STORIES, TERMS, st.integers(1, 4))
def test_the_nearest_are_those_that_comparing_with_all_would_find(
    stories: dict[str, dict[str, float]], query: dict[str, float], count: int
) -> None:
    postings = Postings()
    for story, terms in stories.items():
        postings.put(story, terms)
    shared = {s: sum(w * terms[t] for t, w in query.items() if t in terms) for s, terms in stories.items()}
    best = sorted((s for s in shared if shared[s] > 0), key=lambda s: (-shared[s], s))
    assert postings.nearest(query, count) == best[:count]


def test_a_story_that_is_put_again_stands_under_its_new_terms_alone() -> None:
    postings = Postings()
    postings.put("s", {"ferry": 1.0})
    postings.put("s", {"bridge": 1.0})
    assert len(postings) == 1
    assert postings.nearest({"ferry": 1.0}, 5) == []
    assert postings.nearest({"bridge": 1.0}, 5) == ["s"]
    postings.remove("s")
    postings.remove("s")
    assert len(postings) == 0
    assert postings.nearest({"bridge": 1.0}, 5) == []


def test_a_term_of_too_many_stories_is_passed_over() -> None:
    postings = Postings()
    for number in range(LONGEST + 1):
        postings.put(f"s{number:03}", {"said": 1.0} | ({"ferry": 1.0} if number < 2 else {}))
    assert postings.nearest({"said": 9.0, "ferry": 1.0}, 5) == ["s000", "s001"]
