"""Whom the words of a source stand for."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dateline.reader.speakers import Speakers
from dateline.records import MentionKind
from tests.reader.analyses import document, mentions, place, span

Names = Mapping[str, str | tuple[str, MentionKind]]


def resolved(
    text: str,
    words: str,
    names: Names,
    *,
    nth: int = 1,
    focus: str | None = None,
    content: str | None = None,
    tree: str = "",
) -> str | None:
    """Whom `words`, at their nth occurrence, stand for."""
    made = document(text, tree)
    at = span(text, words, nth)
    number = made.sentence_at(at.start)
    assert number is not None
    said = span(text, content) if content is not None else None
    words_of = made.clauses[number].words_in(at)
    return Speakers(made, mentions(text, names)).resolve(number, words_of, focus, said)


LIND: dict[str, str | tuple[str, MentionKind]] = {
    "Marta Lindqvist": "Marta Lindqvist",
    "Lindqvist": "Marta Lindqvist",
}
KELLER: dict[str, str | tuple[str, MentionKind]] = {"Jonas Keller": "Jonas Keller", "Keller": "Jonas Keller"}


# ------------------------------------------------------------------------------------------------- names and words


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Old Lindqvist spoke before Marta Lindqvist did.", "Old Lindqvist", "Marta Lindqvist"),
        ("The tired engineer Marta Lindqvist spoke.", "The tired engineer Marta Lindqvist", "Marta Lindqvist"),
        ("Vell's premier, Marta Lindqvist, spoke.", "Vell's premier, Marta Lindqvist", "Marta Lindqvist"),
        ("Marta Lindqvist's lawyer spoke.", "Marta Lindqvist's lawyer", "Marta Lindqvist's lawyer"),
        ("Two   officials spoke.", "Two   officials", "Two officials"),
        ("The residents spoke.", "The residents", "residents"),
    ],
)  # fmt: skip
def test_a_name_stands_for_its_fullest_form_and_other_words_for_themselves(
    text: str, words: str, speaker: str
) -> None:
    assert resolved(text, words, LIND) == speaker


def test_a_body_speaks_where_it_is_what_the_phrase_is_about() -> None:
    names: Names = {"Vell Council": ("Vell Council", "organisation"), "Vell": ("Vell", "place")}
    assert resolved("The Vell Council spoke.", "The Vell Council", names) == "Vell Council"


def test_a_spokesman_is_not_the_one_he_speaks_for() -> None:
    text = "A spokesman for Marta Lindqvist spoke."
    tree = """
A DET det spokesman
spokesman NOUN nsubj spoke
for ADP case Marta
Marta PROPN nmod spokesman
Lindqvist PROPN flat Marta
spoke VERB root - speak
. PUNCT punct spoke
"""
    words = "A spokesman for Marta Lindqvist"
    assert resolved(text, words, LIND, tree=tree) == "spokesman for Marta Lindqvist"


def test_an_owner_is_not_the_speaker() -> None:
    text = "The mayor of Vell spoke."
    tree = "The DET det mayor\nmayor NOUN nsubj spoke\nof ADP case Vell\nVell PROPN nmod mayor\nspoke VERB root - speak\n. PUNCT punct spoke"
    assert resolved(text, "The mayor of Vell", {"Vell": ("Vell", "place")}, tree=tree) == "mayor of Vell"


def test_a_name_that_tells_what_a_post_is_of_is_not_the_speaker_unless_it_is_the_only_one() -> None:
    text = "The Keller adviser Lindqvist spoke."
    tree = """
The DET det Lindqvist
Keller PROPN compound adviser
adviser NOUN compound Lindqvist
Lindqvist PROPN nsubj spoke
spoke VERB root - speak
. PUNCT punct spoke
"""
    assert resolved(text, "The Keller adviser Lindqvist", LIND | KELLER, tree=tree) == "Marta Lindqvist"
    assert resolved(text, "The Keller adviser", KELLER, tree=tree) == "Jonas Keller"


def test_a_phrase_that_breaks_off_goes_on_to_its_noun() -> None:
    text = "A senior harbour pilot spoke."
    tree = """
A DET det pilot
senior ADJ amod pilot
harbour NOUN compound pilot
pilot NOUN nsubj spoke
spoke VERB root - speak
. PUNCT punct spoke
"""
    for words in ("A", "A senior", "A senior harbour", "A senior harbour pilot"):
        assert resolved(text, words, {}, tree=tree) == "senior harbour pilot"


def test_a_body_named_behind_what_it_is_speaks_and_not_the_common_noun() -> None:
    text = "The promoters Halden Live spoke."
    names: Names = {"Halden Live": ("Halden Live", "organisation")}
    tree = """
The DET det promoters
promoters NOUN nsubj spoke
Halden PROPN compound Live
Live PROPN nsubj spoke
spoke VERB root - speak
. PUNCT punct spoke
"""
    assert resolved(text, "The promoters Halden Live", names, tree=tree) == "Halden Live"
    assert (
        resolved(text, "The promoters Halden Live", {"Halden Live": ("Halden Live", "place")}, tree=tree)
        != "Halden Live"
    )


def test_sources_are_all_that_the_phrase_joins() -> None:
    text = "Sources from Vell and Arlen spoke."
    tree = """
Sources NOUN nsubj spoke
from ADP case Vell
Vell PROPN nmod Sources
and CCONJ cc Arlen
Arlen PROPN conj Vell
spoke VERB root - speak
. PUNCT punct spoke
"""
    assert resolved(text, "Sources from Vell and Arlen", {}, tree=tree) == "Sources from Vell and Arlen"


# ------------------------------------------------------------------------------------------------- for whom


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (
            "Vell Council spokesman Marta Lindqvist spoke.",
            """
Vell PROPN compound Council
Council PROPN compound Marta
spokesman NOUN compound Marta
Marta PROPN nsubj spoke
Lindqvist PROPN flat Marta
spoke VERB root - speak
. PUNCT punct spoke
""",
        ),
        (
            "Marta Lindqvist, a spokeswoman for the Vell Council, spoke.",
            """
Marta PROPN nsubj spoke
Lindqvist PROPN flat Marta
, PUNCT punct spokeswoman
a DET det spokeswoman
spokeswoman NOUN appos Marta
for ADP case Council
the DET det Council
Vell PROPN compound Council
Council PROPN nmod spokeswoman
, PUNCT punct spokeswoman
spoke VERB root - speak
. PUNCT punct spoke
""",
        ),
        (
            "Vell Council press secretary Marta Lindqvist spoke.",
            """
Vell PROPN compound Council
Council PROPN compound Marta
press NOUN compound secretary
secretary NOUN compound Marta
Marta PROPN nsubj spoke
Lindqvist PROPN flat Marta
spoke VERB root - speak
. PUNCT punct spoke
""",
        ),
    ],
)
def test_a_spokesperson_speaks_for_the_body_told_beside_the_word(text: str, tree: str) -> None:
    names = {**LIND, "Vell Council": ("Vell Council", "organisation")}
    known = Speakers(document(text, tree), mentions(text, names))  # type: ignore[arg-type]
    assert known.roles.for_whom("Marta Lindqvist") == "Vell Council"
    assert known.roles.for_whom("Jonas Keller") == "Jonas Keller"
    assert known.roles.for_whom(None) is None


def test_others_of_a_body_speak_for_themselves() -> None:
    text = "Vell Council secretary Marta Lindqvist spoke."
    names = {**LIND, "Vell Council": ("Vell Council", "organisation")}
    known = Speakers(document(text), mentions(text, names))  # type: ignore[arg-type]
    assert known.roles.for_whom("Marta Lindqvist") == "Marta Lindqvist"


def test_a_plan_is_its_owner_s_where_it_tells_what_is_planned() -> None:
    text = "Marta Lindqvist's plan to build annoyed Vell."
    tree = """
Marta PROPN nmod:poss plan
Lindqvist PROPN flat Marta
's PART case Marta
plan NOUN nsubj annoyed
to PART mark build
build VERB acl plan
annoyed VERB root - annoy
Vell PROPN obj annoyed
. PUNCT punct annoyed
"""
    made = document(text, tree)
    known = Speakers(made, mentions(text, LIND))
    for word in ("plan", "Marta"):
        assert known.phrase_at(place(made, word), plans=place(made, "build")) == "Marta Lindqvist"
    assert known.phrase_at(place(made, "plan"), plans=place(made, "Vell")) == "Marta Lindqvist's plan"


# ------------------------------------------------------------------------------------------------- roles


def test_who_is_known_by_another_role_is_not_the_one_person_of_an_office() -> None:
    waited = "The president waited."
    tree = "{} NOUN compound Marta\nMarta PROPN nsubj spoke\nLindqvist PROPN flat Marta\nspoke VERB root - speak\n. PUNCT punct spoke\n\nThe DET det president\npresident NOUN nsubj waited\nwaited VERB root - wait\n. PUNCT punct waited"
    pilot = resolved(
        f"pilot Marta Lindqvist spoke. {waited}", "The president", LIND, tree=tree.format("pilot")
    )
    old = resolved(
        f"old Marta Lindqvist spoke. {waited}",
        "The president",
        LIND,
        tree=tree.format("old").replace("NOUN compound", "ADJ amod", 1),
    )
    assert (pilot, old) == ("president", "Marta Lindqvist")


def test_a_role_is_whoever_was_introduced_with_it() -> None:
    text = "Governor Marta Lindqvist met Jonas Keller. The governor spoke."
    assert resolved(text, "The governor", LIND | KELLER) == "Marta Lindqvist"


def test_a_shortened_office_is_the_office() -> None:
    text = "Gov. Marta Lindqvist met Jonas Keller. The governor spoke."
    assert resolved(text, "The governor", LIND | KELLER) == "Marta Lindqvist"


def test_a_role_may_be_told_behind_the_name() -> None:
    text = "Marta Lindqvist, the harbour master, met Jonas Keller. The master spoke."
    tree = """
Marta PROPN nsubj met
Lindqvist PROPN flat Marta
, PUNCT punct master
the DET det master
harbour NOUN compound master
master NOUN appos Marta
, PUNCT punct master
met VERB root - meet
Jonas PROPN obj met
Keller PROPN flat Jonas
. PUNCT punct met

The DET det master
master NOUN nsubj spoke
spoke VERB root - speak
. PUNCT punct spoke
"""
    assert resolved(text, "The master", LIND | KELLER, tree=tree) == "Marta Lindqvist"


def test_of_two_with_one_role_the_last_named_is_meant() -> None:
    text = (
        "Minister Jonas Keller met minister Marta Lindqvist. The minister spoke. Minister Jonas Keller left."
    )
    assert resolved(text, "The minister", LIND | KELLER) == "Marta Lindqvist"


def test_a_role_that_is_introduced_later_is_told_where_one_alone_has_it() -> None:
    text = "The minister spoke. Minister Marta Lindqvist left."
    assert resolved(text, "The minister", LIND | KELLER) == "Marta Lindqvist"
    assert resolved(text + " Minister Jonas Keller stayed.", "The minister", LIND | KELLER) == "minister"


def test_an_indefinite_role_is_somebody_new() -> None:
    text = "Governor Marta Lindqvist left. A governor spoke."
    assert resolved(text, "A governor", LIND) == "governor"


def test_a_bare_office_is_the_one_person_named_so_far() -> None:
    text = "Marta Lindqvist left. The mayor spoke. Jonas Keller left. The mayor spoke."
    assert resolved(text, "The mayor", LIND | KELLER) == "Marta Lindqvist"
    assert resolved(text, "The mayor", LIND | KELLER, nth=2) == "mayor"


def test_a_bare_office_is_nobody_whom_a_quotation_names() -> None:
    text = "“We met Jonas Keller,” the mayor said."
    assert resolved(text, "the mayor", KELLER) == "mayor"


# ------------------------------------------------------------------------------------------------- pronouns


def test_whom_a_statement_names_is_not_who_goes_on_speaking() -> None:
    text = "Jonas Keller spoke. Lindqvist will come, he added."
    told = resolved(text, "he", LIND | KELLER, focus="Jonas Keller", content="Lindqvist will come")
    assert told == "Jonas Keller"


def test_a_pronoun_is_the_speaker_in_focus() -> None:
    text = "Jonas Keller met Marta Lindqvist. She spoke."
    assert resolved(text, "She", LIND | KELLER, focus="Marta Lindqvist") == "Marta Lindqvist"


@pytest.mark.parametrize(("pronoun", "speaker"), [("He", "Jonas Keller"), ("She", "Marta Lindqvist")])
def test_what_the_article_calls_a_person_tells_he_from_she(pronoun: str, speaker: str) -> None:
    text = f"Mr Jonas Keller met Mrs Marta Lindqvist. {pronoun} spoke."
    assert resolved(text, pronoun, LIND | KELLER) == speaker
    other = "Marta Lindqvist" if speaker == "Jonas Keller" else "Jonas Keller"
    assert resolved(text, pronoun, LIND | KELLER, focus=other) == speaker


def test_a_pronoun_is_nobody_who_was_named_long_ago() -> None:
    rain = "The rain fell. " * 7
    assert resolved(f"Jonas Keller left. {rain}He spoke.", "He", KELLER) is None
    assert (
        resolved("The rain fell. Jonas Keller left. The sea rose. He spoke.", "He", KELLER) == "Jonas Keller"
    )


def test_a_subject_comes_before_other_names() -> None:
    text = "Marta Lindqvist met Jonas Keller. He spoke."
    tree = """
Marta PROPN nsubj met
Lindqvist PROPN flat Marta
met VERB root - meet
Jonas PROPN obj met
Keller PROPN flat Jonas
. PUNCT punct met

He PRON nsubj spoke
spoke VERB root - speak
. PUNCT punct spoke
"""
    assert resolved(text, "He", LIND | KELLER, tree=tree) == "Marta Lindqvist"


def test_a_body_is_no_he_and_a_person_is_no_it() -> None:
    names: Names = KELLER | {"Vell Council": ("Vell Council", "organisation")}
    text = "Jonas Keller met the Vell Council. He spoke."
    assert resolved(text, "He", names, focus="Vell Council") == "Jonas Keller"
    text = "The Vell Council met Jonas Keller. It spoke."
    tree = """
The DET det Council
Vell PROPN compound Council
Council PROPN nsubj met
met VERB root - meet
Jonas PROPN obj met
Keller PROPN flat Jonas
. PUNCT punct met

It PRON nsubj spoke
spoke VERB root - speak
. PUNCT punct spoke
"""
    assert resolved(text, "It", names, tree=tree) == "Vell Council"


def test_nobody_named_inside_a_quotation_is_the_pronoun() -> None:
    text = "Marta Lindqvist left. “We asked Jonas Keller to stay,” she said."
    assert resolved(text, "she", LIND | KELLER) == "Marta Lindqvist"


def test_who_is_the_noun_that_it_hangs_on() -> None:
    text = "“I met Jonas Keller,” said Marta Lindqvist, who added that it rained."
    tree = """
“ PUNCT punct met
I PRON nsubj met
met VERB ccomp said meet
Jonas PROPN obj met
Keller PROPN flat Jonas
, PUNCT punct met
” PUNCT punct met
said VERB root - say
Marta PROPN nsubj said
Lindqvist PROPN flat Marta
, PUNCT punct added
who PRON nsubj added
added VERB acl Marta add
that SCONJ mark rained
it PRON nsubj rained
rained VERB ccomp added rain
. PUNCT punct said
"""
    assert resolved(text, "who", LIND | KELLER, tree=tree) == "Marta Lindqvist"
    unnamed = text.replace("Marta Lindqvist", "the old mayor")
    tree = tree.replace("Marta PROPN nsubj said\nLindqvist PROPN flat Marta", "the DET det mayor\nold ADJ amod mayor\nmayor NOUN nsubj said").replace("acl Marta", "acl mayor")  # fmt: skip
    assert resolved(unnamed, "who", LIND | KELLER, tree=tree) == "old mayor"


@pytest.mark.parametrize("word", ["I", "We"])
def test_who_speaks_of_himself_is_the_speaker_in_focus(word: str) -> None:
    assert resolved(f"{word} spoke.", word, {}, focus="Jonas Keller") == "Jonas Keller"
    assert resolved(f"{word} spoke.", word, {}) is None


def test_what_points_at_something_is_nobody() -> None:
    assert resolved("Jonas Keller left. This said it all.", "This", KELLER, focus="Jonas Keller") is None


# ------------------------------------------------------------------------------------------------- by a word


def test_a_pronoun_in_a_clause_is_told_and_an_empty_it_is_not() -> None:
    text = "The Vell Council met. It will rain. It will vote."
    tree = """
The DET det Council
Vell PROPN compound Council
Council PROPN nsubj met
met VERB root - meet
. PUNCT punct met

It PRON expl rain
will AUX aux rain
rain VERB root -
. PUNCT punct rain

It PRON nsubj vote
will AUX aux vote
vote VERB root -
. PUNCT punct vote
"""
    made = document(text, tree)
    speakers = Speakers(made, mentions(text, {"Vell Council": ("Vell Council", "organisation")}))
    assert speakers.name_at(1, 0) is None
    assert speakers.name_at(2, 0) == "Vell Council"
    assert speakers.name_at(2, 2) is None
    assert speakers.phrase_at(place(made, "Vell")) == "Vell Council"


# ------------------------------------------------------------------------------------------------- bodies and subjects


HALDEN: Names = {
    "Halden Lines": ("Halden Lines", "organisation"),
    "Vell Board": ("Vell Board", "organisation"),
}
FIRM = "Halden Lines, a carrier, met the Vell Board. {} spoke."
FIRM_TREE = """
Halden PROPN compound Lines
Lines PROPN nsubj met
, PUNCT punct carrier
a DET det carrier
carrier NOUN appos Lines
, PUNCT punct carrier
met VERB root - meet
the DET det Board
Vell PROPN compound Board
Board PROPN obj met
. PUNCT punct met

{}
{} NOUN nsubj spoke
spoke VERB root - speak
. PUNCT punct spoke
"""


@pytest.mark.parametrize(
    ("article", "noun", "speaker"),
    [
        ("The", "company", "Halden Lines"),  # the subject before
        ("The", "carrier", "Halden Lines"),  # as it was introduced
        ("The", "board", "Vell Board"),  # by the last noun of its name
        ("A", "company", "A company"),
        ("The", "union", "union"),
    ],
)
def test_a_bare_noun_is_the_body_that_it_can_mean(article: str, noun: str, speaker: str) -> None:
    text = FIRM.format(f"{article} {noun}")
    tree = FIRM_TREE.format(f"{article} DET det {noun}", noun)
    found = resolved(text, f"{article} {noun}", HALDEN, tree=tree)
    assert found == speaker.removeprefix("A ")


def subject_of_last(text: str, tree: str, names: Names, word: str) -> str | None:
    """What `word` stands for in the last sentence."""
    made = document(text, tree)
    number = len(made.clauses) - 1
    words = [t.text for t in made.clauses[number].tokens]
    return Speakers(made, mentions(text, names)).name_at(number, words.index(word))


THEY_TREE = """
Postmen NOUN nsubj met postman
from ADP case Vell
Vell PROPN nmod Postmen
met VERB root - meet
Keller PROPN obj met
. PUNCT punct met

They PRON nsubj strike
will AUX aux strike
strike VERB root -
. PUNCT punct strike
"""


def test_they_go_on_with_a_subject_of_many_and_it_with_a_body_or_place() -> None:
    text = "Postmen from Vell met Keller. They will strike."
    assert subject_of_last(text, THEY_TREE, KELLER, "They") == "Postmen from Vell"
    it = THEY_TREE.replace("They", "It")
    assert subject_of_last(text.replace("They", "It"), it, KELLER, "It") is None
    one = THEY_TREE.replace("Postmen NOUN nsubj met postman", "Orrin PROPN nsubj met").replace(
        "nmod Postmen", "nmod Orrin"
    )
    text = "Orrin from Vell met Keller. {} will strike."
    names: Names = {**KELLER, "Orrin": ("Orrin", "place")}
    assert subject_of_last(text.format("It"), one.replace("They", "It"), names, "It") == "Orrin"
    assert subject_of_last(text.format("They"), one, names, "They") is None


BOTH_TREE = """
Both CCONJ cc:preconj Keller
Keller PROPN nsubj met
and CCONJ cc Board
Vell PROPN compound Board
Board PROPN conj Keller
met VERB root - meet
. PUNCT punct met

They PRON nsubj strike
will AUX aux strike
strike VERB root -
. PUNCT punct strike
"""


def test_they_are_all_that_is_joined() -> None:
    text = "Both Keller and Vell Board met. They will strike."
    names: Names = {**KELLER, "Vell Board": ("Vell Board", "organisation")}
    assert subject_of_last(text, BOTH_TREE, names, "They") == "Jonas Keller and Vell Board"


def test_a_verb_that_holds_something_is_told_by_its_subject() -> None:
    text = "Keller said he will come."
    tree = """
Keller PROPN nsubj said
said VERB root - say
he PRON nsubj come
will AUX aux come
come VERB ccomp said
. PUNCT punct said
"""
    made = document(text, tree)
    speakers = Speakers(made, mentions(text, KELLER))
    assert speakers.phrase_at(place(made, "come")) == "Jonas Keller"


def test_a_body_that_was_no_subject_is_not_it() -> None:
    text = "Keller told Vell Board of the plan. It will strike."
    tree = """
Keller PROPN nsubj told
told VERB root - tell
Vell PROPN compound Board
Board PROPN obj told
of ADP case plan
the DET det plan
plan NOUN obl told
. PUNCT punct told

It PRON nsubj strike
will AUX aux strike
strike VERB root -
. PUNCT punct strike
"""
    assert subject_of_last(text, tree, {**KELLER, "Vell Board": ("Vell Board", "organisation")}, "It") is None


def test_a_noun_beside_a_name_is_no_role_where_the_tree_does_not_tie_them() -> None:
    text = "The bridge Lindqvist opened leaks. The bridge will close."
    tree = """
The DET det bridge
bridge NOUN nsubj leaks
Lindqvist PROPN nsubj opened
opened VERB acl:relcl bridge open
leaks VERB root - leak
. PUNCT punct leaks

The DET det bridge
bridge NOUN nsubj close
will AUX aux close
close VERB root -
. PUNCT punct close
"""
    made = document(text, tree)
    assert Speakers(made, mentions(text, LIND)).name_at(1, 1) is None


def test_he_may_be_somebody_without_a_name() -> None:
    text = "Jonas Keller left. An official said he will return."
    tree = """
Jonas PROPN nsubj left
Keller PROPN flat Jonas
left VERB root - leave
. PUNCT punct left

An DET det official
official NOUN nsubj said
said VERB root - say
he PRON nsubj return
will AUX aux return
return VERB ccomp said
. PUNCT punct said
"""
    made = document(text, tree)
    assert Speakers(made, mentions(text, KELLER)).name_at(1, 3) == "An official"


def test_a_role_that_two_people_hold_tells_neither() -> None:
    text = "Premier Marta Lindqvist met Premier Jonas Keller. The premier will return."
    tree = """
Premier PROPN compound Marta
Marta PROPN nsubj met
Lindqvist PROPN flat Marta
met VERB root - meet
Premier PROPN compound Jonas
Jonas PROPN obj met
Keller PROPN flat Jonas
. PUNCT punct met

The DET det premier
premier NOUN nsubj return
will AUX aux return
return VERB root -
. PUNCT punct return
"""
    both = Speakers(document(text, tree), mentions(text, LIND | KELLER))
    assert both.name_at(1, 1) is None
    one = Speakers(document(text, tree), mentions(text, LIND))
    assert one.name_at(1, 1) == "Marta Lindqvist"


def test_he_is_whoever_is_the_subject_that_his_clause_hangs_on() -> None:
    text = "Marta Lindqvist met Jonas Keller. Keller said that he will come."
    tree = """
Marta PROPN nsubj met
Lindqvist PROPN flat Marta
met VERB root - meet
Jonas PROPN obj met
Keller PROPN flat Jonas
. PUNCT punct met

Keller PROPN nsubj said
said VERB root - say
that SCONJ mark come
he PRON nsubj come
will AUX aux come
come VERB ccomp said
. PUNCT punct said
"""
    assert subject_of_last(text, tree, LIND | KELLER, "he") == "Jonas Keller"


def test_nobody_calls_himself_he_between_quotation_marks() -> None:
    text = "Jonas Keller left. “He will return,” the mayor said. He will return."
    tree = """
Jonas PROPN nsubj left
Keller PROPN flat Jonas
left VERB root - leave
. PUNCT punct left

“ PUNCT punct return
He PRON nsubj return
will AUX aux return
return VERB ccomp said
, PUNCT punct return
” PUNCT punct return
the DET det mayor
mayor NOUN nsubj said
said VERB root - say
. PUNCT punct said

He PRON nsubj return
will AUX aux return
return VERB root -
. PUNCT punct return
"""
    made = document(text, tree)
    speakers = Speakers(made, mentions(text, KELLER))
    assert speakers.name_at(1, 1, speaker="the mayor") == "Jonas Keller"
    assert speakers.name_at(1, 1, speaker="Jonas Keller") is None
    assert speakers.name_at(2, 0, speaker="Jonas Keller") == "Jonas Keller"


# ----------------------------------------------------------------------------------------- documents and epithets

STATEMENT = """
Marta PROPN nsubj replied
Lindqvist PROPN flat Marta
replied VERB root - reply
in ADP case statement
a DET det statement
statement NOUN obl replied
. PUNCT punct replied

The DET det statement
statement NOUN nsubj read
read VERB root - read
on ADV advmod read
. PUNCT punct read
"""


def test_a_statement_speaks_for_whoever_made_it() -> None:
    text = "Marta Lindqvist replied in a statement. The statement read on."
    assert resolved(text, "The statement", LIND, tree=STATEMENT) == "Marta Lindqvist"


@pytest.mark.parametrize(
    ("text", "words", "tree"),
    [
        (
            "Lindqvist's report spoke.",
            "Lindqvist's report",
            "Lindqvist PROPN nmod:poss report\n's PART case Lindqvist\nreport NOUN nsubj spoke\nspoke VERB root -\n. PUNCT punct spoke",
        ),
        (
            "A letter from Lindqvist spoke.",
            "A letter from Lindqvist",
            "A DET det letter\nletter NOUN nsubj spoke\nfrom ADP case Lindqvist\nLindqvist PROPN nmod letter\nspoke VERB root -\n. PUNCT punct spoke",
        ),
        (
            "A lawsuit Lindqvist brought spoke.",
            "A lawsuit Lindqvist brought",
            "A DET det lawsuit\nlawsuit NOUN nsubj spoke\nLindqvist PROPN nsubj brought\nbrought VERB acl:relcl lawsuit\nspoke VERB root -\n. PUNCT punct spoke",
        ),
    ],
)
def test_a_document_speaks_for_whose_it_is(text: str, words: str, tree: str) -> None:
    assert resolved(text, words, LIND, tree=tree) == "Marta Lindqvist"


def test_a_document_that_is_nobody_s_stands_for_itself() -> None:
    text = "The report spoke."
    tree = "The DET det report\nreport NOUN nsubj spoke\nspoke VERB root -\n. PUNCT punct spoke"
    assert resolved(text, "The report", LIND, tree=tree, focus="Marta Lindqvist") == "report"


SINGER = "{} DET det singer\nsinger NOUN nsubj spoke\nspoke VERB root - speak\n. PUNCT punct spoke"
LINDQVIST_SANG = (
    "Marta PROPN nsubj sang\nLindqvist PROPN flat Marta\nsang VERB root - sing\n. PUNCT punct sang"
)
A_SINGER = "A DET det singer\nsinger NOUN nsubj left\nleft VERB root - leave\n. PUNCT punct left"


def test_an_epithet_is_whoever_spoke_last() -> None:
    text = "Marta Lindqvist sang. The singer spoke."
    tree = LINDQVIST_SANG + "\n\n" + SINGER.format("The")
    assert resolved(text, "The singer", LIND, tree=tree, focus="Marta Lindqvist") == "Marta Lindqvist"
    assert resolved(text, "The singer", LIND, tree=tree) == "singer"


def test_somebody_who_was_told_of_before_is_himself() -> None:
    text = "A singer left. Marta Lindqvist sang. The singer spoke."
    tree = "\n\n".join((A_SINGER, LINDQVIST_SANG, SINGER.format("The")))
    assert resolved(text, "The singer", LIND, tree=tree, focus="Marta Lindqvist") == "singer"


def test_a_body_is_no_epithet_of_a_person() -> None:
    text = "Marta Lindqvist sang. The committee spoke."
    tree = LINDQVIST_SANG + "\n\n" + SINGER.format("The").replace("singer", "committee")
    assert resolved(text, "The committee", LIND, tree=tree, focus="Marta Lindqvist") == "committee"


def test_a_bare_noun_has_the_words_that_it_had_before() -> None:
    text = "The Hartvik army left. The army spoke."
    tree = """
The DET det army
Hartvik PROPN compound army
army NOUN nsubj left
left VERB root - leave
. PUNCT punct left

The DET det army
army NOUN nsubj spoke
spoke VERB root - speak
. PUNCT punct spoke
"""
    assert resolved(text, "The army", {}, nth=1, tree=tree) == "Hartvik army"


def test_a_pronoun_that_stands_for_nothing_is_nobody() -> None:
    text = "It was claimed."
    tree = "It PRON expl claimed\nwas AUX aux:pass claimed\nclaimed VERB root - claim\n. PUNCT punct claimed"
    assert resolved(text, "It", LIND, tree=tree) is None


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (
            "Only 41% approve. It can wait.",
            "Only ADV advmod %\n41 NUM nummod %\n% NOUN nsubj approve\napprove VERB root -\n. PUNCT punct approve",
        ),
        (
            "The “ order waited. It can wait.",
            "The DET det order\n“ PUNCT punct order\norder NOUN nsubj waited\nwaited VERB root - wait\n. PUNCT punct waited",
        ),
    ],
)
def test_no_share_and_nothing_torn_is_put_in_a_pronoun_s_place(text: str, tree: str) -> None:
    behind = "\n\nIt PRON nsubj wait\ncan AUX aux wait\nwait VERB root -\n. PUNCT punct wait"
    made = document(text, tree + behind)
    assert Speakers(made, []).name_at(1, 0) is None


TOGETHER = """
Marta PROPN nsubj spoke
Lindqvist PROPN flat Marta
and CCONJ cc Keller
Jonas PROPN amod Keller
Keller PROPN conj Marta
spoke VERB root - speak
. PUNCT punct spoke
"""


def test_all_who_are_joined_speak() -> None:
    names = LIND | {"Jonas Keller": "Jonas Keller"}
    text = "Marta Lindqvist and Jonas Keller spoke."
    assert (
        resolved(text, "Marta Lindqvist and Jonas Keller", names, tree=TOGETHER)
        == "Marta Lindqvist and Jonas Keller"
    )


def test_what_is_told_of_one_in_two_words_is_one() -> None:
    text = "Noted singer and pardoned smuggler Marta Lindqvist spoke."
    tree = """
Noted ADJ amod singer
singer NOUN nsubj spoke
and CCONJ cc smuggler
pardoned VERB amod smuggler
smuggler NOUN conj singer
Marta PROPN appos singer
Lindqvist PROPN flat Marta
spoke VERB root - speak
. PUNCT punct spoke
"""
    words = "Noted singer and pardoned smuggler Marta Lindqvist"
    assert resolved(text, words, {"Marta Lindqvist": "Marta Lindqvist"}, tree=tree) == "Marta Lindqvist"


def test_a_party_before_a_name_is_not_the_speaker() -> None:
    text = "Liberal Rep. Marta Lindqvist spoke."
    tree = """
Liberal ADJ amod Marta
Rep. PROPN nmod Marta
Marta PROPN nsubj spoke
Lindqvist PROPN flat Marta
spoke VERB root - speak
. PUNCT punct spoke
"""
    names: Names = {"Marta Lindqvist": "Marta Lindqvist", "Liberal": "Liberal"}
    assert resolved(text, "Liberal Rep. Marta Lindqvist", names, tree=tree) == "Marta Lindqvist"


def test_she_who_goes_back_to_words_with_a_pronoun_is_whoever_spoke_last() -> None:
    text = "Her captain, Marta Lindqvist, spoke. She left."
    tree = """
Her PRON nmod:poss captain
captain NOUN nsubj spoke
, PUNCT punct Marta
Marta PROPN appos captain
Lindqvist PROPN flat Marta
, PUNCT punct Marta
spoke VERB root - speak
. PUNCT punct spoke

She PRON nsubj left
left VERB root - leave
. PUNCT punct left
"""
    names: Names = {"Marta Lindqvist": "Marta Lindqvist"}
    assert resolved(text, "She", names, tree=tree, focus="Marta Lindqvist") == "Marta Lindqvist"
    assert (
        resolved(
            text.replace("She", "It"), "It", names, tree=tree.replace("She", "It"), focus="Marta Lindqvist"
        )
        is None
    )
