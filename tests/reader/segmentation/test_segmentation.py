"""Paragraphs, sentences and tokens."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reader.segmentation import LONGEST, split, tokenize
from tests.stopwatch import grows_with_the_size


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)]


def tokens(text: str) -> list[str]:
    return [t.text for t in tokenize(text, 0, len(text))]


@pytest.mark.parametrize(
    "expected",
    [
        ["“The bridge is shut,” he said.", "“It will stay shut.”"],
        ['"The bridge is shut," he said.', '"It will stay shut."', "Nobody left."],
        ["“Is it shut?” she asked.", "He did not know."],
        ["“Run!” Anna Holm shouted.", "Nobody ran."],
        ["He lives in the U.S. Army barracks.", "She does not."],
        ["He moved to the U.S.", "The army let him go."],
        ["Gen. Paul J. Stark met Sen. Ada Moe on Sept. 4 at 10 p.m. in St. Gall."],
        ["Engine No. 10 left at 6:40 a.m.", "They waved."],
        ["The answer was no.", "Ten left."],
        ["HARTVIK, Oct. 3 (NWA) -", "The mayor of Hartvik resigned on Monday, her office said."],
        ["PORT ELM, Ostria -", "“Go,” he said."],
        ["HARTVIK (NWA) —", "Two ships sank."],
        ["The mayor of Hartvik - a former judge - resigned."],
        ["Shares of Holm Inc. fell 3.5 percent.", "They had risen to $1,200.50 in May."],
        ["It rained… and rained.", "Then it stopped."],
        ["(The mill closed in 1998.)", "It is a museum now."],
        ["Mr. J. R. Stark, of Holm & Co., met Ms. Moe at No. 4 St. Anne Square.", "They shook hands."],
        ["“We shall see...” the mayor said.", "She left without another word."],
        ["Is it true?", "Nobody knows!", "The police said they were looking into it."],
        ["“It is over,” said Moe.", "“We have lost.”"],
        ["The party won 12.5 percent of the vote, up from 9.1 percent in 2019.", "Turnout was 61 percent."],
        ["See www.example.org/a.b?c=1 or write to a.holm@example.org.", "It helps."],
    ],
)
def test_sentence_boundaries(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["Hi Anna,", "Thanks for your help yesterday.", "The ferry was late again.", "Regards,", "Jo"],
        ["WHAT A GREAT PLACE!!!", "We loved it.", "We will be back"],
    ],
)
def test_sentences_without_marks(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They don't think he can't, won't or cannot.", "They do n't think he ca n't , wo n't or can not ."),
        ("Stark’s men weren’t paid; the workers' union", "Stark ’s men were n’t paid ; the workers ' union"),
        ("a Rudava-backed, 15-year plan", "a Rudava - backed , 15 - year plan"),
        ("$5 million, €4bn, 10%, 1,200", "$ 5 million , € 4 bn , 10 % , 1,200"),
        ("at 6:40 a.m. on 9/11, 3pm", "at 6:40 a.m. on 9/11 , 3 pm"),
        ("the U.S.-led anti-graft e-mail", "the U.S. - led anti-graft e-mail"),
        ('"Go," he said--then left…', '" Go , " he said -- then left …'),
        ("O'Hara at ten o'clock in the 1990s, the 21st", "O'Hara at ten o'clock in the 1990s , the 21st"),
        (
            "write to a.b@example.org, see https://example.org/x.",
            "write to a.b@example.org , see https://example.org/x .",
        ),
        ("He did n't go , `` she said . ''", "He did n't go , `` she said . ''"),
        ("and/or AT&T 👍🏽 🇪🇺!", "and / or AT&T 👍🏽 🇪🇺 !"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert tokens(text) == expected.split()


def test_a_headline_on_its_own_line_is_a_sentence() -> None:
    text = "Mayor quits over bridge\nBy Anna Holm in Hartvik\n\nThe mayor resigned on Monday.\nShe had served since 2019."
    assert sentences(text) == text.replace("\n\n", "\n").split("\n")


def test_wrapped_prose_is_joined() -> None:
    text = (
        "The mayor of Hartvik resigned on Monday after a report found that the\n"
        "bridge over the Ozer had not been checked for eleven years by Gen.\n"
        "Paul Stark or anybody else. She had served since the spring of 2019 and\n"
        "will be followed by her deputy."
    )
    assert len(sentences(text)) == 2


def test_a_broken_line_that_goes_on_is_joined() -> None:
    assert len(sentences("The mayor resigned on Monday,\nher office said.")) == 1
    assert len(sentences("The mayor resigned after\na report.")) == 1


def test_list_items_stand_alone() -> None:
    assert sentences("Demands:\n- a new bridge\n- an inquiry\n- a date") == [
        "Demands:",
        "- a new bridge",
        "- an inquiry",
        "- a date",
    ]


def test_paragraphs_are_numbered() -> None:
    assert [s.paragraph for s in split("One. Two.\n\nThree.\n\n\nFour.")] == [0, 0, 1, 2]


def test_nothing_is_left_out() -> None:
    text = "<!–\n\nThe mayor resigned.\n\nThis story is being updated.\n\nShe left at noon."
    assert sentences(text) == text.split("\n\n")


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\x00\x01", "\u202e\u202c", "\ufeff"])
def test_nothing_yields_nothing(text: str) -> None:
    assert split(text) == ()


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=200) | st.text(alphabet="aA.b!?\"'’“” \n-–()[]0,:;$%&@/\u202e\u0301é👍字", max_size=120)
)
def test_tokens_slice_back_and_miss_nothing(text: str) -> None:
    end = 0
    for sentence in split(text):
        assert sentence.tokens
        assert (sentence.start, sentence.end) == (sentence.tokens[0].start, sentence.tokens[-1].end)
        for token in sentence.tokens:
            assert end <= token.start < token.end
            assert token.text == text[token.start : token.end]
            end = token.end


@given(
    st.lists(st.sampled_from(["The mayor left.", "Ferry sinks", "“No,” he said.", "- a date"]), max_size=8)
)
def test_no_sentence_crosses_a_paragraph(pieces: list[str]) -> None:
    text = "\n\n".join(pieces)
    assert all("\n" not in text[s.start : s.end] for s in split(text))
    assert [s.paragraph for s in split(text)] == sorted(s.paragraph for s in split(text))


@settings(deadline=None)
@given(st.text(alphabet="abcDE,;. \n", max_size=200))
def test_every_visible_character_is_in_a_token(text: str) -> None:
    covered = {i for s in split(text) for t in s.tokens for i in range(t.start, t.end)}
    assert covered == {i for i, c in enumerate(text) if not c.isspace()}


@pytest.mark.parametrize(
    "unit", ["and so on ", "a", "a.b-", "“", '"x" ', "x\n", "(", "http://", "1,", "a'b", "\n"]
)
def test_time_grows_with_length_alone(unit: str) -> None:
    def work(size: int) -> None:
        assert all(len(s.tokens) <= LONGEST for s in split((unit * size)[:size]))

    assert grows_with_the_size(work, 10_000, 80_000)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("She paid out of pocket.The town did not.", ["She paid out of pocket.", "The town did not."]),
        ("It opens on June 1.The mayor will come.", ["It opens on June 1.", "The mayor will come."]),
        ("They went off.“The rest stayed.”", ["They went off.", "“The rest stayed.”"]),
        ("“They went off.”The rest stayed.", ["“They went off.”", "The rest stayed."]),
        ("Was it late?It was.", ["Was it late?", "It was."]),
    ],
)
def test_a_sentence_may_have_lost_the_blank_behind_it(text: str, sentences: list[str]) -> None:
    assert [s.span.of(text) for s in split(text)] == sentences


@pytest.mark.parametrize(
    "text", ["The U.S.Senate met.", "It cost 1.5m.Euros, he said.", "He read it at www.example.Info today."]
)
def test_an_abbreviation_without_a_blank_ends_nothing(text: str) -> None:
    assert len(split(text)) == 1


WIRE = """The Orrin ferry company said it
agreed to sell its three oldest boats to a group of captains for
four million, and that it would keep the yard in which all of
them were built.
    The captains said the boats would sail on the northern route
from June, and that nobody would lose his work by the sale or be
sent to another port.
    The company's shares rose by two, to nineteen, in the last
hour of trading on Monday, after a week in which hardly any were
sold at all.
"""


def test_a_first_line_that_lost_its_dateline_is_no_sentence_of_its_own() -> None:
    first, *rest = [s.span.of(WIRE) for s in split(WIRE)]
    assert first.startswith("The Orrin ferry company said it\nagreed")
    assert first.endswith("were built.")
    assert [r.split()[:2] for r in rest] == [["The", "captains"], ["The", "company's"]]


def test_a_short_line_that_goes_on_with_a_small_letter_is_joined_where_lines_are_wrapped() -> None:
    text = WIRE.replace("\n    ", "\n\n")
    assert [len(s.span.of(text).splitlines()) for s in split(text)] == [4, 3, 3]


def test_a_heading_in_wrapped_prose_stays_apart() -> None:
    text = "FERRIES SOLD\n" + WIRE.replace("\n    ", "\n\n")
    assert split(text)[0].span.of(text) == "FERRIES SOLD"
