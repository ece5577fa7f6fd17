"""Which names are persons' and which are those of desks, outlets and other bodies."""

from __future__ import annotations

import re
from functools import cache

from tasks.clean.words.agencies import agency_forms
from tasks.clean.words.word_lists import word_set

NAME_WORD = re.compile(r"[^\W\d_][\w'’.\-·]*")
_CASELESS = re.compile(
    r"[\u0600-\u06ff\u0590-\u05ff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0900-\u0dff]"
)


def is_person(name: str) -> bool:
    """Whether a cleaned name looks like a person's: two to five words, none that only bodies have."""
    folded = name.casefold()
    if folded in agency_forms():
        return False
    words = NAME_WORD.findall(name)
    if is_caseless(name):
        return 1 <= len(words) <= 4 and not any(word in folded for word in body_words())
    if not 2 <= len(words) <= 5 or any(char.isdigit() for char in name):
        return False
    folds = [word.casefold().rstrip(".") for word in words]
    if any(word in body_words() for word in folds) or folds[0] in _no_first_words():
        return False
    if folds[-1] in word_set("bylines", "job_words") - word_set("bylines", "role_openers"):
        return False
    return all(_begins_large(word) or word.casefold() in word_set("bylines", "particles") for word in words)


def _begins_large(word: str) -> bool:
    """Whether a word begins with a capital, also behind "d'" or "o'"."""
    return word[0].isupper() or (len(word) > 2 and word[1] in "'’" and word[2].isupper())


def is_caseless(text: str) -> bool:
    """Whether a text is written in a script without capitals (Arabic, Hebrew, Thai, Han, kana, Hangul, Indic)."""
    return _CASELESS.search(text) is not None


def is_body(name: str) -> bool:
    """Whether a name holds a word that only the names of desks, outlets and other bodies do."""
    return any(word.casefold().rstrip(".") in body_words() for word in NAME_WORD.findall(name))


@cache
def _no_first_words() -> frozenset[str]:
    """Words that no name begins with: roles and "and"."""
    return word_set("bylines", "role_openers") | word_set("bylines", "and")


@cache
def body_words() -> frozenset[str]:
    """Words that only the names of desks, outlets and other bodies hold."""
    return word_set("bylines", "body_words")
