"""Names of many texts at once: the decisions of spaCy's entity recognizer, taken as array operations."""
# Why: see docs/decisions.md, "Names are decided for all tokens at once".

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from spacy.attrs import IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

from tasks.extract.language_model.transitions import Flags, Ints, Network, network_for
from tasks.extract.language_model.vectors import Floats

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

    def __init__(self, network: Network) -> None:
        self._network = network
        actions = network.actions
        self._moves: np.ndarray[Any, Any] = np.array([move for move, _ in actions])
        self._labels = [label for _, label in actions]
        # Outside of an entity. A unit without a label blocks a token, which only another pipe can ask for.
        self._outside: Ints = np.array(
            [n for n, (move, label) in enumerate(actions) if move == "O" or (move in "BU" and label)]
        )
        numbers = {action: number for number, action in enumerate(actions)}
        begins = [move == "B" for move, _ in actions]
        self._going: Ints = np.array(
            [numbers["I", x] if b else -1 for b, x in zip(begins, self._labels, strict=True)]
        )
        self._stopping: Ints = np.array(
            [numbers["L", x] if b else -1 for b, x in zip(begins, self._labels, strict=True)]
        )

    def find(self, docs: Sequence[Doc]) -> list[list[Entity]]:
        """The entities of each text: first token, one past the last, and label, in reading order."""
        entities: list[list[Entity]] = [[] for _ in docs]
        lengths = np.array([len(doc) for doc in docs], dtype=np.int64)
        if not lengths.sum():
            return entities
        ends = np.cumsum(lengths)
        for start, end, label in self._decide(self._network.read(docs), *_constraints(docs, ends)):
            place = int(np.searchsorted(ends, start, side="right"))
            begin = int(ends[place] - lengths[place])
            entities[place].append((start - begin, end - begin, label))
        return entities

    def _decide(self, rows: Floats, is_space: Flags, is_last: Flags) -> Iterator[Entity]:
        """Entities over all tokens, those of one text after those of another."""
        current = self._network.share(rows, 0)
        actions = self._decide_outside(current, is_space, is_last)
        starts = np.flatnonzero(self._moves[actions] != "O")
        actions = actions[starts]
        lasts = self._follow(rows, current, starts, actions, is_last)
        reached = 0
        for start, end, number in zip(starts.tolist(), lasts.tolist(), actions.tolist(), strict=True):
            if start >= reached:
                yield start, end, self._labels[number]
                reached = end

    def _decide_outside(self, current: Floats, is_space: Flags, is_last: Flags) -> Ints:
        """Of each token, were it outside of an entity: the number of its action (begin, unit or out)."""
        padding = self._network.padding
        scores = self._score(current + padding[1] + padding[2], self._outside)
        moves = self._moves[self._outside]
        # No entity begins with white space; the last token of a text or a sentence begins none that goes on.
        scores[np.ix_(is_space, moves != "O")] = -np.inf
        scores[np.ix_(is_last, moves == "B")] = -np.inf
        chosen: Ints = self._outside[np.argmax(scores, axis=1)]
        return chosen

    def _follow(self, rows: Floats, current: Floats, starts: Ints, actions: Ints, is_last: Flags) -> Ints:
        """One past the last token of each entity that begins at `starts` by the given actions."""
        lasts = starts + 1
        open_ = np.flatnonzero(self._moves[actions] == "B")
        first = self._network.share(rows[starts[open_]], 1)
        going, stopping = self._going[actions[open_]], self._stopping[actions[open_]]
        while open_.size:
            place = lasts[open_]
            hidden = self._network.hide(current[place] + first + self._network.share(rows[place - 1], 2))
            on, off = self._score_one(hidden, going), self._score_one(hidden, stopping)
            goes_on = ((on > off) | ((on == off) & (going < stopping))) & ~is_last[place]
            lasts[open_] += 1
            open_, first = open_[goes_on], first[goes_on]
            going, stopping = going[goes_on], stopping[goes_on]
        return lasts

    def _score(self, total: Floats, actions: Ints) -> Floats:
        """The scores of the actions in each state."""
        scores: Floats = self._network.hide(total) @ self._network.scores[actions].T
        scores += self._network.score_bias[actions]
        return scores

    def _score_one(self, hidden: Floats, actions: Ints) -> Floats:
        """The score of one action in each state."""
        scores: Floats = np.vecdot(hidden, self._network.scores[actions]) + self._network.score_bias[actions]
        return scores


def _constraints(docs: Sequence[Doc], ends: Ints) -> tuple[Flags, Flags]:
    """Of each token: whether it is white space, and whether it is the last of a text or of a set sentence."""
    columns = np.concatenate([doc.to_array([IS_SPACE, SENT_START]) for doc in docs])
    is_last = np.append(columns[1:, 1] == 1, True)
    is_last[ends - 1] = True
    return columns[:, 0].astype(bool), is_last


def decoder_for(nlp: Language) -> NameDecoder | None:
    """The decoder of a pipeline's recognizer, or None where spaCy's own has to find the names."""
    network = network_for(nlp, "ner", EntityRecognizer, _FEATURES)
    return NameDecoder(network) if network else None
