"""Phrase files: every language is there, whole lines match, prose does not."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tasks.clean.words import phrases
from tasks.clean.words.lines import Line
from tasks.clean.words.phrases import phrase_book, read_groups, read_phrase

FOLDER = Path(phrases.__file__).parent / "phrases"
LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_group_with_its_source(language: str) -> None:
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    groups = tomllib.loads((FOLDER / "groups.toml").read_text(encoding="utf-8"))
    wanted = {name for name, group in groups.items() if language in group.get("languages", LANGUAGES)}
    assert set(table) == wanted
    for name, entry in table.items():
        assert entry["source"], f"{language} {name} says not where it comes from"
        assert entry["lines"], f"{language} {name} is empty"


def test_blocks_have_no_key_that_nobody_reads() -> None:
    keys = {"source", "lines", "weak", "anywhere", "edges"}
    for language in LANGUAGES:
        table = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
        assert {name for entry in table.values() for name in entry} <= keys, language


@pytest.mark.parametrize("path", [FOLDER / "stubs.toml", *sorted((FOLDER.parent / "words").glob("*.toml"))])
def test_every_other_list_says_where_its_words_come_from(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#"), path.name
    if path.name != "stubs.toml":
        return
    for block in re.split(r"^(?=\[)", text, flags=re.MULTILINE)[1:]:
        assert block.split("\n")[1].startswith("#"), f"{block.split()[0]} says not where it comes from"


@pytest.mark.parametrize(
    ("line", "group"),
    [
        ("Leave a Reply", "comment_form"),
        ("12 Comments", "comment_form"),
        ("3 thoughts on “The bridge”", "comment_form"),
        ("LIRE AUSSI : Le pont", "related"),
        ("Kommentar hinterlassen", "comment_form"),
        ("Síguenos en Telegram", "share"),
        ("Leia também: A ponte", "related"),
        ("RIPRODUZIONE RISERVATA", "reporting"),
        ("Lees verder na de advertentie", "related"),
        ("Czytaj także: Most", "related"),
        ("Читайте также: Мост", "related"),
        ("اقرأ أيضا: الجسر", "related"),
        ("责任编辑：王小明", "reporting"),
        ("関連記事", "related"),
        ("© 2026 Harbour Post", "reporting"),
        ("© Harbour Post", "reporting"),
        ("Updated at 6 p.m.", "updated"),
        ("Updated 3 March 2026.", "updated"),
        ("Source: Harbour Office.", "reporting"),
        ("This is a breaking news story - more to follow", "reporting"),
        ("This is a breaking story – more to follow.", "reporting"),
        ("Accuracy and availability of HPR transcripts may vary. Text may be revised.", "reporting"),
        ("Check out more of the Harbour Post's latest stories by signing up to our newsletter", "newsletter"),
        ("Download our app and never miss what the tide tables say.", "newsletter"),
    ],
)
def test_a_known_line_is_found_in_any_language(line: str, group: str) -> None:
    found = phrase_book().find(Line(line))
    assert found is not None
    assert found.name == group


@pytest.mark.parametrize(
    "line",
    [
        "Leave a reply on the table, she said.",
        "Read morely is no word.",
        "Source code is what it is made of.",
        "Photo albums were all that they could save from the house.",
        "Comments by the minister were met with silence in the hall.",
        "He left no comments.",
        "224 people were taken off the ferry before dusk.",
        "12 March 2026",
        "",
        "Updated figures from the authority show 14 cracks.",
        "This is a breaking bridge, and more is to follow, the engineer said.",
        "Check out more of the harbour, the mayor told visitors.",
        "Source: the harbour master, who asked not to be named.",
        "Related: the port also lost a crane in 2019, the authority said on Monday.",
        "Sign up for our fleet, the ferry firm told sailors in a letter.",
        "Download the app, the port told captains, and you will see the tide.",
        "Lesen Sie hier keine Ausreden, sagte die Hafenmeisterin den Journalisten.",
    ],
)
def test_a_line_that_only_resembles_one_is_not(line: str) -> None:
    assert phrase_book().find(Line(line)) is None


def test_an_open_phrase_ends_at_a_word_in_a_long_line() -> None:
    group = read_groups()["related"]
    phrase = read_phrase("Watch: ...", group)
    assert phrase.matches("watch the bridge falls", "Watch: the bridge falls")
    assert not phrase.matches("watch the bridge fall", "Watch the bridge fall")
