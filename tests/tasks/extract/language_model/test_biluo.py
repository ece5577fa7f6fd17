"""The decoder finds the entities that spaCy's own recognizer finds, in any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from tasks.extract.language_model.biluo import NameDecoder, decoder_for
from tasks.extract.language_model.models import pipeline_for
from tasks.extract.language_model.tokens import tokenize
from tasks.extract.options import ExtractOptions

WORDS = [
    "Ada",
    "Horne",
    "of",
    "the",
    "Northwick",
    "Harbour",
    "Board",
    "met",
    "Tomas",
    "Brandvold",
    "in",
    "Geneva",
    ",",
    "Ohio",
    "on",
    "3",
    "March",
    "2021",
    "at",
    "10",
    "a.m.",
    "about",
    "$",
    "4",
    "million",
    "and",
    "two",
    "U.S.",
    "-",
    "Russia",
    "talks",
    ":",
    "“",
    "We",
    "won",
    "”",
    ".",
    "The",
    "EU",
    "'s",
    "Kigali",
    "Treaty",
    "n't",
    "x",
    "東京",
    "de",
    "La-Paz",
]
SPACES = ("\n", "\n\n", " ", "\t", "\u200b", "")
tokens = st.lists(st.sampled_from([*WORDS, *SPACES[:5]]), max_size=80)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline_for("en", ExtractOptions())


@pytest.fixture(scope="module")
def decoder(nlp: Language) -> NameDecoder:
    made = decoder_for(nlp)
    assert made is not None
    return made


def recognized(nlp: Language, docs: list[Doc]) -> list[list[tuple[int, int, str]]]:
    """What spaCy's own recognizer finds in copies of the texts."""
    copies = [doc.copy() for doc in docs]
    done: Any = nlp.get_pipe("ner").pipe(copies, batch_size=len(copies) or 1)  # type: ignore[attr-defined]
    return [[(ent.start, ent.end, ent.label_) for ent in doc.ents] for doc in done]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(tokens, min_size=1, max_size=8), spaced=st.booleans())
def test_any_tokens_have_the_same_entities(
    nlp: Language, decoder: NameDecoder, texts: list[list[str]], spaced: bool
) -> None:
    docs = [Doc(nlp.vocab, words=words, spaces=[spaced] * len(words)) for words in texts]
    assert decoder.find(docs) == recognized(nlp, docs)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=tokens.filter(bool), chosen=st.sets(st.integers(0, 79)))
def test_no_entity_runs_over_the_start_of_a_set_sentence(
    nlp: Language, decoder: NameDecoder, words: list[str], chosen: set[int]
) -> None:
    starts = [number == 0 or number in chosen for number in range(len(words))]
    doc = Doc(nlp.vocab, words=words, sent_starts=starts)
    assert decoder.find([doc]) == recognized(nlp, [doc])


def test_empty_texts_among_others_are_kept_apart(nlp: Language, decoder: NameDecoder) -> None:
    docs = [nlp.make_doc(text) for text in ("", "Geneva", "", "Ada Horne met Tomas Brandvold in Geneva.", "")]
    found = decoder.find(docs)
    assert found == recognized(nlp, docs)
    assert [len(entities) for entities in found] == [0, 1, 0, 3, 0]
    assert decoder.find(docs[:1]) == [[]] and decoder.find([]) == []


@pytest.mark.slow
def test_a_text_of_twenty_thousand_tokens_has_the_same_entities(nlp: Language, decoder: NameDecoder) -> None:
    words = [WORDS[(number * number + number // 7) % len(WORDS)] for number in range(20_000)]
    doc = Doc(nlp.vocab, words=words)
    found = decoder.find([doc])
    assert found == recognized(nlp, [doc])
    assert len(found[0]) > 1_000


@pytest.mark.slow
def test_two_hundred_articles_have_the_same_entities(
    nlp: Language, decoder: NameDecoder, corpora: Path
) -> None:
    texts: list[str] = []
    for name in ("ner_conll2020", "ner_worldwide", "quotes_polnear"):
        lines = (corpora / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        texts += [json.loads(line)["text"] for line in lines[:70]]
    docs = [tokenize(nlp, text) for text in texts]
    assert len(docs) >= 200
    assert [decoder.find([doc])[0] for doc in docs] == recognized(nlp, docs)


@pytest.mark.parametrize(
    "model",
    [
        {"use_upper": False},
        {"extra_state_tokens": True},
        {"maxout_pieces": 1},
    ],
)
def test_another_architecture_is_left_to_spacy(model: dict[str, Any]) -> None:
    assert decoder_for(small_pipeline("ner", model)) is None


def test_a_recognizer_with_a_beam_is_left_to_spacy() -> None:
    assert decoder_for(small_pipeline("beam_ner", {})) is None


def test_a_label_that_was_added_after_training_is_left_to_spacy() -> None:
    nlp = small_pipeline("ner", {})
    assert decoder_for(nlp) is not None
    nlp.get_pipe("ner").add_label("SHIP")  # type: ignore[attr-defined]
    assert decoder_for(nlp) is None


def test_a_pipeline_without_a_recognizer_has_no_decoder() -> None:
    assert decoder_for(spacy.blank("en")) is None


def small_pipeline(name: str, model: dict[str, Any]) -> Language:
    """An untrained recognizer with one label, and a tiny network."""
    nlp = spacy.blank("en")
    defaults = {"state_type": "ner", "extra_state_tokens": False, "hidden_width": 8, "maxout_pieces": 2}
    vectors = {"width": 8, "depth": 1, "embed_size": 20, "window_size": 1, "maxout_pieces": 2}
    options = {"subword_features": True, "pretrained_vectors": None}
    tok2vec = {"@architectures": "spacy.HashEmbedCNN.v2", **vectors, **options}
    whole = {"@architectures": "spacy.TransitionBasedParser.v2", **defaults, "use_upper": True, **model}
    nlp.add_pipe(name, config={"model": {**whole, "tok2vec": tok2vec}})
    text = "Ada Horne spoke."
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc(text), {"entities": [(0, 9, "PERSON")]})])
    return nlp
