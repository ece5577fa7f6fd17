"""What README says of the languages is what their folders hold."""

from __future__ import annotations

from pathlib import Path

from tasks.extract.languages.served import EVERY_OTHER, reading_of, readings, render_table
from tasks.extract.languages.words import known_codes

README = Path(__file__).resolve().parents[4] / "README.md"


def test_readme_has_the_table_that_the_folders_give() -> None:
    text = README.read_text(encoding="utf-8")
    assert render_table() in text, "run: python -m tasks.extract.languages.served, and put it into README"


def test_every_language_with_a_folder_is_in_the_table_once() -> None:
    codes = [code for group in readings().values() for code in group]
    assert sorted(codes) == sorted(["en", *known_codes(), EVERY_OTHER])


def test_a_language_with_a_model_of_the_users_reads_names_by_it() -> None:
    assert reading_of("fr", {"en", "fr"}).names == "model, tables"
    assert reading_of("fr-CA").names == "tables, titles, verbs of saying, given names"


def test_a_language_without_a_folder_claims_no_speakers() -> None:
    assert reading_of("sw").quotations == "words in marks"
