"""Who said what, from a text and its brat file to labels and arcs."""

from training.corpora.attribution import attributed, brat_spans
from training.heads.labels import ATTRIBUTION

TEXT = "Nell Harker said it sank and warned of fog.\n\n“It is deep,” she added. “Too deep.”"


def line(key, kind, *words):
    """A brat line for these stretches of the text, each a first occurrence."""
    places = [(TEXT.index(w), TEXT.index(w) + len(w)) for w in words]
    return f"{key}\t{kind} " + ";".join(f"{a} {b}" for a, b in places) + "\tx"


MARKS = "\n".join(
    [
        line("T1", "Source", "Nell Harker"),
        line("T2", "Cue", "said"),
        line("T3", "Content", "it sank"),
        line("T4", "Cue", "warned of"),
        line("T5", "Content", "fog"),
        line("T6", "Source", "she"),
        line("T7", "Cue", "added"),
        line("T8", "Content", "“It is deep,”"),
        line("T9", "Content", "“Too deep.”"),
        line("T10", "Discuss", "deep"),
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3",
        "E2\tAttribution:T4 Source:T1 Cue:T4 Content:T5",
        "E3\tAttribution:T7 Source:T6 Cue:T7 Content:T8 Content2:T9",
        "#1\tAnnotatorNotes T1\tunsure",
    ]
)


def labelled(marks=MARKS):
    """(word, tag, the words that its arc may point at) of every word."""
    paragraph = attributed(TEXT, marks)
    found = []
    for number, sentence in enumerate(paragraph):
        for word, tag in enumerate(sentence.attribution):
            ends = sentence.links.get("attribution", {}).get(word)
            aims = None if ends is None else [paragraph[number + ahead].words[at] for ahead, at in ends]
            names = [n for i, n in enumerate(ATTRIBUTION) if tag == 1 << i]
            found.append((sentence.words[word], names[0], aims))
    return found


def test_every_stretch_begins_with_its_b():
    tags = [(word, tag) for word, tag, _ in labelled()]
    assert tags[:6] == [
        ("Nell", "B-SOURCE"),
        ("Harker", "I-SOURCE"),
        ("said", "B-CUE"),
        ("it", "B-CONTENT"),
        ("sank", "I-CONTENT"),
        ("and", "O"),
    ]
    assert [tag for word, tag in tags if word == "“"] == ["B-CONTENT", "B-CONTENT"]


def test_arcs_go_from_sources_and_contents_to_every_word_of_the_cue():
    aims = {word: ends for word, _, ends in labelled()}
    assert aims["sank"] == ["said"]
    assert aims["fog"] == ["warned", "of"]
    assert aims["said"] is None
    assert aims["and"] is None


def test_a_source_of_two_attributions_may_point_at_either_cue():
    assert labelled()[0] == ("Nell", "B-SOURCE", ["said", "warned", "of"])


def test_a_second_content_goes_to_the_same_cue_in_another_sentence():
    aims = [(word, ends) for word, _, ends in labelled() if word in ("deep", "Too")]
    assert aims == [("deep", ["added"]), ("Too", ["added"]), ("deep", ["added"])]


def test_a_stretch_of_no_attribution_has_no_arc():
    marks = line("T1", "Source", "Nell Harker") + "\n" + line("T2", "Content", "it sank", "fog")
    assert all(ends is None for _, _, ends in labelled(marks))
    assert [(kind, cue) for _, _, kind, cue in brat_spans(marks)] == [
        ("SOURCE", ()),
        ("CONTENT", ()),
        ("CONTENT", ()),
    ]


def test_a_new_paragraph_begins_anew():
    text = "It sank.\n\nIt sank."
    paragraph = attributed(text, "T1\tContent 0 18\tx")
    assert [s.attribution[0] for s in paragraph] == [1 << ATTRIBUTION.index("B-CONTENT")] * 2
