"""The vectors of tokens are those of spaCy's own layers but for the last bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language

from tasks.extract.language_model.models import pipeline_for
from tasks.extract.language_model.vectors import vectors_for
from tasks.extract.options import ExtractOptions

TEXTS = ("Ada Horne met Tomas Brandvold.", "", "They can't; she won't.\n\n", "x", "3 tons " * 700)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline_for("en", ExtractOptions())


@pytest.mark.parametrize("name", ["tok2vec", "ner"])
def test_they_are_those_of_the_layers(nlp: Language, name: str) -> None:
    pipe: Any = nlp.get_pipe(name)
    model = pipe.model if name == "tok2vec" else pipe.model.get_ref("tok2vec").layers[0]
    docs = [nlp.make_doc(text) for text in TEXTS]
    vectors = vectors_for(model)
    assert vectors is not None
    np.testing.assert_allclose(vectors.predict(docs), np.concatenate(model.predict(docs)), atol=1e-4)
    assert vectors.predict(docs[1:2]).shape == (0, 96)


@pytest.mark.parametrize("window, subwords", [(2, True), (1, False)])
def test_layers_of_another_kind_are_left_to_spacy(window: int, subwords: bool) -> None:
    shape = {"width": 8, "depth": 2, "embed_size": 20, "window_size": window, "maxout_pieces": 2}
    kinds = {"subword_features": subwords, "pretrained_vectors": None}
    model = {"@architectures": "spacy.HashEmbedCNN.v2", **shape, **kinds}
    nlp = spacy.blank("en")
    pipe: Any = nlp.add_pipe("tok2vec", config={"model": model})
    pipe.model.initialize(X=[nlp.make_doc("Ada Horne spoke.")])
    assert (vectors_for(pipe.model) is None) == (window == 2)
