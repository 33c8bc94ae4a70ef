"""The bundled network, through the model interface."""

import json
import shutil
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import ModelError
from dateline.reader import segmentation
from dateline.reader.model import Analysis, Arc, Place
from dateline.reader.model.network import ANNOUNCED_FROM, FORMAT, TRIGGER_FROM, WEIGHTS, load
from dateline.reader.model.windows import LONGEST
from dateline.reader.segmentation import Sentence

REPORT = (
    "Prime Minister Ilka Morvane said on Tuesday that Norvik Steel would close its plant in Hamburg next month.\n\n"
    '"We have no choice," she told reporters. The union did not accept the plan, and 400 workers left the site.\n'
)


@pytest.fixture(scope="module")
def model():
    return load(threads=1)


@pytest.fixture(scope="module")
def analysed(model):
    sentences = segmentation.split(REPORT)
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
            assert TRIGGER_FROM <= trigger.score <= 1
            assert sum(trigger.realis.values()) == pytest.approx(1, abs=1e-3)
            assert -3 <= trigger.factuality <= 3
            assert trigger.day in ("included", "before", "after", "overlap")
            assert 0 <= trigger.sure <= 1
            arcs(sentences, trigger.times)
        for announced in found.announcements:
            assert 0 <= announced.token < words
            assert ANNOUNCED_FROM <= announced.score <= 1
            assert set(announced.firmness) == {"certain", "expected", "possible"}
            assert sum(announced.firmness.values()) == pytest.approx(announced.score, abs=1e-3)
            for chance in (announced.negated, announced.conditional):
                assert 0 <= chance <= 1
            arcs(sentences, announced.holders)
            arcs(sentences, announced.times)
        assert found.block in ("report", "headline", "caption", "byline", "related", "comment", "advert")
        assert found.vector.dtype == np.float32
        assert np.linalg.norm(found.vector) == pytest.approx(1, abs=1e-3)
    starts, ends = (
        {t.start for s in sentences for t in s.tokens},
        {t.end for s in sentences for t in s.tokens},
    )
    contents = []
    for told in analysis.attributions:
        assert told.cue or told.sources or told.contents
        for label, pieces in (
            ("CUE", [told.cue] if told.cue else []),
            ("SOURCE", told.sources),
            ("CONTENT", told.contents),
        ):
            for piece in pieces:
                assert piece.label == label
                assert piece.start in starts
                assert piece.end in ends
                assert piece.start < piece.end
                assert 0 <= piece.score <= 1
        contents += told.contents
    assert len(set(contents)) == len(contents)


def arcs(sentences: Sequence[Sentence], found: Sequence[Arc]) -> None:
    chances = [arc.chance for arc in found]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) <= 1 + 1e-3
    for arc in found:
        stands(sentences, arc.place)


def stands(sentences, place):
    """A place is a word of the article, or None."""
    if place is not None:
        assert isinstance(place, Place)
        assert 0 <= place.sentence < len(sentences)
        assert 0 <= place.token < len(sentences[place.sentence].tokens)


def test_a_plain_report_is_read(analysed):
    sentences, analysis = analysed
    check(REPORT, sentences, analysis)


def test_nothing_is_read_of_nothing(model):
    assert model.analyse("", ()) == Analysis(())


def test_passes_side_by_side_give_what_one_after_another_gives():
    text = REPORT * 12
    sentences = segmentation.split(text)
    one, three = (load(threads=n).score([[t.text for t in s.tokens] for s in sentences]) for n in (1, 3))
    assert len({tuple(part.columns) for parts in one for part in parts}) > 3
    for parts, others in zip(one, three, strict=True):
        for part, other in zip(parts, others, strict=True):
            assert part.part == other.part
            assert part.heads.tolist() == other.heads.tolist()
            assert np.array_equal(part.attribution, other.attribution)


def test_the_same_input_gives_the_same_answer(model, analysed):
    sentences, analysis = analysed
    again = model.analyse(REPORT, sentences)
    for a, b in zip(analysis.sentences, again.sentences, strict=True):
        assert (a.heads, a.deprels, a.names, a.triggers) == (b.heads, b.deprels, b.names, b.triggers)
        assert (a.announcements, a.block) == (b.announcements, b.block)
        assert np.array_equal(a.vector, b.vector)
    assert analysis.attributions == again.attributions


def test_a_content_may_run_over_sentences(model):
    article = '"The bridge is closed," mayor Orla Quist said. "It will stay closed. Nobody was hurt."'
    sentences = segmentation.split(article)
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
    sentences = segmentation.split(article)
    check(article, sentences, model.analyse(article, sentences))


@given(st.text(max_size=200))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(model, article):
    sentences = segmentation.split(article)
    check(article, sentences, model.analyse(article, sentences))


def test_a_sentence_longer_than_a_window_is_one_tree(model):
    words = ("the", "unquestionably", "internationalised", "Szczebrzeszyn") * 100
    tokens, place = [], 0
    for word in words:
        tokens.append(segmentation.Token(place, place + len(word), word))
        place += len(word) + 1
    sentence = segmentation.Sentence(0, place - 1, tuple(tokens), 0)
    assert len(model.score([words], [0])[0]) > 1
    assert all(s.part.size <= LONGEST for s in model.score([words], [0])[0])
    check(" ".join(words), (sentence,), model.analyse(" ".join(words), (sentence,)))


def test_missing_files_are_named(tmp_path):
    with pytest.raises(ModelError, match="cannot be loaded"):
        load(tmp_path)


def test_another_format_is_refused(tmp_path):
    shutil.copy(WEIGHTS / "labels.json", tmp_path)
    path = tmp_path / "labels.json"
    for other in (FORMAT - 1, FORMAT + 1):
        path.write_text(json.dumps(json.loads(path.read_text()) | {"format": other}))
        with pytest.raises(ModelError, match=f"format {other}"):
            load(tmp_path)
