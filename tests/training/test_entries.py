"""Entries that were judged by hand, and what is fitted on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from training.entries import Examples, Judged, fit, held_out, judged, likelihoods, shares, told

from tests.keeper.stories_by_hand import Report, days

ENTRY = Judged(
    "t17", "t", "s", "fitting", "a", 0, 37, date(2024, 3, 4), date(2024, 3, 4), "faultless"
)  # fmt: skip


def test_the_table_names_places_days_and_known_labels() -> None:
    rows = judged()
    assert {r.label for r in rows} == {"faultless", "no event", "wrong day", "not alone", "repeats"}
    assert all(0 <= r.start < r.end and r.first <= r.last for r in rows)
    assert len({(r.story, r.article, r.start, r.first, r.last) for r in rows}) == len(rows)
    fitting, back = ({r.story for r in rows if r.split == split} for split in ("fitting", "held back"))
    assert fitting
    assert back
    assert not fitting & back


def test_an_entry_is_found_again_by_its_sentence_and_its_days() -> None:
    report = Report("a", "2024-03-05").say("The bridge of Arlen opened on Monday.")
    reading = report.happened("opened", "open", days("2024-03-04")).file().reading
    found = told(ENTRY, reading)
    assert found is not None
    assert found.text == "The bridge of Arlen opened on Monday."
    assert told(replace(ENTRY, first=date(2024, 3, 3)), reading) is None
    assert told(replace(ENTRY, end=20), reading) is None


def test_what_tells_faultless_entries_apart_is_learnt_and_holds_for_a_story_left_out() -> None:
    dice = np.random.default_rng(3)
    signs, vectors = dice.normal(size=(600, 5)), dice.normal(size=(600, 4))
    labels = np.where(vectors[:, 2] < 3 * signs[:, 1], 0, np.where(signs[:, 0] > 0, 1, 2))
    some = Examples(signs, vectors, labels, np.array(["a", "b", "c"] * 200))
    network = fit(some)
    assert network.probabilities(signs.astype(np.float32), vectors.astype(np.float32)).shape == (600, 4)
    assert ((likelihoods(network, some) > 0.5) == some.faultless).mean() > 0.85
    assert ((held_out(some) > 0.5) == some.faultless).mean() > 0.85
    again = fit(some)
    assert np.array_equal(network.signs, again.signs)


def test_shares_tell_what_is_left_from_a_probability_on() -> None:
    found = list(shares(np.array([0.3, 0.45, 0.7]), np.array([False, False, True])))
    assert found[0] == "all 3: 0.33 faultless"
    assert found[1] == "from 0.35, 2: 0.50 faultless"
    assert found[-1] == "from 0.65, 1: 1.00 faultless"
