"""Every language that a page can be in, or say it is in, goes through the stage."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase

import pytest
import spacy

from tasks.clean.page.language import _detector
from tasks.extract.language.tokens import _OWN_RULES, blank_language, tokenize

TEXT = "Das 2026 kam Ada Horne: “12 345,6 km”, 3. Mai. 港は2026年に。 Порт 5%."
DETECTED = sorted(set(_detector().nb_classes))


def test_texts_in_every_language_that_the_detector_gives_are_extracted(extract, article):
    rows = extract(*(article(TEXT, article_id=code, language=code) for code in DETECTED))
    assert {row["article_id"] for row in rows["sentences"]} == set(DETECTED)


def test_every_code_of_two_letters_has_tokens_on_the_offsets_of_the_text():
    for code in map("".join, product(ascii_lowercase, repeat=2)):
        assert tokenize(blank_language(code), TEXT).text == TEXT
    blank_language.cache_clear()


@pytest.mark.parametrize("code", sorted(_OWN_RULES))
def test_a_language_named_as_one_with_rules_has_them(code):
    assert spacy.blank(code).lang == code


def test_a_language_whose_rules_this_release_does_not_ship_has_those_of_any_language(monkeypatch):
    blank = spacy.blank

    def lack_swedish(code):
        if code == "sv":
            raise ImportError("no rules for it")
        return blank(code)

    monkeypatch.setattr(spacy, "blank", lack_swedish)
    blank_language.cache_clear()
    assert [blank_language(code).lang for code in ("sv", "de-AT", "xx", "zz")] == ["xx", "de", "xx", "xx"]
    blank_language.cache_clear()
