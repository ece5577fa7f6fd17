"""Names of many texts at once: the decisions of spaCy's entity recognizer, taken as array operations."""
# Why: see docs/decisions.md, "Names are decided for all tokens at once".

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from spacy.attrs import IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc
from thinc.api import NumpyOps

Floats = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Entity = tuple[int, int, str]
_FEATURES = 3  # the current token, the first and the last token of the open entity


class NameDecoder:
    """Finds what a spaCy recognizer finds, without stepping from token to token.

    Outside of an entity a decision depends on the token alone, so it is taken for all tokens of all texts in one
    product. Inside, it depends on the token and on where the entity began: all entities that could begin are
    followed at once, in as many steps as the longest has tokens. What begins inside an entity is then dropped.

    The rules are those of spaCy 3.8 (pipeline/_parser_internals/ner.pyx, ml/parser_model.pyx) for texts in which no
    pipe has set or blocked entities before; equal scores are decided by the order of the actions, as there.
    """

    def __init__(self, recognizer: EntityRecognizer) -> None:
        model: Any = recognizer.model
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        self._vectors = model.get_ref("tok2vec")
        self._weights: Floats = lower.get_param("W")  # feature, hidden unit, piece, width of a vector
        self._padding: Floats = lower.get_param("pad")[0]
        self._bias: Floats = lower.get_param("b")
        self._scores: Floats = upper.get_param("W")
        self._score_bias: Floats = upper.get_param("b")
        self._actions = _actions(recognizer)

    def find(self, docs: Sequence[Doc]) -> list[list[Entity]]:
        """The entities of each text: first token, one past the last, and label, in reading order."""
        lengths = np.array([len(doc) for doc in docs], dtype=np.int64)
        if not lengths.sum():
            return [[] for _ in docs]
        ends = np.cumsum(lengths)
        found = self._decide(
            np.asarray(self._vectors.predict(docs)),
            *_constraints(docs, ends),
        )
        entities: list[list[Entity]] = [[] for _ in docs]
        for start, end, label in found:
            place = int(np.searchsorted(ends, start, side="right"))
            begin = int(ends[place] - lengths[place])
            entities[place].append((start - begin, end - begin, label))
        return entities

    def _decide(self, vectors: Floats, is_space: Flags, is_last: Flags) -> Iterator[Entity]:
        """Entities over all tokens, those of one text after those of another."""
        current = self._precompute(vectors, 0)
        action = self._outside(current, is_space, is_last)
        starts = np.flatnonzero(action >= 0)
        lasts = self._inside(vectors, current, starts, action[starts], is_last)
        reached = 0
        for start, end, number in zip(starts.tolist(), lasts.tolist(), action[starts].tolist(), strict=True):
            if start >= reached:
                yield start, end, self._actions[number][1]
                reached = end

    def _precompute(self, vectors: Floats, feature: int) -> Floats:
        """The share of one feature in the hidden layer, before its maximum: token, (hidden unit, piece)."""
        weights = self._weights[feature]
        share: Floats = vectors @ weights.reshape(-1, weights.shape[-1]).T
        return share

    def _hidden(self, *shares: Floats) -> Floats:
        """The hidden layer of states. spaCy adds the features in this order, and the bias last."""
        total = shares[0] + shares[1].reshape(-1, self._bias.size)
        total += shares[2].reshape(-1, self._bias.size)
        total += self._bias.reshape(-1)
        pieces = total.reshape(-1, *self._bias.shape)
        best: Floats = pieces[..., 0]
        for piece in range(1, pieces.shape[-1]):
            best = np.maximum(best, pieces[..., piece])
        return best

    def _outside(self, current: Floats, is_space: Flags, is_last: Flags) -> Ints:
        """Of each token outside of an entity: the number of the action that opens one there, or -1."""
        columns = self._outside_actions
        hidden = self._hidden(current, self._padding[1], self._padding[2])
        scores = hidden @ self._scores[columns].T + self._score_bias[columns]
        moves = np.array([self._actions[number][0] for number in columns])
        # No entity begins with white space; the last token of a text or a sentence begins none that goes on.
        scores[np.ix_(is_space, moves != "O")] = -np.inf
        scores[np.ix_(is_last, moves == "B")] = -np.inf
        chosen = np.argmax(scores, axis=1)
        return np.where(moves[chosen] == "O", -1, np.array(columns)[chosen])

    @cached_property
    def _outside_actions(self) -> list[int]:
        return [
            number
            for number, (move, label) in enumerate(self._actions)
            if move == "O" or (move in "BU" and label)
        ]

    @cached_property
    def _followers(self) -> Ints:
        """Of each action that begins an entity: the numbers of those that go on with it and that end it."""
        numbers = {action: number for number, action in enumerate(self._actions)}
        rows = [
            (numbers["I", label], numbers["L", label]) if move == "B" else (-1, -1)
            for move, label in self._actions
        ]
        return np.array(rows, dtype=np.int64)

    def _inside(self, vectors: Floats, current: Floats, starts: Ints, actions: Ints, is_last: Flags) -> Ints:
        """One past the last token of each entity that begins at `starts` by the given actions."""
        lasts = starts + 1
        moves = np.array([move for move, _ in self._actions])
        open_ = np.flatnonzero(moves[actions] == "B")
        first = self._precompute(vectors[starts[open_]], 1)
        going, stopping = self._followers[actions[open_]].T
        while open_.size:
            place = lasts[open_]
            hidden = self._hidden(current[place], first, self._precompute(vectors[place - 1], 2))
            on = np.einsum("ij,ij->i", hidden, self._scores[going]) + self._score_bias[going]
            off = np.einsum("ij,ij->i", hidden, self._scores[stopping]) + self._score_bias[stopping]
            goes_on = ((on > off) | ((on == off) & (going < stopping))) & ~is_last[place]
            lasts[open_] += 1
            open_, first = open_[goes_on], first[goes_on]
            going, stopping = going[goes_on], stopping[goes_on]
        return lasts


def _actions(recognizer: EntityRecognizer) -> list[tuple[str, str]]:
    """Move (B, I, L, U or O) and label of each output of the model, in order; "U-" alone blocks a token."""
    moves: Any = recognizer.moves
    names = [moves.get_class_name(number) for number in range(moves.n_moves)]
    return [(move, label) for move, _, label in (name.partition("-") for name in names)]


def _constraints(docs: Sequence[Doc], ends: Ints) -> tuple[Flags, Flags]:
    """Of each token: whether it is white space, and whether it is the last of a text or of a set sentence."""
    columns = np.concatenate([doc.to_array([IS_SPACE, SENT_START]) for doc in docs])
    is_last = np.append(columns[1:, 1] == 1, True)
    is_last[ends - 1] = True
    return columns[:, 0].astype(bool), is_last


def decoder_for(nlp: Language) -> NameDecoder | None:
    """The decoder of a pipeline's recognizer, or None where spaCy's own has to find the names.

    That is a recognizer of another kind: with other features of a state, without the upper layer, with a beam,
    with labels that were added after training, or on a graphics card.
    """
    if "ner" not in nlp.pipe_names:
        return None
    recognizer: Any = nlp.get_pipe("ner")
    if type(recognizer) is not EntityRecognizer or recognizer.cfg["beam_width"] != 1:
        return None
    model = recognizer.model
    if model.name != "parser_model" or not model.attrs["has_upper"] or model.attrs["unseen_classes"]:
        return None
    lower = model.get_ref("lower")
    is_known = lower.get_dim("nF") == _FEATURES and lower.get_dim("nP") > 1
    return NameDecoder(recognizer) if is_known and isinstance(model.ops, NumpyOps) else None
