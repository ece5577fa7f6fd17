"""The word sets of a figure: what its sentence and the words around say of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from core.outcomes import Row
from tasks.group.questions.words.differences import read_difference
from tasks.group.questions.words.dimensions import read_dimension
from tasks.group.questions.words.lexicon import (
    NO_WORDS,
    base_words,
    choose_telling,
    classes_of,
    freeze,
    head_noun,
    members_of,
    thing_of,
)
from tasks.group.questions.words.parts import (
    read_norm,
    read_numbered,
    read_share,
    read_then,
    read_whole,
)

_WINDOW_CHARS, _WINDOW_WORDS = 70, 7
_NEAR_NAME = 40
_TIMES = re.compile(
    r"\b(?:1[6-9]\d\d|20\d\d)\b(?![,.]?\d)|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}\b"
)
_RATES = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_AMOUNTS = frozenset(["total", "number", "figure", "tally", "rest", "million", "billion"])
_PRONOUNS = frozenset(["it", "that", "this", "they", "which", "who", "what", "these", "those"])
_CAPITALS = re.compile(r"\b[A-Z][\w-]+")
_SENTENCE_START = re.compile(r"(^|[.!?|\n“\"]\s*)[A-Z]")
_BEFORE_CAPITAL = itemgetter(1)
_MOST_KEPT = 20_000  # of what was read from words that come again and again
_QUALITIES = ("is:", "poss:", "kind:", "near:")

# The word sets that an answer is compared by; each is the union over its figures.
SETS = (
    "nouns", "persons", "genders", "ages", "kin", "outcomes", "near_outcomes", "roles", "role_words", "active",
    "passive", "window", "sentence", "close", "before", "after", "predicates", "measured", "qualities", "capitals",
    "near_names", "sentence_names", "entities", "per", "units", "pair_sides", "times", "shares",
    "frames", "near_frames", "wholes", "norms", "dimensions", "sides", "differences",
)  # fmt: skip


class _Sentence(NamedTuple):
    """What all figures of a sentence share."""

    words: frozenset[str]
    names: frozenset[str]
    entities: frozenset[str]
    times: frozenset[str]


class WordSets:
    """Reads the word sets of the figures of one text; what a sentence says is read once."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Row],
        read_words: Callable[[str], list[str]] = base_words,
    ) -> None:
        self._text = text
        self._words = read_words
        self._names = sorted(mentions, key=lambda row: int(row["start_char"]))
        self._starts = [row["start_char"] for row in self._names]
        self._sentences: dict[tuple[int, int], _Sentence] = {}

    def read(
        self, figure: Row, kind: str, place: tuple[int, int], pair: tuple[str, str] | None
    ) -> Mapping[str, frozenset[str]]:
        """The sets of a figure in the sentence at `place`; `pair` is its side of a score."""
        text, start, end = self._text, figure["start_char"], figure["end_char"]
        left = self._words(text[max(place[0], start - _WINDOW_CHARS) : start])[-_WINDOW_WORDS:]
        right = self._words(text[end : min(place[1], end + _WINDOW_CHARS)])[:_WINDOW_WORDS]
        # A counted noun that a glossary has is English by now.
        inner = (self._words if figure.get("native_noun") else base_words)(figure["counted"] or "")
        around = self._read_sentence(place)
        numbered = (
            None if figure["counted"] else read_numbered(text[max(place[0], start - _WINDOW_CHARS) : start])
        )
        return {
            **_own_sets(figure, kind, (left, inner, right), numbered),
            "window": freeze(choose_telling((*left, *right, *inner))),
            "sentence": around.words,
            "close": freeze(choose_telling((*left[-3:], *right[:3]))),
            "before": freeze(left[-1:]),
            "after": freeze(right[:1]),
            "capitals": self._capitals(start, end, place),
            "near_names": self._people(start - _NEAR_NAME, end + _NEAR_NAME),
            "sentence_names": around.names,
            "entities": around.entities,
            "pair_sides": frozenset(pair[:1]) if pair else NO_WORDS,
            "times": around.times,
            "wholes": read_whole(text[place[0] : start], is_rate=bool(figure["per"])),
            "norms": read_norm(text[place[0] : start], text[end : place[1]])
            if kind != "age"
            else read_then(text[place[0] : start], text[end : place[1]]),
            "dimensions": read_dimension(
                figure["surface"], text[max(place[0], start - _WINDOW_CHARS) : start], text[end : place[1]]
            )
            if kind == "measure"
            else NO_WORDS,
            "differences": read_difference(
                kind, text[max(place[0], start - _WINDOW_CHARS) : start], text[end : place[1]]
            ),
            "sides": classes_of("sides", left),
            "shares": read_share(figure, text[end : place[1]]) if kind == "percent" else NO_WORDS,
        }

    def _read_sentence(self, place: tuple[int, int]) -> _Sentence:
        if place not in self._sentences:
            text = self._text[slice(*place)]
            self._sentences[place] = _Sentence(
                freeze(choose_telling(self._words(text))),
                self._people(*place),
                freeze([row["entity_id"] for row in self._within(*place) if row["entity_id"]]),
                freeze(_TIMES.findall(text)),
            )
        return self._sentences[place]

    def _within(self, start: int, end: int) -> Sequence[Row]:
        return self._names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _people(self, start: int, end: int) -> frozenset[str]:
        return freeze(
            [
                row["surface"].split()[-1].lower()
                for row in self._within(start, end)
                if row["entity_type"] == "person"
            ]
        )

    def _capitals(self, start: int, end: int, place: tuple[int, int]) -> frozenset[str]:
        """Words with a capital nearby that do not begin a sentence."""
        before = self._text[max(place[0], start - 60) : start]
        around = _SENTENCE_START.sub(
            _BEFORE_CAPITAL, before + "  " + self._text[end : min(place[1], end + 50)]
        )
        return freeze(choose_telling([word.lower() for word in _CAPITALS.findall(around)]))


def _own_sets(
    figure: Row, kind: str, words: tuple[list[str], list[str], list[str]], numbered: str | None
) -> dict[str, frozenset[str]]:
    """What the figure's own columns say; `words` are those before it, of its noun and after it, `numbered` what it is the
    number of."""
    left, inner, right = words
    said = numbered or figure["measured"] or ""
    is_named = figure["measured_entity_id"] and not numbered
    measured = [] if is_named or said.lower() in _PRONOUNS else base_words(said)
    own = head_noun(figure["counted"])
    if kind == "count" and own and not numbered:
        measured = []  # "a boy faces two counts": the boy is no count
    counted = measured if numbered else measured[-1:]
    nouns = freeze([thing_of(noun) for noun in (own, *counted) if noun and noun not in _AMOUNTS])
    told = _read_roles(tuple(figure["roles"] or ()))
    strict = told["role_words"].union(inner, measured)
    spoken = nouns.union(inner, measured, right[:2] if kind == "age" else ())
    persons = members_of("persons", spoken)
    predicates = _hold(figure["predicate"])
    about = strict | nouns | predicates
    return {
        "nouns": nouns,
        "persons": persons,
        "genders": classes_of("genders", persons),
        "ages": classes_of("ages", persons),
        "kin": members_of("kin", persons),
        "outcomes": classes_of("outcomes", strict),
        "near_outcomes": classes_of("outcomes", strict.union(left[-4:], right[:4])),
        "frames": classes_of("frames", about),
        "near_frames": classes_of("frames", about.union(left[-4:], right[:4])),
        **told,
        "predicates": predicates,
        "measured": freeze(measured),
        "per": _hold(figure["per"] or _RATES.get((figure["unit"] or "").partition("/")[2])),
        "units": _hold(figure["unit"] or ""),
    }


@lru_cache(maxsize=_MOST_KEPT)
def _read_roles(roles: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """The sets that are read from a figure's roles alone."""
    return {
        "roles": freeze(roles),
        "role_words": freeze([role.partition(":")[2] for role in roles]),
        "active": freeze([role[5:] for role in roles if role.startswith("subj:")]),
        "passive": freeze([role[4:] for role in roles if role.startswith("obj:")]),
        "qualities": freeze([role.partition(":")[2] for role in roles if role.startswith(_QUALITIES)]),
    }


@lru_cache(maxsize=_MOST_KEPT)
def _hold(word: str | None) -> frozenset[str]:
    return NO_WORDS if word is None else frozenset([word])
