"""Groups of mentions: scored on hand-worked cases, read as ECB+ publishes them."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from dateline.bench import same_events
from dateline.records import Article, Event, Reading, Span

GOLD = {"x": ["a", "b", "c"], "y": ["d", "e"]}
TOLD = {1: ["a", "b"], 2: ["c", "d", "e"]}
SENTENCES = {
    "1_1ecb": ("The ferry sank .", "It sank fast ."),
    "1_2ecb": ("Divers reached the sunk ferry .",),
}
WORDS = {"1_1ecb": (("sank", 0, "E1"), ("sank", 1, "E1")), "1_2ecb": (("sunk", 0, "E1"), ("reached", 0, ""))}


def _document(name: str) -> str:
    tokens, places = "", {}
    for number, sentence in enumerate(SENTENCES[name]):
        for word in sentence.split():
            key = str(len(places) + 1)
            places[key] = (number, word)
            tokens += f'<token t_id="{key}" sentence="{number}">{word}</token>'
    marks = links = ""
    for i, (word, number, event) in enumerate(WORDS[name]):
        anchor = next(k for k, place in places.items() if place == (number, word))
        marks += f'<ACTION_OCCURRENCE m_id="{i}"><token_anchor t_id="{anchor}"/></ACTION_OCCURRENCE>'
        if event:
            links += f'<CROSS_DOC_COREF r_id="{i}" note="{event}"><source m_id="{i}"/><target m_id="9"/></CROSS_DOC_COREF>'
    return f"<Document>{tokens}<Markables>{marks}</Markables><Relations>{links}</Relations></Document>"


@pytest.fixture
def corpus(tmp_path: Path) -> tuple[Path, Path]:
    archive = tmp_path / "ecb.tar.gz"
    with tarfile.open(archive, "w:gz") as files:
        for name in SENTENCES:
            content = _document(name).encode()
            member = tarfile.TarInfo(f"1/{name}.xml")
            member.size = len(content)
            files.addfile(member, io.BytesIO(content))
    checked = tmp_path / "checked.csv"
    checked.write_text("Topic,File,Sentence Number\n1,1ecb,0\n1,2ecb,0\n")
    return archive, checked


def test_scores_of_a_hand_worked_case() -> None:
    assert same_events.muc(GOLD, TOLD) == pytest.approx(2 / 3)
    assert same_events.b_cubed(GOLD, TOLD) == pytest.approx(11 / 15)
    assert same_events.ceaf(GOLD, TOLD) == pytest.approx(0.8)
    assert same_events.conll(GOLD, TOLD) == pytest.approx((2 / 3 + 11 / 15 + 0.8) / 3)


def test_the_same_groups_score_one() -> None:
    assert same_events.conll(GOLD, GOLD) == pytest.approx(1)


def test_unequal_precision_and_recall() -> None:
    alone = {m: [m] for g in GOLD.values() for m in g}
    assert same_events.muc(GOLD, alone) == 0
    # precision 1, recall (1/3 * 3 + 1/2 * 2) / 5
    assert same_events.b_cubed(GOLD, alone) == pytest.approx(2 * 0.4 / 1.4)
    # each gold group is aligned with one of its mentions: 2/4 and 2/3
    assert same_events.ceaf(GOLD, alone) == pytest.approx(2 * (0.5 + 2 / 3) / 7)


def test_only_checked_sentences_count(corpus: tuple[Path, Path]) -> None:
    (topic,) = same_events.topics(*corpus)
    told = [(name, span.of(topic.articles[name].text), event) for name, span, event in topic.mentions]
    assert told == [
        ("1_1ecb", "sank", "E1"),
        ("1_2ecb", "reached", "1_2ecb 1"),
        ("1_2ecb", "sunk", "E1"),
    ]


def test_one_event_takes_one_story_and_one_stem(
    corpus: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(article: Article) -> Reading:
        start = article.text.index("sank" if "sank" in article.text else "sunk")
        return Reading(article, (), events=(Event(Span(start, start + 4), 0, "sink", "actual"),))

    apart = {"1_1ecb": "s1", "1_2ecb": "s2"}
    monkeypatch.setattr(same_events.stories, "place_all", lambda days: dict.fromkeys(apart, "s"))
    together = same_events.same_events(read, *corpus)
    assert (
        together["same event, CoNLL F1"] == together["one lemma in a topic, CoNLL F1"] == pytest.approx(100)
    )
    monkeypatch.setattr(same_events.stories, "place_all", lambda days: apart)
    assert same_events.same_events(read, *corpus)["same event, CoNLL F1"] < 100
