"""Tags, heads and labels of sentences as the language model sees them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc

from tasks.extract.language_model.arc_eager import ParseDecoder, parse_decoder_for
from tasks.extract.language_model.pipes import batches, run_pipes
from tasks.extract.language_model.vectors import TokenVectors, vectors_for

_PIPES = ("tok2vec", "transformer", "tagger", "parser")
_ROOT = "ROOT"
_DECODED_TOKENS = 4_000  # at once, at about 4 kB each
_NO_TENSOR = np.zeros((0,), dtype=np.float32)


def parse(nlp: Language, docs: list[Doc]) -> list[Doc]:
    """The sentences with tags, heads and labels, in their order; the decoders where they know the model, else spaCy."""
    vectors, decoder = _decoders(nlp)
    if vectors is None or decoder is None:
        return run_pipes(nlp, docs, _PIPES)
    # Those of a like length go together: a batch takes as many steps as its longest sentence.
    for batch in batches(sorted(docs, key=len), _DECODED_TOKENS):
        _set_tensors(vectors, batch)
        run_pipes(nlp, batch, ("tagger",))
        for doc, (heads, labels) in zip(batch, decoder.parse(batch), strict=True):
            _set_parse(nlp, doc, heads, labels)
        _drop_tensors(batch)
    return docs


@lru_cache(maxsize=8)
def _decoders(nlp: Language) -> tuple[TokenVectors | None, ParseDecoder | None]:
    if "tok2vec" not in nlp.pipe_names:
        return None, None
    pipe: Any = nlp.get_pipe("tok2vec")
    return vectors_for(pipe.model), parse_decoder_for(nlp)


def _set_tensors(vectors: TokenVectors, docs: Sequence[Doc]) -> None:
    """Set `tensor`, where tagger and parser look for the vectors of their tokens."""
    rows = vectors.predict(docs)
    ends = np.cumsum([len(doc) for doc in docs])
    for doc, part in zip(docs, np.split(rows, ends[:-1]), strict=True):
        holder: Any = doc
        holder.tensor = part


def _drop_tensors(docs: Sequence[Doc]) -> None:
    """Free the vectors: a Doc keeps them as long as it lives, and nothing reads them after the parse."""
    for doc in docs:
        holder: Any = doc
        holder.tensor = _NO_TENSOR


def _set_parse(nlp: Language, doc: Doc, heads: list[int], labels: list[str]) -> None:
    """Set heads and labels as the parser does, which then moves some arcs to where they cross others."""
    strings = doc.vocab.strings
    ids = [strings.as_int(label or _ROOT) for label in labels]
    distances = np.array(heads) - np.arange(len(heads))
    table: Any = np.stack([distances.astype(np.uint64), np.array(ids, dtype=np.uint64)], axis=1)
    if len(doc):
        doc.from_array([HEAD, DEP], table)
    parser: Any = nlp.get_pipe("parser")
    for finish in parser.postprocesses:
        finish(doc)
