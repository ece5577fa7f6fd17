"""What the cleaning stage is told by its flow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.outlets import Outlet


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """Everything cleaning needs beside the captures.

    `outlets` by key; an outlet that is not there is taken as a bare one. A body of fewer than
    `min_words` words is no article, nor is one of more than `max_words`. `learned_lines` holds, by
    outlet, SHA-256 of lines that its articles repeat (see learned.py). `default_language` (ISO 639-1)
    is taken where the text does not tell. With `counts_lines` the stage also gives rows of `line_statistics`, one count per article and line.
    """

    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    min_words: int = 25
    max_words: int = 50_000
    learned_lines: Mapping[str, frozenset[str]] = field(default_factory=dict)
    default_language: str | None = None
    counts_lines: bool = False

    def outlet(self, key: str) -> Outlet:
        """The outlet of that key, or a bare one."""
        return self.outlets.get(key) or _bare_outlet(key)


def _bare_outlet(key: str) -> Outlet:
    return Outlet.model_construct(key=key)
