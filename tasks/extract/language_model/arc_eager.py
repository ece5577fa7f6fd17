"""Parses of many sentences at once: the decisions of spaCy's dependency parser, taken in lockstep."""
# Why: see docs/decisions.md, "Sentences are parsed in lockstep".

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.language import Language
from spacy.pipeline import DependencyParser
from spacy.tokens import Doc

from tasks.extract.language_model.transitions import Flags, Ints, Network, network_for
from tasks.extract.language_model.vectors import Floats

_FEATURES = 8
_MOVES = "SDLRB"  # shift, reduce, left arc, right arc, break
_SHIFT, _REDUCE, _LEFT, _RIGHT, _BREAK = range(5)
_EMPTY = 2  # the top of an empty stack: the places 0 to 2 hold no token
_SUBTOKEN = "subtok"


class ParseDecoder:
    """Finds the heads and labels that a spaCy parser finds, a step of all sentences at a time.

    The rules are those of spaCy 3.8 (pipeline/_parser_internals/arc_eager.pyx and _state.pxd) for texts in which no
    pipe has set heads or sentence ends before.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._moves: Ints = np.array([_MOVES.index(move) for move, _ in network.actions])
        self._labels = [label for _, label in network.actions]

    def parse(self, docs: Sequence[Doc]) -> list[tuple[list[int], list[str]]]:
        """Of each text: the head of each token (itself for a root) and the label of the arc ("" for a root)."""
        lengths = np.array([len(doc) for doc in docs], dtype=np.int64)
        states = _States(lengths)
        if lengths.sum():
            self._run(states, self._precompute(self._network.read(docs)))
        return [self._read(states, number) for number in range(len(docs))]

    def _precompute(self, rows: Floats) -> Floats:
        """The shares of all features in the hidden layer: ((token or none, feature), (piece, hidden unit))."""
        weights, padding = self._network.weights, self._network.padding
        shares = np.empty((len(rows) + 1, padding.size), dtype=np.float32)
        shares[0] = padding.reshape(-1)
        np.matmul(rows, weights.reshape(-1, weights.shape[-1]).T, out=shares[1:])
        return shares.reshape(-1, padding.shape[-1])

    def _run(self, states: _States, shares: Floats) -> None:
        while states.are_open():
            hidden = self._network.hide(shares.take(states.features(), axis=0).sum(axis=1))
            scores = hidden @ self._network.scores.T
            scores += self._network.score_bias
            scores += np.where(states.valid(), 0, -np.inf).astype(np.float32).take(self._moves, axis=1)
            chosen = np.argmax(scores, axis=1)
            states.take(self._moves[chosen], chosen)

    def _read(self, states: _States, number: int) -> tuple[list[int], list[str]]:
        heads, arcs = states.read(number)
        roots = [head if head >= 0 else place for place, head in enumerate(heads)]
        return roots, [self._labels[arc] if arc >= 0 else "" for arc in arcs]


class _States:
    """Stack, buffer and arcs of many sentences. Each has a row of a flat array for each of these.

    A token is its place in the sentence, -1 is no token: the place before a row's first is the last of the row
    before, which always holds "none". `_base`, `_top`, `_front`, `_length` and `_offset` have a value for each sentence
    that is not yet parsed: where its row begins, the top of its stack, the front of its buffer, its number of tokens,
    and those of the sentences before.
    """

    def __init__(self, lengths: Ints) -> None:
        self._width = int(lengths.max(initial=0)) + _EMPTY + 3
        self._lengths = lengths
        size = self._width * len(lengths)
        places = np.tile(np.arange(self._width), len(lengths))
        self._buffer: Ints = np.where(places < np.repeat(lengths, self._width), places, -1)
        self._stack, self._heads, self._arcs, self._left, self._right, self._before = np.full((6, size), -1)
        self._begins_sentence: Flags = places == 0
        self._was_unshifted: Flags = np.zeros(size, dtype=bool)
        rows = np.flatnonzero(lengths)
        self._base, self._length = rows * self._width, lengths[rows]
        self._offset = (np.cumsum(lengths) - lengths)[rows]
        self._top, self._front = np.full(len(rows), _EMPTY), np.zeros(len(rows), dtype=np.int64)
        self._look()

    def are_open(self) -> bool:
        """Whether a sentence is not yet parsed."""
        return bool(self._base.size)

    def _look(self) -> None:
        """Read the first two tokens of each buffer and the first of each stack."""
        self._b0 = self._buffer[self._base + self._front]
        self._b1 = self._buffer[self._base + self._front + 1]
        self._s0 = self._stack[self._base + self._top]

    def features(self) -> Ints:
        """Rows of the precomputed shares for each state and feature."""
        top, base = self._base + self._top, self._base
        tokens = np.stack(
            [
                self._b0, self._b1, self._s0, self._stack[top - 1], self._stack[top - 2],
                self._left[base + self._b0], self._left[base + self._s0], self._right[base + self._s0],
            ],
            axis=1,
        )  # fmt: skip
        rows = np.where(tokens < 0, 0, tokens + self._offset[:, None] + 1)
        return rows * _FEATURES + np.arange(_FEATURES)

    def valid(self) -> Flags:
        """Which moves each state allows."""
        waiting = self._length - self._front
        has_stack = self._top > _EMPTY
        in_sentence = ~self._begins_sentence[self._base + self._b0]
        shift = ~has_stack | ((waiting >= 2) & in_sentence & ~self._was_unshifted[self._base + self._b0])
        arc = has_stack & (waiting > 0) & in_sentence
        breaks = (waiting >= 2) & (self._b1 == self._b0 + 1) & ~self._begins_sentence[self._base + self._b1]
        return np.stack([shift, has_stack, arc, arc, breaks], axis=1)

    def take(self, moves: Ints, actions: Ints) -> None:
        """Take a move in each state, and drop the states that are final."""
        base, b0, s0 = self._base, self._b0, self._s0
        stays = (self._heads[base + s0] < 0) & (self._top > _EMPTY + 1)
        unshift = (moves == _REDUCE) & stays
        left, right = moves == _LEFT, moves == _RIGHT
        self._add_left_arcs(base[left], b0[left], s0[left], actions[left])
        self._add_right_arcs(base[right], b0[right], s0[right], actions[right])
        breaks = moves == _BREAK
        self._begins_sentence[base[breaks] + self._b1[breaks]] = True
        push = right | (moves == _SHIFT)
        self._top += push
        self._stack[(base + self._top)[push]] = b0[push]
        self._top -= left | (moves == _REDUCE)
        self._front += push
        self._front -= unshift
        back = base[unshift]
        self._buffer[back + self._front[unshift]] = s0[unshift]
        self._was_unshifted[back + s0[unshift]] = True
        self._drop_final()

    def _add_left_arcs(self, base: Ints, head: Ints, child: Ints, action: Ints) -> None:
        """Arcs from the buffer to the stack. A head that the child had before loses it, its last one to the right."""
        former = self._heads[base + child]
        had = former >= 0
        self._right[(base + former)[had]] = self._before[(base + child)[had]]
        self._heads[base + child], self._arcs[base + child] = head, action
        self._left[base + head] = child
        self._was_unshifted[base + head] = False

    def _add_right_arcs(self, base: Ints, child: Ints, head: Ints, action: Ints) -> None:
        """Arcs from the stack to the buffer. The child before is kept, in case this one is taken away."""
        self._heads[base + child], self._arcs[base + child] = head, action
        self._before[base + child] = self._right[base + head]
        self._right[base + head] = child

    def _drop_final(self) -> None:
        going = (self._top > _EMPTY) | (self._front < self._length)
        if not going.all():
            for name in ("_base", "_top", "_front", "_length", "_offset"):
                setattr(self, name, getattr(self, name)[going])
        self._look()

    def read(self, number: int) -> tuple[list[int], list[int]]:
        """The heads and the actions of the arcs of one sentence, -1 where a token has none."""
        begin = number * self._width
        row = slice(begin, begin + int(self._lengths[number]))
        return self._heads[row].tolist(), self._arcs[row].tolist()


def parse_decoder_for(nlp: Language) -> ParseDecoder | None:
    """The decoder of a pipeline's parser, or None where spaCy's own has to parse."""
    network = network_for(nlp, "parser", DependencyParser, _FEATURES)
    if network is None or any(move not in _MOVES or label == _SUBTOKEN for move, label in network.actions):
        return None
    return ParseDecoder(network)
