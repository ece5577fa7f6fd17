"""A speaker as rows give it: surface and place, the entity behind it, and whether it stays unnamed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.outcomes import Row
from tasks.extract.document import Document
from tasks.extract.quotations.anonymous import is_anonymous

_NEAR = 1_000  # characters within which "he" may mean the last speaker
_TITLE_GENDERS = {"Mr": "m", "Mrs": "f", "Ms": "f", "Miss": "f", "Sir": "m", "Lady": "f", "Lord": "m"}
_SINGULAR = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


@dataclass(slots=True)
class Cast:
    """The mentions of an article, to find who stands at a place and whom "he" or "she" means."""

    document: Document
    mentions: Sequence[Row]
    _starts: list[int] = field(init=False)
    _last_speaker: tuple[int, Row] | None = field(init=False, default=None)
    _genders: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.mentions = sorted(self.mentions, key=lambda row: row["start_char"])
        self._starts = [row["start_char"] for row in self.mentions]

    def mention_in(self, start: int, end: int) -> Row | None:
        """The mention that overlaps the span: a person first, else the last one (its head noun's)."""
        low = max(0, bisect_left(self._starts, start) - 1)
        found = []
        for row in self.mentions[low:]:
            if row["start_char"] >= end:
                break
            if row["end_char"] > start:
                found.append(row)
        people = [row for row in found if row["entity_type"] == "person"]
        return (people or found)[-1] if found else None

    def person_before(self, char: int, gender: str) -> Row | None:
        """Whom a pronoun means: the last speaker if he or she may be, else the first person of the
        nearest sentence before that names one of that gender.
        """
        last = self._last_speaker
        if last is not None and char - last[0] <= _NEAR and self._fits(last[1], gender):
            return last[1]
        place = bisect_left(self._starts, char)
        found: Row | None = None
        for row in reversed(self.mentions[max(0, place - 40) : place]):
            if row["entity_type"] != "person" or not self._fits(row, gender):
                continue
            sentence = self.document.sentence_at(row["start_char"]).number
            if found is not None and sentence != self.document.sentence_at(found["start_char"]).number:
                break
            found = row
        return found

    def remember(self, row: Row, char: int, gender: str | None) -> None:
        """Keeps who spoke last, and the gender that a pronoun told."""
        if row["entity_type"] == "person":
            self._last_speaker = (char, row)
            if gender:
                self._genders.setdefault(_key(row), gender)

    def _fits(self, row: Row, gender: str) -> bool:
        title = _TITLE_GENDERS.get(str(row.get("role") or "").split(" ")[0].rstrip("."))
        return self._genders.get(_key(row), title or gender) == gender


def _key(row: Row) -> str:
    return str(row.get("entity_id") or row["surface"].split()[-1])


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
