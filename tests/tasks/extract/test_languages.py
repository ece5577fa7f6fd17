"""Every language that a page can be in, or say it is in, goes through the stage."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase

import pytest
import spacy

from tasks.clean.page.language import _detector
from tasks.extract.language_model.tokens import _OWN_RULES, blank_language, tokenize

TEXT = "Das 2026 kam Ada Horne: “12 345,6 km”, 3. Mai. 港は2026年に。 Порт 5%."
DETECTED = sorted(set(_detector().nb_classes))
# With rules of its own, with endings behind an apostrophe, without spaces, from right to left, and without any rules.
SOME = ["de", "tr", "ja", "ar", "lo"]


@pytest.mark.parametrize(
    "codes", [SOME, pytest.param(DETECTED, marks=pytest.mark.slow)], ids=["some", "every one"]
)
def test_texts_in_the_languages_that_the_detector_gives_are_extracted(codes, extract, article):
    assert set(codes) <= set(DETECTED)
    rows = extract(*(article(TEXT, article_id=code, language=code) for code in codes))
    assert {row["article_id"] for row in rows["sentences"]} == set(codes)


@pytest.mark.slow  # forty languages' rules take half a minute to read; they are read once for what follows
def test_every_code_of_two_letters_has_tokens_on_the_offsets_of_the_text_by_its_own_rules():
    for code in map("".join, product(ascii_lowercase, repeat=2)):
        nlp = blank_language(code)
        assert tokenize(nlp, TEXT).text == TEXT
        assert nlp.lang == (code if code in _OWN_RULES else "xx")


@pytest.mark.parametrize("code", ["de", "id", "ur"])
def test_a_language_named_as_one_with_rules_has_them(code):
    assert code in _OWN_RULES
    assert blank_language(code).lang == code


def test_a_language_whose_rules_this_release_does_not_ship_has_those_of_any_language(monkeypatch):
    read = spacy.blank

    def lack_swedish(code):
        if code == "sv":
            raise ImportError("no rules for it")
        return read(code)

    monkeypatch.setattr(spacy, "blank", lack_swedish)
    blank = blank_language.__wrapped__  # without what was read already
    assert [blank(code).lang for code in ("sv", "de-AT", "xx", "zz")] == ["xx", "de", "xx", "xx"]
