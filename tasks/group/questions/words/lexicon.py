"""Words by what they say: outcomes, persons, genders, ages, kin; and base forms of running text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from tasks.extract.lemmas import base_form, plural_base
from tasks.group.word_memory import WordMemory

_TOKEN = re.compile(r"[A-Za-z][A-Za-z’'-]*|\d[\d,.:]*")
_IRREGULAR = frozenset({"shot", "found", "left", "slain", "struck", "held", "sold", "stolen", "lost"})
_FUNCTION = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "and",
        "or",
        "is",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "he",
        "she",
        "it",
        "they",
        "his",
        "her",
        "their",
        "its",
        "this",
        "that",
        "with",
        "for",
        "as",
        "by",
        "from",
        "who",
        "said",
        "say",
        "says",
    ]
)


NO_WORDS: frozenset[str] = frozenset()


def freeze(words: Iterable[str]) -> frozenset[str]:
    """The words as a set. All empty sets are one: a figure has dozens, and the garbage collector would walk each."""
    return frozenset(words) or NO_WORDS


@cache
def _tables() -> dict[str, dict[str, frozenset[str]]]:
    """Word to the classes that it belongs to, by table."""
    text = Path(__file__).with_name("classes.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, set[str]]] = {}
    for table, lists in tomllib.loads(text).items():
        words = tables.setdefault(table, {})
        for name, members in lists.items():
            for word in members:
                words.setdefault(word, set()).add(name)
    return {table: {w: frozenset(names) for w, names in words.items()} for table, words in tables.items()}


def classes_of(table: str, words: Iterable[str]) -> frozenset[str]:
    """The classes of a table that any of the words belongs to."""
    known = _tables()[table]
    found = [known[word] for word in words if word in known]
    return frozenset().union(*found) if found else NO_WORDS


def members_of(table: str, words: Iterable[str]) -> frozenset[str]:
    """Those of the words that the table knows."""
    known = _tables()[table]
    return freeze([word for word in words if word in known])


def thing_of(noun: str) -> str:
    """The kind of thing that a noun names: "home" of "house"; the noun itself where the table has it in no kind."""
    return next(iter(_tables()["things"].get(noun, ())), noun)


@cache
def _empty_words() -> frozenset[str]:
    text = Path(__file__).parents[2].joinpath("common_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return _FUNCTION | {word for line in lines for word in line.split()}


def base_of(word: str) -> str:
    """The base form of a word in running text, without tags: the same word always gives the same form."""
    return _bases[word]


def _find_base(word: str) -> str:
    lower = word.lower().replace("’", "'").removesuffix("'s")
    if lower.endswith(("ed", "ing")) or lower in _IRREGULAR:
        return base_form(lower, "VBN")
    return plural_base(lower)


def base_words(text: str) -> list[str]:
    """The base forms of a text's words and numbers, in order."""
    return list(map(_bases.__getitem__, _TOKEN.findall(text)))


def choose_telling(words: Iterable[str]) -> Iterable[str]:
    """Those of some base forms that say something of the event: no function words, no numbers."""
    return filter(_tells.__getitem__, words)


def _is_telling(word: str) -> bool:
    return len(word) > 2 and not word[0].isdigit() and word not in _empty_words()


_bases = WordMemory(_find_base, 50_000)
_tells = WordMemory(_is_telling, 50_000)


@lru_cache(maxsize=50_000)
def head_noun(phrase: str | None) -> str | None:
    """The base form of a phrase's head: "victim" of "male victims of the fire"; None for a pronoun."""
    if not phrase:
        return None
    front = re.split(r"\s+(?:of|from|in|for|at|on|by|with|who|that|which)\s", phrase.lower())[0]
    words = re.findall(r"[\w'’-]+", front)
    if not words:
        return None
    head = plural_base(words[-1]).rpartition("-")[2]
    return head if head and head not in ("them", "it", "us", "those", "these", "which", "one") else None
