"""Vectors of tokens as a spaCy tok2vec computes them, each distinct token embedded once."""
# Why: see docs/decisions.md, "Names are decided for all tokens at once".

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from spacy.attrs import ORTH, intify_attr
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import NumpyOps

Floats = np.ndarray[Any, np.dtype[np.float32]]
Ids = np.ndarray[Any, np.dtype[np.uint64]]
_LAYER = "residual(expand_window>>maxout>>layernorm>>dropout)"
_EMBEDDING_PARTS = {
    "extract_features", "list2ragged", "ints-getitem", "hashembed", "static_vectors", "maxout", "layernorm",
    "dropout", "ragged2list",
}  # fmt: skip
# Rows that go through the layers together: with more, they no longer fit into the processor's second cache.
_BLOCK_ROWS = 800
_NORM_FLOOR = np.float32(1e-8)  # thinc/layers/layernorm.py


class TokenVectors:
    """The vectors that a tok2vec of hashed attributes and convolutions gives to texts.

    An embedding depends on the token's attributes alone, so each distinct token is embedded once. The layers after it
    see a token's neighbours; they run over all texts, with empty rows between them as in thinc's `with_array`.
    """

    def __init__(self, tok2vec: Any) -> None:
        self._embed = tok2vec.get_ref("embed")
        encode = tok2vec.get_ref("encode")
        self._pad = int(encode.attrs["pad"])
        self._layers = [_Layer(layer) for layer in encode.layers[0].layers]
        self._attributes: list[Any] = _attributes(self._embed)

    def predict(self, docs: Sequence[Doc]) -> Floats:
        """A row for each token of the texts, in their order."""
        lengths = [len(doc) for doc in docs]
        if not sum(lengths):
            return np.zeros((0, self._layers[0].width), dtype=np.float32)
        width = len(self._attributes)
        table = np.concatenate([doc.to_array(self._attributes).reshape(len(doc), width) for doc in docs])
        embedded, place = self._embed_distinct(table, docs[0].vocab)
        blocks, begin = [], 0
        for block in _blocks(lengths):
            end = begin + sum(block)
            blocks.append(self._encode(embedded[place[begin:end]], block))
            begin = end
        return np.concatenate(blocks)

    def _embed_distinct(self, table: Ids, vocab: Vocab) -> tuple[Floats, np.ndarray[Any, Any]]:
        """The embeddings of the distinct rows of attributes, and which of them each row has."""
        keys = table @ _MIX[: table.shape[1]]  # wraps around: a hash of the row
        _, first, place = np.unique(keys, return_index=True, return_inverse=True)
        tokens = _Tokens(vocab, self._attributes, table[first])
        return self._embed.predict([tokens])[0], place

    def _encode(self, rows: Floats, lengths: Sequence[int]) -> Floats:
        """The rows after the layers; rows of different texts do not see each other."""
        kept = np.concatenate(
            [np.arange(length) + begin for length, begin in zip(lengths, self._begins(lengths), strict=True)]
        )
        padded = np.zeros((sum(lengths) + self._pad * (len(lengths) + 1), rows.shape[1]), dtype=np.float32)
        padded[kept] = rows
        around = np.zeros((len(padded), 3, rows.shape[1]), dtype=np.float32)
        pieces = np.empty((len(padded), self._layers[0].columns), dtype=np.float32)
        for layer in self._layers:
            layer.add_to(padded, around, pieces)
        kept_rows: Floats = padded[kept]
        return kept_rows

    def _begins(self, lengths: Sequence[int]) -> list[int]:
        """The first row of each text among rows that are padded before, between and after the texts."""
        ends = np.cumsum([length + self._pad for length in lengths])
        return [int(end) - length for end, length in zip(ends, lengths, strict=True)]


class _Layer:
    """One residual convolution over three neighbouring rows: product, maximum of pieces, normalisation."""

    def __init__(self, layer: Any) -> None:
        parts = {part.name: part for part in layer.walk()}
        weights, bias = parts["maxout"].get_param("W"), parts["maxout"].get_param("b")
        self.width, self._pieces, width_around = weights.shape
        self.columns = self.width * self._pieces
        # The pieces lie behind each other, so that their maximum is taken over whole rows.
        by_piece = weights.transpose(1, 0, 2).reshape(-1, width_around)
        self._weights = np.ascontiguousarray(by_piece.T)
        self._bias = np.ascontiguousarray(bias.T.reshape(-1))
        self._mean: Floats = np.full(self.width, 1 / self.width, dtype=np.float32)
        self._gain: Floats = parts["layernorm"].get_param("G")
        self._shift: Floats = parts["layernorm"].get_param("b")

    def add_to(self, rows: Floats, around: Floats, pieces: Floats) -> None:
        """Add what the layer makes of the rows to them; the two other arrays are scratch space."""
        width = self.width
        around[1:, 0], around[:, 1], around[:-1, 2] = rows[:-1], rows, rows[1:]
        np.matmul(around.reshape(len(rows), -1), self._weights, out=pieces)
        pieces += self._bias
        best = pieces[:, :width]
        for piece in range(1, self._pieces):
            np.maximum(best, pieces[:, piece * width : (piece + 1) * width], out=best)
        best -= (best @ self._mean)[:, None]
        spread = np.vecdot(best, best) / np.float32(width) + _NORM_FLOOR
        best *= (spread ** np.float32(-0.5))[:, None]
        best *= self._gain
        best += self._shift
        rows += best


class _Tokens:
    """Distinct tokens in the place of a Doc: what the embedding layers read of one."""

    def __init__(self, vocab: Vocab, attributes: list[int], table: Ids) -> None:
        self.vocab = vocab
        self._columns = dict(zip(attributes, table.T, strict=True))

    def __len__(self) -> int:
        return len(self._columns[ORTH])

    def to_array(self, wanted: Any) -> Ids:
        """Columns of the attributes, or the one column of an attribute."""
        if isinstance(wanted, list):
            return np.stack([self._columns[intify_attr(name)] for name in wanted], axis=1)
        return np.ascontiguousarray(self._columns[intify_attr(wanted)])


_MIX: Ids = np.random.default_rng(7).integers(1, 2**63, 32, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


def _attributes(embed: Any) -> list[int]:
    """The attributes of a token that decide its embedding, and its form, by which static vectors are found."""
    (features,) = [layer for layer in embed.walk() if layer.name == "extract_features"]
    return list(dict.fromkeys([ORTH, *map(intify_attr, features.attrs["columns"])]))


def _blocks(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The lengths of texts that go through the layers together."""
    block: list[int] = []
    for length in lengths:
        if block and sum(block) + length > _BLOCK_ROWS:
            yield block
            block = []
        block.append(length)
    yield block


def vectors_for(tok2vec: Any) -> TokenVectors | None:
    """The vectors of a tok2vec, or None where its layers are others than those of spaCy's own English models."""
    if not isinstance(tok2vec.ops, NumpyOps) or not (tok2vec.has_ref("embed") and tok2vec.has_ref("encode")):
        return None
    embed, encode = tok2vec.get_ref("embed"), tok2vec.get_ref("encode")
    leaves = [layer.name for layer in embed.walk() if not layer.layers]
    if not set(leaves) <= _EMBEDDING_PARTS or leaves.count("extract_features") != 1:
        return None
    if "pad" not in encode.attrs or {layer.name for layer in encode.layers[0].layers} != {_LAYER}:
        return None
    windows = [layer.attrs["window_size"] for layer in encode.walk() if layer.name == "expand_window"]
    return TokenVectors(tok2vec) if set(windows) == {1} else None
