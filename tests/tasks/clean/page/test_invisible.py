"""Characters that show nothing go; joiners that shape letters or emoji stay."""

from __future__ import annotations

import json
import time

import pytest

from tasks.clean.body.of_text import read_text_lines
from tasks.clean.page.encoding.decode import decode_text
from tasks.clean.page.invisible import drop_invisible, drop_references
from tasks.clean.page.page import build_page, squeeze, text_of

GONE = [
    ("410\u00ad mil\u00adlion", "410 million"),
    ("2,5\u206000,000", "2,500,000"),
    ("\ufeffOna\u200e Lind\u200f", "Ona Lind"),
    ("4\u200b August\u200b 2031", "4 August 2031"),
    ("Auf\u200clage", "Auflage"),
    ("ten\u200d boats", "ten boats"),
    ("4\u034f10\u180e million\ufffc", "410 million"),
    ("\u202eabc\u202c \u2066x\u2069", "abc x"),
    ("ok\U000e0067\U000e0062", "ok"),
    ("👍\u200d fine", "👍 fine"),
    ("2,5\u316400,000 cro\uffa0wns", "2,500,000 crowns"),
    ("410\u3164million, Ona\u3164Lind\u2800said", "410 million, Ona Lind said"),
    ("mil\u115flion\u180b and\ufe0f 4\ufe0e10\U000e0100", "million and 410"),
    ("4\x8110 mil\x84lion", "410 million"),
    ("don\x92t say \x93no\x94 \x96 never", "don’t say “no” – never"),
]
KEPT = [
    "می\u200cخواهم",
    "क्\u200dष",
    "ക്\u200c",
    "👨\u200d👩\u200d👧",
    "❤️\u200d🔥",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "ភាសា\u200bខ្មែរ",
    "ไทย\u200bแลนด์",
    "1\ufe0f\u20e3 ☎\ufe0f",
    "葛\U000e0100城",
    "⠓⠊⠀⠽⠕⠥",
    "naïve – “plain” text… №5",
]


@pytest.mark.parametrize(("text", "shown"), GONE)
def test_characters_that_show_nothing_go(text: str, shown: str) -> None:
    assert drop_invisible(text) == shown
    assert squeeze(f" {text} ") == shown
    assert [line.text for line in read_text_lines(text)] == [shown]


@pytest.mark.parametrize("text", KEPT)
def test_joiners_that_shape_letters_or_emoji_and_breaks_of_unspaced_scripts_stay(text: str) -> None:
    assert drop_invisible(text) == text
    assert squeeze(text) == text


@pytest.mark.parametrize(
    "reference",
    [
        "&shy;",
        "&SHY;",
        "&#173;",
        "&#xAD;",
        "&#x200B;",
        "&#8203;",
        "&#8288;",
        "&NoBreak;",
        "&lrm;",
        "&#847;",
        "&#x180e;",
        "&#65532;",
    ],
)
def test_references_to_them_go_from_pages(reference: str) -> None:
    page = build_page(decode_text(f"<p>It cost 41{reference}0 mil{reference}lion.</p>".encode()))
    assert text_of(page.tree) == "It cost 410 million."


def test_persian_pages_keep_their_non_joiners_beside_tags() -> None:
    page = build_page(decode_text("<p><b>می</b>&zwnj;خواهم and ten&zwnj; boats</p>".encode()))
    assert text_of(page.tree) == "می\u200cخواهم and ten boats"


def test_what_only_looks_like_a_reference_stays() -> None:
    assert drop_references("a&shyness=1&b &lrmx; &#1739;") == "a&shyness=1&b &lrmx; &#1739;"


def test_a_word_that_a_soft_hyphen_parts_at_the_end_of_a_row_is_joined() -> None:
    lines = read_text_lines("The council pro\u00ad\nmised a bridge.\n\nIt is late\u00ad\n\nand dear.")
    assert [line.text for line in lines] == ["The council promised a bridge.", "It is late", "and dear."]


def test_escapes_in_records_hide_none() -> None:
    text = json.loads('"410\\u00ad mil\\u00adlion"')
    assert squeeze(text) == "410 million"


def test_long_runs_cost_time_in_proportion() -> None:
    start = time.process_time()
    for unit in ("\u200d", "\u200b", "\u00ad", "\U000e0067", "👍\u200d", "&shy;"):
        drop_invisible(unit * 200_000)
        drop_references(unit * 200_000)
    assert time.process_time() - start < 5


def test_a_no_break_space_that_groups_digits_stays_and_others_go() -> None:
    assert squeeze("2\u202f500\u2007000 euros,\u00a05\u00a0kg") == "2\u00a0500\u00a0000 euros, 5 kg"
    assert squeeze("in 1990\u00a0200 boats, 12\u00a03456") == "in 1990 200 boats, 12 3456"
