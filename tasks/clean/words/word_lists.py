"""The word lists of `words/`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def read_words(name: str) -> dict[str, Any]:
    """What `words/{name}.toml` says."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """One list of a file as a set, case folded."""
    return frozenset(word.casefold() for word in read_words(name)[key])
