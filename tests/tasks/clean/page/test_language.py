"""The language is told from the text, the declaration being evidence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tasks.clean.page.language import declared_language, detect_language, read_code
from tasks.clean.page.page import parse_page

TEXTS = {
    "en": "The harbour bridge will stay shut until spring, the port authority said on Tuesday.",
    "de": "Die Hafenbrücke bleibt bis zum Frühjahr gesperrt, teilte die Hafenbehörde am Dienstag mit.",
    "fr": "Le pont du port restera fermé jusqu'au printemps, a annoncé mardi l'autorité portuaire.",
    "es": "El puente del puerto permanecerá cerrado hasta la primavera, dijo el martes la autoridad portuaria.",
    "pl": "Most portowy pozostanie zamknięty do wiosny, poinformował we wtorek zarząd portu.",
    "ru": "Портовый мост останется закрытым до весны, сообщила во вторник администрация порта.",
    "ar": "سيبقى جسر الميناء مغلقا حتى الربيع، حسبما أعلنت سلطة الميناء يوم الثلاثاء.",
    "zh": "港口管理局周二表示，港口大桥将关闭至春季，届时将重新开放通车。",
    "ja": "港湾局は火曜日、港の橋を春まで閉鎖すると発表した。再開は三月になる見込みだ。",
}

RELATIVES = tomllib.loads(Path(__file__).with_name("relatives.toml").read_text(encoding="utf-8"))
SENTENCES = [(code, text) for code, texts in RELATIVES.items() for text in texts]
# Croatian, Bosnian and Serbian in Latin script differ in a few words: the text alone need not tell them apart.
SPOKEN_AS_ONE = {"hr": {"hr", "bs"}}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_is_enough(code: str) -> None:
    assert detect_language(TEXTS[code]) == code


@pytest.mark.parametrize(("code", "text"), SENTENCES)
def test_a_short_text_is_told_from_close_relatives(code: str, text: str) -> None:
    assert detect_language(text) in SPOKEN_AS_ONE.get(code, {code})
    assert detect_language(text, code) == code


@pytest.mark.parametrize("code", RELATIVES)
def test_a_template_in_english_does_not_make_a_text_english(code: str) -> None:
    assert detect_language(" ".join(RELATIVES[code]), "en") in SPOKEN_AS_ONE.get(code, {code})


def test_serbian_in_cyrillic_is_not_croatian() -> None:
    assert detect_language(RELATIVES["sr"][0], "hr") == "sr"
    assert detect_language(RELATIVES["hr"][0], "sr") == "sr"


def test_a_text_without_words_of_any_language_has_none() -> None:
    assert len(detect_language("qzx wvk jjq xkcd " * 20, "de") or "") == 2


def test_a_wrong_declaration_does_not_win_over_a_clear_text() -> None:
    assert detect_language(TEXTS["de"] * 3, "en-US") == "de"


def test_a_declaration_decides_where_the_text_is_too_short() -> None:
    assert detect_language("1 : 0", "de-AT") == "de"
    assert detect_language("1 : 0") is None


def test_a_declaration_decides_between_close_relatives() -> None:
    norwegian = "Broen over havnen er stengt til våren, sier havnevesenet. Ingen vet når den åpner igjen."
    assert detect_language(norwegian, "da") == "da"
    assert detect_language(norwegian, "nb") == "nb"


@pytest.mark.parametrize(
    ("said", "code"),
    [("en-GB", "en"), ("de_AT", "de"), ("FR", "fr"), ("x-default", None), ("english", None), (None, None)],
)
def test_codes_are_read_from_declarations(said: str | None, code: str | None) -> None:
    assert read_code(said) == code


def test_the_html_tag_is_asked_before_the_meta_tags() -> None:
    page = parse_page(b'<html lang="pl-PL"><head><meta property="og:locale" content="en_US"></head></html>')
    assert declared_language(page) == "pl"
    assert declared_language(parse_page(b'<meta property="og:locale" content="en_US">')) == "en"
