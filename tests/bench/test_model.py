"""Measuring the bundled model, on small files of our own."""

import gzip
import json

import numpy as np
import pytest

from dateline.bench import cat, model_data
from dateline.bench import model as bench
from dateline.reader.model.network import load

CONLLU = """# newdoc id = one
# sent_id = one-1
# text = The ferry sank.
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_
2\tferry\tferry\tNOUN\tNN\t_\t3\tnsubj\t_\t_
3\tsank\tsink\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# sent_id = one-2
# text = They don't know.
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tknow\tknow\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

"""
IOB2 = """# sent_id = two-1
1\tPavel\tO\t-\t-
2\tDorn\tO\t-\t-
3\tvisited\tO\t-\t-
4\tParis\tO\t-\t-
5\t.\tO\t-\t-

"""


@pytest.fixture(scope="module")
def model():
    return load(threads=1)


def test_predictions_fill_in_trees_and_keep_the_rest(model, tmp_path):
    source, target = tmp_path / "in.conllu", tmp_path / "out.conllu"
    source.write_text(CONLLU)
    bench.predict(model, source, target)
    before, after = CONLLU.rstrip("\n").split("\n"), target.read_text().rstrip("\n").split("\n")
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        if "\t" not in old or "-" in old.split("\t")[0]:
            assert new == old
        else:
            assert new.split("\t")[:3] == old.split("\t")[:3]
            assert int(new.split("\t")[6]) >= 0
    rows = [line.split("\t") for line in after if line[:1].isdigit()]
    assert [r[3] for r in rows[:4]] == ["DET", "NOUN", "VERB", "PUNCT"]
    assert [r[6] for r in rows[:4]] == ["2", "3", "0", "3"]


def test_predictions_fill_in_names(model, tmp_path):
    source, target = tmp_path / "in.iob2", tmp_path / "out.iob2"
    source.write_text(IOB2)
    bench.predict(model, source, target)
    tags = [line.split("\t")[2] for line in target.read_text().splitlines() if "\t" in line]
    assert tags == ["B-PER", "I-PER", "O", "B-LOC", "O"]


def test_trees_are_scored_against_the_file(model, tmp_path):
    path = tmp_path / "gold.conllu"
    path.write_text(CONLLU)
    figures = bench.score_trees(model, path, "ours")
    assert figures["ours UPOS"] == pytest.approx(100)
    wrong = tmp_path / "wrong.conllu"
    wrong.write_text(CONLLU.replace("2\tferry\tferry\tNOUN\tNN\t_\t3", "2\tferry\tferry\tX\tNN\t_\t4"))
    worse = bench.score_trees(model, wrong, "ours")
    assert worse["ours UPOS"] == pytest.approx(100 * 8 / 9)
    assert worse["ours UAS"] < figures["ours UAS"]


def test_paragraphs_follow_documents(tmp_path):
    path = tmp_path / "gold.conllu"
    path.write_text(CONLLU + CONLLU.replace("one", "three"))
    found = model_data.trees(path)
    assert [t.paragraph for t in found] == [0, 0, 1, 1]
    assert found[1].words == ["They", "do", "n't", "know", "."]
    assert found[1].text == "They don't know."


def test_raw_text_finds_the_words_again(tmp_path):
    path = tmp_path / "gold.conllu"
    path.write_text(CONLLU)
    whole, places, words = bench.raw_text(model_data.trees(path))
    assert [whole[a:b] for a, b in places] == ["The ferry sank.", "They don't know."]
    assert [[whole[a:b] for a, b in row] for row in words][1] == ["They", "do", "n't", "know", "."]


def test_bio_spans():
    assert model_data.bio_spans(["B-PER", "I-PER", "B-PER", "O", "I-LOC", "I-ORG"]) == [
        (0, 2, "PER"),
        (2, 3, "PER"),
        (4, 5, "LOC"),
        (5, 6, "ORG"),
    ]


@pytest.mark.parametrize(
    ("attributes", "realis"),
    [
        ({"certainty": "CERTAIN", "time": "NON_FUTURE", "polarity": "POS"}, "actual"),
        ({"certainty": "CERTAIN", "time": "FUTURE", "polarity": "POS"}, "expected"),
        ({"certainty": "POSSIBLE", "time": "FUTURE", "polarity": "POS"}, "possible"),
        ({"certainty": "CERTAIN", "time": "FUTURE", "polarity": "NEG"}, "negated"),
        (
            {"certainty": "CERTAIN", "time": "NON_FUTURE", "polarity": "POS", "special_cases": "GEN"},
            "generic",
        ),
        ({"certainty": "", "time": ""}, None),
    ],
)
def test_realis_of_meantime(attributes, realis):
    assert cat.realis_of(attributes) == realis


def test_factuality_beside_the_mean(model, tmp_path):
    path = tmp_path / "f.jsonl.gz"
    rows = [
        {"text": "The crew left .", "targets": [{"span1": [2, 3], "label": 3.0}]},
        {"text": "The crew never left .", "targets": [{"span1": [3, 4], "label": -3.0}]},
        {"text": "The crew may leave .", "targets": [{"span1": [3, 4], "label": 0.0}]},
    ]
    with gzip.open(path, "wt") as stream:
        stream.writelines(json.dumps(r) + "\n" for r in rows)
    figures = bench.score_factuality(model, path, path, "ours", 0)
    assert figures["ours MAE of the mean"] == pytest.approx(2.0)
    assert figures["ours r"] > 0.5


def test_rank_correlation():
    values = np.array([0.1, 0.5, 0.2, 0.9], np.float32)
    assert bench.rank_correlation(values, values**3) == pytest.approx(1)
    assert bench.rank_correlation(values, -values) == pytest.approx(-1)


def test_what_is_reached():
    assert bench.reached("EWT dev LAS", 91.0) is True
    assert bench.reached("UW dev MAE", 0.5) is False
    assert bench.reached("EWT dev token F1", 1.0) is None
