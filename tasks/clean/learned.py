"""Lines that an outlet repeats over its articles: boilerplate that no phrase list knows."""

from __future__ import annotations

import hashlib
import re

from tasks.clean.draft import Draft

_NUMBERS = re.compile(r"\d+")


def hash_line(text: str) -> str:
    """SHA-256 of a line, case-folded, each digit as 0, runs of whitespace as one space."""
    normal = " ".join(_NUMBERS.sub(lambda run: "0" * len(run.group()), text.casefold()).split())
    return hashlib.sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()


def take_learned(draft: Draft) -> None:
    """Lines that the outlet's earlier articles repeat (CleanOptions.learned_lines)."""
    if draft.learned:
        draft.remove([n for n in draft.kept if hash_line(draft.lines[n].text) in draft.learned], "learned")
