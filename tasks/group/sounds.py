"""Names by their consonants, so that a name is the same in Latin, Cyrillic, Greek and Katakana letters.

Vowels differ from language to language ("Khabarovsk", "Chabarowsk", "Хабаровск") and consonants less. What is left is rough: it
is meant for rare words that two texts share, and never for an id.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from tasks.group.word_memory import WordMemory, split_pieces

# Shorter words and shorter skeletons are alike by chance.
FEWEST_LETTERS = 4
FEWEST_SOUNDS = 3
_WORD = re.compile(rf"[^\W\d_]{{{FEWEST_LETTERS},}}")
_KATAKANA = re.compile(r"[ァ-ヺー]{3,}")
_LETTER = re.compile(r"KATAKANA LETTER (?:SMALL )?([A-Z]+)$")
_VOWELS = re.compile(r"[aeiouyh]+")
_GLIDE = re.compile(r"u(?=[aeio])")
_TWICE = re.compile(r"(.)\1+")


def find_name_sounds(*texts: str) -> Iterator[str]:
    """The skeleton of each word with a capital, and of each word in Katakana; acronyms are left out."""
    pieces = list(filter(None, map(_pieces.__getitem__, chain.from_iterable(map(split_pieces, texts)))))
    yield from chain.from_iterable(found.words for found in pieces)
    yield from chain.from_iterable(found.katakana for found in pieces)


class _Sounds(NamedTuple):
    """The skeletons in a piece of text without spaces."""

    words: list[str]
    katakana: list[str]


def _read_piece(piece: str) -> _Sounds | None:
    names = [word for word in _WORD.findall(piece) if word[0].isupper() and not word.isupper()]
    found = [
        [skeleton for word in words if (skeleton := _skeletons[word])]
        for words in (names, _KATAKANA.findall(piece))
    ]
    return _Sounds(*found) if any(found) else None


def read_sounds(word: str) -> str:
    """The skeleton of a word: its first letter, any vowel as "a", then its consonants; empty if too little is left."""
    latin = _GLIDE.sub("w", _spell_katakana(word)) if _KATAKANA.match(word) else _spell_latin(word)
    for spelling, sound in _tables()["sounds"].items():
        latin = latin.replace(spelling, sound)
    if not latin:
        return ""
    first = "a" if latin[0] in "aeiouy" else latin[0]
    skeleton = _TWICE.sub(r"\1", first + _VOWELS.sub("", latin[1:]))
    return skeleton if len(skeleton) >= FEWEST_SOUNDS else ""


def _spell_latin(word: str) -> str:
    letters = _letters()
    plain = unicodedata.normalize("NFD", "".join(letters.get(char, char) for char in word.lower()))
    return "".join(letters.get(char, char) for char in plain if "a" <= char <= "z" or char in letters)


def _spell_katakana(word: str) -> str:
    names = (_LETTER.match(unicodedata.name(char, "")) for char in word)
    return "".join(name[1].lower() for name in names if name)


@cache
def _letters() -> dict[str, str]:
    return {
        letter: latin
        for latin, letters in _tables()["letters"].items()
        for letter in letters.replace(" ", "")
    }


@cache
def _tables() -> dict[str, dict[str, str]]:
    found: dict[str, Any] = tomllib.loads(Path(__file__).with_name("sounds.toml").read_text(encoding="utf-8"))
    return found


_skeletons = WordMemory(read_sounds, 100_000)
_pieces = WordMemory(_read_piece, 100_000)
