"""What the ledger asks of labelled expectations, with the labels' answers."""

from __future__ import annotations

from typing import Any

from training.asked import Asked, asked, pairs
from training.news_labels import Report, Story
from training.pairs import VERDICTS, read_story

from dateline.reader import Reader
from tests.plain_model import PlainModel

ANNOUNCED = "The council will open the new bridge at Orrin on Friday."
OPENED = "The council opened the new bridge at Orrin on Friday."
AGAIN = "The council will open the bridge at Orrin soon."
OTHER = "The council closed the new museum at Orrin."


def place(text: str, sentence: str, words: str = "") -> list[int]:
    start = text.index(sentence)
    at = start + sentence.index(words)
    return [at, at + len(words or sentence)]


def expectation(number: int, text: str, sentence: str, **rest: Any) -> dict[str, Any]:
    return {
        "id": f"e{number}",
        "report": number,
        "trigger": place(text, sentence, "open"),
        "sentence": place(text, sentence),
        "due": None,
        "status": "met",
        "told_by": [],
        "same_as": None,
    } | rest


def story() -> Story:
    later = f"{OPENED} {OTHER}"
    told = [{"report": 2, "sentence": place(later, OPENED), "verdict": "happened"}]
    reports = [
        Report(f"a{day}", f"2024-05-0{day}", text) for day, text in ((6, ANNOUNCED), (7, AGAIN), (8, later))
    ]
    rows = [expectation(0, ANNOUNCED, ANNOUNCED, told_by=told), expectation(1, AGAIN, AGAIN, same_as="e0")]
    return Story("s1", reports, {"expectations": rows, "facts": []})


def questions() -> list[Asked]:
    found = story()
    return asked(found, read_story(found, Reader(PlainModel())))[1]


def test_each_sentence_held_against_an_expectation_has_the_verdict_of_the_labels() -> None:
    verdicts = {(q.row.id, q.passage.text): q.verdict for q in questions()}
    assert verdicts["e0", OPENED] == "happened"
    assert verdicts["e0", AGAIN] == "again"
    assert verdicts["e0", OTHER] == "unrelated"


def test_what_tells_of_one_wording_tells_of_all_that_expect_the_same() -> None:
    told = {q.row.id: (q.verdict, q.reports) for q in questions() if q.passage.text == OPENED}
    assert told == {"e0": ("happened", {2}), "e1": ("happened", {2})}


def test_pairs_are_as_the_judge_reads_them() -> None:
    found = {(p.first, p.second): VERDICTS[p.label] for p in pairs(story(), Reader(PlainModel()))}
    assert (
        found[
            f"no day: {AGAIN.replace('open', '* open *')}",
            f"1 days later: {OTHER}",
        ]
        == "unrelated"
    )
