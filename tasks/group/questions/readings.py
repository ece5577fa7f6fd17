"""Readings of a question: figures with their articles, how they compare with each other, and the sources behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.outcomes import Row
from tasks.group.questions.answers import Mention
from tasks.group.questions.lexicon import base_words
from tasks.group.questions.verdicts import (
    AGREE,
    CONFLICT,
    OVERLAP,
    SOURCES,
    SUSPECT,
    UPDATE,
    VAGUER,
    judge_pair,
    reading_interval,
)

ReadingKey = tuple[str, int, int]  # of a reading: article_id, start_char, end_char

# A later report replaces an earlier one only if this lies between them.
_LATER_HOURS = 6.0
_HOUR = timedelta(hours=1)
# Verdicts by how far a reading is from the reading that is nearest to it.
_NEAREST_FIRST = (AGREE, OVERLAP, VAGUER, UPDATE, SOURCES, CONFLICT, SUSPECT)


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article of the story: its row of `articles` and its rows of the child tables."""

    article: Row
    figures: Sequence[Row]
    mentions: Sequence[Row]
    sentences: Sequence[Row]
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure that answers a question, with its article."""

    mention: Mention
    kind: str
    article: StoryArticle

    @property
    def outlet(self) -> str:
        """Who printed it."""
        return str(self.article.article["outlet"])

    @property
    def voice(self) -> str:
        """Who speaks where the figure names no source: the agency whose report it is, else the outlet."""
        return self.article.article.get("agency") or self.outlet

    @property
    def published(self) -> datetime | None:
        """When, where that is known."""
        return self.article.article.get("published_at")

    @property
    def key(self) -> ReadingKey:
        """The key of its row."""
        figure = self.mention.figure
        return figure["article_id"], figure["start_char"], figure["end_char"]

    @property
    def source_words(self) -> frozenset[str]:
        """The telling words of who says the number."""
        words = base_words(self.mention.figure["attributed_to"] or "")
        return frozenset(word for word in words if word not in ("the", "a", "an", "of", "for", "in"))


def judge_reading(reading: Reading, readings: Sequence[Reading]) -> str | None:
    """How the reading stands to the nearest of other outlets' readings; None where no other outlet answers."""
    found = {judge_readings(reading, other)[0] for other in readings if other.outlet != reading.outlet}
    return next((verdict for verdict in _NEAREST_FIRST if verdict in found), None)


def judge_readings(one: Reading, other: Reading) -> tuple[str, str]:
    """The verdict on two readings, and why, in words."""
    verdict, why = judge_pair(one.mention, other.mention, one.kind)
    if verdict != CONFLICT:
        return verdict, why
    if one.published and other.published and one.kind != "age":
        earlier, later = (one, other) if one.published <= other.published else (other, one)
        hours = (later.published - earlier.published) / _HOUR  # type: ignore[operator]
        if hours >= _LATER_HOURS and _grows(earlier, later):
            return UPDATE, f"{why}, but one was published {hours:.0f} hours later"
    if _have_other_sources(one, other):
        said = [reading.mention.figure["attributed_to"] for reading in (one, other)]
        return SOURCES, f"{why}; one is said by {said[0]}, the other by {said[1]}"
    return verdict, why


def _grows(earlier: Reading, later: Reading) -> bool:
    """A count of the dead only grows; money and measures can be set anew either way."""
    if earlier.kind == "count":
        first, last = (
            reading_interval(earlier.mention, earlier.kind),
            reading_interval(later.mention, later.kind),
        )
        return last.low > first.low
    return True


def _have_other_sources(one: Reading, other: Reading) -> bool:
    """Whether each says who says its number, and these are not one."""
    ours, theirs = one.source_words, other.source_words
    if not ours or not theirs:
        return False
    ids = one.mention.figure["attributed_entity_id"], other.mention.figure["attributed_entity_id"]
    return ids[0] != ids[1] if None not in ids else not ours & theirs


def count_sources(readings: Sequence[Reading]) -> int:
    """Different sources: who is named for the number, else the agency or the outlet. A copy has none of its own.

    Sources that share a telling word ("police", "city police") are one.
    """
    own = [reading for reading in readings if not reading.article.is_copy] or list(readings[:1])
    named: list[frozenset[str]] = []
    ids: set[str] = set()
    voices = set()
    for reading in own:
        words, entity_id = reading.source_words, reading.mention.figure["attributed_entity_id"]
        if not words:
            voices.add(reading.voice)
        elif entity_id in ids or any(words & known for known in named):
            continue
        else:
            named.append(words)
            ids |= {entity_id} - {None}
    speaking = {reading.voice for reading in own if reading.source_words}
    return len(named) + len(voices - speaking)
