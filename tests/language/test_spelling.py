"""How names are shortened."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.language import spelling


def test_a_name_with_an_acronym_in_it_is_not_shortened_to_another() -> None:
    assert not spelling.is_acronym_of("OS", "ORB Salvage")
    assert spelling.is_acronym_of("OS", "Orb Salvage")


WORDS = st.text("abdefghijkorsuvwyz", min_size=3, max_size=11)


@st.composite
def nearly_one(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and the same with a few letters exchanged, doubled or left out."""
    word = draw(WORDS)
    other = list(word)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(other) - 1))
        other[place] = draw(st.sampled_from([*"aeiouyvwszktdgh", other[place] * 2, ""]))
    return word, "".join(other)


@given(nearly_one())
def test_words_that_are_spelt_alike_have_nearly_the_same_letters(words: tuple[str, str]) -> None:
    one, other = words
    if spelling.spelt_alike(one, other):
        assert (spelling.letters(one) ^ spelling.letters(other)).bit_count() <= spelling.letters_apart(one)


def test_words_that_are_spelt_otherwise_are_told_by_their_letters() -> None:
    apart = (spelling.letters("brennick") ^ spelling.letters("solmund")).bit_count()
    assert apart > spelling.letters_apart("brennick")
