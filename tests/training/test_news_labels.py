"""Labelled reports of our own writing, from folders to labelled sentences."""

import gzip
import hashlib
import json

import pytest
from training.heads.labels import BLOCKS, EXPECTS, REALIS
from training.news_labels import Announced, Happening, Report

from training import news_labels

TEXT = "Gate to open\n\nNell Harker spoke on Monday. The gate will open on Friday, she said. Rain may fall.\n\nMore news"


def at(words, nth=1):
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return (start, start + len(words))


def word_of(paragraph, form, nth=1):
    found = [(n, w) for n, s in enumerate(paragraph) for w, word in enumerate(s.words) if word == form]
    return found[nth - 1]


def labelled(*announced, blocks=()):
    return news_labels.paragraph(Report("a1", "2024-05-08", TEXT, list(announced), list(blocks)))


def pointed(paragraph, link, form, nth=1):
    """The words that the arc of a word may point at, None where that is not known."""
    number, word = word_of(paragraph, form, nth)
    ends = paragraph[number].links.get(link, {}).get(word)
    return None if ends is None else [paragraph[number + ahead].words[at] for ahead, at in ends]


# ------------------------------------------------------------------------------------------------- sentences


def test_an_expectation_marks_its_word_and_its_arcs():
    paragraph = labelled(Announced(at("open", 2), "expected", holder=at("she"), due=at("Friday")))
    number, word = word_of(paragraph, "open", 2)
    sentence = paragraph[number]
    assert EXPECTS[sentence.expects[word]] == "expected"
    assert (sentence.negated[word], sentence.conditional[word]) == (0, 0)
    assert pointed(paragraph, "holder", "open", 2) == ["she"]
    assert pointed(paragraph, "time", "open", 2) == ["Friday"]
    # every other word announces nothing, and nothing is said of how
    assert sum(sum(s.expects) for s in paragraph) == EXPECTS.index("expected")
    assert sum(v >= 0 for s in paragraph for v in s.negated) == 1


def test_arcs_reach_into_other_sentences_and_an_unknown_end_is_no_arc():
    paragraph = labelled(Announced(at("open", 2), "certain", holder=at("Nell Harker"), due=()))
    assert pointed(paragraph, "holder", "open", 2) == ["Nell", "Harker"]
    assert pointed(paragraph, "time", "open", 2) is None


def test_nobody_holds_it_is_an_arc_to_the_root():
    paragraph = labelled(Announced(at("open", 2), "certain", holder=None, due=None))
    assert pointed(paragraph, "holder", "open", 2) == []
    assert pointed(paragraph, "time", "open", 2) == []


def test_what_is_forward_looking_alone_or_a_trap_has_no_arcs():
    paragraph = labelled(
        Announced(at("open"), "neutral", "aim"), Announced(at("fall"), "none", "general truth")
    )
    for form, expects in (("open", "neutral"), ("fall", "none")):
        number, word = word_of(paragraph, form)
        sentence = paragraph[number]
        assert EXPECTS[sentence.expects[word]] == expects


def test_an_event_has_its_realis_and_an_arc_to_its_time():
    happenings = [Happening(at("spoke"), "actual", at("Monday")), Happening(at("fall"), "possible", ())]
    paragraph = news_labels.paragraph(Report("a1", "2024-05-08", TEXT, happenings=happenings))
    for form, kind in (("spoke", "actual"), ("fall", "possible")):
        number, word = word_of(paragraph, form)
        assert paragraph[number].realis[word] == 1 << REALIS.index(kind)
        assert sum(paragraph[number].realis) == 1 << REALIS.index(kind)
    assert pointed(paragraph, "time", "spoke") == ["Monday"]
    assert pointed(paragraph, "time", "fall") is None
    assert sum(s.realis is not None for s in paragraph) == 2


def test_an_event_of_the_reports_own_day_points_at_the_root_but_not_where_due_words_are_labelled():
    day = Happening(at("spoke"), "actual", None)
    due = Announced(at("open", 2), "certain", due=at("Friday"))
    report = Report(
        "a1", "2024-05-08", TEXT, [due], happenings=[day, Happening(at("open", 2), "expected", None)]
    )
    paragraph = news_labels.paragraph(report)
    assert pointed(paragraph, "time", "spoke") == []
    assert pointed(paragraph, "time", "open", 2) == ["Friday"]


def test_blocks_are_report_unless_most_of_a_sentence_is_marked():
    blocks = [(*at("Gate to open"), "headline"), (*at("More news"), ""), (*at("Nell"), "caption")]
    found = [s.block for s in labelled(blocks=blocks)]
    assert found[0] == 1 << BLOCKS.index("headline")
    assert found[1:-1] == [1 << BLOCKS.index("report")] * 3
    assert found[-1] == (1 << len(BLOCKS)) - 2  # furniture of an unknown kind: anything but report


# ------------------------------------------------------------------------------------------------- folders

ARTICLE = {
    "id": "x1",
    "title": "The gate",
    "text": "The gate will open on Friday.\nHarker spoke of it.\n\nNo more of this is kept.",
}


def own_folder(tmp_path):
    """A corpus of one article, and a story whose offsets count in it."""
    (tmp_path / "stories").mkdir()
    with gzip.open(tmp_path / "stories/own.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write(json.dumps(ARTICLE) + "\n")
    text = news_labels.put_together(ARTICLE, 12)

    def place(words):
        return [text.index(words), text.index(words) + len(words)]

    rows = {
        "id": "s901",
        "reports": [
            {
                "id": "s901-a1", "published": "2024-05-08", "corpus": "stories/own", "origin": "x1", "words": 12,
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
            }
        ],
        "expectations": [
            {
                "report": 0, "trigger": place("open"), "strength": "certain", "negated": False, "conditional": False,
                "holder": None, "holder_span": None, "due": "2024-05-10", "due_span": place("Friday"),
            }
        ],
        "neutral": [],
        "traps": [{"report": 0, "trigger": place("spoke"), "why": "past"}],
        "blocks": [{"report": 0, "span": [0, 8], "kind": "headline"}],
        "events": [
            {"report": 0, "trigger": place("open"), "realis": "expected", "time": "told", "time_span": place("Friday")},
            {"report": 0, "trigger": place("spoke"), "realis": "actual", "time": "published", "time_span": None},
            {"report": 0, "trigger": place("gate"), "realis": "generic", "time": "untold", "time_span": None},
        ],
    }  # fmt: skip
    folder = tmp_path / "labels"
    folder.mkdir()
    (folder / "s901.json").write_text(json.dumps(rows), encoding="utf-8")
    return folder


def test_our_own_labels_find_their_text_in_the_corpora(tmp_path):
    news_labels._corpus.cache_clear()
    (story,) = news_labels.own_stories(tmp_path, own_folder(tmp_path))
    assert (story.id, story.is_validation) == ("s901", False)
    (report,) = story.reports
    # the title is told once, and the text ends with the paragraph that the count of words reaches
    assert report.text == "The gate will open on Friday.\n\nHarker spoke of it."
    expected, trap = report.announced
    assert report.text[slice(*expected.trigger)] == "open"
    assert report.text[slice(*expected.due)] == "Friday"
    assert (expected.expects, expected.holder) == ("certain", None)
    assert (trap.expects, trap.why) == ("none", "past")
    assert report.blocks == [(0, 8, "headline")]
    assert [(h.realis, h.time) for h in report.happenings] == [
        ("expected", expected.due),
        ("actual", None),
        ("generic", ()),
    ]


def test_another_text_than_the_labelled_one_is_refused(tmp_path):
    news_labels._corpus.cache_clear()
    folder = own_folder(tmp_path)
    path = folder / "s901.json"
    path.write_text(path.read_text().replace('"words": 12', '"words": 3'), encoding="utf-8")
    with pytest.raises(ValueError, match="s901-a1: the text of x1 is not the one that was labelled"):
        list(news_labels.own_stories(tmp_path, folder))


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (0, "Title"),
        (1, "Title\n\nOne two three."),  # the first paragraph is always kept
        (3, "Title\n\nOne two three."),
        (5, "Title\n\nOne two three.\n\nFour five."),
        (99, "Title\n\nOne two three.\n\nFour five.\n\nSix."),
    ],
)
def test_a_text_is_put_together_by_whole_paragraphs(words, text):
    assert (
        news_labels.put_together({"title": "Title", "text": "One two three.\n\n Four five. \nSix."}, words)
        == text
    )


def test_a_story_that_stands_beside_the_corpora_is_read(tmp_path):
    stories, labels = tmp_path / "labels/stories/t10", tmp_path / "labels/labels"
    stories.mkdir(parents=True)
    labels.mkdir(parents=True)
    about = {"articles": [{"id": "t10-a1", "date": "2024-05-08", "corpus": "ours"}]}
    (stories / "story.json").write_text(json.dumps(about), encoding="utf-8")
    (stories / "t10-a1.txt").write_text(f"date 2024-05-08\n{TEXT}\n", encoding="utf-8")
    sentence = "The gate will open on Friday, she said."
    row = {
        "article": "t10-a1", "sentence": sentence, "trigger": "open", "strength": "expected", "negated": False,
        "conditional": False, "holder": "Nell Harker", "holder_words": "Nell Harker", "due_words": "Friday", "due_from": "2024-05-10",
    }  # fmt: skip
    neutral = {"article": "t10-a1", "sentence": "Rain may fall.", "trigger": "fall", "why": "guess"}
    rows = {
        "expectations": [row, row | {"holder_words": "", "due_words": "", "due_from": None}],
        "neutral": [neutral],
        "traps": [],
        "furniture": [{"article": "t10-a1", "text": "More news"}],
    }
    (labels / "t10.json").write_text(json.dumps(rows), encoding="utf-8")
    (story,) = news_labels.shared_stories(tmp_path)
    assert story.is_validation
    (report,) = story.reports
    assert report.text == TEXT
    first, second, third = report.announced
    assert (first.trigger, first.holder, first.due) == (at("open", 2), at("Nell Harker"), at("Friday"))
    # somebody holds it whose words are not told; no day is told at all
    assert (second.holder, second.due) == ((), None)
    assert (third.expects, third.why) == ("neutral", "guess")
    assert [(a, b) for a, b, _ in report.blocks] == [at("More news")]


def test_every_tenth_story_of_ours_is_for_validation():
    held = {n for n in range(101, 140) if news_labels.Story(f"s{n}", [], {}).is_validation}
    assert held == {110, 120, 130}
    assert [news_labels.Story(f"r{n:02}", [], {}).is_validation for n in (1, 10, 11)] == [False, True, False]
