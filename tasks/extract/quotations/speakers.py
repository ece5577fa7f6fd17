"""A speaker as rows give it: surface and place, the entity behind it, and whether it stays unnamed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.outcomes import Row
from tasks.extract.document import Document
from tasks.extract.quotations.anonymous import is_anonymous
from tasks.extract.quotations.reports import Report

_SINGULAR = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_PLURAL = frozenset({"they", "them", "we", "it", "i", "you", "who"})


@dataclass(slots=True)
class Cast:
    """The mentions of an article, to find who stands at a place and whom "he" or "she" means."""

    document: Document
    mentions: Sequence[Row]
    _starts: list[int] = field(init=False)
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
        """The last person named before the place who may be of that gender, subjects of a sentence first."""
        place = bisect_left(self._starts, char)
        for row in reversed(self.mentions[max(0, place - 40) : place]):
            if row["entity_type"] != "person":
                continue
            known = self._genders.get(_key(row), gender)
            if known == gender:
                self._genders.setdefault(_key(row), gender)
                return row
        return None


def _key(row: Row) -> str:
    return str(row.get("entity_id") or row["surface"].split()[-1])


def speaker_values(cast: Cast, report: Report) -> dict[str, Any]:
    """The speaker columns of a quotation's row; the entity of a pronoun is the person it means."""
    start, end = report.speaker_start, report.speaker_end
    surface = cast.document.text[start:end]
    gender = _SINGULAR.get(surface.lower())
    if gender:
        mention = cast.person_before(start, gender)
    else:
        mention = cast.mention_in(start, end)
    named = mention is not None or surface.lower() in _PLURAL
    return {
        "speaker": surface,
        "speaker_start_char": start,
        "speaker_end_char": end,
        "speaker_entity_id": mention.get("entity_id") if mention else None,
        "is_anonymous": is_anonymous(surface, mention) if not gender else False and named,
    }
