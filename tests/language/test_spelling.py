"""How names are shortened."""

from dateline.language import spelling


def test_a_name_with_an_acronym_in_it_is_not_shortened_to_another() -> None:
    assert not spelling.is_acronym_of("OS", "ORB Salvage")
    assert spelling.is_acronym_of("OS", "Orb Salvage")
