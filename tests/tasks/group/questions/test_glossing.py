"""Words of other languages are read as English ones, so that figures of one story meet."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.languages.words import known_codes, read_table
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles
from tasks.group.questions import Questions, StoryArticle, find_questions
from tasks.group.questions.words.glossary import glossary_of
from tasks.group.questions.words.glossing import gloss_figures

Row = dict[str, Any]
CASES = tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8"))
DERAILMENT = Path(__file__).parents[3] / "data" / "stories" / "derailment.toml"
CODES = sorted(code for code in known_codes() if read_table(code, "meanings"))


def read(text: str, language: str, outlet: str = "gannet-herald") -> StoryArticle:
    row = {
        "article_id": outlet,
        "month": date(2031, 5, 1),
        "outlet": outlet,
        "body_text": text,
        "language": language,
        "published_at": datetime(2031, 5, 3, 8, tzinfo=UTC),
        "published_precision": "minute",
    }
    tables = extract_articles([row], ExtractOptions()).rows
    return StoryArticle(row, tables.get("figures", []), tables.get("mentions", []), tables["sentences"])


@pytest.mark.parametrize(
    ("code", "text", "roles"), [(code, text, roles) for code in CASES for text, roles in CASES[code].items()]
)
def test_a_number_has_the_role_that_its_clause_says(code: str, text: str, roles: dict[str, str]) -> None:
    article = read(text, code)
    spans = {row["sentence_number"]: (row["start_char"], row["end_char"]) for row in article.sentences}
    glossary = glossary_of(code)
    assert glossary is not None
    found = {row["surface"]: row["roles"] for row in gloss_figures(text, article.figures, spans, glossary)}
    assert {surface: (found[surface] or [""])[0] for surface in roles} == roles


def test_every_language_with_a_list_has_cases() -> None:
    assert sorted(CASES) == CODES


def test_english_and_languages_without_a_list_have_no_glossary() -> None:
    assert glossary_of("en-GB") is None
    assert glossary_of("fi") is None
    assert glossary_of(None) is None
    assert glossary_of("pt-BR") is not None


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("tr", "IRAK'TA 23 YARALI", ["ırak", "ta", "23", "injure"]),
        ("ar", "والقتلى", ["dead"]),
        ("de", "Passagierin", ["passenger"]),
        ("zh", "火车上的乘客死亡", ["passenger", "die"]),
        ("es", "Sin vida, sin techo", ["sin", "vida", "homeless"]),
    ],
)
def test_words_are_found_with_their_endings_and_what_is_written_together_with_them(
    code: str, text: str, words: list[str]
) -> None:
    glossary = glossary_of(code)
    assert glossary is not None
    assert glossary.read(text) == words


@given(code=st.sampled_from(CODES), text=st.text(max_size=60))
@settings(max_examples=150)
def test_no_list_raises_on_any_text(code: str, text: str) -> None:
    glossary = glossary_of(code)
    assert glossary is not None
    assert all(glossary.read(text))
    assert len(glossary.clause_after(text)) <= len(glossary.scan(text))


@pytest.fixture(scope="module")
def derailment() -> tuple[Questions, Callable[[Row], str]]:
    """The questions of an event that ten outlets tell in ten languages, and the words of a reading as printed."""
    articles = [
        read(row["text"].strip(), row["language"], row["outlet"])
        for row in tomllib.loads(DERAILMENT.read_text(encoding="utf-8"))["article"]
    ]
    printed = {
        (row["article_id"], row["start_char"]): row["surface"] for one in articles for row in one.figures
    }
    return find_questions("story", articles), lambda row: printed[row["article_id"], row["start_char"]]


def readings(story: tuple[Questions, Callable[[Row], str]], label: str) -> set[str]:
    questions, printed = story
    (found,) = [row["question_id"] for row in questions.questions if row["label"] == label]
    return {printed(row) for row in questions.readings if row["question_id"] == found}


def test_the_dead_of_ten_languages_are_one_question(derailment: Any) -> None:
    assert readings(derailment, "people killed") == {
        "At least 23 people", "Al menos 23 personas", "24 morts", "mindestens 23 Menschen", "Almeno 23 persone",
        "Pelo menos 24 pessoas", "zeker 23 mensen", "По меньшей мере 23 человека", "en az 23 kişi", "至少23人",
    }  # fmt: skip


def test_the_hurt_of_ten_languages_are_another_one(derailment: Any) -> None:
    assert readings(derailment, "people injured") == {
        "140 injured", "140", "140 blessés", "Mehr als 150 Menschen", "140 gewonden", "140 kişi", "140人"
    }  # fmt: skip


def test_a_number_that_nobody_denies_is_no_conflict(derailment: Any) -> None:
    verdicts = {row["label"]: row["verdict"] for row in derailment[0].questions}
    assert verdicts["people killed"] == "overlap"
    assert verdicts["people injured"] == "conflict"
    assert verdicts["passengers"] == "agree"


def test_equal_numbers_in_other_roles_stay_apart() -> None:
    articles = [
        read(
            "23 people died in the blast in Izmir and 40 were injured, officials said.", "en", "gannet-herald"
        ),
        read(
            "La explosión en Esmirna dejó 40 muertos y 23 heridos, según las autoridades.",
            "es",
            "diario-del-faro",
        ),
    ]
    found = find_questions("story", articles)
    for question in found.questions:
        rows = [row for row in found.readings if row["question_id"] == question["question_id"]]
        assert {row["low"] for row in rows} == {23, 40} or len(rows) == 1


def test_a_noun_that_no_list_has_is_the_label_as_printed() -> None:
    articles = [
        read(f"Der Sturm hat in Dorsten {number} Linden gefällt, teilte die Stadt mit.", "de", outlet)
        for number, outlet in ((63, "elbdeich-bote"), (63, "hafenblatt"))
    ]
    assert [row["label"] for row in find_questions("story", articles).questions] == ["Linden"]
