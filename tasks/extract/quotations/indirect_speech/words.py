"""The words of indirect speech, and what one piece of it is."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tasks.extract.quotations.anonymous import body_nouns, person_nouns
from tasks.extract.quotations.cues import message_nouns

MIN_WORDS = 4


@dataclass(frozen=True, slots=True)
class IndirectSpeech:
    """Half-open offsets of the clause, the speaker and the verb."""

    start_char: int
    end_char: int
    speaker_start: int
    speaker_end: int
    cue_start: int
    cue_end: int


@cache
def indirect_rules() -> dict[str, Any]:
    """The contents of words.toml; lists of words as sets."""
    rules = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    return {
        name: frozenset(value.split()) if isinstance(value, str) else value for name, value in rules.items()
    }


@cache
def speaking_nouns() -> frozenset[str]:
    """Common nouns of those who speak in the reporter's words: people, bodies, papers."""
    return person_nouns() | body_nouns() | message_nouns()
