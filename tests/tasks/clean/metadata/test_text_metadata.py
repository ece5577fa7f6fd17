"""What the rules take from a text as its byline is its author, on pages and in texts alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.captures import CaptureKind
from tasks.clean.words.authors.clean import clean_authors
from tasks.clean.words.authors.persons import is_person
from tasks.clean.words.printed_bylines import read_byline, read_dated_byline
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, clean_one, make_page, make_text, paragraphs

LINES = [
    ("Rhona Teague, Transport Editor", ["Rhona Teague"], "byline"),
    ("Rhona Teague, Harbour News", ["Rhona Teague"], "byline"),
    ("João Silva, da Redação", ["João Silva"], "byline"),
    ("Door onze verslaggever Pieter van den Berg", ["Pieter van den Berg"], "byline"),
    ("Door Pieter de Wit en Anna Smit", ["Pieter de Wit", "Anna Smit"], "byline"),
    ("Reporting by Rhona Teague", ["Rhona Teague"], "byline"),
    ("3 July 2025 by Rhona Teague", ["Rhona Teague"], "date"),
    ("Rhona Teague | 3 July 2025", ["Rhona Teague"], "date"),
    ("2025-07-03 18:05 来源：港口日报 作者：李明华", ["李明华"], "date"),
]


@pytest.mark.parametrize(("line", "authors", "rule"), LINES)
def test_a_line_taken_as_byline_names_the_author_of_a_page(line: str, authors: list[str], rule: str) -> None:
    article, removed, _ = clean_one(make_page(f"<p>{line}</p>{paragraphs()}"))
    assert article is not None
    assert article["authors"] == authors
    assert removed[line] == rule
    assert line not in article["body_text"]


@pytest.mark.parametrize("line", ["Par exemple, Jean Dupont a raison.", "Redaktion und Verlag"])
def test_a_line_that_only_begins_like_a_byline_names_nobody(line: str) -> None:
    article, removed, _ = clean_one(make_page(f"<p>{line}</p>{paragraphs()}"))
    assert article is not None
    assert article["authors"] == []
    assert line not in removed


def test_a_byline_goes_where_the_page_names_its_authors_elsewhere_too() -> None:
    head = "<p>Par L’Écho avec AFP</p>"
    page = make_page(head + paragraphs()).replace(
        b"<head>", '<head><meta name="author" content="L’Écho">'.encode()
    )
    article, removed, _ = clean_one(page)
    assert article is not None
    assert article["authors"] == ["L’Écho"]
    assert removed["Par L’Écho avec AFP"] == "byline"


names = st.sampled_from(["Rhona Teague", "Pieter van den Berg", "Inés Robledo", "Вера Лесная", "李明华"])
openings = st.sampled_from(
    ["By ", "Von ", "Por ", "Texto: ", "Redaktion: ", "作者：", "Автор: ", "di ", "Auteur: "]
)


@settings(max_examples=40, deadline=None)
@given(openings, names)
def test_every_byline_that_is_read_names_a_person(opening: str, name: str) -> None:
    line = opening + name
    assert read_byline(line) == name
    assert clean_authors([line]) == [name]
    assert is_person(name)
    assert read_dated_byline(f"2025-07-03 {line}") == name
    article, _, _ = clean_one(make_text(TITLE, line, *PARAGRAPHS), CaptureKind.TEXT)
    assert article is not None
    assert article["authors"] == [name]
