"""Names in other languages without a model: what is read, how, and that a thing has one id in all languages."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.outcomes import Row
from tasks.extract.languages.words import known_codes, read_table
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

CASES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))["case"]
PUTIN = {
    "en": "President Vladimir Putin spoke in Moscow.",
    "fr": "Le président Vladimir Poutine a parlé à Moscou.",
    "de": "Präsident Wladimir Putin sprach in Moskau.",
    "es": "El presidente Vladímir Putin habló en Moscú.",
    "ru": "Президент Путин выступил в Москве.",
    "pl": "Prezydent Putin mówił w Moskwie.",
    "ja": "プーチン大統領はモスクワで会見した。",
    "zh": "普京总统在莫斯科发表讲话。",
    "ar": "قال الرئيس بوتين في الأمم المتحدة",
}


def mentions(text: str, language: str) -> list[Row]:
    """The names of a text, as the stage finds them."""
    article = {"article_id": "0" * 16, "month": date(2024, 1, 1), "body_text": text, "language": language}
    return extract_articles([article], ExtractOptions()).rows.get("mentions", [])


@pytest.mark.parametrize("case", CASES, ids=[f"{c['language']} {c['text'][:30]}" for c in CASES])
def test_a_text_gives_its_names_and_says_how_each_was_read(case: dict[str, Any]) -> None:
    rows = mentions(case["text"], case["language"])
    assert [[row["surface"], row["entity_type"], row["source"]] for row in rows] == case["names"]


@pytest.mark.parametrize("language", PUTIN)
def test_a_person_has_one_id_in_every_language(language: str) -> None:
    assert "Q7747" in {row["entity_id"] for row in mentions(PUTIN[language], language)}


def words_of(code: str) -> list[str]:
    """Words of the language's own lists of names, people and speech, and some names."""
    lists = [value for file in ("names", "people", "speech") for value in read_table(code, file).values()]
    words = [word for value in lists if isinstance(value, str) for word in value.split()[:15]]
    return [
        *words,
        "Ada",
        "Orr",
        "M.",
        "UNO",
        ",",
        ".",
        "«",
        "»",
        "„",
        "“",
        "–",
        ":",
        "\n\n",
        "'",
        "(",
        ")",
        "de",
    ]


TEXTS = st.sampled_from(known_codes()).flatmap(
    lambda code: st.tuples(
        st.just(code),
        st.one_of(st.lists(st.sampled_from(words_of(code)), max_size=30).map(" ".join), st.text(max_size=60)),
    )
)


@pytest.mark.slow  # every language's tables are loaded
@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_no_language_raises_on_any_text_and_no_names_overlap(told: tuple[str, str]) -> None:
    code, text = told
    article = {"article_id": "0" * 16, "month": date(2024, 1, 1), "body_text": text, "language": code}
    rows = extract_articles([article], ExtractOptions()).rows
    names = rows.get("mentions", [])
    assert all(text[row["start_char"] : row["end_char"]] == row["surface"] for row in names)
    assert all(before["end_char"] <= after["start_char"] for before, after in pairwise(names))
    for row in rows.get("quotations", []):
        assert not (row["is_anonymous"] and row["speaker_entity_id"])
        if row.get("speaker"):
            assert row["speaker"] == text[row["speaker_start_char"] : row["speaker_end_char"]]
