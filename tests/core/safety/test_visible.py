"""What strangers wrote, made safe to look at: nothing that steers is left, and nothing else changes."""

from __future__ import annotations

import csv
import html
import io
import json
import unicodedata
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.safety.visible import (
    escape_html,
    escape_json,
    escape_markdown,
    escape_xml,
    guard_cell,
    show_line,
    show_text,
)

C0 = {chr(code) for code in range(0x20)}
STEERING = (
    (C0 - {"\t", "\n"})
    | {chr(code) for code in range(0x7F, 0xA0)}
    | {chr(code) for code in range(0x202A, 0x202F)}
    | {chr(code) for code in range(0x2066, 0x206A)}
)
# Beside the ranges, or close in meaning: all of them stand in ordinary texts.
HARMLESS = " ~\xa0\xad\u200e\u200f\u061c\u2029\u202f\u2065\u206a\u200d\ufeff"
ANY_TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(sorted(STEERING))))


@pytest.mark.parametrize("one", sorted(STEERING), ids=lambda one: f"{ord(one):04X}")
def test_each_character_that_steers_is_shown_as_its_code(one: str) -> None:
    code = f"<U+{ord(one):04X}>"
    assert show_text(f"a{one}b") == show_line(f"a{one}b") == f"a{code}b"


def test_characters_beside_them_stay() -> None:
    assert show_text(HARMLESS) == HARMLESS
    for text in ("Zoë’s “ferry” – 東京 Ωmega", "שלום\u200f!", "👩\u200d🚒"):
        assert show_text(text) == show_line(text) == text


def test_a_text_keeps_its_lines_and_a_line_stays_one() -> None:
    assert show_text("a\tb\nc\r\nd\re") == "a\tb\nc\r\nd<U+000D>e"
    assert show_line("a\tb\nc\r\nd") == "a<U+0009>b<U+000A>c<U+000D><U+000A>d"
    assert len(show_line("a\u2028b\u2029c\x85d").splitlines()) == 1


@given(ANY_TEXT)
def test_whatever_is_shown_can_be_printed_and_steers_nothing(text: str) -> None:
    shown = show_text(text)
    assert not STEERING.intersection(shown.replace("\r\n", "\n"))
    shown.encode("utf-8")
    kept = {"\t", "\n", "\r"}
    assert all(c in kept or unicodedata.category(c) not in ("Cc", "Cs") for c in shown)
    assert len(show_line(text).splitlines()) <= 1


@given(ANY_TEXT)
def test_json_gives_every_character_back(text: str) -> None:
    written = escape_json(json.dumps({"title": text}, ensure_ascii=False))
    assert not STEERING.intersection(written)
    assert json.loads(written) == {"title": text}


def test_xml_gives_every_character_back() -> None:
    text = "Harbour \u202epost\u202c \x9b31m \x7f"
    written = escape_xml(f'<outline text="{text}"/>')
    assert not STEERING.intersection(written)
    assert ElementTree.fromstring(written).get("text") == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_begins_like_a_formula_is_text_to_a_spreadsheet(start: str) -> None:
    cell = guard_cell(f"{start}HYPERLINK(1)")
    assert cell == "'" + show_text(start) + "HYPERLINK(1)"
    assert guard_cell(f"x{start}1") == f"x{show_text(start)}1"


@pytest.mark.parametrize("value", [-5, -2.5, Decimal("-1.10"), True, None])
def test_true_numbers_stay_numbers(value: object) -> None:
    assert guard_cell(value) is value


def test_numbers_in_words_and_harmless_texts() -> None:
    assert guard_cell("-5") == "'-5"
    assert guard_cell("−5 degrees") == "−5 degrees"  # a minus sign proper is no operator to a spreadsheet
    assert guard_cell(" =1") == " =1"
    assert guard_cell("'=1") == "'=1"
    assert guard_cell("") == ""
    assert guard_cell(date(2026, 1, 2)) == "2026-01-02"
    assert guard_cell([1], write=lambda value: f"={value}") == "'=[1]"


def test_a_guarded_cell_keeps_its_lines_through_csv() -> None:
    written = io.StringIO()
    csv.writer(written).writerow([guard_cell("one\ntwo\r\n=three"), guard_cell('"=1"')])
    assert next(csv.reader(io.StringIO(written.getvalue(), newline=""))) == ["one\ntwo\r\n=three", '"=1"']


def test_html_shows_the_very_words() -> None:
    text = "<script>alert(1)</script> & \"'\u202e"
    assert html.unescape(escape_html(text)) == text.replace("\u202e", "<U+202E>")
    assert not {"<", ">", '"', "'"}.intersection(escape_html(text))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("[pay](javascript:alert(1))", r"\[pay\](javascript:alert(1))"),
        ("![x](//t.example/p.png)", r"!\[x\](//t.example/p.png)"),
        ("a | b \\| c", r"a \| b \\\| c"),
        ("`code` *loud* _soft_ ~gone~", r"\`code\` \*loud\* \_soft\_ \~gone\~"),
        ("one\ntwo\r\nthree", "one two three"),
        ("Smith &amp; Co", "Smith &amp;amp; Co"),
        ("\u202etxt.exe", "&lt;U+202E&gt;txt.exe"),
    ],
)
def test_markdown_shows_the_very_words(text: str, written: str) -> None:
    assert escape_markdown(text) == written


@pytest.mark.parametrize(
    "text", ["article_id", "up 3.5 % (to 20)", "“No,” she said - 5!", "https://a.example/b_c"]
)
def test_ordinary_words_are_the_same_in_markdown(text: str) -> None:
    assert escape_markdown(text) == text
