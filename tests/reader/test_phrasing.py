"""The clause of a word, in the report's own words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reader import phrasing
from tests.reader.analyses import clause, document

THAT = "Mira Solt said that he, too, is expected to attend on Friday."
THAT_TREE = """
Mira PROPN nsubj said
Solt PROPN flat Mira
said VERB root - say
that SCONJ mark expected
he PRON nsubj:pass expected
, PUNCT punct he
too ADV advmod expected
, PUNCT punct too
is AUX aux:pass expected be
expected VERB ccomp said expect
to PART mark attend
attend VERB xcomp expected
on ADP case Friday
Friday PROPN obl attend
. PUNCT punct said
"""
JOINED = "The council will open the footbridge on Friday and the mayor will close the old ferry."
JOINED_TREE = """
The DET det council
council NOUN nsubj open
will AUX aux open
open VERB root -
the DET det footbridge
footbridge NOUN obj open
on ADP case Friday
Friday PROPN obl open
and CCONJ cc close
the DET det mayor
mayor NOUN nsubj close
will AUX aux close
close VERB conj open
the DET det ferry
old ADJ amod ferry
ferry NOUN obj close
. PUNCT punct open
"""
WHICH = "Engineers checked the dam, which is due to reopen in June."
WHICH_TREE = """
Engineers NOUN nsubj checked engineer
checked VERB root - check
the DET det dam
dam NOUN obj checked
, PUNCT punct due
which PRON nsubj due
is AUX cop due be
due ADJ acl dam
to PART mark reopen
reopen VERB xcomp due
in ADP case June
June PROPN obl reopen
. PUNCT punct checked
"""


def around(text: str, tree: str, word: str, names: Mapping[str, str] | None = None) -> str:
    sentence = clause(text, tree)
    at = [t.text for t in sentence.tokens].index(word)
    return phrasing.clause_around(
        sentence, at, lambda pronoun: (names or {}).get(sentence.lower(pronoun)), text
    )


def test_a_reported_clause_loses_its_that_and_its_pronoun_is_resolved_in_brackets() -> None:
    told = around(THAT, THAT_TREE, "attend", {"he": "Anton Beck"})
    assert told == "[Anton Beck], too, is expected to attend on Friday"


def test_a_clause_whose_pronoun_cannot_be_told_is_told_by_its_sentence() -> None:
    assert around(THAT, THAT_TREE, "attend") == THAT


SIGN = "The council passed the budget, and the mayor will sign it."
SIGN_TREE = """
The DET det council
council NOUN nsubj passed
passed VERB root - pass
the DET det budget
budget NOUN obj passed
, PUNCT punct sign
and CCONJ cc sign
the DET det mayor
mayor NOUN nsubj sign
will AUX aux sign
sign VERB conj passed
it PRON obj sign
. PUNCT punct passed
"""


def test_what_is_done_to_it_is_told_with_what_the_sentence_names_before() -> None:
    assert around(SIGN, SIGN_TREE, "sign") == SIGN


def test_its_own_subject_tells_whose_a_thing_is() -> None:
    text = SIGN.replace("sign it", "sign his letter")
    tree = SIGN_TREE.replace("it PRON obj sign", "his PRON nmod:poss letter\nletter NOUN obj sign")
    assert around(text, tree, "sign") == "the mayor will sign his letter"


def test_what_is_asked_is_not_told_as_if_it_were_said() -> None:
    text = "It is unclear whether the council will meet."
    tree = """
It PRON expl unclear
is AUX cop unclear be
unclear ADJ root -
whether SCONJ mark meet
the DET det council
council NOUN nsubj meet
will AUX aux meet
meet VERB csubj unclear
. PUNCT punct unclear
"""
    assert around(text, tree, "meet") == text


def test_a_sentence_that_begins_with_a_pronoun_names_whom_it_is_about() -> None:
    text = "She asked whether the council will meet."
    tree = """
She PRON nsubj asked
asked VERB root - ask
whether SCONJ mark meet
the DET det council
council NOUN nsubj meet
will AUX aux meet
meet VERB ccomp asked
. PUNCT punct asked
"""
    told = around(text, tree, "meet", {"she": "Mira Solt"})
    assert told == "[Mira Solt] asked whether the council will meet."


def test_the_clause_that_reports_is_a_clause_too() -> None:
    assert around(THAT, THAT_TREE, "said", {"he": "Anton Beck"}).startswith(
        "Mira Solt said that [Anton Beck]"
    )


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("open", "The council will open the footbridge on Friday"),
        ("close", "the mayor will close the old ferry"),
        ("ferry", "the mayor will close the old ferry"),
    ],
)
def test_joined_clauses_are_cut_apart(word: str, told: str) -> None:
    assert around(JOINED, JOINED_TREE, word) == told


def test_joined_predicates_keep_the_subject_that_they_share() -> None:
    text = "The board plans to raise fares and to cut two lines."
    tree = """
The DET det board
board NOUN nsubj plans
plans VERB root - plan
to PART mark raise
raise VERB xcomp plans
fares NOUN obj raise
and CCONJ cc cut
to PART mark cut
cut VERB conj raise
two NUM nummod lines
lines NOUN obj cut
. PUNCT punct plans
"""
    told = around(text, tree, "cut")
    assert told.startswith("The board plans to")
    assert told.endswith("cut two lines")


def test_which_is_the_noun_that_the_clause_hangs_on() -> None:
    assert around(WHICH, WHICH_TREE, "reopen") == "[the dam] is due to reopen in June"


def test_who_is_the_noun_without_the_comma_behind_it() -> None:
    text = "The minister, who will sign the treaty, is in Kestrin."
    tree = """
The DET det minister
minister NOUN nsubj Kestrin
, PUNCT punct minister
who PRON nsubj sign
will AUX aux sign
sign VERB acl minister
the DET det treaty
treaty NOUN obj sign
, PUNCT punct minister
is AUX cop Kestrin be
in ADP case Kestrin
Kestrin PROPN root -
. PUNCT punct Kestrin
"""
    assert around(text, tree, "sign") == "[The minister] will sign the treaty"


def test_a_relative_that_is_no_subject_is_told_too() -> None:
    text = "The treaty that they will sign on Friday is short."
    tree = """
The DET det treaty
treaty NOUN nsubj short
that PRON obj sign
they PRON nsubj sign
will AUX aux sign
sign VERB acl treaty
on ADP case Friday
Friday PROPN obl sign
is AUX cop short be
short ADJ root -
. PUNCT punct short
"""
    told = around(text, tree, "sign", {"they": "Orrin and Vell"})
    assert told == "[The treaty] [Orrin and Vell] will sign on Friday"


def test_the_relative_of_a_clause_further_in_is_not_the_outer_noun() -> None:
    text = "Engineers checked the dam, which will reopen after repairs that cost millions."
    tree = """
Engineers NOUN nsubj checked
checked VERB root - check
the DET det dam
dam NOUN obj checked
, PUNCT punct reopen
which PRON nsubj reopen
will AUX aux reopen
reopen VERB acl dam
after ADP case repairs
repairs NOUN obl reopen
that PRON nsubj cost
cost VERB acl repairs
millions NOUN obj cost
. PUNCT punct checked
"""
    assert around(text, tree, "reopen") == "[the dam] will reopen after repairs that cost millions"


def test_a_clause_that_a_noun_reports_has_no_antecedent() -> None:
    text = "The news that the council will meet on Monday pleased the town."
    tree = """
The DET det news
news NOUN nsubj pleased
that SCONJ mark meet
the DET det council
council NOUN nsubj meet
will AUX aux meet
meet VERB acl news
on ADP case Monday
Monday PROPN obl meet
pleased VERB root - please
the DET det town
town NOUN obj pleased
. PUNCT punct pleased
"""
    assert around(text, tree, "meet") == "the council will meet on Monday"


def test_a_noun_that_is_expected_stands_in_the_clause_above_it() -> None:
    text = "Residents fear the closure of the school next year."
    tree = """
Residents NOUN nsubj fear
fear VERB root -
the DET det closure
closure NOUN obj fear
of ADP case school
the DET det school
school NOUN nmod closure
next ADJ amod year
year NOUN nmod closure
. PUNCT punct fear
"""
    assert around(text, tree, "closure") == "Residents fear the closure of the school next year"


def test_an_infinitive_with_a_subject_of_its_own_cannot_stand_alone() -> None:
    text = "The town wants the bridge to be built by May."
    tree = """
The DET det town
town NOUN nsubj wants
wants VERB root - want
the DET det bridge
bridge NOUN nsubj:pass built
to PART mark built
be AUX aux:pass built
built VERB ccomp wants build
by ADP case May
May PROPN obl built
. PUNCT punct wants
"""
    assert around(text, tree, "built") == "The town wants the bridge to be built by May"


HARBOUR = (
    "The harbour, built in 1910 by a firm that later failed and sold its last crane to the town, will be dug out again "
    "by engineers from Kestrin next spring, as the new ferries, now built in Vell, need deeper water."
)
HARBOUR_TREE = """
The DET det harbour
harbour NOUN nsubj:pass dug
, PUNCT punct built
built VERB acl harbour build
in ADP case 1910
1910 NUM obl built
by ADP case firm
a DET det firm
firm NOUN obl:agent built
that PRON nsubj failed
later ADV advmod failed
failed VERB acl firm fail
and CCONJ cc sold
sold VERB conj failed sell
its PRON nmod:poss crane
last ADJ amod crane
crane NOUN obj sold
to ADP case town
the DET det town
town NOUN obl sold
, PUNCT punct harbour
will AUX aux dug
be AUX aux:pass dug
dug VERB root - dig
out ADV advmod dug
again ADV advmod dug
by ADP case engineers
engineers NOUN obl:agent dug engineer
from ADP case Kestrin
Kestrin PROPN nmod engineers
next ADJ amod spring
spring NOUN obl dug
, PUNCT punct need
as SCONJ mark need
the DET det ferries
new ADJ amod ferries
ferries NOUN nsubj need
, PUNCT punct built.2
now ADV advmod built.2
built VERB acl ferries build
in ADP case Vell
Vell PROPN obl built.2
, PUNCT punct built.2
need VERB advcl dug
deeper ADJ amod water
water NOUN obj need
. PUNCT punct dug
"""


def test_the_aside_that_holds_the_word_is_kept() -> None:
    told = around(HARBOUR, HARBOUR_TREE, "water")
    assert told == "the new ferries, now built in Vell, need deeper water"
    assert "sold its last crane" in around(HARBOUR, HARBOUR_TREE, "crane")


def test_a_remark_in_between_stays_and_is_a_clause_of_its_own() -> None:
    text = "The court will rule (it sits in Tormela) on Monday."
    tree = """
The DET det court
court NOUN nsubj rule
will AUX aux rule
rule VERB root -
( PUNCT punct sits
it PRON nsubj sits
sits VERB parataxis rule sit
in ADP case Tormela
Tormela PROPN obl sits
) PUNCT punct sits
on ADP case Monday
Monday PROPN obl rule
. PUNCT punct rule
"""
    assert around(text, tree, "rule") == "The court will rule (it sits in Tormela) on Monday"
    assert around(text, tree, "sits", {"it": "the court"}) == "[the court] sits in Tormela"


def test_a_mark_that_closes_what_was_opened_inside_stays() -> None:
    text = "He said: “We will read “Blue Doors” on Monday (with tea).”"
    tree = """
He PRON nsubj said
said VERB root - say
: PUNCT punct read
“ PUNCT punct read
We PRON nsubj read
will AUX aux read
read VERB ccomp said
“ PUNCT punct Doors
Blue PROPN compound Doors
Doors PROPN obj read
” PUNCT punct Doors
on ADP case Monday
Monday PROPN obl read
( PUNCT punct tea
with ADP case tea
tea NOUN obl read
) PUNCT punct tea
. PUNCT punct read
” PUNCT punct read
"""
    assert around(text, tree, "read") == "We will read “Blue Doors” on Monday (with tea)"


def test_a_quotation_inside_the_clause_keeps_both_its_marks() -> None:
    text = "“It is not safe,” she said on Monday."
    tree = """
“ PUNCT punct safe
It PRON nsubj safe
is AUX cop safe be
not PART advmod safe
safe ADJ ccomp said
, PUNCT punct safe
” PUNCT punct safe
she PRON nsubj said
said VERB root - say
on ADP case Monday
Monday PROPN obl said
. PUNCT punct said
"""
    assert around(text, tree, "said", {"she": "Mira Solt"}) == "“It is not safe,” [Mira Solt] said on Monday"
    assert around(text, tree, "safe", {"it": "the bridge"}) == "[the bridge] is not safe"


def test_a_word_that_joins_is_left_out_at_the_ends_alone() -> None:
    text = "But the town is all but surrounded, in case it rains."
    tree = """
But CCONJ cc surrounded
the DET det town
town NOUN nsubj:pass surrounded
is AUX aux:pass surrounded be
all ADV advmod surrounded
but CCONJ cc surrounded
surrounded VERB root - surround
, PUNCT punct rains
in SCONJ mark rains
case NOUN fixed in
it PRON nsubj rains
rains VERB advcl surrounded rain
. PUNCT punct surrounded
"""
    assert around(text, tree, "surrounded") == "the town is all but surrounded, in case it rains"
    assert around(text, tree, "rains") == "But the town is all but surrounded, in case it rains."  # two words
    text = text.replace("it rains", "snow falls hard")
    tree = tree.replace("it PRON", "snow NOUN").replace(" rains", " falls")
    tree = tree.replace(
        "rains VERB advcl surrounded rain", "falls VERB advcl surrounded fall\nhard ADV advmod falls"
    )
    told = around(text, tree, "falls")
    assert told == "snow falls hard"


def test_a_relative_without_a_noun_is_told_by_its_sentence() -> None:
    text = "Solt will speak, he added, which will please the town."
    tree = """
Solt PROPN nsubj speak
will AUX aux speak
speak VERB root -
, PUNCT punct added
he PRON nsubj added
added VERB parataxis speak add
, PUNCT punct please
which PRON nsubj please
will AUX aux please
please VERB advcl speak
the DET det town
town NOUN obj please
. PUNCT punct speak
"""
    assert around(text, tree, "please") == text
    assert around("That will please the town.", "That PRON nsubj please\nwill AUX aux please\nplease VERB root -\nthe DET det town\ntown NOUN obj please\n. PUNCT punct please", "please") == "That will please the town"  # fmt: skip


def test_what_has_no_subject_is_told_by_its_sentence() -> None:
    text = "A vote\n  next week!"
    tree = """
A DET det vote
vote NOUN root -
next ADJ amod week
week NOUN nmod vote
! PUNCT punct vote
"""
    assert around(text, tree, "vote") == "A vote next week!"


def test_a_remark_without_a_subject_is_told_by_its_sentence() -> None:
    text = "The tunnel will close, reopening planned for May."
    tree = """
The DET det tunnel
tunnel NOUN nsubj close
will AUX aux close
close VERB root -
, PUNCT punct planned
reopening NOUN compound planned
planned VERB parataxis close plan
for ADP case May
May PROPN obl planned
. PUNCT punct close
"""
    assert around(text, tree, "reopening") == "The tunnel will close, reopening planned for May."


def test_a_clause_of_two_words_says_too_little() -> None:
    text = "Rain fell and ferries sail again tomorrow."
    tree = """
Rain NOUN nsubj fell
fell VERB root - fall
and CCONJ cc sail
ferries NOUN nsubj sail
sail VERB conj fell
again ADV advmod sail
tomorrow NOUN obl sail
. PUNCT punct fell
"""
    assert around(text, tree, "fell") == "Rain fell and ferries sail again tomorrow."
    assert around(text, tree, "sail") == "ferries sail again tomorrow"


@given(st.text(alphabet="ab ,.“”()\n", max_size=60), st.data())
def test_any_word_is_told_in_the_words_of_its_text(text: str, data: st.DataObject) -> None:
    for sentence in document(text).clauses:
        word = data.draw(st.integers(0, len(sentence.tokens) - 1))
        told = phrasing.clause_around(sentence, word, lambda _: None, text)
        assert set(told) - {" "} <= set(text)


OWNER = "Her lawyer and the board said their plan will please her friends."
OWNER_TREE = """
Her PRON nmod:poss lawyer
lawyer NOUN nsubj said
and CCONJ cc board
the DET det board
board NOUN conj lawyer
said VERB root - say
their PRON nmod:poss plan
plan NOUN nsubj please
will AUX aux please
please VERB ccomp said
her PRON nmod:poss friends
friends NOUN obj please friend
. PUNCT punct said
"""


def test_whose_a_subject_is_is_told_in_brackets() -> None:
    assert around(OWNER, OWNER_TREE, "please", {"their": "Orrin"}) == "[Orrin]’s plan will please her friends"
    assert around(OWNER, OWNER_TREE, "said", {"her": "Mira Solt"}).startswith(
        "[Mira Solt]’s lawyer and the board"
    )


def test_a_bare_noun_that_is_known_loses_its_article() -> None:
    assert around(JOINED, JOINED_TREE, "open", {"council": "Vell Council"}) == (
        "[Vell Council] will open the footbridge on Friday"
    )


def test_we_keeps_its_verb_and_the_name_stands_behind_it() -> None:
    text = "We are ready to open."
    tree = """
We PRON nsubj ready
are AUX cop ready be
ready ADJ root -
to PART mark open
open VERB xcomp ready
. PUNCT punct ready
"""
    assert around(text, tree, "open", {"we": "Mira Solt"}) == "We [Mira Solt] are ready to open"


def test_a_name_stands_behind_a_verb_that_is_written_with_its_pronoun() -> None:
    text = "We’re ready to open."
    tree = """
We PRON nsubj ready
’re AUX cop ready be
ready ADJ root -
to PART mark open
open VERB xcomp ready
. PUNCT punct ready
"""
    assert around(text, tree, "open", {"we": "Mira Solt"}) == "We’re [Mira Solt] ready to open"


@pytest.mark.parametrize(
    ("fuller", "told"),
    [
        ("Friday’s ferry race", "Crowds wait for [Friday’s ferry race]"),
        ("ferry race", "Crowds wait for the [ferry race]"),
    ],
)
def test_an_article_before_words_that_begin_with_an_owner_goes(fuller: str, told: str) -> None:
    text = "Crowds wait for the race."
    tree = """
Crowds NOUN nsubj wait
wait VERB root -
for ADP case race
the DET det race
race NOUN obl wait
. PUNCT punct wait
"""
    sentence = clause(text, tree)
    words = [t.text for t in sentence.tokens]
    described = phrasing.clause_around(
        sentence,
        words.index("wait"),
        lambda _: None,
        text,
        lambda word: fuller if words[word] == "race" else None,
    )
    assert described == told


def test_a_pronoun_whose_name_the_clause_has_told_stays() -> None:
    told = around(THAT, THAT_TREE, "said", {"he": "Mira Solt"})
    assert told.startswith("Mira Solt said that he, too")


HANGING = "Solt leaves for Vell, where she will meet the board at a summit both will attend."
HANGING_TREE = """
Solt PROPN nsubj leaves
leaves VERB root - leave
for ADP case Vell
Vell PROPN obl leaves
, PUNCT punct meet
where ADV advmod meet
she PRON nsubj meet
will AUX aux meet
meet VERB acl Vell
the DET det board
board NOUN obj meet
at ADP case summit
a DET det summit
summit NOUN obl meet
both PRON nsubj attend
will AUX aux attend
attend VERB acl summit
. PUNCT punct leaves
"""


@pytest.mark.parametrize("word", ["meet", "attend"])
def test_a_clause_that_hangs_on_what_stands_outside_it_is_told_by_its_sentence(word: str) -> None:
    assert around(HANGING, HANGING_TREE, word) == HANGING


def test_a_bare_noun_is_told_by_the_words_the_report_had_for_it() -> None:
    sentence = clause(JOINED, JOINED_TREE)
    known = {"footbridge": "footbridge over the Vell"}
    told = phrasing.clause_around(
        sentence, 3, lambda _: None, JOINED, lambda word: known.get(sentence.lower(word))
    )
    assert told == "The council will open the [footbridge over the Vell] on Friday"
    twice = phrasing.clause_around(
        sentence, 3, lambda word: "Vell" if word == 1 else None, JOINED, lambda word: known.get("footbridge")
    )
    assert twice.count("[footbridge over the Vell]") == 1


def test_what_stands_before_the_word_that_begins_a_clause_is_no_part_of_it() -> None:
    text = "Beck told Solt last month that the council will meet on Friday."
    tree = """
Beck PROPN nsubj told
told VERB root - tell
Solt PROPN iobj told
last ADJ amod month
month NOUN obl meet
that SCONJ mark meet
the DET det council
council NOUN nsubj meet
will AUX aux meet
meet VERB ccomp told
on ADP case Friday
Friday PROPN obl meet
. PUNCT punct told
"""
    assert around(text, tree, "meet") == "the council will meet on Friday"


def test_what_another_verb_left_behind_goes_with_what_stands_before_it() -> None:
    text = "Halden will repair the ferry and send it to Vell."
    tree = """
Halden PROPN nsubj repair
will AUX aux repair
repair VERB root -
the DET det ferry
ferry NOUN obj repair
and CCONJ cc send
send VERB conj repair
it PRON obj send
to ADP case Vell
Vell PROPN obl repair
. PUNCT punct repair
"""
    assert around(text, tree, "repair") == "Halden will repair the ferry and send it to Vell"


APPEAL = """
Solt PROPN nsubj called
called VERB root - call
it PRON obj called
a DET det ruling
ruling NOUN obl called
the DET det town
town NOUN nsubj appeal
will AUX aux appeal
appeal VERB acl ruling
before ADP case Friday
Friday PROPN obl called
. PUNCT punct called
"""


def test_a_clause_with_one_noun_is_told_by_its_sentence_where_that_tells_more() -> None:
    text = "Solt called it a ruling the town will appeal before Friday."
    assert around(text, APPEAL, "appeal") == text
    spoken = "Mira Solt said the town will appeal."
    tree = """
Mira PROPN nsubj said
Solt PROPN flat Mira
said VERB root - say
the DET det town
town NOUN nsubj appeal
will AUX aux appeal
appeal VERB ccomp said
. PUNCT punct said
"""
    assert around(spoken, tree, "appeal") == "the town will appeal"


def test_a_clause_that_begins_with_its_verb_is_told_by_its_sentence() -> None:
    text = "Solt is ready to name a bridge that may please Vell."
    tree = """
Solt PROPN nsubj ready
is AUX cop ready be
ready ADJ root -
to PART mark name
name VERB obj please
a DET det bridge
bridge NOUN obj name
that PRON nsubj please
may AUX aux please
please VERB xcomp ready
Vell PROPN obj please
. PUNCT punct ready
"""
    assert around(text, tree, "name") == text


def test_somebody_who_is_no_subject_is_told_once() -> None:
    text = "The council will ask him for his plan on Friday."
    tree = """
The DET det council
council NOUN nsubj ask
will AUX aux ask
ask VERB root -
him PRON obj ask
for ADP case plan
his PRON nmod:poss plan
plan NOUN obl ask
on ADP case Friday
Friday PROPN obl ask
. PUNCT punct ask
"""
    names = {"him": "Anton Beck", "his": "Anton Beck"}
    assert around(text, tree, "ask", names) == "The council will ask [Anton Beck] for his plan on Friday"
    assert around(text, tree, "ask", {"his": "Anton Beck"}) == (
        "The council will ask him for [Anton Beck]’s plan on Friday"
    )
    assert around(text, tree, "ask", {"plan": "Plan Nine"}) == (
        "The council will ask him for his plan [Plan Nine] on Friday"
    )


GOES_ON = """
Members NOUN nsubj gave member
gave VERB root - give
Vell PROPN iobj gave
a DET det bridge
bridge NOUN obj gave
. PUNCT punct gave

That PRON nsubj please
will AUX aux please
please VERB root -
the DET det town
town NOUN obj please
on ADP case Friday
Friday PROPN obl please
. PUNCT punct please
"""


@pytest.mark.parametrize(
    ("start", "subject", "goes_on"),
    [
        ("That", "That PRON nsubj please", True),
        ("That gift", "That DET det gift\ngift NOUN nsubj please", True),
        ("This week Solt", "This DET det week\nweek NOUN obl please\nSolt PROPN nsubj please", False),
        ("The gift", "The DET det gift\ngift NOUN nsubj please", False),
        ("It", "It PRON expl please", False),
    ],
)
def test_what_goes_on_with_something_unnamed_is_followed_by_the_sentence_before(
    start: str, subject: str, goes_on: bool
) -> None:
    text = f"Members gave Vell a bridge. {start} will please the town on Friday."
    made = document(text, GOES_ON.replace("That PRON nsubj please", subject))
    before, sentence = made.clauses
    word = [t.text for t in sentence.tokens].index("please")
    told = phrasing.clause_around(sentence, word, lambda _: None, text, before=before)
    behind = " [Members gave Vell a bridge.]" if goes_on else ""
    assert told == f"{start} will please the town on Friday{behind}"
    assert "[Members" not in phrasing.clause_around(sentence, word, lambda _: None, text)


def test_a_sentence_that_goes_on_itself_explains_nothing() -> None:
    text = "They gave Vell a bridge. This will please the town on Friday."
    made = document(
        text,
        GOES_ON.replace("That PRON", "This PRON").replace(
            "Members NOUN nsubj gave member", "They PRON nsubj gave"
        ),
    )
    before, sentence = made.clauses
    told = phrasing.clause_around(sentence, 2, lambda _: None, text, before=before)
    assert told == "This will please the town on Friday"
    known = phrasing.clause_around(
        sentence, 2, lambda word: "the bridge" if word == 0 else None, text, before=before
    )
    assert known == "[the bridge] will please the town on Friday"
