"""The span marked in a sentence, as the views `..._in_context` print it, taken apart again."""

from __future__ import annotations

from dashboard.model.questions import Marked


def part_marked(marked: str | None, surface: str) -> Marked:
    """Before, span and after. The span is `surface`, because the text itself can hold the marks."""
    if marked is None:
        return Marked("", surface, "")
    before, found, after = marked.partition(f"⟦{surface}⟧")
    return Marked(before, surface, after) if found else Marked("", marked, "")
