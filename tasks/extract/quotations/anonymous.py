"""Speakers who are described and not named: "a senior official", "people close to the talks"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from core.outcomes import Row

_TAIL = re.compile(
    r"\s(?:of|for|at|in|from|with|close|familiar|who|on|within|inside|to|around|behind|under|near|loyal|critical|by"
    r"|opposed|allied|aligned|linked|representing|supporting|backing|advising|defending|working|speaking)\s"
)
_SOME_OF = re.compile(
    r"^(?:one|two|three|four|some|several|many|most|both|all|an?\s(?:few|number|couple|group|handful|pair))\sof\s",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"[^\W\d_]{3}(?:ed|ing)\Z")
_WORD = re.compile(r"[^\W\d_]+")
# "A nurse, who", "One senior port official told"; a capital behind the noun, or behind a comma, begins a name.
_SUBJECT_WORDS = re.compile(r"\W{0,3}(?:[Aa]n?|[Oo]ne|[Aa]nother)((?:\s[\w’'-]+){1,6})")
_LETTERED = re.compile(r"\W{0,3}([A-Z][a-z]+)\s(?:No\.?\s\d+|[A-Z]|\d+)\b")  # "Juror No. 6", "Witness B"
_NAME_BEHIND = re.compile(r"(?:\s(?:of|for|at|from|in|with|who|whose)\s[^,.]{1,80})?,?\s[A-Z]")


@cache
def anonymous_words() -> dict[str, Any]:
    """The contents of anonymous.toml."""
    return tomllib.loads((Path(__file__).parent / "anonymous.toml").read_text(encoding="utf-8"))


def is_anonymous(surface: str, named: Row | None) -> bool:
    """True for a person or people described by what they are; False for a name, a pronoun, an institution.

    `named` is the mention that is the speaker (see described.py). What counts else is the head, the last noun
    before "of", "for", "at", "in", "with" or "familiar".
    """
    if named is not None and named["entity_type"] == "person":
        return False
    words = _WORD.findall(_TAIL.split(_SOME_OF.sub("", surface))[0].replace("-in-law", ""))
    if not words:
        return False
    if any(noun.lower() in person_nouns() and _PARTICIPLE.search(word) for noun, word in pairwise(words)):
        return True  # "a person briefed on the plan"
    return words[-1].lower() in person_nouns() | set(anonymous_words()["pronouns"].split())


@cache
def adjectives() -> frozenset[str]:
    """Words before a name that tell of the person and are no noun."""
    return frozenset(anonymous_words()["adjectives"].split())


@cache
def link_heads() -> frozenset[str]:
    """Words before a colon or a verb that are the head of a link or a box, in lower case."""
    return frozenset(
        part for line in anonymous_words()["no_speakers"].split("\n") for part in line.split("|")
    )


@cache
def body_nouns() -> frozenset[str]:
    """Common nouns of bodies and papers that speak without a name ("the hospital", "court records"), in lower case."""
    return frozenset(anonymous_words()["bodies"].split())


@cache
def person_nouns() -> frozenset[str]:
    """Common nouns of people who speak, in lower case, singular and plural."""
    return frozenset(anonymous_words()["people"].split())


def find_unnamed_subject(sentence: str) -> str | None:
    """The noun, in lower case, of a person without a name that a sentence begins with: "A nurse, who asked ...", "One driver told".

    None if a name follows right behind it ("A nurse, Ada Orr, said"): that is the person's.
    """
    lettered = _LETTERED.match(sentence)
    if lettered is not None and lettered[1].lower() in person_nouns():
        return lettered[1].lower()
    found = _SUBJECT_WORDS.match(sentence)
    for word in _WORD.finditer(sentence, found.start(1), found.end(1)) if found else ():
        if word[0].lower() in person_nouns():
            return None if _NAME_BEHIND.match(sentence, word.end()) else word[0].lower()
    return None
