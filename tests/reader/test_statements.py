"""Who said what: the model's tags snapped to quotation marks, quotations left over, and the speaker resolved to a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reader import statements
from dateline.reader.model import Attribution, Labelled
from dateline.records import Span
from tests.reader.analyses import attribution, document, mentions, span, with_attributions

NAMES = {"Marta Lindqvist": "Marta Lindqvist", "Lindqvist": "Marta Lindqvist", "Jonas Keller": "Jonas Keller"}


def said(text: str, *attributions: Attribution, tree: str = "") -> list[tuple[str, str | None, str]]:
    """(kind, speaker, content) of every statement of `text`."""
    made = with_attributions(document(text, tree), *attributions)
    found = statements.find(made, mentions(text, NAMES))
    return [(s.kind, s.speaker, s.content.of(text)) for s in found]


# ------------------------------------------------------------------------------------------------- contents and marks


@pytest.mark.parametrize(
    "content",
    [
        "“The bridge was never safe,”",
        "The bridge was never safe",
        "The bridge was never safe,” Marta",  # a tag that runs on a word too far is still the quotation
        "bridge was never",
    ],
)
def test_a_tagged_quotation_is_whole_and_without_its_marks(content: str) -> None:
    text = "“The bridge was never safe,” Marta Lindqvist told reporters on Monday."
    tagged = attribution(text, source="Marta Lindqvist", cue="told", content=content)
    kinds = said(text, tagged)
    assert ("direct", "Marta Lindqvist", "The bridge was never safe,") in kinds
    assert len(kinds) == 1


def test_a_clause_has_neither_its_that_nor_the_comma_behind_it() -> None:
    text = "Jonas Keller said that the harvest was lost, and went home."
    found = said(
        text, attribution(text, source="Jonas Keller", cue="said", content="that the harvest was lost,")
    )
    assert found == [("indirect", "Jonas Keller", "the harvest was lost")]


def test_quoted_words_in_a_reported_clause_make_it_mixed() -> None:
    text = "Marta Lindqvist said the repair had been “a scandal from the first day”."
    content = "the repair had been “a scandal from"
    found = said(text, attribution(text, source="Marta Lindqvist", cue="said", content=content))
    assert found == [("mixed", "Marta Lindqvist", "the repair had been “a scandal from the first day”")]


def test_a_quoted_sentence_behind_a_clause_is_told_apart() -> None:
    text = "Marta Lindqvist said the bridge would be closed soon: “It is not safe.”"
    content = "the bridge would be closed soon: “It is not safe.”"
    assert said(text, attribution(text, source="Marta Lindqvist", cue="said", content=content)) == [
        ("indirect", "Marta Lindqvist", "the bridge would be closed soon"),
        ("direct", "Marta Lindqvist", "It is not safe."),
    ]


def test_both_parts_of_a_broken_quotation_are_direct() -> None:
    text = "“The bridge is old,” said Jonas Keller, “and nobody cares.”"
    contents = ["“The bridge is old,”", "“and nobody cares.”"]
    assert said(text, attribution(text, source="Jonas Keller", cue="said", content=contents)) == [
        ("direct", "Jonas Keller", "The bridge is old,"),
        ("direct", "Jonas Keller", "and nobody cares."),
    ]


def test_one_word_is_no_reported_clause() -> None:
    text = "Jonas Keller denied it."
    assert said(text, attribution(text, source="Jonas Keller", cue="denied", content="it")) == []


@pytest.mark.parametrize(
    ("text", "cue", "content", "score", "is_said"),
    [
        ("Jonas Keller welcomed the new bridge.", "welcomed", "the new bridge", 0.5, False),
        ("Jonas Keller welcomed the new bridge.", "welcomed", "the new bridge", 0.7, True),
        ("Jonas Keller vowed to leave the town.", "vowed", "to leave the town", 0.5, False),
        ("Jonas Keller vowed to leave the town.", "vowed", "to leave the town", 0.7, True),
        ("Jonas Keller said it was lost.", "said", "it was lost", 0.5, True),
    ],
)
def test_what_is_no_clause_has_to_be_told_more_surely(
    text: str, cue: str, content: str, score: float, is_said: bool
) -> None:
    told = attribution(text, source="Jonas Keller", cue=cue, content=content, score=score)
    made = with_attributions(document(text), told)
    assert bool(statements.find(made, mentions(text, NAMES))) is is_said


def test_a_clause_without_cue_and_source_is_nobodys() -> None:
    text = "The harvest was lost. “The bridge fell down.”"
    assert said(text, attribution(text, content=["The harvest was lost", "“The bridge fell down.”"])) == [
        ("direct", None, "The bridge fell down.")
    ]


def test_the_score_is_that_of_the_least_certain_part() -> None:
    text = "Jonas Keller said the harvest was lost."
    cue = Labelled(13, 17, "CUE", 0.8)
    at = span(text, "the harvest was lost")
    made = with_attributions(
        document(text), Attribution(cue, (), (Labelled(at.start, at.end, "CONTENT", 0.6),))
    )
    assert [s.score for s in statements.find(made, ())] == [0.6]


def test_of_several_sources_the_one_nearest_to_the_cue_is_told() -> None:
    text = "Jonas Keller left, and the mayor, a friend, said the harvest was lost."
    far, near = span(text, "Jonas Keller"), span(text, "the mayor")
    sources = tuple(Labelled(s.start, s.end, "SOURCE", 0.9) for s in (far, near))
    at, cue = span(text, "the harvest was lost"), span(text, "said")
    made = with_attributions(
        document(text),
        Attribution(Labelled(cue.start, cue.end, "CUE", 0.9), sources, (Labelled(at.start, at.end, "CONTENT", 0.9),)),
    )  # fmt: skip
    (found,) = statements.find(made, mentions(text, NAMES))
    assert (found.source, found.cue, found.content) == (near, cue, at)


# ------------------------------------------------------------------------------------------------- quotations left over


def test_a_quoted_clause_that_nothing_tags_is_speech_of_nobody_in_sight() -> None:
    text = "The rain went on all night.\n\n“Nobody ever asked us what we wanted here.”"
    assert said(text) == [("direct", None, "Nobody ever asked us what we wanted here.")]


def test_a_cue_inside_a_quotation_is_none_for_it() -> None:
    text = "“They said it was safe here.” The rain fell."
    assert said(text, attribution(text, source="They", cue="said")) == [
        ("direct", None, "They said it was safe here.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry “Sea Heron” left the port on Monday.",
        "The plan is part of Operation “Blue Door”.",
        "He sang “The Long Way Home Again” on Monday.",
        "They read “we will come” on a wall.",
        "The town was quiet.",
        "",
    ],
)
def test_names_titles_and_scare_quotes_are_no_statements(text: str) -> None:
    assert said(text) == []


# ------------------------------------------------------------------------------------------------- speakers


def test_a_surname_is_the_full_name() -> None:
    text = "The engineer Marta Lindqvist closed it. “It must be rebuilt,” Lindqvist said."
    tagged = attribution(text, source=("Lindqvist", 2), cue="said", content="“It must be rebuilt,”")
    assert said(text, tagged) == [("direct", "Marta Lindqvist", "It must be rebuilt,")]


def test_a_role_is_whoever_has_it() -> None:
    text = "Governor Marta Lindqvist told Jonas Keller to leave. “The ferry is full,” the governor said."
    tagged = attribution(text, source="the governor", cue="said", content="“The ferry is full,”")
    assert said(text, tagged) == [("direct", "Marta Lindqvist", "The ferry is full,")]


def test_a_pronoun_is_the_last_speaker() -> None:
    text = "Marta Lindqvist said the bridge was shut. Mr Jonas Keller left. She said the river had risen."
    assert said(
        text,
        attribution(text, source="Marta Lindqvist", cue="said", content="the bridge was shut"),
        attribution(text, source="She", cue=("said", 2), content="the river had risen"),
    ) == [
        ("indirect", "Marta Lindqvist", "the bridge was shut"),
        ("indirect", "Marta Lindqvist", "the river had risen"),
    ]


def test_nobody_named_inside_a_quotation_says_it() -> None:
    text = "The rain fell. “We asked Jonas Keller to stay at home,” she said."
    tagged = attribution(text, source="she", cue="said", content="“We asked Jonas Keller to stay at home,”")
    assert said(text, tagged) == [("direct", None, "We asked Jonas Keller to stay at home,")]
    known = "Marta Lindqvist left. " + text.removeprefix("The rain fell. ")
    tagged = attribution(known, source="she", cue="said", content="“We asked Jonas Keller to stay at home,”")
    assert [speaker for _, speaker, _ in said(known, tagged)] == ["Marta Lindqvist"]


def test_a_reported_clause_without_a_source_does_not_borrow_the_last_speaker() -> None:
    text = "Marta Lindqvist said the bridge was shut. It was said that the river had risen."
    first = attribution(text, source="Marta Lindqvist", cue="said", content="the bridge was shut")
    second = attribution(text, cue=("said", 2), content="that the river had risen")
    assert said(text, first, second)[1] == ("indirect", None, "the river had risen")


def test_a_quotation_goes_on_with_the_speaker_of_the_paragraph_before_and_no_further() -> None:
    told = "Marta Lindqvist said the bridge was shut."
    quote = "“It will be rebuilt, and we shall pay.”"
    first = attribution(told, source="Marta Lindqvist", cue="said", content="the bridge was shut")
    assert said(f"{told}\n\n{quote}", first)[1][:2] == ("direct", "Marta Lindqvist")
    assert said(f"{told}\n\nThe rain fell.\n\n{quote}", first)[1][:2] == ("direct", None)


def test_a_speech_over_paragraphs_has_one_speaker() -> None:
    text = "“We came here to listen,” said Jonas Keller. “We asked the town for help.\n\n“We leave with nothing at all.”"
    tagged = attribution(text, source="Jonas Keller", cue="said", content=["“We came here to listen,”"])
    assert said(text, tagged) == [
        ("direct", "Jonas Keller", "We came here to listen,"),
        ("direct", "Jonas Keller", "We asked the town for help."),
        ("direct", "Jonas Keller", "We leave with nothing at all."),
    ]


# ------------------------------------------------------------------------------------------------- always


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="“”\"'ab. \n,said", max_size=80),
    st.lists(st.tuples(st.integers(0, 79), st.integers(1, 30)), max_size=6),
)
def test_statements_lie_in_the_text_in_order_whatever_is_tagged(
    text: str, tags: list[tuple[int, int]]
) -> None:
    made = document(text)
    places = [(a, min(a + n, len(text))) for a, n in tags if a < len(text)]
    given_tags = [
        Attribution(
            Labelled(a, b, "CUE", 0.9), (Labelled(a, b, "SOURCE", 0.9),), (Labelled(a, b, "CONTENT", 0.9),)
        )
        for a, b in places
    ]
    found = statements.find(with_attributions(made, *given_tags), ())
    assert [s.content for s in found] == sorted(s.content for s in found)
    for statement in found:
        assert Span(0, len(text)).contains(statement.content)
        assert statement.content.start < statement.content.end
        assert 0 <= statement.score <= 1


DOER_TREES = {
    "Keller left the hall, warning of floods.": """
Keller PROPN nsubj left
left VERB root - leave
the DET det hall
hall NOUN obj left
, PUNCT punct left
warning VERB advcl left warn
of ADP case floods
floods NOUN obl warning flood
. PUNCT punct left
""",
    "The rise was criticised by Jonas Keller on Monday.": """
The DET det rise
rise NOUN nsubj:pass criticised
was AUX aux:pass criticised be
criticised VERB root - criticise
by ADP case Jonas
Jonas PROPN obl:agent criticised
Keller PROPN flat Jonas
on ADP case Monday
Monday PROPN obl criticised
. PUNCT punct criticised
""",
    "The council heard a tape of Keller promising new boats.": """
The DET det council
council NOUN nsubj heard
heard VERB root - hear
a DET det tape
tape NOUN obj heard
of ADP case Keller
Keller PROPN nmod tape
promising VERB acl Keller promise
new ADJ amod boats
boats NOUN obj promising boat
. PUNCT punct heard
""",
}


@pytest.mark.parametrize(
    ("number", "cue", "content"),
    [(0, "warning", "of floods"), (1, "criticised", "The rise"), (2, "promising", "new boats")],
)
def test_a_cue_without_a_tagged_source_is_its_doers(number: int, cue: str, content: str) -> None:
    text = list(DOER_TREES)[number]
    made = with_attributions(document(text, DOER_TREES[text]), attribution(text, cue=cue, content=content))
    (found,) = statements.find(made, mentions(text, NAMES | {"Keller": "Jonas Keller"}))
    assert found.speaker == "Jonas Keller"
    assert found.source is not None


# ------------------------------------------------------------------------------------------------- who says nothing


EXPECTED = """
The DET det barge
barge NOUN {subject} {verb}
is AUX aux{passive} {verb}
{verb} VERB root - {lemma}
to PART mark sail
sail VERB xcomp {verb}
on ADP case Monday
Monday PROPN obl sail
. PUNCT punct {verb}
"""


@pytest.mark.parametrize("subject", ["nsubj:pass", "nsubj"])
@pytest.mark.parametrize("source", ["The barge", None])
@pytest.mark.parametrize(
    ("verb", "lemma"),
    [("expected", "expect"), ("said", "say")],
)
def test_what_others_say_of_something_is_not_said_by_it(
    verb: str, lemma: str, subject: str, source: str | None
) -> None:
    text = f"The barge is {verb} to sail on Monday."
    tree = EXPECTED.format(subject=subject, passive=":pass", verb=verb, lemma=lemma)
    tagged = attribution(text, source=source, cue=f"is {verb}", content="to sail on Monday")
    assert said(text, tagged, tree=tree) == []


def test_who_names_somebody_is_somebody_else() -> None:
    text = "Marta Lindqvist met Jonas Keller. She said Lindqvist had promised to pay."
    tagged = attribution(text, source="She", cue="said", content="Lindqvist had promised to pay")
    assert [who for _, who, _ in said(text, tagged)] == ["Jonas Keller"]
    text = "Jonas Keller met Marta Lindqvist. Lindqvist would pay, she said."
    tagged = attribution(text, source="she", cue="said", content="Lindqvist would pay")
    assert [who for _, who, _ in said(text, tagged)] == ["Marta Lindqvist"]


LATE = """
Marta PROPN nsubj said
Lindqvist PROPN flat Marta
said VERB root - say
it PRON nsubj late
was AUX cop late
late ADJ ccomp said
. PUNCT punct said

{between}
It PRON nsubj time
was AUX cop time
time NOUN ccomp said
, PUNCT punct said
she PRON nsubj said
said VERB root - say
. PUNCT punct said
"""
DISAGREED = "Jonas PROPN nsubj disagreed\nKeller PROPN flat Jonas\ndisagreed VERB root - disagree\n. PUNCT punct disagreed\n"
MET = "They PRON nsubj met\nmet VERB root - meet\nJonas PROPN obj met\nKeller PROPN flat Jonas\n. PUNCT punct met\n"


@pytest.mark.parametrize(
    ("between", "tree", "speaker"),
    [
        ("Jonas Keller disagreed.", DISAGREED, "Jonas Keller"),
        ("They met Jonas Keller.", MET, "Marta Lindqvist"),
    ],
)
def test_who_the_sentence_before_is_about_is_meant_before_the_last_speaker(
    between: str, tree: str, speaker: str
) -> None:
    text = f"Marta Lindqvist said it was late. {between} It was time, she said."
    first = attribution(text, source="Marta Lindqvist", cue="said", content="it was late")
    second = attribution(text, source="she", cue=("said", 2), content="It was time")
    assert said(text, first, second, tree=LATE.format(between=tree))[-1][1] == speaker


def test_a_source_ends_at_a_colon() -> None:
    text = "Keeper: 'No new locks' before June"
    tree = """
Keeper NOUN compound locks
: PUNCT punct locks
' PUNCT punct locks
No DET det locks
new ADJ amod locks
locks NOUN root -
' PUNCT punct locks
before ADP case June
June PROPN nmod locks
"""
    tagged = attribution(text, source="Keeper", cue=":", content="'No new locks' before June")
    assert [who for _, who, _ in said(text, tagged, tree=tree)] == ["Keeper"]


def test_according_to_him_is_he() -> None:
    text = "Jonas Keller spoke. According to him, the barge had sunk."
    tree = """
Jonas PROPN nsubj spoke
Keller PROPN flat Jonas
spoke VERB root - speak
. PUNCT punct spoke

According VERB case him accord
to ADP fixed According
him PRON obl sunk
, PUNCT punct sunk
the DET det barge
barge NOUN nsubj sunk
had AUX aux sunk
sunk VERB root - sink
. PUNCT punct sunk
"""
    tagged = attribution(text, source="him", cue="According to", content="the barge had sunk")
    assert [who for _, who, _ in said(text, tagged, tree=tree)] == ["Jonas Keller"]


# ----------------------------------------------------------------------------------- sources of other sentences


def test_a_source_of_another_sentence_than_its_cue_is_none() -> None:
    text = "Marta Lindqvist came. Jonas Keller said the harvest was lost."
    tree = """
Marta PROPN nsubj came
Lindqvist PROPN flat Marta
came VERB root - come
. PUNCT punct came

Jonas PROPN nsubj said
Keller PROPN flat Jonas
said VERB root - say
the DET det harvest
harvest NOUN nsubj:pass lost
was AUX aux:pass lost
lost VERB ccomp said lose
. PUNCT punct said
"""
    tagged = attribution(text, source="Marta Lindqvist", cue="said", content="the harvest was lost")
    assert said(text, tagged, tree=tree) == [("indirect", "Jonas Keller", "the harvest was lost")]


def test_a_quotation_that_goes_on_is_not_the_next_source_s() -> None:
    text = "“It is old,” said Jonas Keller. “Nobody cares about it.” Marta Lindqvist added that it was safe."
    one = attribution(text, source="Jonas Keller", cue="said", content="“It is old,”")
    two = attribution(text, source="Marta Lindqvist", cue="added", content="“Nobody cares about it.”")
    assert said(text, one, two) == [
        ("direct", "Jonas Keller", "It is old,"),
        ("direct", "Jonas Keller", "Nobody cares about it."),
    ]


def test_a_quotation_before_its_source_is_that_source_s_where_nobody_spoke_before() -> None:
    text = "“Nobody cares about it.” Marta Lindqvist added that on Monday."
    told = attribution(text, source="Marta Lindqvist", cue="added", content="“Nobody cares about it.”")
    assert said(text, told) == [("direct", "Marta Lindqvist", "Nobody cares about it.")]


def test_a_source_of_the_next_paragraph_is_not_that_of_a_quotation_after_another_speaker() -> None:
    text = "“It is old,” said Jonas Keller.\n\n“Nobody cares about it.”\n\nMarta Lindqvist added that it was safe."
    one = attribution(text, source="Jonas Keller", cue="said", content="“It is old,”")
    two = attribution(text, source="Marta Lindqvist", cue="added", content="“Nobody cares about it.”")
    assert said(text, one, two)[1] == ("direct", "Jonas Keller", "Nobody cares about it.")
