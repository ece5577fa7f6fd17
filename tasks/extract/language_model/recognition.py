"""Names of texts as the language model sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from tasks.extract.language_model.biluo import Entity, NameDecoder, decoder_for
from tasks.extract.language_model.pipes import batches, copy_tokens, run_pipes

_WINDOW_TOKENS = 2_000
_DECODED_TOKENS = 8_000  # at once, at about 2 kB each


def recognise_names(nlp: Language, docs: Sequence[Doc]) -> None:
    """Set `ents`. A long text goes in windows that end with a line, so that memory stays bounded."""
    if "ner" not in nlp.pipe_names:
        return
    pieces = [(number, *piece) for number, doc in enumerate(docs) for piece in _pieces(doc)]
    spans: list[list[Span]] = [[] for _ in docs]
    found = _find_entities(nlp, [piece for _, _, piece in pieces])
    for (number, begin, _), entities in zip(pieces, found, strict=True):
        doc = docs[number]
        spans[number].extend(Span(doc, begin + start, begin + end, label) for start, end, label in entities)
    for doc, ents in zip(docs, spans, strict=True):
        doc.set_ents(ents)


def _find_entities(nlp: Language, docs: list[Doc]) -> list[list[Entity]]:
    """The entities of each text, by the decoder where it knows the model, else by spaCy's recognizer."""
    decoder = _decoder(nlp)
    before = () if _owns_vectors(nlp) else ("tok2vec", "transformer")
    if decoder is None:
        done = run_pipes(nlp, docs, (*before, "ner"))
        return [[(ent.start, ent.end, ent.label_) for ent in doc.ents] for doc in done]
    done = run_pipes(nlp, docs, before)
    return [entities for batch in batches(done, _DECODED_TOKENS) for entities in decoder.find(batch)]


@lru_cache(maxsize=8)
def _decoder(nlp: Language) -> NameDecoder | None:
    return decoder_for(nlp)


@lru_cache(maxsize=8)
def _owns_vectors(nlp: Language) -> bool:
    """Whether the recognizer has vectors of its own; some models share one tok2vec among their pipes."""
    recognizer: Any = nlp.get_pipe("ner")
    if not hasattr(recognizer, "model"):  # one that is not spaCy's
        return True
    layers = recognizer.model.get_ref("tok2vec").walk()
    return not any("listener" in layer.name for layer in layers)


def _pieces(doc: Doc) -> Iterator[tuple[int, Doc]]:
    """The text, or its windows if it is long, each with its first token's number."""
    if len(doc) <= _WINDOW_TOKENS:
        yield 0, doc
        return
    for start, end in _windows(doc):
        yield start, copy_tokens(doc, start, end)


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
