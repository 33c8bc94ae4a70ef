"""Events from hand-made trees: triggers, arguments, days, realis and quantities."""

from datetime import date

import pytest

from dateline.reader import events, names
from dateline.records import Event, Interval, Span, TimeExpression
from tests.reader.building import parsed

DCT = "2024-03-05"  # a Tuesday


def read(tree: str, *times: tuple[str, str, str], named: dict[str, str] | None = None) -> dict[str, Event]:
    """Events by predicate; `times` are (words, first day, last day) or (words, TIMEX3 duration, "")."""
    document = parsed(tree, named, DCT)
    found = []
    for words, first, last in times:
        at = document.text.index(words)
        span = Span(at, at + len(words))
        if last:
            a, b = date.fromisoformat(first), date.fromisoformat(last)
            days = (b - a).days
            grain = "day" if days == 0 else "week" if days < 8 else "month" if days < 32 else "year"
            found.append(TimeExpression(span, words, "DATE", first, interval=Interval(a, b, grain)))
        else:
            found.append(TimeExpression(span, words, "DURATION", first))
    result = events.find(document, found, names.find(document))
    for event in result:
        assert event.span.of(document.text)
        for argument in event.arguments:
            assert argument.span.of(document.text) == argument.text
            assert argument.span.contains(argument.head)
    return {e.predicate: e for e in result}


def texts(event: Event) -> dict[str, str]:
    return {a.role: a.text for a in event.arguments}


SIGNED = """
Varga Varga PROPN 2 nsubj
signed sign VERB 0 root
two two NUM 4 nummod
treaties treaty NOUN 2 obj
in in ADP 6 case
Hartvik Hartvik PROPN 2 obl
on on ADP 8 case
Monday Monday PROPN 2 obl
. . PUNCT 2 punct
"""


def test_a_plain_sentence() -> None:
    event = read(SIGNED, ("Monday", "2024-03-04", "2024-03-04"), named={"Varga": "PER", "Hartvik": "LOC"})[
        "sign"
    ]
    assert event.realis == "actual"
    assert texts(event) == {"agent": "Varga", "patient": "two treaties", "place": "Hartvik"}
    assert event.argument("place").entity == "Hartvik"  # type: ignore[union-attr]
    assert event.interval == Interval(date(2024, 3, 4), date(2024, 3, 4))
    assert [(q.value, q.unit) for q in event.quantities] == [(2.0, "treaty")]


def test_no_day_is_told_where_the_text_gives_none() -> None:
    assert read(SIGNED)["sign"].interval is None


PASSIVE = """
At at ADP 3 advmod
least least ADJ 1 fixed
nine nine NUM 4 nummod
people people NOUN 6 nsubj:pass
were be AUX 6 aux:pass
killed kill VERB 0 root
by by ADP 9 case
a a DET 9 det
storm storm NOUN 6 obl:agent
. . PUNCT 6 punct
"""


def test_a_passive_and_its_quantity() -> None:
    event = read(PASSIVE)["kill"]
    assert texts(event)["agent"] == "a storm"
    assert texts(event)["patient"].endswith("nine people")
    (quantity,) = event.quantities
    assert (quantity.value, quantity.unit, quantity.role, quantity.hedge) == (
        9.0,
        "person",
        "dead",
        "at least",
    )


WILL = """
Parliament parliament PROPN 3 nsubj
will will AUX 3 aux
ratify ratify VERB 0 root
the the DET 5 det
text text NOUN 3 obj
by by ADP 7 case
Friday Friday PROPN 3 obl
. . PUNCT 3 punct
"""


def test_by_a_day_ahead_runs_from_the_report() -> None:
    event = read(WILL, ("Friday", "2024-03-08", "2024-03-08"))["ratify"]
    assert event.realis == "expected"
    assert event.interval is not None
    assert (event.interval.start, event.interval.end) == (date(2024, 3, 5), date(2024, 3, 8))


SINCE = """
Troops troop NOUN 3 nsubj
have have AUX 3 aux
held hold VERB 0 root
the the DET 5 det
town town NOUN 3 obj
since since ADP 7 case
2021 2021 NUM 3 obl
. . PUNCT 3 punct
"""


def test_since_runs_to_the_report() -> None:
    event = read(SINCE, ("2021", "2021-01-01", "2021-12-31"))["hold"]
    assert event.interval == Interval(date(2021, 1, 1), date(2024, 3, 5), "span")
    assert event.realis == "actual"


SINCE_THE_FIRE = """
Ministers minister NOUN 3 nsubj
have have AUX 3 aux
resigned resign VERB 0 root
since since ADP 7 case
the the DET 7 det
2021 2021 NUM 7 nummod
fire fire NOUN 3 obl
. . PUNCT 3 punct
"""


def test_a_time_between_since_and_an_event_is_the_events_own() -> None:
    fire = read(SINCE_THE_FIRE, ("2021", "2021-01-01", "2021-12-31"))["fire"]
    assert fire.interval is not None
    assert (fire.interval.start, fire.interval.end) == (date(2021, 1, 1), date(2021, 12, 31))


FROM_TO = """
She she PRON 2 nsubj
served serve VERB 0 root
from from ADP 4 case
2019 2019 NUM 2 obl
to to ADP 6 case
2021 2021 NUM 2 obl
. . PUNCT 2 punct
"""


def test_from_one_time_to_another_is_a_span() -> None:
    served = read(FROM_TO, ("2019", "2019-01-01", "2019-12-31"), ("2021", "2021-01-01", "2021-12-31"))[
        "serve"
    ]
    assert served.interval == Interval(date(2019, 1, 1), date(2021, 12, 31), "span")


def simple(*rows: str) -> str:
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("tree", "predicate", "realis"),
    [
        (
            simple("They they PRON 2 nsubj", "failed fail VERB 0 root", "to to PART 4 mark", "pay pay VERB 2 xcomp", ". . PUNCT 2 punct"),
            "pay",
            "negated",
        ),
        (
            simple("Moe Moe PROPN 2 nsubj", "denied deny VERB 0 root", "having have AUX 4 aux", "paid pay VERB 2 xcomp", ". . PUNCT 2 punct"),
            "pay",
            "negated",
        ),
        (
            simple("They they PRON 4 nsubj", "did do AUX 4 aux", "not not PART 4 advmod", "pay pay VERB 0 root", ". . PUNCT 4 punct"),
            "pay",
            "negated",
        ),
        (
            simple("Nobody nobody PRON 2 nsubj", "paid pay VERB 0 root", ". . PUNCT 2 punct"),
            "pay",
            "negated",
        ),
        (
            simple("They they PRON 2 nsubj", "promised promise VERB 0 root", "to to PART 4 mark", "pay pay VERB 2 xcomp", ". . PUNCT 2 punct"),
            "pay",
            "expected",
        ),
        (
            simple("They they PRON 2 nsubj", "began begin VERB 0 root", "to to PART 4 mark", "pay pay VERB 2 xcomp", ". . PUNCT 2 punct"),
            "pay",
            "actual",
        ),
        (
            simple("They they PRON 3 nsubj", "may may AUX 3 aux", "pay pay VERB 0 root", ". . PUNCT 3 punct"),
            "pay",
            "possible",
        ),
        (
            simple(
                "If if SCONJ 3 mark", "it it PRON 3 nsubj", "drifts drift VERB 7 advcl", ", , PUNCT 3 punct",
                "they they PRON 7 nsubj", "will will AUX 7 aux", "pay pay VERB 0 root", ". . PUNCT 7 punct",
            ),
            "drift",
            "possible",
        ),
        (
            simple(
                "If if SCONJ 3 mark", "it it PRON 3 nsubj", "drifts drift VERB 7 advcl", ", , PUNCT 3 punct",
                "they they PRON 7 nsubj", "will will AUX 7 aux", "pay pay VERB 0 root", ". . PUNCT 7 punct",
            ),
            "pay",
            "possible",
        ),
        (
            simple(
                "Moe Moe PROPN 2 nsubj", "said say VERB 0 root", "they they PRON 5 nsubj", "would would AUX 5 aux",
                "pay pay VERB 2 ccomp", ". . PUNCT 2 punct",
            ),
            "pay",
            "expected",
        ),
        (
            simple(
                "Moe Moe PROPN 2 nsubj", "denied deny VERB 0 root", "that that SCONJ 6 mark", "they they PRON 6 nsubj", "would would AUX 6 aux",
                "pay pay VERB 2 ccomp", ". . PUNCT 2 punct",
            ),
            "pay",
            "negated",
        ),
        (
            simple(
                "Rivers river NOUN 4 nsubj", "will will AUX 4 aux", "always always ADV 4 advmod", "rise rise VERB 0 root",
                "when when ADV 7 advmod", "it it PRON 7 nsubj", "rains rain VERB 4 advcl", ". . PUNCT 4 punct",
            ),
            "rise",
            "generic",
        ),
        (
            simple("The the DET 2 det", "talks talk NOUN 4 nsubj:pass", "were be AUX 4 aux:pass", "cancelled cancel VERB 0 root", ". . PUNCT 4 punct"),
            "talk",
            "negated",
        ),
        (
            simple("The the DET 2 det", "talks talk NOUN 4 nsubj:pass", "were be AUX 4 aux:pass", "cancelled cancel VERB 0 root", ". . PUNCT 4 punct"),
            "cancel",
            "actual",
        ),
        (
            simple("It it PRON 3 nsubj", "will will AUX 3 aux", "bind bind VERB 0 root", "once once SCONJ 6 mark", "they they PRON 6 nsubj", "sign sign VERB 3 advcl", ". . PUNCT 3 punct"),
            "sign",
            "expected",
        ),
        (
            simple("They they PRON 4 nsubj", "were be AUX 4 aux", "to to PART 4 mark", "meet meet VERB 0 root", ". . PUNCT 4 punct"),
            "meet",
            "expected",
        ),
    ],
)  # fmt: skip
def test_realis(tree: str, predicate: str, realis: str) -> None:
    assert read(tree)[predicate].realis == realis


CONJOINED = """
She she PRON 2 nsubj
flew fly VERB 0 root
over over ADP 4 case
Hartvik Hartvik PROPN 2 obl
on on ADP 6 case
Friday Friday PROPN 2 obl
but but CCONJ 10 cc
did do AUX 10 aux
not not PART 10 advmod
land land VERB 2 conj
. . PUNCT 2 punct
"""


def test_a_conjunct_shares_subject_and_day() -> None:
    found = read(CONJOINED, ("Friday", "2024-03-01", "2024-03-01"))
    assert texts(found["land"])["agent"] == "She"
    assert found["land"].realis == "negated"
    assert found["land"].interval == found["fly"].interval == Interval(date(2024, 3, 1), date(2024, 3, 1))


RELATIVE = """
The the DET 2 det
soldiers soldier NOUN 6 nsubj
it it PRON 4 nsubj
seized seize VERB 2 acl
have have AUX 6 aux
returned return VERB 0 root
. . PUNCT 6 punct
"""


def test_a_relative_clause_gives_its_patient() -> None:
    assert texts(read(RELATIVE)["seize"]) == {"agent": "it", "patient": "The soldiers"}


CONTROL = """
They they PRON 2 nsubj
asked ask VERB 0 root
the the DET 4 det
council council NOUN 2 obj
to to PART 6 mark
meet meet VERB 2 xcomp
. . PUNCT 2 punct
"""


def test_control_gives_the_subject() -> None:
    found = read(CONTROL)
    assert texts(found["meet"]) == {"agent": "the council"}
    assert found["meet"].realis == "possible"


NOMINAL = """
The the DET 2 det
annexation annexation NOUN 8 nsubj
of of ADP 4 case
Kelmar Kelmar PROPN 2 nmod
by by ADP 6 case
Ostria Ostria PROPN 2 nmod
was be AUX 8 aux:pass
condemned condemn VERB 0 root
. . PUNCT 8 punct
"""


def test_a_nominalisation_has_arguments() -> None:
    event = read(NOMINAL, named={"Kelmar": "LOC", "Ostria": "LOC"})["annexation"]
    assert texts(event) == {"agent": "Ostria", "patient": "Kelmar"}


MOVED = """
The the DET 2 det
game game NOUN 4 nsubj:pass
was be AUX 4 aux:pass
moved move VERB 0 root
to to ADP 6 case
Friday Friday PROPN 4 obl
. . PUNCT 4 punct
"""


def test_a_new_date_is_the_event_s_not_the_move_s() -> None:
    found = read(MOVED, ("Friday", "2024-03-08", "2024-03-08"))
    assert found["move"].interval is None
    assert found["game"].interval == Interval(date(2024, 3, 8), date(2024, 3, 8))
    assert found["game"].realis == "expected"


CLEFT = """
It it PRON 4 nsubj
was be AUX 4 cop
last last ADJ 4 amod
month month NOUN 0 root
that that SCONJ 7 mark
they they PRON 7 nsubj
left leave VERB 4 csubj
. . PUNCT 4 punct
"""


def test_a_day_that_is_predicated() -> None:
    event = read(CLEFT, ("last month", "2024-02-01", "2024-02-29"))["leave"]
    assert event.interval == Interval(date(2024, 2, 1), date(2024, 2, 29), "month")


def test_events_survive_a_tree_without_sense() -> None:
    rows = "\n".join(
        f"w{i} w{i} VERB {0 if i == 0 else i} {'root' if i == 0 else 'xcomp'}" for i in range(60)
    )
    assert len(read(rows)) == 60


@pytest.mark.parametrize(
    ("words", "value", "hedge"),
    [
        ("two dozen houses", 24, None), ("about 4,000 houses", 4000, "about"), ("nearly twenty - six houses", 26, "nearly"),
        ("1.5 million houses", 1_500_000, None), ("more than a hundred houses", 100, "more than"), ("dozens of houses", 24, "dozens"),
        ("three hundred and five houses", 305, None), ("a dozen houses", 12, None),
    ],
)  # fmt: skip
def test_numbers(words: str, value: float, hedge: str | None) -> None:
    parts = words.split()
    noun = len(parts) + 2
    rows = ["They they PRON 2 nsubj", "burned burn VERB 0 root"]
    for i, word in enumerate(parts[:-1]):
        if words.startswith("dozens"):
            rows.append(f"{word} {word} " + ("NOUN 2 obj" if i == 0 else f"ADP {noun} case"))
        else:
            rows.append(f"{word} {word} NUM {noun} nummod")
    rows.append("houses house NOUN " + ("3 nmod" if words.startswith("dozens") else "2 obj"))
    rows.append(". . PUNCT 2 punct")
    (quantity,) = read("\n".join(rows))["burn"].quantities
    assert (quantity.value, quantity.unit, quantity.hedge) == (value, "house", hedge)


WOULD_HAVE_TO = """
Varga Varga PROPN 3 nsubj
would would AUX 3 aux
have have VERB 0 root
to to PART 5 mark
ask ask VERB 3 xcomp
parliament parliament NOUN 5 obj
. . PUNCT 3 punct
"""

QUESTION = """
Will will AUX 3 aux
Varga Varga PROPN 3 nsubj
sign sign VERB 0 root
it it PRON 3 obj
? ? PUNCT 3 punct
"""


def test_what_would_have_to_happen_and_what_is_asked_is_only_possible() -> None:
    assert read(WOULD_HAVE_TO, named={"Varga": "PER"})["ask"].realis == "possible"
    assert read(QUESTION, named={"Varga": "PER"})["sign"].realis == "possible"
    assert read(QUESTION.replace("? ?", ". ."), named={"Varga": "PER"})["sign"].realis == "expected"


BLAMED = """
Varga Varga PROPN 2 nsubj
accused accuse VERB 0 root
the the DET 4 det
council council NOUN 2 obj
of of SCONJ 6 mark
hiding hide VERB 2 advcl
files file NOUN 6 obj
. . PUNCT 2 punct
"""


def test_who_is_blamed_did_it_perhaps() -> None:
    event = read(BLAMED, named={"Varga": "PER"})["hide"]
    assert texts(event) == {"agent": "the council", "patient": "files"}
    assert event.realis == "possible"
    thanked = BLAMED.replace("accused accuse", "thanked thank").replace("of of", "for for")
    assert read(thanked, named={"Varga": "PER"})["hide"].realis == "actual"
