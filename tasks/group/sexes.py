"""The sexes of the persons in a headline, by common nouns: "Man shot in ...", "Two women ..."."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from core.outcomes import Row

_WORD = re.compile(r"\w+")
_NONE: dict[str, str] = {}


def find_sexes(row: Row) -> frozenset[str]:
    """Which of "male" and "female" the headline tells of; empty in a language without words.

    The first sentences tell of both sexes too often: a woman died, and a boy survived.
    """
    sex_of = _words().get(str(row["language"] or "").split("-")[0].lower(), _NONE)
    return frozenset(sex_of[word] for word in _WORD.findall((row["title"] or "").lower()) if word in sex_of)


@cache
def _words() -> dict[str, dict[str, str]]:
    """The sex of each word, by language."""
    said = tomllib.loads(Path(__file__).with_name("sexes.toml").read_text(encoding="utf-8"))
    return {
        language: {word: sex for sex, words in sexes.items() for word in words.split()}
        for language, sexes in said.items()
    }
