"""Who says the number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.outcomes import Row

_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Aa]s (?:reported|stated|estimated) by)\s+((?:the |a |an )?[^,.;:\n]{2,70})"
)
_TAIL = re.compile(
    r"[,–—-]\s*((?:the |a |an )?[\w’'.& -]{2,50}?)\s+(?:said|says|told|reported|reports|announced|confirmed|added|wrote)\b"
)
_HEAD = re.compile(
    r"^\W*((?:the |a |an )?[\w’'.& -]{2,50}?)\s+(?:said|says|say|told|reported|announced|confirmed|estimated|believe)\b",
    re.IGNORECASE,
)
_COLON = re.compile(r"^((?:[Pp]olice|[Oo]fficials?|[Ss]heriff|[Rr]eports?|[Dd]eputies)):")
_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who", "that", "you"})


class SayerFinder:
    """Finds who an article lets say what stands at a place."""

    def __init__(self, text: str, quotations: Sequence[Row], mentions: Sequence[Row]) -> None:
        self._text = text
        self._quotations = quotations
        self._mentions = mentions

    def find(self, start: int, end: int, sentence: tuple[int, int]) -> tuple[str | None, str | None]:
        """(words, entity_id) of the quotation's speaker, else of "according to", else of "police said"."""
        for row in self._quotations:
            if row["start_char"] <= start and end <= row["end_char"] and row.get("speaker"):
                return row["speaker"], row.get("speaker_entity_id")
        body = self._text[sentence[0] : sentence[1]]
        for pattern in (_ACCORDING, _COLON, _TAIL, _HEAD):
            match = pattern.search(body)
            if match is not None and match[1].strip().lower() not in _PRONOUNS:
                return match[1].strip(), self._entity_at(
                    sentence[0] + match.start(1), sentence[0] + match.end(1)
                )
        return None, None

    def _entity_at(self, start: int, end: int) -> str | None:
        for row in self._mentions:
            if row["start_char"] < end and start < row["end_char"]:
                return str(row["entity_id"]) if row["entity_id"] else None
        return None
