"""Names are found in long texts and by models that only spaCy's own recognizer knows."""

from __future__ import annotations

import spacy

from tasks.extract.language_model.models import pipeline_for
from tasks.extract.language_model.recognition import recognise_names
from tasks.extract.options import ExtractOptions
from tests.tasks.extract.language_model.test_biluo import small_pipeline

TEXT = "Ada Horne met Tomas Brandvold in Geneva on Monday."


def test_a_name_has_its_place_in_a_long_text() -> None:
    nlp = pipeline_for("en", ExtractOptions())
    doc = nlp.make_doc("\n".join([TEXT] * 300))
    recognise_names(nlp, [doc])
    assert sum(ent.text == "Geneva" and ent.label_ == "GPE" for ent in doc.ents) >= 295
    assert {token.ent_iob_ for token in doc} == {"B", "I", "O"}


def test_a_model_of_another_architecture_finds_what_spacy_finds_with_it() -> None:
    nlp = small_pipeline("ner", {"use_upper": False})
    texts = [TEXT, "", "Horne spoke.\nAda spoke."]
    docs = [nlp.make_doc(text) for text in texts]
    recognise_names(nlp, docs)
    expected = [nlp(text) for text in texts]
    assert [list(map(str, doc.ents)) for doc in docs] == [list(map(str, doc.ents)) for doc in expected]


def test_a_pipeline_without_a_recognizer_sets_nothing() -> None:
    nlp = spacy.blank("de")
    doc = nlp.make_doc("Der Rat tagte in Bonn.")
    recognise_names(nlp, [doc])
    assert not doc.ents
