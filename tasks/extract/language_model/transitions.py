"""The network of a spaCy transition system (recognizer or parser), as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from tasks.extract.language_model.vectors import Floats, vectors_for

Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


class Network:
    """Scores of actions from the tokens that describe a state: a hidden layer of maxima, and a layer above it.

    `actions` holds move and label of each score, in the model's order: equal scores are decided by it.
    """

    def __init__(self, pipe: Any) -> None:
        model = pipe.model
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        self._chain = model.get_ref("tok2vec")
        self._vectors = vectors_for(self._chain.layers[0])
        # The pieces of a hidden unit lie apart, so that their maximum is taken over whole rows.
        weights = lower.get_param("W").transpose(0, 2, 1, 3)
        self._pieces, width = weights.shape[1], weights.shape[-1]
        self.weights: Floats = np.ascontiguousarray(weights).reshape(len(weights), -1, width)
        padding = lower.get_param("pad")[0].transpose(0, 2, 1)  # in place of a token that a state lacks
        self.padding: Floats = np.ascontiguousarray(padding).reshape(len(weights), -1)
        self._bias: Floats = np.ascontiguousarray(lower.get_param("b").T).reshape(-1)
        self.scores: Floats = upper.get_param("W")
        self.score_bias: Floats = upper.get_param("b")
        names = [pipe.moves.get_class_name(number) for number in range(pipe.moves.n_moves)]
        self.actions = [(move, label) for move, _, label in (name.partition("-") for name in names)]

    def read(self, docs: Sequence[Doc]) -> Floats:
        """What the hidden layer reads of each token of the texts, a row each."""
        if self._vectors is None:
            return np.asarray(self._chain.predict(docs))
        linear = self._chain.layers[-1]
        rows: Floats = self._vectors.predict(docs) @ linear.get_param("W").T
        rows += linear.get_param("b")
        return rows

    def share(self, rows: Floats, feature: int) -> Floats:
        """The share of one feature in the hidden layer, before its maximum: token, (piece, hidden unit)."""
        share: Floats = rows @ self.weights[feature].T
        return share

    def hide(self, total: Floats) -> Floats:
        """The hidden layer of states, from the sum of the features' shares, to which the bias is added."""
        total += self._bias
        pieces = np.split(total, self._pieces, axis=1)
        best: Floats = pieces[0]
        for piece in pieces[1:]:
            best = np.maximum(best, piece)
        return best


def network_for(nlp: Language, name: str, kind: type[Any], features: int) -> Network | None:
    """The network of a pipe, or None where spaCy's own code has to run it.

    That is a pipe of another kind: with other features of a state, without the upper layer, with a beam, with labels
    that were added after training, or on a graphics card.
    """
    if name not in nlp.pipe_names:
        return None
    pipe: Any = nlp.get_pipe(name)
    if type(pipe) is not kind or pipe.cfg["beam_width"] != 1:
        return None
    model = pipe.model
    if model.name != "parser_model" or not model.attrs["has_upper"] or model.attrs["unseen_classes"]:
        return None
    lower = model.get_ref("lower")
    is_known = lower.get_dim("nF") == features and lower.get_dim("nP") > 1
    return Network(pipe) if is_known and isinstance(model.ops, NumpyOps) else None
