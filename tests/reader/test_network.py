"""The bundled network, through the model interface."""

import json
import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import ModelError
from dateline.reader import text
from dateline.reader.network import LONGEST, WEIGHTS, load

REPORT = (
    "Prime Minister Ilka Morvane said on Tuesday that Norvik Steel would close its plant in Hamburg next month.\n\n"
    '"We have no choice," she told reporters. The union did not accept the plan, and 400 workers left the site.\n'
)


@pytest.fixture(scope="module")
def model():
    return load(threads=1)


@pytest.fixture(scope="module")
def analysed(model):
    sentences = text.split(REPORT)
    return sentences, model.analyse(REPORT, sentences)


def check(article, sentences, analysis):
    assert len(analysis.sentences) == len(sentences)
    for sentence, found in zip(sentences, analysis.sentences, strict=True):
        words = len(sentence.tokens)
        assert len(found.upos) == len(found.lemmas) == len(found.heads) == len(found.deprels) == words
        assert found.heads.count(-1) == 1
        for word in range(words):
            steps = 0
            while found.heads[word] >= 0:
                word, steps = found.heads[word], steps + 1
                assert steps <= words
        assert all((h < 0) == (d == "root") for h, d in zip(found.heads, found.deprels, strict=True))
        starts, ends = {t.start for t in sentence.tokens}, {t.end for t in sentence.tokens}
        for span in (*found.names, *found.times):
            assert span.start in starts
            assert span.end in ends
            assert 0 <= span.score <= 1
        for trigger in found.triggers:
            assert 0 <= trigger.token < words
            assert sum(trigger.realis.values()) == pytest.approx(1, abs=1e-3)
            assert -3 <= trigger.factuality <= 3
        assert found.vector.dtype == np.float32
        assert np.linalg.norm(found.vector) == pytest.approx(1, abs=1e-3)
    for span in analysis.attributions:
        assert 0 <= span.start < span.end <= len(article)
        assert span.label in ("SOURCE", "CUE", "CONTENT")


def test_a_plain_report(analysed):
    sentences, analysis = analysed
    check(REPORT, sentences, analysis)
    first = analysis.sentences[0]
    words = [t.text for t in sentences[0].tokens]
    said = words.index("said")
    assert first.heads[said] == -1
    assert first.upos[said] == "VERB"
    assert first.lemmas[said] == "say"
    assert first.deprels[words.index("plant")] == "obj"
    names = {(REPORT[n.start : n.end], n.label) for n in first.names}
    assert {("Ilka Morvane", "PER"), ("Norvik Steel", "ORG"), ("Hamburg", "LOC")} <= names
    assert {words[t.token] for t in first.triggers} >= {"said", "close"}


def test_who_said_what(analysed):
    _, analysis = analysed
    told = {(REPORT[a.start : a.end], a.label) for a in analysis.attributions}
    assert ("she", "SOURCE") in told
    assert any(label == "CONTENT" and "no choice" in words for words, label in told)


def test_the_same_input_gives_the_same_answer(model, analysed):
    sentences, analysis = analysed
    again = model.analyse(REPORT, sentences)
    for a, b in zip(analysis.sentences, again.sentences, strict=True):
        assert (a.heads, a.deprels, a.names, a.triggers) == (b.heads, b.deprels, b.names, b.triggers)
        assert np.array_equal(a.vector, b.vector)
    assert analysis.attributions == again.attributions


def test_a_content_may_run_over_sentences(model):
    article = '"The bridge is closed," mayor Orla Quist said. "It will stay closed. Nobody was hurt."'
    sentences = text.split(article)
    analysis = model.analyse(article, sentences)
    check(article, sentences, analysis)


@pytest.mark.parametrize(
    "article",
    [
        "",
        " \n\t ",
        "x" * 100_000,
        "and then " * 400,
        "\ud800 \udfff lone halves",
        "Η κυβέρνηση ανακοίνωσε νέα μέτρα. 政府は新しい措置を発表した。",
        "🙂🙃" * 200,
        "a\u0301\u0302\u0303 \u202ertl\u202c \u0000 nul",
        "." * 500,
        "§" * 2_000,
    ],
)
def test_no_text_is_too_odd(model, article):
    sentences = text.split(article)
    check(article, sentences, model.analyse(article, sentences))


@given(st.text(max_size=200))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(model, article):
    sentences = text.split(article)
    check(article, sentences, model.analyse(article, sentences))


def test_a_sentence_longer_than_a_window_is_one_tree(model):
    words = ("the", "unquestionably", "internationalised", "Szczebrzeszyn") * 100
    tokens, place = [], 0
    for word in words:
        tokens.append(text.Token(place, place + len(word), word))
        place += len(word) + 1
    sentence = text.Sentence(0, place - 1, tuple(tokens), 0)
    assert len(model.score([words], [0])[0]) > 1
    assert all(s.part.size <= LONGEST for s in model.score([words], [0])[0])
    check(" ".join(words), (sentence,), model.analyse(" ".join(words), (sentence,)))


def test_missing_files_are_named(tmp_path):
    with pytest.raises(ModelError, match="cannot be loaded"):
        load(tmp_path)


def test_another_format_is_refused(tmp_path):
    shutil.copy(WEIGHTS / "labels.json", tmp_path)
    path = tmp_path / "labels.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 99}))
    with pytest.raises(ModelError, match="format 99"):
        load(tmp_path)
