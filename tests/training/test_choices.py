"""What the reader chooses by, fitted on labelled choices."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
from training.choices import KINDS, Example, examples, fit, is_right, references
from training.corpora.coreference import documents
from training.news_labels import Report, Story

from dateline.reader import Reader
from tests.plain_model import PlainModel

NAMES = ("arc", "noise")


def choice(right: int, *rows: tuple[float, float], values: tuple[str, ...] = ("a", "b")) -> Example:
    """Candidates with these signs, the `right`th of which is."""
    return Example("due", "s", np.array(rows), values, np.arange(len(rows)) == right)


def test_the_sign_that_tells_gets_the_weight() -> None:
    given = [choice(0, (1, 0), (0, 1)), choice(1, (0, 0), (1, 0)), choice(0, (1, 1), (0, 1)), choice(1, (0, 1), (1, 1))] * 10  # fmt: skip
    arc, noise = fit(given, NAMES)
    assert arc > 2
    assert abs(noise) < arc / 2
    assert all(is_right(example, np.array([arc, noise])) for example in given)


def test_a_choice_without_a_right_candidate_teaches_nothing() -> None:
    given = [choice(0, (1, 0), (0, 1))] * 5
    lost = [choice(9, (0, 1), (1, 0))] * 50
    assert np.allclose(fit(given, NAMES), fit([*given, *lost], NAMES))


def test_candidates_that_mean_the_same_count_together() -> None:
    twice = choice(1, (1, 0), (0.8, 0), (0.8, 0), values=("a", "b", "b"))
    assert is_right(twice, np.array([1.0, 0.0]))
    assert not is_right(choice(1, (1, 0), (0.8, 0)), np.array([1.0, 0.0]))


def test_each_labelled_word_that_is_announced_gives_a_choice_of_either_kind() -> None:
    text = "The council will vote on Friday."
    start = text.index("vote")
    row = {
        "id": "e1", "report": 0, "trigger": [start, start + 4], "sentence": [0, len(text)], "due": ["2024-05-10", "2024-05-10"],
        "holder": None, "told_by": [], "same_as": None,
    }  # fmt: skip
    story = Story("s1", [Report("s1-a1", "2024-05-08", text)], {"expectations": [row]})
    found = {e.kind: e for e in examples(story, Reader(PlainModel()))}
    assert set(found) == {"due", "holder"}
    for kind, example in found.items():
        assert example.signs.shape == (len(example.values), len(KINDS[kind]))
        assert example.right.any()


GUM = """# sent_id = our_story-1
1	Ada	Ada	PROPN	NNP	_	3	nsubj	_	Entity=(1-person-new-x
2	Quill	Quill	PROPN	NNP	_	1	flat	_	Entity=1)
3	left	leave	VERB	VBD	_	0	root	_	SpaceAfter=No
4	.	.	PUNCT	.	_	3	punct	_	_

# sent_id = our_story-2
1	She	she	PRON	PRP	_	2	nsubj	_	Entity=(1-person-giv-1)
2	sang	sing	VERB	VBD	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

"""


def test_what_stands_for_one_thing_is_read_with_its_place_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "gum.conllu.gz"
    path.write_bytes(gzip.compress(GUM.encode()))
    (told,) = documents(path)
    assert told.article.text == "Ada Quill left. She sang."
    assert [(p.span.of(told.article.text), p.entity) for p in told.phrases] == [
        ("Ada Quill", "1"),
        ("She", "1"),
    ]
    assert told.phrases[0].head.of(told.article.text) == "Ada"
    for example in references(told, Reader(PlainModel())):
        assert example.kind == "he"
        assert example.signs.shape == (len(example.values), len(KINDS["he"]))
        assert example.right.any()
