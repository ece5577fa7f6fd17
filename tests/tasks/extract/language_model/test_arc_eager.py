"""The decoder gives any sentence the heads and labels that spaCy's own parser gives it."""

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

from tasks.extract.language_model.arc_eager import parse_decoder_for
from tasks.extract.language_model.models import pipeline_for
from tasks.extract.language_model.parsing import parse
from tasks.extract.language_model.pipes import run_pipes
from tasks.extract.language_model.sentences import split_sentences
from tasks.extract.options import ExtractOptions

WORDS = [
    "the",
    "harbour",
    "board",
    ",",
    "which",
    "had",
    "met",
    "on",
    "Monday",
    "to",
    "hear",
    "what",
    "Ada",
    "Horne",
    "wanted",
    "said",
    "that",
    "three",
    "of",
    "the",
    "ships",
    "'",
    "owners",
    "“",
    "would",
    "never",
    "have",
    "agreed",
    "”",
    "if",
    "they",
    "'d",
    "known",
    "(",
    "or",
    "been",
    "told",
    ")",
    "how",
    "many",
    "tons",
    ";",
    "nobody",
    "who",
    "saw",
    "it",
    "did",
    ".",
    "\n",
    "\t",
    "x",
]
sentences = st.lists(st.lists(st.sampled_from(WORDS), max_size=40), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline_for("en", ExtractOptions())


def compare(nlp: Language, docs: list[Doc]) -> None:
    expected = run_pipes(nlp, [doc.copy() for doc in docs], ("tok2vec", "tagger", "parser"))
    assert list(map(annotations, parse(nlp, docs))) == list(map(annotations, expected))


def annotations(doc: Doc) -> list[tuple[Any, ...]]:
    return [
        (token.tag_, token.dep_, token.head.i, token.is_sent_start, token.left_edge.i, token.right_edge.i)
        for token in doc
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=sentences)
def test_any_tokens_have_the_same_parse(nlp: Language, texts: list[list[str]]) -> None:
    compare(nlp, [Doc(nlp.vocab, words=words) for words in texts])


def test_sentences_keep_their_order_and_arcs_that_cross(nlp: Language) -> None:
    texts = [
        "What did the board that met yesterday say that it wanted?",
        "",
        "Go.",
        "A hearing is set on the issue today.",
    ]
    docs = [nlp.make_doc(text) for text in texts]
    compare(nlp, docs)
    assert [doc.text for doc in parse(nlp, docs)] == texts


@pytest.mark.slow
def test_sentences_of_articles_have_the_same_parses(nlp: Language, corpora: Path) -> None:
    lines = (corpora / "quotes_polnear.jsonl").read_text(encoding="utf-8").splitlines()[:30]
    texts = [json.loads(line)["text"] for line in lines]
    docs = [nlp.make_doc(text[start:end]) for text in texts for start, end in split_sentences(text)]
    assert len(docs) > 500
    compare(nlp, docs)


@pytest.mark.parametrize("joins", [True, False])
def test_a_parser_that_joins_subtokens_is_left_to_spacy(joins: bool) -> None:
    nlp = spacy.blank("en")
    assert parse_decoder_for(nlp) is None
    nlp.add_pipe("parser", config={"learn_tokens": joins})
    parse = {"heads": [1, 2, 2], "deps": ["compound", "nsubj", "ROOT"]}
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("Ada Horne spoke"), parse)])
    assert (parse_decoder_for(nlp) is None) == joins
