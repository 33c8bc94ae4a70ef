"""Typed labels, to labels by offsets."""

import hashlib
import json
import sys

import pytest

from training import compile_labels

TEXT = "Nell Harker spoke on Monday. The gate will open, and open wide, she said. On Monday it rains."
LATER = "The gate opened."


def offsets(text, *sentences):
    return [[text.index(s), text.index(s) + len(s)] for s in sentences]


STORY = {
    "id": "s901",
    "topic": "a gate",
    "articles": [
        {
            "id": "s901-a1", "date": "2024-05-08", "source": "ours", "corpus": "stories/own", "origin": "x1", "words": 0, "text": TEXT,
            "sentences": offsets(TEXT, "Nell Harker spoke on Monday.", "The gate will open, and open wide, she said.", "On Monday it rains."),
        },
        {
            "id": "s901-a2", "date": "2024-05-10", "source": "ours", "corpus": "stories/own", "origin": "x2", "words": 0, "text": LATER,
            "sentences": offsets(LATER, LATER),
        },
    ],
}  # fmt: skip
EXPECTED = {
    "k": "E", "id": "e1", "s": "a1.2", "t": "open", "st": "certain", "neg": 0, "cond": 0, "h": "Nell Harker",
    "hw": "Nell Harker", "due": None, "dw": None, "ev": "the gate opens", "status": "met", "told": ["a2.1 met"],
    "same": None, "rev": None,
}  # fmt: skip
TYPED = [
    EXPECTED,
    {"k": "N", "s": "a1.2", "t": "open", "n": 2, "why": "aim"},
    {"k": "T", "s": "a1.3", "t": "rains", "why": "general truth"},
    {"k": "F", "s": "a1.1-a1.2", "kind": "caption"},
    {"k": "F", "s": "a2.1", "kind": "headline"},
    {"k": "D", "about": "the day", "a": ["a1.1", "Monday"], "b": ["a2.1", "Friday"], "rel": "update"},
    {"k": "V", "s": "a1.1", "t": "spoke", "realis": "actual", "time": "Monday"},
    {"k": "V", "s": "a2.1", "t": "opened", "realis": "actual", "time": "published"},
    {"k": "V", "s": "a1.3", "t": "rains", "realis": "generic", "time": "untold"},
]


def test_rows_name_places_and_become_offsets():
    kept = compile_labels.compile_story(STORY, TYPED)
    (expected,) = kept["expectations"]
    assert TEXT[slice(*expected["trigger"])] == "open"
    assert expected["trigger"][0] == TEXT.index("open")
    assert TEXT[slice(*expected["holder_span"])] == "Nell Harker"
    assert (expected["negated"], expected["conditional"], expected["due_span"]) == (False, False, None)
    assert expected["told_by"] == [{"report": 1, "sentence": (0, len(LATER)), "verdict": "met"}]
    assert kept["neutral"][0]["trigger"][0] == TEXT.rindex("open")
    assert kept["traps"][0]["why"] == "general truth"
    assert kept["blocks"] == [
        {"report": 0, "span": [0, TEXT.index(" On Monday")], "kind": "caption"},
        {"report": 1, "span": [0, len(LATER)], "kind": "headline"},
    ]
    assert kept["facts"][0]["b"] == {"report": 1, "sentence": (0, len(LATER)), "value": "Friday"}


def test_an_event_keeps_its_time_by_offsets_or_how_it_is_told():
    told, day, untold = compile_labels.compile_story(STORY, TYPED)["events"]
    assert TEXT[slice(*told["trigger"])] == "spoke"
    assert TEXT[slice(*told["time_span"])] == "Monday"
    assert [(e["report"], e["realis"], e["time"], e["time_span"]) for e in (day, untold)] == [
        (1, "actual", "published", None),
        (0, "generic", "untold", None),
    ]


def test_no_sentence_of_a_report_is_kept_but_its_hash():
    kept = compile_labels.compile_story(STORY, TYPED)
    assert "The gate will" not in json.dumps(kept)
    assert kept["reports"][0]["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert set(kept["reports"][0]) == {"id", "published", "outlet", "corpus", "origin", "words", "sha256"}


@pytest.mark.parametrize(
    ("sentence", "words", "start"),
    [
        ("a1.3", "Monday", TEXT.rindex("Monday")),  # in the sentence itself
        ("a1.2", "Monday", TEXT.index("Monday")),  # before it rather than behind
        ("a1.1", "she", TEXT.index("she")),  # behind it where there is no other
        ("a1.1", "gate will", TEXT.index("gate will")),
    ],
)
def test_words_stand_in_the_sentence_or_else_nearest_before_it(sentence, words, start):
    assert compile_labels.Texts(STORY).nearest(sentence, words) == [start, start + len(words)]


@pytest.mark.parametrize("words", [None, "", "Nobody", "ate"])
def test_words_that_are_not_there_are_nowhere(words):
    assert compile_labels.Texts(STORY).nearest("a1.2", words) is None


@pytest.mark.parametrize("name", ["a1", "1.2", "a1.2b", ""])
def test_a_name_of_no_sentence_is_refused(name):
    with pytest.raises(ValueError, match="names no sentence"):
        compile_labels.Texts(STORY).sentence(name)


def test_a_folder_is_compiled_story_by_story(tmp_path, monkeypatch):
    typed, texts, out = (tmp_path / name for name in ("typed", "texts", "out"))
    typed.mkdir()
    texts.mkdir()
    (typed / "s901.jsonl").write_text("".join(json.dumps(r) + "\n" for r in TYPED) + "\n", encoding="utf-8")
    (texts / "s901.json").write_text(json.dumps(STORY), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["compile_labels", str(typed), "--texts", str(texts), "--out", str(out)])
    compile_labels.main()
    written = json.loads((out / "s901.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(compile_labels.compile_story(STORY, TYPED)))
