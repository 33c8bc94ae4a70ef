"""Names and their grouping in an article."""

import pytest

from dateline.reader import names
from tests.reader.building import flat


def entities(text: str, spans: dict[str, str]) -> list[tuple[str, str]]:
    document = flat(text, spans)
    mentions = names.find(document)
    for mention in mentions:
        assert mention.text == text[mention.span.start : mention.span.end]
    return [(m.text, m.entity) for m in mentions]


def test_a_surname_stands_for_the_full_name() -> None:
    found = entities("Orvo Stark spoke. Stark left.", {"Orvo Stark": "PER", "Stark": "PER"})
    assert found == [("Orvo Stark", "Orvo Stark"), ("Stark", "Orvo Stark")]


def test_a_fuller_form_may_come_later() -> None:
    assert entities("Stark spoke. Orvo Stark left.", {"Orvo Stark": "PER", "Stark": "PER"})[0] == (
        "Stark",
        "Orvo Stark",
    )


def test_titles_and_possessives_stay_outside() -> None:
    found = entities(
        "President Orvo Stark's plan. Gen. Stark left.",
        {"President Orvo Stark's": "PER", "Gen. Stark": "PER"},
    )
    assert found == [("Orvo Stark", "Orvo Stark"), ("Stark", "Orvo Stark")]


def test_people_of_one_surname_stay_apart() -> None:
    text = "Ada Moe spoke. Moe left. Per Moe came. Moe sat."
    found = entities(text, {"Ada Moe": "PER", "Per Moe": "PER", "Moe": "PER"})
    assert [e for _, e in found] == ["Ada Moe", "Ada Moe", "Per Moe", "Per Moe"]


def test_an_acronym_in_brackets_is_found() -> None:
    found = entities("The Northern Rail Union (NRU) met. NRU struck.", {"Northern Rail Union": "ORG"})
    assert found[:2] == [("Northern Rail Union", "Northern Rail Union"), ("NRU", "Northern Rail Union")]


@pytest.mark.parametrize(
    ("short", "full", "kind"),
    [
        ("Brakka", "Brakka Mining", "ORG"),
        ("Kestel", "Kestel province", "LOC"),
        ("Security Council", "UN Security Council", "ORG"),
        ("N.R.U.", "Northern Rail Union", "ORG"),
    ],
)
def test_short_forms_join(short: str, full: str, kind: str) -> None:
    assert {e for _, e in entities(f"They saw {full}. Then {short} came.", {short: kind, full: kind})} == {
        full
    }


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Ozer", "Ozer Bridge", "LOC"),
        ("National", "National Bank", "ORG"),
        ("Ada Moe", "Ada Roe", "PER"),
        ("Port Ash", "Port Elm", "LOC"),
    ],
)
def test_other_names_stay_apart(one: str, other: str, kind: str) -> None:
    assert {e for _, e in entities(f"They saw {other}. Then {one} came.", {one: kind, other: kind})} == {
        one,
        other,
    }


def test_one_name_has_one_kind() -> None:
    document = flat("Stark spoke to Stark. Stark left.", {"Stark": "PER"})
    assert {m.kind for m in names.find(document)} == {"person"}


def test_names_that_the_model_missed_are_found_where_sure_elsewhere() -> None:
    document = flat(
        "HARTVIK fell. The town of Hartvik fell. Orvo Stark of Hartvik wept.",
        {"Orvo Stark": "PER", "of Hartvik wept": "LOC"},
    )
    assert [m.text for m in names.find(document)].count("Orvo Stark") == 1


def test_nothing_is_found_in_nothing() -> None:
    assert names.find(flat("It rained.", {})) == ()
