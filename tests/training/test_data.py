"""How corpora become labelled sentences, on lines of our own."""

import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from training.corpora import attribution, events, names
from training.heads.labels import ATTRIBUTION, CASES, NAMES, REALIS, universal
from training.sentences import NORP_OPEN

from dateline.reader.model.windows import case_of
from training import data, lemmas


def bit(labels, *names):
    return sum(1 << labels.index(n) for n in names)


def test_relations_lose_their_subtypes_but_for_the_kept():
    assert [universal(r) for r in ("acl:relcl", "nsubj:pass", "obl:agent", "nsubj:outer", "punct")] == [
        "acl",
        "nsubj:pass",
        "obl:agent",
        "nsubj",
        "punct",
    ]


@pytest.mark.parametrize(
    ("word", "initial", "case"),
    [
        ("said", False, "lower"),
        ("Paris", False, "title"),
        ("Paris", True, "title-initial"),
        ("NATO", True, "upper"),
        ("McKee", False, "mixed"),
        ("2024", False, "number"),
        ("F-16", False, "digit"),
        ("—", False, "punctuation"),
        ("A", True, "capital-letter"),
        ("iPhone", True, "mixed"),
        ("ß", False, "lower"),
        ("政府", True, "lower"),
        ("", False, "punctuation"),
        ("’s", False, "lower"),
    ],
)
def test_case_of(word, initial, case):
    assert CASES[case_of(word, initial)] == case


def test_attribution_follows_characters():
    text = 'Orla Quist said: "We will stay. Nobody leaves."'
    marks = (
        "T1\tSource 0 10\tOrla Quist\nT2\tCue 11 16\tsaid:\nT3\tContent 17 47\tx\nT4\tAttribution 11 15\tsaid"
    )
    paragraph = attribution.attributed(text, marks)
    words = [w for s in paragraph for w in s.words]
    tags = [t for s in paragraph for t in s.attribution]
    assert words[:4] == ["Orla", "Quist", "said", ":"]
    assert tags[:4] == [bit(ATTRIBUTION, t) for t in ("B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE")]
    assert tags[4] == bit(ATTRIBUTION, "B-CONTENT")
    assert set(tags[5:]) == {bit(ATTRIBUTION, "I-CONTENT")}


def test_names_outside_leave_nationalities_open():
    (paragraph,) = names.column_names(["Dutch I-MISC\nsinger I-MISC\nAnouk I-PER\nsang O\n"], {"PER": "PER"})
    assert paragraph[0].names == [NORP_OPEN] * 2 + [bit(NAMES, "B-PER"), NORP_OPEN]


def test_realis_of_meantime_and_of_factuality():
    sure = {"certainty": "CERTAIN", "time": "FUTURE", "polarity": "POS"}
    assert events.meantime_realis(sure) == bit(REALIS, "expected")
    assert events.meantime_realis(sure | {"polarity": "NEG"}) == bit(REALIS, "negated")
    assert events.meantime_realis({}) == 0


def test_polnear_keeps_one_annotator(tmp_path: Path):
    archive = tmp_path / "p.tar.gz"
    files = {
        "t/a_1.txt": "Quist spoke.",
        "x/a_1_zz.ann": "T1\tSource 0 5\tQuist",
        "x/a_1_aa.ann": "T1\tCue 6 11\tspoke",
    }
    with tarfile.open(archive, "w:gz") as out:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            out.addfile(info, BytesIO(content.encode()))
    ((name, paragraph),) = attribution.polnear(archive)
    assert name == "a_1"
    assert paragraph[0].attribution == [1, bit(ATTRIBUTION, "B-CUE"), 1]


def test_lemma_table_learns_endings_and_exceptions():
    found = lemmas.Counter
    pairs = {("NOUN", f): found({f[:-1]: 1}) for f in ("cats", "dogs", "cars", "boats")} | {
        ("NOUN", "men"): found({"man": 1})
    }
    rows = lemmas.table(pairs)
    assert ("NOUN", "-s", 1, "") in rows
    assert ("NOUN", "men", 2, "an") in rows


def test_held_out_parts_are_fixed():
    files = [f"d{i:02}" for i in range(20)]
    assert events.meantime_held_out(files) == {"d00", "d05", "d10", "d15"}
    assert data.worldwide_held_out(files) == {"d00", "d10"}
