"""Pipes of a language model over many texts, in batches that bound their memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from spacy.attrs import ORTH, SPACY
from spacy.language import Language
from spacy.tokens import Doc

# What spaCy's own pipes see at once. Their memory grows with it, and past some thousand tokens so does their time,
# since what they compute ahead for each token (4 kB) no longer stays in the processor's cache.
_BATCH_TOKENS = 3_000


def run_pipes(nlp: Language, docs: list[Doc], names: Sequence[str]) -> list[Doc]:
    """The docs after the named pipes, in order; pipes the model does not have are passed over."""
    pipes: list[Any] = [nlp.get_pipe(name) for name in names if name in nlp.pipe_names]
    done: list[Doc] = []
    for batch in batches(docs):
        stream: Any = batch
        for pipe in pipes:
            stream = pipe.pipe(stream, batch_size=len(batch))
        done.extend(stream)
    return done


def batches(docs: Iterable[Doc], most_tokens: int = _BATCH_TOKENS) -> Iterator[list[Doc]]:
    """The docs in their order, in lists of at most `most_tokens` tokens, at least one doc in each."""
    batch: list[Doc] = []
    tokens = 0
    for doc in docs:
        if batch and tokens + len(doc) > most_tokens:
            yield batch
            batch, tokens = [], 0
        batch.append(doc)
        tokens += len(doc)
    if batch:
        yield batch


def copy_tokens(doc: Doc, start: int, end: int) -> Doc:
    """A Doc of some of the tokens of another, with nothing that a pipe has set."""
    span: Any = doc[start:end]
    forms, spaces = span.to_array([ORTH, SPACY]).T.tolist()
    return Doc(doc.vocab, words=forms, spaces=spaces)
