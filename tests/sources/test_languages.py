"""The language of a text is found, else as declared."""

from __future__ import annotations

import pytest

from dateline.sources import languages
from dateline.sources.languages import find_language, is_english, language_code
from tests.sources.conftest import STORY, Reads, a_page

GERMAN = (
    "Die Schleuse von Merrow wird am Montag geleert, damit Taucher ihre Tore ansehen können, teilte die Verwaltung des Kanals "
    "am Freitag mit. Boote dürfen noch bis Sonntagabend hindurch."
)
FRENCH = (
    "L'écluse de Merrow sera vidée lundi pour que des plongeurs puissent examiner ses portes, a annoncé vendredi la gestion "
    "du canal. Les bateaux peuvent encore passer jusqu'à dimanche soir."
)
CHINESE = "梅罗船闸将于周一排空，以便潜水员检查闸门，运河管理处周五表示。船只在周日晚上之前仍可通行。管理处预计船闸将在十天后重新开放。"


@pytest.mark.parametrize(
    ("text", "language"), [(STORY, "en"), (GERMAN, "de"), (FRENCH, "fr"), (CHINESE, "zh")]
)
def test_a_text_speaks_for_itself(text: str, language: str) -> None:
    assert find_language(text, None) == language
    assert find_language(text, "en-US") == language


def test_a_short_text_is_what_it_is_declared_to_be() -> None:
    assert find_language("Lock shut", None) is None
    assert find_language("Lock shut", "en_GB") == "en"
    assert find_language("Schleuse zu", "German") == "de"


def test_names_of_languages() -> None:
    assert [language_code(n) for n in ("English", "eng", "en-GB", "pt_BR", "und", "", None, "Tollen")] == [
        "en", "en", "en", "pt", None, None, None, None,
    ]  # fmt: skip


def test_english_is_read_and_so_is_what_nothing_is_said_of() -> None:
    assert is_english("en")
    assert is_english(None)
    assert not is_english("de")


def test_a_page_that_a_template_calls_english(read: Reads) -> None:
    page = a_page('<meta property="article:published_time" content="2023-08-04">').replace(
        STORY, f"<p>{GERMAN}</p><p>{GERMAN}</p>"
    )
    assert read("a.html", page).only.language == "de"


def test_plain_english_is_told_without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "They said that the lock and the bridge were shut, and with that the barges which came from Merrow turned back."
    monkeypatch.setattr(languages, "_identifier", None)
    assert find_language(f"{sentence} {sentence}", "fr") == "en"
    for other in (GERMAN, FRENCH, f"{sentence} {GERMAN * 7}"):
        with pytest.raises(TypeError, match="not callable"):
            find_language(other, None)
