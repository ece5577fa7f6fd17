"""Speakers who are described and not named: "a senior official", "people close to the talks"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from core.outcomes import Row

_WORD = re.compile(r"[^\W\d_]+")


@cache
def anonymous_words() -> dict[str, Any]:
    """The contents of anonymous.toml."""
    return tomllib.loads((Path(__file__).parent / "anonymous.toml").read_text(encoding="utf-8"))


def is_anonymous(surface: str, mention: Row | None) -> bool:
    """True for a person or people told of by what they are; False for a name, a pronoun, an institution.

    A name inside the description ("a Biden administration official") does not name the speaker: what
    counts is the head, the last noun before "of", "for", "at", "in", "with" or "familiar".
    """
    head = re.split(r"\s(?:of|for|at|in|from|with|close|familiar|who|on|within|inside)\s", surface)[0]
    words = _WORD.findall(head)
    if not words:
        return False
    if mention is not None and mention["entity_type"] == "person" and words[-1] in mention["surface"]:
        return False
    return words[-1].lower() in person_nouns()


@cache
def person_nouns() -> frozenset[str]:
    """Common nouns of people who speak, in lower case, singular and plural."""
    return frozenset(anonymous_words()["people"].split())
