"""Filing in goes: whatever comes when, and wherever a go ends, stories are those of one go over all."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import adding, filing
from dateline.adding import Adding
from dateline.errors import DatelineError
from dateline.filing import LATEST, Filing, file_articles, spaced
from dateline.keeper.stories import DayResult, Shelf
from dateline.reader import Reader
from dateline.records import Reading
from dateline.sources import make_article
from dateline.store import Membership, Store, open_store
from tests.plain_model import PlainModel

FIRST = date(2024, 1, 1)
PLACES = ("Merrow", "Tarn", "Ellis Quay", "Northgate", "Pell", "Arden Vale")
MATTERS = (
    "the lock gates were drained and divers searched the silt for cracks",
    "the ferry terminal closed after inspectors measured the quay wall",
    "nurses voted on the pay offer that the hospital trust tabled",
    "the reservoir burst its spillway and flooded the lower meadows",
)


def telling(number: int, day: int, rest: random.Random) -> Reading:
    place = PLACES[number % len(PLACES)]
    matter = MATTERS[number % len(MATTERS)]
    words = " ".join(rest.sample(f"{matter} {' '.join(MATTERS)}".split(), 12))
    text = (
        f"{place} council said that {matter} near {place} on day {day}. Report {number} has {words}.\n\n"
        f"Engineers in {place} worked on. Officials will meet tomorrow in {place}."
    )
    article = make_article(f"r{number}", FIRST + timedelta(days=day), text, title=f"{place}: {matter[:30]}")
    return Reader(PlainModel()).read(article)


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Reading]:
    """As a notebook gives them back, in the order of their days."""
    rest = random.Random(5)
    made = [telling(n, n * 2 // 5, rest) for n in range(100)]
    store = open_store(str(tmp_path_factory.mktemp("readings") / "n.db"))
    store.save(made)
    found = store.load([r.article.id for r in made])
    store.close()
    return sorted(found.values(), key=lambda r: (r.article.published, r.article.id))


@pytest.fixture
def open_new(tmp_path: Path) -> Iterator[Callable[[], Store]]:
    opened: list[Store] = []

    def make() -> Store:
        opened.append(open_store(str(tmp_path / f"{len(opened)}.db")))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


def everything(store: Store) -> tuple[dict[date, list[Membership]], tuple[date, bytes] | None]:
    """Who is in which story at the close of each day, and the last state."""
    days = store.days_from(date.min)
    return {day: store.memberships(day) for day in days}, store.checkpoint_before(date.max)


def at_once(store: Store, readings: Sequence[Reading]) -> Store:
    store.save(readings)
    file_articles(store)
    return store


def test_an_archive_filed_in_passing_has_the_stories_of_one_filed_at_once(
    readings: Sequence[Reading], open_new: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    load = Store.load

    def loaded(store: Store, ids: Sequence[str]) -> dict[str, Reading]:
        asked.extend(ids)
        return load(store, ids)

    monkeypatch.setattr(adding, "_TAKEN_AT_ONCE", 7)
    monkeypatch.setattr(adding, "_AT_HAND", 20)
    monkeypatch.setattr(filing, "_KEPT_EVERY", 30)
    monkeypatch.setattr(Store, "load", loaded)
    store = open_new()
    passing = Adding(store, lambda articles: iter(()))
    for number, reading in enumerate(readings):
        passing.take_read(reading)
        if number == 60:
            assert store.unfiled_since() > FIRST + timedelta(days=15)  # type: ignore[operator]
    passing.finish()
    assert not asked, "what is at hand is read from the notebook all the same"
    assert everything(store) == everything(at_once(open_new(), readings))
    assert len(store.checkpoint_days()) > LATEST


@pytest.mark.parametrize("seed", range(3))
def test_an_archive_out_of_order_or_before_what_is_there_is_filed_as_at_once(
    readings: Sequence[Reading],
    open_new: Callable[[], Store],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    monkeypatch.setattr(adding, "_TAKEN_AT_ONCE", 7)
    store = at_once(open_new(), readings[70:])
    passing = Adding(store, lambda articles: iter(()))
    rest = [*readings[30:70], *readings[:30]]
    if seed:
        random.Random(seed).shuffle(rest)
    for reading in rest:
        passing.take_read(reading)
    passing.finish()
    assert everything(store) == everything(at_once(open_new(), readings))


def test_days_that_are_known_to_be_filed_are_not_looked_through(
    readings: Sequence[Reading], open_new: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    unfiled_since = Store.unfiled_since
    asked: list[date] = []

    def compared(store: Store, after: date = date.min) -> date | None:
        asked.append(after)
        found = unfiled_since(store, after)
        assert found == unfiled_since(store), f"something before {after} is in no story"
        return found

    monkeypatch.setattr(adding, "_TAKEN_AT_ONCE", 7)
    monkeypatch.setattr(adding, "_TAKEN_FILED_EVERY", 10)
    monkeypatch.setattr(Store, "unfiled_since", compared)
    store = open_new()
    for some, name in ((readings[20:80], None), (readings[:90], "The locks"), (readings, None)):
        passing = Adding(store, lambda articles: iter(()), story=name)
        for reading in some:
            passing.take_read(reading)
        passing.finish()
    assert asked.count(date.min) * 2 < len(asked), "all days are looked through again and again"
    assert FIRST + timedelta(days=15) < max(day for day in asked if day < date.max)
    assert compared(store) is None


def test_a_go_that_fails_leaves_the_next_to_begin_again(
    readings: Sequence[Reading], open_new: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_new()
    store.save(readings[:40])
    goes = Filing(store)
    goes.file()
    store.save(readings[40:])
    place_day = Shelf.place_day
    bad = readings[80].article.published

    def fails(shelf: Shelf, day: date, some: Sequence[Reading]) -> DayResult:
        if day == bad:
            raise DatelineError("no more")
        return place_day(shelf, day, some)

    with monkeypatch.context() as patch:
        patch.setattr(Shelf, "place_day", fails)
        with pytest.raises(DatelineError):
            goes.file()
    assert store.unfiled_since() is not None
    goes.file()
    assert everything(store) == everything(at_once(open_new(), readings))


def test_what_comes_late_is_filed_from_a_state_not_far_before_it(
    readings: Sequence[Reading], open_new: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = readings[75]
    store = at_once(open_new(), [r for r in readings if r is not late])
    last = readings[-1].article.published
    placed: list[date] = []
    place_day = Shelf.place_day

    def noted(shelf: Shelf, day: date, some: Sequence[Reading]) -> DayResult:
        placed.append(day)
        return place_day(shelf, day, some)

    monkeypatch.setattr(Shelf, "place_day", noted)
    at_once(store, [late])
    since = (last - late.article.published).days + 1
    assert LATEST < since <= len(placed) <= 3 * since + 1 < (last - FIRST).days
    assert everything(store)[0] == everything(at_once(open_new(), readings))[0]


@given(st.sets(st.integers(0, 3000), min_size=1, max_size=400))
def test_states_are_kept_of_the_last_days_and_ever_fewer_before(numbers: set[int]) -> None:
    days = [FIRST + timedelta(days=n) for n in numbers]
    kept = spaced(days)
    assert kept[:LATEST] == sorted(days, reverse=True)[:LATEST]
    assert kept[-1] == min(days)
    assert len(kept) == len(set(kept)) <= LATEST + 16
    between = {day: [d for d in days if older < d < day] for day, older in pairwise(kept)}
    back = {day: (kept[0] - day).days + 1 for day in days}
    for day, older in pairwise(kept[LATEST - 1 :]):
        # of what lies between two kept days nothing would have been nearer than need be
        assert back[older] <= 3 * back[day] or not between[day]


def test_states_kept_day_by_day_stay_spaced() -> None:
    kept: list[date] = []
    for number in range(500):
        kept = spaced([*kept, FIRST + timedelta(days=number)])
        back = [(kept[0] - day).days + 1 for day in kept]
        assert all(older <= 3 * nearer for nearer, older in pairwise(back[LATEST - 1 :]))
    assert len(kept) <= LATEST + 12
