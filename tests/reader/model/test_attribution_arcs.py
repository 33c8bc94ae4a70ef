"""Stretches joined to attributions by the arcs of their words."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.reader.model import Attribution, Place
from dateline.reader.model.attribution_arcs import AttributionArcs, Rows
from dateline.reader.segmentation import Sentence, split

TEXT = "Nell Harker said it sank and warned of fog. “It is deep,” she added."
SENTENCES = split(TEXT)


def place(word: str, nth: int = 1) -> Place:
    found = [
        Place(n, k) for n, s in enumerate(SENTENCES) for k, token in enumerate(s.tokens) if token.text == word
    ]
    return found[nth - 1]


def words(first: str, last: str | None = None) -> list[Place]:
    a, b = place(first), place(last or first)
    return [Place(a.sentence, k) for k in range(a.token, b.token + 1)]


def rows(arcs: dict[str, list[str]], sentences: tuple[Sentence, ...] = SENTENCES) -> Rows:
    """Arcs of all words: those of the keys to their words alike, every other one to the root."""
    columns = [Place(n, k) for n, s in enumerate(sentences) for k in range(len(s.tokens))]
    found = {}
    for at in columns:
        scores = np.zeros(1 + len(columns), np.float32)
        targets = arcs.get(sentences[at.sentence].tokens[at.token].text, [])
        scores[[1 + columns.index(place(target)) for target in targets] or 0] = 20
        found[at] = (scores, columns)
    return found


def aimed(words: str, *targets: str) -> dict[str, list[str]]:
    """Arcs of each of the words to these."""
    return {word: list(targets) for word in words.split()}


def told(found: Attribution) -> tuple[str | None, list[str], list[str]]:
    cue = TEXT[found.cue.start : found.cue.end] if found.cue else None
    sources, contents = (
        [TEXT[p.start : p.end] for p in pieces] for pieces in (found.sources, found.contents)
    )
    return cue, sources, contents


def joined(stretches: list[tuple[str, list[Place]]], arcs: dict[str, list[str]]) -> list[Attribution]:
    given_stretches = AttributionArcs(SENTENCES)
    for kind, places in stretches:
        given_stretches.add(kind, places, 0.9)
    return list(given_stretches.join(rows(arcs)))


SAID = [("SOURCE", words("Nell", "Harker")), ("CUE", words("said")), ("CONTENT", words("it", "sank"))]
WARNED = [("CUE", words("warned")), ("CONTENT", words("of", "fog"))]


def test_each_stretch_goes_to_the_cue_that_its_arcs_choose() -> None:
    found = joined(
        [*SAID, ("CUE", words("added")), ("CONTENT", words("It", "deep")), ("SOURCE", words("she"))],
        aimed("Nell Harker it sank", "said") | aimed("It is deep she", "added"),
    )
    assert [told(a) for a in found] == [
        ("said", ["Nell Harker"], ["it sank"]),
        ("added", ["she"], ["It is deep"]),
    ]
    assert all(p.score == 0.9 for a in found for p in (*a.sources, *a.contents))


def test_a_source_may_serve_two_cues_and_a_content_only_one() -> None:
    arcs = aimed("Nell Harker it sank", "said", "warned") | aimed("of fog", "warned")
    found = joined([*SAID, *WARNED], arcs)
    assert [told(a) for a in found] == [
        ("said", ["Nell Harker"], ["it sank"]),
        ("warned", ["Nell Harker"], ["of fog"]),
    ]


def test_one_word_astray_moves_no_stretch() -> None:
    arcs = aimed("Nell Harker it", "said") | aimed("sank", "fog")
    found = joined([*SAID, *WARNED], arcs)
    assert told(found[0]) == ("said", ["Nell Harker"], ["it sank"])


def test_what_goes_to_no_cue_stands_alone() -> None:
    found = joined([*SAID, *WARNED], aimed("Nell Harker", "said"))
    assert [told(a) for a in found] == [
        ("said", ["Nell Harker"], []),
        ("warned", [], []),
        (None, [], ["it sank"]),
        (None, [], ["of fog"]),
    ]
    assert told(joined(SAID[:1], {})[0]) == (None, ["Nell Harker"], [])
    assert joined([], {}) == []


@given(
    st.lists(st.tuples(st.sampled_from(["SOURCE", "CUE", "CONTENT"]), st.integers(0, 8)), max_size=8),
    st.integers(0, 2**32 - 1),
)
def test_no_stretch_is_lost_and_no_content_told_twice(stretches: list[tuple[str, int]], seed: int) -> None:
    chance = np.random.default_rng(seed)
    given_stretches = AttributionArcs(SENTENCES)
    for kind, word in stretches:
        given_stretches.add(kind, [Place(0, word)], 0.5)
    columns = [Place(0, k) for k in range(9)]
    scores = {c: ((chance.random(10) * 4).astype(np.float32), columns) for c in columns}
    found = list(given_stretches.join(scores))
    for kind, parts in (
        ("SOURCE", [p for a in found for p in a.sources]),
        ("CONTENT", [p for a in found for p in a.contents]),
        ("CUE", [a.cue for a in found if a.cue]),
    ):
        wanted = [SENTENCES[0].tokens[word].start for told_kind, word in stretches if told_kind == kind]
        starts = [p.start for p in parts]
        assert set(starts) == set(wanted)
        assert kind == "SOURCE" or sorted(starts) == sorted(wanted)
