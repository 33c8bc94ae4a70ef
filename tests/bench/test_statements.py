"""How attributions are taken from the reader, written as brat files and counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from dateline.bench.statements import (
    Attribution,
    attribution,
    both_spans,
    by_model,
    by_records,
    predict,
    quotations,
    read_brat,
    write_brat,
)
from dateline.errors import SourceError
from dateline.reader import Reader
from dateline.reader.model import Analysis, Labelled, SentenceAnalysis
from dateline.reader.model import Attribution as Tagged
from dateline.reader.segmentation import Sentence
from dateline.records import Span, Statement

TEXT = "“The ferry is safe,” said Nell Harker, “and full.” The mayor denied it, and Orvo Stark said it sank."


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


HARKER = Attribution(
    [span("Nell Harker")], [span("said")], [span("“The ferry is safe,”"), span("“and full.”")]
)
STARK = Attribution(
    [span("Orvo Stark")], [Span(TEXT.rindex("said"), TEXT.rindex("said") + 4)], [span("it sank")]
)


class Tagger:
    """A model that knows who says what, and nothing else."""

    def __init__(self, *attributions: Attribution) -> None:
        self._said = tuple(
            Tagged(
                next(iter(_labelled(a.cue, "CUE")), None),
                _labelled(a.source, "SOURCE"),
                _labelled(a.content, "CONTENT"),
            )
            for a in attributions
        )

    def analyse(self, text: str, sentences: Sequence[Sentence]) -> Analysis:
        return Analysis(tuple(_blank(s) for s in sentences), self._said)


def _labelled(spans: Sequence[Span], label: str) -> tuple[Labelled, ...]:
    return tuple(Labelled(s.start, s.end, label, 0.9) for s in spans)


def _blank(sentence: Sentence) -> SentenceAnalysis:
    words = [t.text for t in sentence.tokens]
    return SentenceAnalysis(
        upos=("X",) * len(words),
        lemmas=tuple(words),
        heads=(-1, *[0] * (len(words) - 1)),
        deprels=("root", *["dep"] * (len(words) - 1)),
        names=(),
        times=(),
        triggers=(),
        vector=np.zeros(0, np.float32),
    )


def test_the_models_attributions_are_taken_as_they_are() -> None:
    reader = Reader(Tagger(HARKER, STARK, Attribution(content=[span("The mayor")])))
    assert by_model(reader)(TEXT) == [HARKER, STARK, Attribution(content=[span("The mayor")])]


def test_records_are_told_in_polnears_manner_with_the_quotation_marks() -> None:
    found = by_records(Reader(Tagger(HARKER, STARK)))(TEXT)
    assert found == [
        Attribution(HARKER.source, HARKER.cue, [span("“The ferry is safe,”")]),
        Attribution(HARKER.source, HARKER.cue, [span("“and full.”")]),
        STARK,
    ]


def test_brat_files_read_back_as_written() -> None:
    written = write_brat(TEXT, [HARKER, STARK])
    assert read_brat(written) == [HARKER, STARK]
    assert "T1\tSource 26 37\tNell Harker\n" in written
    assert "\tContent 0 20;39 50\t“The ferry is safe,” “and full.”\n" in written


def test_a_marked_stretch_may_hold_a_line_break() -> None:
    marks = (
        "T1\tCue 12 16\tsaid\nT2\tContent 17 30\tit sank.\nThe end\nE1\tAttribution:T1 Cue:T1 Content:T2\n"
    )
    assert read_brat(marks) == [Attribution(cue=[Span(12, 16)], content=[Span(17, 30)])]


def test_an_attribution_without_a_source_says_so() -> None:
    written = write_brat(TEXT, [Attribution(cue=HARKER.cue, content=HARKER.content)])
    assert "Attribution-no-source:" in written
    assert "Source:" not in written


def test_predict_writes_a_file_for_each_text_with_offsets_of_the_file(tmp_path: Path) -> None:
    content = "A storm came.\r\n\r\nIt sank, said Nell Harker."
    (tmp_path / "storm.txt").write_bytes(content.encode())
    at = content.index("It sank")
    made = Attribution([Span(at + 14, at + 25)], [Span(at + 9, at + 13)], [Span(at, at + 7)])
    seen: list[str] = []

    def attribute(text: str) -> list[Attribution]:
        seen.append(text)
        return [made]

    assert predict(tmp_path, tmp_path / "out", attribute) == 1
    assert seen == [content]
    assert read_brat((tmp_path / "out" / "storm.ann").read_text(encoding="utf-8")) == [made]


def test_predict_says_what_is_wrong_with_its_input(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no \.txt files"):
        predict(tmp_path, tmp_path / "out", lambda _: [])
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(SourceError, match=r"bad\.txt: not UTF-8"):
        predict(tmp_path, tmp_path / "out", lambda _: [])


def test_a_perfect_answer_and_a_cut_one() -> None:
    gold = [(TEXT, [HARKER, STARK])]
    assert set(attribution(lambda _: [HARKER, STARK], gold).values()) == {100.0}
    cut = Attribution([span("Harker")], HARKER.cue, HARKER.content)
    figures = attribution(lambda _: [cut, STARK], gold)
    assert figures["source exact F1"] == pytest.approx(50)  # one of two names whole
    assert figures["source partial F1"] == pytest.approx(200 * 3 / 7)  # three of four words
    assert figures["attribution F1"] == pytest.approx(100)  # every part still touches


def test_what_shares_cue_and_source_is_one_attribution() -> None:
    gold = [(TEXT, [HARKER, STARK])]
    assert both_spans(by_records(Reader(Tagger(HARKER, STARK))), gold) == 100.0
    half = Attribution(HARKER.source, HARKER.cue, HARKER.content[:1])
    assert both_spans(lambda _: [half, STARK], gold) == 50.0


@pytest.mark.parametrize(
    ("source", "content", "figure"),
    [
        ("Orvo Stark", "it sank.", 100.0),  # seven of eight characters
        ("rvo Stark", "it sank", 100.0),
        ("Stark", "it sank", 0.0),
        ("Orvo Stark", "said it sank", 0.0),  # seven of twelve
        ("Nell Harker", "it sank", 0.0),
    ],
)
def test_source_and_content_overlap_by_most_of_the_longer(source: str, content: str, figure: float) -> None:
    found = Attribution([span(source)], STARK.cue, [span(content)])
    assert both_spans(lambda _: [found], [(TEXT, [STARK])]) == figure


def test_what_has_no_source_counts_neither_here_nor_there() -> None:
    nobody = Attribution(cue=HARKER.cue, content=HARKER.content)
    silent = Attribution(HARKER.source, HARKER.cue)
    assert both_spans(lambda _: [STARK, nobody], [(TEXT, [STARK, nobody, silent])]) == 100.0
    assert both_spans(lambda _: [STARK, silent], [(TEXT, [STARK])]) == pytest.approx(200 / 3)
    assert both_spans(lambda _: [], [(TEXT, [nobody])]) == 0.0


def test_the_wrong_speaker_spoils_the_attribution_alone() -> None:
    crossed = [
        Attribution(STARK.source, HARKER.cue, HARKER.content),
        Attribution(HARKER.source, STARK.cue, STARK.content),
    ]
    figures = attribution(lambda _: crossed, [(TEXT, [HARKER, STARK])])
    assert figures["source exact F1"] == 100.0
    assert figures["attribution F1"] == 0.0


def test_quotations_by_kind() -> None:
    def told(words: str, kind: str, speaker: str | None) -> Statement:
        return Statement(span(words), "direct" if kind == "direct" else "indirect", speaker=speaker)

    gold = [
        ("a", "The ferry is safe,", "direct", "Nell Harker"),
        ("a", "and full.", "direct", "Nell Harker"),
        ("a", "it sank", "indirect", "Orvo Stark"),
    ]
    found = [
        told("The ferry is safe,", "direct", "Harker"),
        told("The mayor denied it", "direct", None),
        told("it sank", "indirect", "Nell Harker"),
    ]
    figures = quotations({"a": (TEXT, found)}, gold)
    assert figures["direct F1"] == pytest.approx(50)  # one of two told, one of two wanted
    assert figures["direct speaker"] == 100.0
    assert figures["indirect and mixed recall"] == 100.0
    assert figures["indirect and mixed speaker"] == 0.0
