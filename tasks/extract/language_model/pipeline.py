"""The language model at work: articles to Documents, and parses of the sentences that need one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from spacy.attrs import IDX
from spacy.language import Language
from spacy.tokens import Doc

from core.outcomes import Row
from tasks.extract.document import Document, Sentence
from tasks.extract.language_model.models import pipeline_for
from tasks.extract.language_model.parsing import parse
from tasks.extract.language_model.pipes import copy_tokens
from tasks.extract.language_model.recognition import recognise_names
from tasks.extract.language_model.sentences import split_sentences
from tasks.extract.language_model.tags import set_coarse_tags
from tasks.extract.language_model.tokens import tokenize
from tasks.extract.options import ExtractOptions

# Words that stay known between batches, so that the tokenizer meets them again: some 30 MB. Their number is found out
# too late, so a batch that could pass it is read in a zone of its own. In 200 articles of the corpora a word is new
# every 50 letters.
_MOST_WORDS = 60_000
_LETTERS_TO_A_NEW_WORD = 10


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
    starts: list[int] = doc.to_array(IDX).tolist()
    sentences: list[Sentence] = []
    reached = 0
    for number, (start, end) in enumerate(spans, start=1):
        first = bisect_left(starts, start, reached)
        reached = bisect_left(starts, end, first)
        sentences.append(Sentence(number, start, end, first, reached))
    return sentences
