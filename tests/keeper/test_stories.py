"""Filing into stories: what joins, what stays apart, and that nothing but the articles decides."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, product

import numpy as np
import pytest

from dateline.keeper import titles
from dateline.keeper.stories import Setting, Shelf
from dateline.records import Article, Expectation, Interval, Reading, Span, StoryArticle

START = date(2024, 2, 5)

BRIDGE = [
    (
        0,
        "Cable snaps on Orlen bridge, two workers hurt",
        "A cable snapped on the Orlen suspension bridge on Monday and two workers were hurt, the bridge authority in Tarsk said. Traffic over the river Isk was halted. Engineer Mira Polanski said the cable was last checked in autumn.",
    ),
    (
        1,
        "Orlen bridge stays shut as cable is examined",
        "The Orlen bridge stays shut while engineers examine the cable that snapped on Monday, hurting two workers. Mira Polanski of the bridge authority in Tarsk said a second cable showed rust. Ferries cross the Isk instead.",
    ),
    (
        9,
        "Rust found on six cables of Orlen bridge",
        "Six cables of the Orlen bridge in Tarsk are rusted, the bridge authority said after an examination that followed the snapped cable of last week. Mira Polanski said repairs over the Isk will take until summer.",
    ),
]
OTHER_BRIDGE = [
    (
        0,
        "Storm breaks cable on Kettle Sound bridge",
        "Two workers were hurt when a cable snapped on the Kettle Sound bridge in Port Amber on Monday, harbour police said. Traffic was halted. The bridge's owner, Amber Crossings, blamed a storm.",
    ),
    (
        2,
        "Amber Crossings reopens Kettle Sound bridge",
        "Amber Crossings has reopened the Kettle Sound bridge at Port Amber after a cable was replaced. Harbour police said the two workers hurt when it snapped had left hospital.",
    ),
]
ELECTION = [
    (
        1,
        "Velia votes on Sunday with Haddad ahead in polls",
        "Velia elects a president on Sunday. Polls put Samir Haddad, the opposition candidate, ahead of President Ines Marchetti. The electoral commission in Velia City expects four million voters.",
    ),
    (
        6,
        "Haddad wins Velia presidency",
        "Samir Haddad has won the presidency of Velia, the electoral commission in Velia City said. President Ines Marchetti conceded defeat late on Sunday. Haddad, the opposition candidate, took 54 percent.",
    ),
]
STORM = [
    (
        0,
        "Storm floods Pell Quay and sets fire to Dunmere mill",
        "A storm over Dunmere flooded Pell Quay and lightning set fire to the Castor mill on Monday night, mayor Ilse Grau said. Boats sank at Pell Quay harbour, and the mill's roof burned until morning.",
    ),
    (
        1,
        "Dunmere counts cost of storm at Pell Quay and Castor mill",
        "Dunmere counted the cost on Tuesday of the storm that flooded Pell Quay and burned the Castor mill. Mayor Ilse Grau visited the sunken boats in the harbour and the mill's burned roof.",
    ),
]
MILL = [
    (
        2,
        "Castor mill owner sued over burned looms",
        "Weavers sued Castor mill owner Hugo Brandt over looms that burned in the mill fire in Dunmere. Their lawyer Petra Novak said the mill had no sprinklers when its roof burned.",
    ),
    (
        5,
        "Castor mill had no sprinklers, Brandt tells court",
        "Hugo Brandt, owner of the Castor mill in Dunmere, told a court that the mill had no sprinklers when the fire burned its looms. The weavers' lawyer Petra Novak asked for wages.",
    ),
    (
        8,
        "Castor mill weavers win wages from Brandt",
        "A court told Hugo Brandt, owner of the Castor mill, to pay the weavers wages lost when fire burned the looms. Petra Novak, their lawyer, called the sprinklers ruling just.",
    ),
    (
        11,
        "Brandt sells burned Castor mill to weavers",
        "Hugo Brandt sold the burned Castor mill to its weavers, their lawyer Petra Novak said. The weavers will put in looms and sprinklers, paid from the wages the court gave them.",
    ),
]
QUAY = [
    (
        2,
        "Divers raise first boat at Pell Quay",
        "Divers raised the first of nine boats sunk at Pell Quay harbour in Dunmere. Harbour master Anton Reyes said cranes would lift the trawler Marigold from the flooded quay next.",
    ),
    (
        5,
        "Trawler Marigold lifted from Pell Quay harbour",
        "Cranes lifted the trawler Marigold from Pell Quay harbour, where it sank when the quay flooded. Divers found its hull whole, harbour master Anton Reyes said.",
    ),
    (
        8,
        "Pell Quay wall cracked, says harbour master Reyes",
        "The wall of Pell Quay cracked when the harbour flooded, harbour master Anton Reyes said after divers had looked at it. Cranes may not stand on the quay, and the trawler Marigold was towed.",
    ),
    (
        11,
        "New wall for Pell Quay after divers' report",
        "Pell Quay will get a new wall, harbour master Anton Reyes said, after divers reported cracks from the flood. Boats and the trawler Marigold must leave the harbour while cranes work.",
    ),
]
SEQUEL = (
    75,
    "Orlen bridge reopens after cables are replaced",
    "The Orlen bridge in Tarsk reopened after eleven weeks in which its rusted cables were replaced. Mira Polanski of the bridge authority led the first cars over the Isk.",
)


def reading(day: int, title: str, text: str, name: str | None = None) -> Reading:
    published = START + timedelta(days=day)
    return Reading(Article(name or f"{day}-{title}", f"{title}.txt", published, text, title=title))


def file(readings: list[Reading], shelf: Shelf | None = None) -> dict[str, str]:
    """The story of each article's title once all are filed."""
    shelf = Shelf() if shelf is None else shelf
    days = defaultdict(list)
    for r in readings:
        days[r.article.published].append(r)
    home: dict[str, str] = {}
    for day in sorted(days):
        result = shelf.place_day(day, days[day])
        home.update((p.article, p.story) for p in result.placements)
        home.update((m.article, m.story_to) for m in result.moves)
    return {r.article.title or "": home[r.article.id] for r in readings}


def news() -> list[Reading]:
    return [reading(*row) for row in (*BRIDGE, *OTHER_BRIDGE, *ELECTION)]


def stories_of(home: dict[str, str], rows: list[tuple[int, str, str]]) -> set[str]:
    return {home[title] for _, title, _ in rows}


def test_reports_of_one_chain_of_events_are_one_story() -> None:
    home = file(news())
    for rows in (BRIDGE, OTHER_BRIDGE, ELECTION):
        assert len(stories_of(home, rows)) == 1


def test_the_like_in_another_place_stays_apart() -> None:
    home = file(news())
    assert len(set(home.values())) == 3


@pytest.mark.parametrize(("others", "joins"), [(0, True), (140, False)])
def test_the_more_stories_run_the_more_alike_reports_must_be(others: int, joins: bool) -> None:
    """A link that is enough between the only two reports of a day may be chance among 140."""
    letters = "bcdfglmnprst"
    noise = [
        reading(0, f"Zu{n} wins ga{n}", f"Zu{n} of Mo{n} won the ga{n} of Re{n} by a ke{n}.")
        for n in (f"{a}o{b}a" for a, b in islice(product(letters, repeat=2), others))
    ]
    one = reading(
        0, "Mill burns", "A mill in Dunmere burned. Hugo Brandt, its owner, said 40 looms were lost."
    )
    two = reading(
        1,
        "Wages wanted",
        "Weavers of Dunmere asked a court for wages that are owed. Judge Petra Novak hears them soon.",
    )
    home = file([one, two, *noise])
    assert (home["Mill burns"] == home["Wages wanted"]) is joins


def test_a_dormant_story_is_woken() -> None:
    home = file([*news(), reading(*SEQUEL)])
    assert home[SEQUEL[1]] in stories_of(home, BRIDGE)


@pytest.mark.parametrize(
    ("announced", "told_on", "joins"), [(True, 125, True), (False, 125, False), (True, 4, False)]
)
def test_a_report_of_what_was_expected_wakes_a_dormant_story(
    announced: bool, told_on: int, joins: bool
) -> None:
    """Without the expectation the report is too unlike the story it belongs to, so long after; a story that is not dormant is not woken."""
    inquiry = (
        2,
        "Inquiry into Orlen bridge cable is opened",
        "An inquiry into the cable that snapped on the Orlen bridge in Tarsk was opened on Wednesday. Judge Pavla Reznik will publish findings in June, the ministry said. Engineers of the bridge authority over the Isk were told to keep every cable log.",
    )
    opened = reading(*inquiry)
    if announced:
        opened = replace(
            opened,
            expectations=(
                Expectation(
                    Span(0, 10), 1, "Judge Pavla Reznik publishes findings", "publish", Span(0, 10),
                    due=Interval(date(2024, 6, 1), date(2024, 6, 30)), strength="certain",
                ),
            ),
        )  # fmt: skip
    told = reading(
        told_on,
        "Reznik publishes findings: managers ignored warnings",
        "Judge Pavla Reznik published her findings on Monday and said that managers had ignored two warnings from a contractor. She asked parliament for a law that makes owners test steel every spring. The findings fill 300 pages.",
    )
    # as where many stories run and leads are somewhat alike
    crowded = Shelf(Setting(alone=0.0, lead_unknown=0.09))
    home = file([*(reading(*row) for row in (*BRIDGE, *ELECTION)), opened, told], crowded)
    assert (home[told.article.title or ""] == home[BRIDGE[0][1]]) is joins
    # and what merely comes at that time does not
    other = reading(
        125,
        "Velia bakers publish findings of a bread survey",
        "Bakers in Velia City asked 400 people what bread they like. Rye won.",
    )
    home = file([*(reading(*row) for row in (*BRIDGE, *ELECTION)), opened, other])
    assert home[other.article.title or ""] != home[BRIDGE[0][1]]


def test_a_passing_mention_does_not_join() -> None:
    column = reading(
        2,
        "Winter festival draws record crowd",
        "The winter festival in Maren drew a record crowd of 40,000, organisers said. Bands played until midnight and the "
        "fireworks over the old town lasted an hour. Some visitors came late because the Orlen bridge was shut. Hotels in "
        "Maren were full, and the mayor, Otto Lind, promised a bigger stage and more trains next year.",
    )
    home = file([*news(), column])
    assert list(home.values()).count(home[column.article.title or ""]) == 1


def test_a_story_keeps_the_id_of_its_first_article() -> None:
    whole = news()
    early = file([r for r in whole if r.article.published == START])
    later = file(whole)
    assert {t: later[t] for t in early} == early


def test_the_order_of_files_does_not_matter() -> None:
    expected = file(news())
    for seed in range(5):
        shuffled = news()
        random.Random(seed).shuffle(shuffled)
        assert file(shuffled) == expected


def test_a_day_sees_nothing_of_later_days() -> None:
    shelf = Shelf()
    days = sorted({r.article.published for r in news()})
    states = []
    for day in days:
        shelf.place_day(day, [r for r in news() if r.article.published == day])
        states.append(shelf.dump())
    for count in range(1, len(days) + 1):
        prefix = Shelf()
        for day in days[:count]:
            prefix.place_day(day, [r for r in news() if r.article.published == day])
        assert prefix.dump() == states[count - 1]


def test_filing_goes_on_from_a_dump_as_if_never_interrupted() -> None:
    rows = [*news(), reading(*SEQUEL)]
    through, resumed = Shelf(), Shelf()
    for day in sorted({r.article.published for r in rows}):
        batch = [r for r in rows if r.article.published == day]
        assert through.place_day(day, batch) == resumed.place_day(day, batch)
        data = resumed.dump()
        resumed = Shelf.load(data)
        assert resumed.dump() == data


def test_vectors_survive_a_dump() -> None:
    dice = np.random.default_rng(3)
    vectors = dice.normal(size=(2, 8)).astype(np.float32)
    row = news()[0]
    shelf = Shelf()
    shelf.place_day(
        START, [Reading(row.article, vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True))]
    )
    assert Shelf.load(shelf.dump()).dump() == shelf.dump()


def test_a_damaged_dump_is_refused() -> None:
    with pytest.raises(ValueError, match="damaged"):
        Shelf.load(b"nothing of ours")
    with pytest.raises(ValueError, match="damaged"):
        Shelf.load(Shelf().dump()[:-9])


def test_days_must_come_in_order() -> None:
    shelf = Shelf()
    shelf.place_day(START, [])
    with pytest.raises(ValueError, match="in order"):
        shelf.place_day(START - timedelta(days=1), [])


def test_a_copy_is_in_the_story_of_its_original() -> None:
    first = news()[0]
    copy = reading(0, "Two hurt on bridge", first.article.text + " Schools stay open.", "zz")
    shelf = Shelf()
    placed = {p.article: p for p in shelf.place_day(START, [first, copy]).placements}
    links = [p.duplicate_of for p in placed.values()]
    assert sorted(links, key=str) in ([first.article.id, None], [None, "zz"]) or set(links) == {
        None,
        first.article.id,
    }
    assert len({p.story for p in placed.values()}) == 1


def test_moves_name_articles_of_earlier_days_once() -> None:
    rows = news()
    shelf = Shelf()
    home: dict[str, str] = {}
    for day in sorted({r.article.published for r in rows}):
        result = shelf.place_day(day, [r for r in rows if r.article.published == day])
        for move in result.moves:
            assert home[move.article] == move.story_from != move.story_to
            home[move.article] = move.story_to
        home.update((p.article, p.story) for p in result.placements)


def test_a_story_of_two_chains_of_events_is_parted() -> None:
    """The storm's first reports hold mill and quay together; what follows tells of one or the other."""
    early = file([reading(*row) for row in (*STORM, *MILL[:2], *QUAY[:2], *ELECTION)])
    whole = stories_of(early, [*STORM, *MILL[:2], *QUAY[:2]])
    assert len(whole) == 1
    home = file([reading(*row) for row in (*STORM, *MILL, *QUAY, *ELECTION)])
    (mill,), (quay,) = stories_of(home, MILL), stories_of(home, QUAY)
    assert mill != quay
    assert stories_of(home, STORM) == whole < {mill, quay}


def test_what_is_filed_after_a_parting_joins_the_right_part() -> None:
    verdict = reading(
        15,
        "Castor mill looms run again",
        "The looms of the Castor mill turned again in Dunmere under its weavers, two months after the fire. Hugo Brandt, who "
        "sold the mill, stayed away. Lawyer Petra Novak cut the ribbon beneath new sprinklers.",
    )
    rows = [reading(*row) for row in (*STORM, *MILL, *QUAY, *ELECTION)]
    home = file([*rows, verdict])
    assert home["Castor mill looms run again"] in stories_of(home, MILL)
    # and the same where filing was interrupted in between
    shelf = Shelf()
    file(rows, shelf)
    assert file([verdict], Shelf.load(shelf.dump()))["Castor mill looms run again"] in stories_of(home, MILL)


def test_a_story_that_goes_on_is_not_parted() -> None:
    home = file([reading(*row) for row in (*MILL, *((d + 20, t, x) for d, t, x in MILL), *ELECTION)])
    assert len(stories_of(home, MILL)) == 1


def test_a_storys_title_is_its_most_central_headline() -> None:
    filed = [StoryArticle(reading(*row)) for row in BRIDGE]
    assert titles.title(filed) in {row[1] for row in BRIDGE}
    assert {"Orlen", "cable"} & set(titles.keywords(filed))


def test_without_headlines_the_title_is_cut_from_a_sentence() -> None:
    text = (
        "TARSK, Feb 5 (AGE) - A cable snapped on the Orlen suspension bridge and two workers were hurt, halting traffic "
        "over the river Isk for what may be weeks, the bridge authority said on Monday."
    )
    row = StoryArticle(Reading(Article("a", "a.txt", START, text)))
    assert titles.title([row]).startswith(
        "A cable snapped on the Orlen suspension bridge and two workers were hurt"
    )
    assert len(titles.title([row])) <= 112
