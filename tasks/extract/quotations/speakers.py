"""A speaker as rows give it: surface and place, the entity behind it, and whether it stays unnamed."""

from __future__ import annotations

from typing import Any

from tasks.extract.quotations.anonymous import is_anonymous
from tasks.extract.quotations.cast import Cast

_SINGULAR = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


def speaker_values(cast: Cast, start: int, end: int) -> dict[str, Any]:
    """The speaker columns of a quotation's row; the entity of a pronoun is the person it means."""
    surface = cast.document.text[start:end]
    gender = _SINGULAR.get(surface.lower())
    mention = cast.person_before(start, gender) if gender else cast.mention_in(start, end)
    if mention is not None:
        cast.remember(mention, start, gender)
    return {
        "speaker": surface,
        "speaker_start_char": start,
        "speaker_end_char": end,
        "speaker_entity_id": mention.get("entity_id") if mention else None,
        "is_anonymous": not gender and is_anonymous(surface, mention),
    }
