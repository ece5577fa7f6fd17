"""Text that was encoded twice is repaired; text that only speaks of it is not."""

from __future__ import annotations

import time

import pytest

from tasks.clean.page.encoding.decode import decode_text
from tasks.clean.page.encoding.mojibake import repair_mojibake


def encode_twice(text: str, codec: str = "cp1252") -> str:
    return text.encode().decode(codec)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor’s bridge isn’t open",
        "Die Brücke über die Wöhle",
        "L’été à Sainte-Orée",
        "Größe – und zwar groß",
    ],
)
def test_words_that_were_encoded_twice_are_repaired(text: str) -> None:
    assert repair_mojibake(encode_twice(text)) == (text, 1)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Совет порта сообщил во вторник, что мост закроют", "cp1251"),
        ("桥梁关闭至春天，议会周二表示", "latin-1"),
        ("ケルメア港は火曜日に橋を閉じた", "latin-1"),
        ("다리는 봄까지 닫힌다", "latin-1"),
    ],
)
def test_letters_of_other_scripts_that_were_encoded_twice_are_repaired(text: str, codec: str) -> None:
    assert repair_mojibake(encode_twice(text, codec)) == (text, 1)


def test_the_repair_is_noted() -> None:
    decoded = decode_text(encode_twice("<p>It isn’t open</p><p>Nobody’s fault</p>").encode())
    assert decoded.text == "<p>It isn’t open</p><p>Nobody’s fault</p>"
    assert decoded.note == "2 passages encoded twice, repaired"


def test_a_page_read_as_latin1_keeps_c1_controls_and_is_repaired() -> None:
    broken = encode_twice("A dash – alone between words", "latin-1")
    assert repair_mojibake(broken)[0] == "A dash – alone between words"


@pytest.mark.parametrize(
    "text",
    [
        "An article shows “â€™” where ’ was meant.",
        "The characters â€™ are typical of it.",
        "SÃO PAULO, the Ãngulo family and Ñandú",
        "Ångström, Ærø and Øresund",
        "Les âmes et les pâtés d’Étretat",
        "Đà Nẵng và Huế",
        "Дети и взрослые читают «Новости»",
        "РСФСР и США; Рівне, Світ, Ріо",
        "Sie rief: „Olé“… und „Ré“, l’été’… puis",
        "Price: 20 €, “as agreed”",
    ],
)
def test_right_text_is_left_alone(text: str) -> None:
    assert repair_mojibake(text) == (text, 0)


def test_only_the_broken_passage_of_a_page_is_touched() -> None:
    page = f"<p>Right: l’été</p><p>{encode_twice('Wrong: l’été')}</p>"
    assert repair_mojibake(page) == ("<p>Right: l’été</p><p>Wrong: l’été</p>", 1)


SOUND = (
    "<p>The harbour’s clerk can’t say why the town’s page isn’t right, and it’s not the reader’s fault.</p>"
)


@pytest.mark.parametrize(
    "shown",
    [
        "<p>We see “donâ€™t” all day.</p>",
        "<p>We see <code>donâ€™t</code> all day.</p>",
        '<p>Type "donâ€™t" here</p>',
    ],
)
def test_a_broken_word_that_a_sound_page_shows_stays_in_its_headline_too(shown: str) -> None:
    page = f"<title>Why donâ€™t appears in your text</title>{SOUND}{shown}"
    assert repair_mojibake(page) == (page, 0)


def test_the_same_words_are_repaired_where_nothing_shows_them() -> None:
    page = f"<title>Why donâ€™t appears in your text</title>{SOUND}"
    assert repair_mojibake(page) == (page.replace("â€™", "’"), 1)


def test_and_on_a_page_that_is_broken_throughout() -> None:
    page = (
        encode_twice(SOUND)
        + "<p>“Donâ€™t” was all that Mara Quill would say, and she hasnâ€™t said more.</p>"
    )
    assert "â€™" not in repair_mojibake(page)[0]


def test_other_passages_of_a_page_that_shows_one_are_repaired() -> None:
    page = f"{SOUND}<p>We see “donâ€™t” all day.</p><p>{encode_twice('The pier’s end')}</p>"
    assert repair_mojibake(page) == (page.replace("pierâ€™s", "pier’s"), 1)


def test_a_long_hostile_line_takes_no_long_time() -> None:
    started = time.process_time()
    repair_mojibake("Ã" * 60_000 + "â€" * 20_000)
    repair_mojibake("港湾局は火曜日。" * 60_000 + "itâ€™s the cityâ€™s only bridge " * 2_000)
    assert time.process_time() - started < 5
