"""Which way a length is measured: how long, high, deep or wide something is, or how far away."""

from __future__ import annotations

import re

from tasks.group.questions.words.lexicon import NO_WORDS, freeze

_WORDS = {
    "long": "long", "length": "long", "high": "high", "tall": "high", "height": "high", "deep": "deep", "depth": "deep",
    "wide": "wide", "width": "wide", "across": "wide", "diameter": "wide", "away": "away", "apart": "away", "off": "away",
    "distance": "away", "from": "away", "north": "away", "south": "away", "east": "away", "west": "away",
}  # fmt: skip
_AFTER = re.compile(
    r"\)?[ -](?:in )?(long|length|high|tall|height|deep|depth|wide|width|across|diameter|away|apart|off|from|north|south|east|west)\b"
)
_BEFORE = re.compile(r"\b(length|height|depth|width|diameter|distance) (?:of|was|is) (?:[a-z]+ ){0,2}$")
_OF_THING = re.compile(r"-[a-z]+$")  # "133-metre ship"
_OF_THINGS = frozenset({"long", "high", "deep"})


def read_dimension(surface: str, before: str, after: str) -> frozenset[str]:
    """The ways in which a length may be measured, by the words next to it; none where they do not say."""
    found = _AFTER.match(after) or _BEFORE.search(before)
    if found:
        return freeze([_WORDS[found[1]]])
    is_of_thing = _OF_THING.search(surface) and re.match(r" [a-z]", after)
    return _OF_THINGS if is_of_thing else NO_WORDS
