"""Names by their consonants: one name in several scripts, and words that are left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.group.sounds import find_name_sounds, read_sounds


@pytest.mark.parametrize(
    "forms",
    [
        ("Tarrant", "Таррант", "ターラント"),
        ("Khartoum", "Хартум", "ハルツーム"),
        ("Putin", "Poutine", "Путин", "プーチン", "Πούτιν"),
        ("Łódź", "Лодзь"),
        ("Seattle", "シアトル"),
    ],
)
def test_a_name_has_one_skeleton_in_every_script(forms: tuple[str, ...]) -> None:
    assert len({read_sounds(form) for form in forms}) == 1


@pytest.mark.parametrize("pair", [("Tarrant", "Corrigan"), ("Larkmouth", "Лондон"), ("Solano", "Solari")])
def test_other_names_have_other_skeletons(pair: tuple[str, str]) -> None:
    assert read_sounds(pair[0]) != read_sounds(pair[1])


def test_words_without_a_capital_acronyms_and_short_words_are_left_out() -> None:
    assert list(find_name_sounds("the NATO bridge at Ems opened with Joss Tarrant")) == ["trnt"]
    assert list(find_name_sounds("ソラノ氏はラークマスで話した")) == ["srn", "rkms"]


@given(st.text())
def test_any_text_has_skeletons_of_latin_letters(text: str) -> None:
    assert all(skeleton.isascii() and skeleton.isalpha() for skeleton in find_name_sounds(text))
