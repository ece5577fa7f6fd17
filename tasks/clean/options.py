"""The options of the cleaning stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.outlets import Outlet


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """Everything cleaning needs beside the captures.

    `outlets` are by key; an unknown key means an outlet without settings. A body with fewer than `min_words` or more
    than `max_words` words is no article. `learned_lines` holds, by outlet, the SHA-256 of lines that its articles
    repeat (see learned.py). With `counts_lines` the stage also makes rows of `line_statistics`.
    """

    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    min_words: int = 25
    max_words: int = 50_000
    learned_lines: Mapping[str, frozenset[str]] = field(default_factory=dict)
    counts_lines: bool = False

    def outlet(self, key: str) -> Outlet:
        """The outlet with that key, or one without settings."""
        return self.outlets.get(key) or _bare_outlet(key)


def _bare_outlet(key: str) -> Outlet:
    return Outlet.model_construct(key=key)
