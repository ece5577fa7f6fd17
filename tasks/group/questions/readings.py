"""Readings of a question: figures with their articles, how they compare with each other, and the sources behind them."""
# Why: see docs/decisions.md, "A question's verdict is between outlets, a reading's is its nearest".

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.outcomes import Row
from tasks.group.questions.answers import Mention
from tasks.group.questions.verdicts import (
    CONFLICT,
    SOURCES,
    UPDATE,
    judge_pair,
    reading_interval,
)
from tasks.group.questions.words.changes import FALLEN, GROWN, STATE, is_taken_back, tell_change
from tasks.group.questions.words.lexicon import base_words

ReadingKey = tuple[str, int, int]  # of a reading: article_id, start_char, end_char

# A later report replaces an earlier one only if this lies between them.
LATER_HOURS = 6.0
_HOUR = timedelta(hours=1)
_NOON = timedelta(hours=12)
# Sums that are raised without a word of change (words/classes.toml).
_PROMISED = frozenset({"gave", "offered", "reward", "raised"})
# What a number that changes from day to day is about (words/classes.toml).
_FALLING = frozenset({"missing", "treated", "trapped", "powerless", "moved"})
_GROWING = _FALLING | frozenset(
    [
        "dead",
        "hurt",
        "accused",
        "fled",
        "held",
        "rescued",
        "ruined",
        "flooded",
        "burned",
        "sick",
        "gathered",
        "cut",
    ]
)
_SPREADING, _LEVELS = frozenset({"burned", "rained"}), frozenset({"height"})
_LASTING = frozenset({"age", "score"})
_CLOCK_SLACK = 0.3  # of the time between two reports: a length that goes on is told in whole days
_SET_ANEW = frozenset({"money", "percent", "score"})


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


def judge_readings(one: Reading, other: Reading, is_series: bool = False) -> tuple[str, str]:
    """The verdict on two readings, and why, in words. `is_series` says that all numbers of their question are one series."""
    verdict, why = judge_pair(one.mention, other.mention, one.kind)
    if verdict == CONFLICT and is_series:
        return UPDATE, f"{why}, but from report to report the numbers go one way"
    return judge_conflict(one, other, why) if verdict == CONFLICT else (verdict, why)


def judge_conflict(one: Reading, other: Reading, why: str) -> tuple[str, str]:
    """What times and sources make of two readings that cannot both be true, and why, in words."""
    hours = hours_between(one, other)
    earlier, later = (one, other) if hours > 0 else (other, one)
    if abs(hours) >= LATER_HOURS:
        if told := _tell_update(earlier, later):
            return UPDATE, f"{why}, but {told}"
        are_two_estimates = one.kind in _SET_ANEW and judge_sources(one, other) == SOURCES
        if _can_change(earlier, later) and not are_two_estimates:
            return UPDATE, f"{why}, but one was published {abs(hours):.0f} hours later"
    if judge_sources(one, other) == SOURCES:
        said = [reading.mention.figure["attributed_to"] for reading in (one, other)]
        return SOURCES, f"{why}; one is said by {said[0]}, the other by {said[1]}"
    return CONFLICT, why


def hours_between(one: Reading, other: Reading) -> float:
    """Hours from one report to the other, below 0 if it is the later one; 0 where a time is unknown, or where only the
    days are known and they are the same."""
    first, second = one.published, other.published
    if first is None or second is None:
        return 0.0
    precisions = {reading.article.article.get("published_precision") for reading in (one, other)}
    if not precisions <= {"minute", None} and first.date() == second.date():
        return 0.0
    return (_likely_time(other, second) - _likely_time(one, first)) / _HOUR


def _likely_time(reading: Reading, published: datetime) -> datetime:
    """The time of a report; noon where only its day is known, which is told as midnight."""
    is_day = reading.article.article.get("published_precision") == "day"
    return published + _NOON if is_day else published


def _tell_update(earlier: Reading, later: Reading) -> str | None:
    """How the words of two reports say that the later number replaces the earlier one; None if they do not."""
    if _takes_back(later, earlier):
        return "the later report takes the earlier number back"
    if later.kind in _LASTING:
        return None
    first, last = (reading_interval(reading.mention, reading.kind) for reading in (earlier, later))
    if later.kind == "duration":
        passed = hours_between(earlier, later) * 3600
        is_by_clock = abs(last.low - first.low - passed) <= _CLOCK_SLACK * passed
        return "the time between the reports has been added" if is_by_clock else None
    way = GROWN if last.low > first.low else FALLEN
    if _changes_of(later) & {way, STATE}:
        return "the later report tells a change"
    return (
        "the earlier number was to grow" if way == GROWN and _changes_of(earlier) & {GROWN, STATE} else None
    )


def _takes_back(later: Reading, earlier: Reading) -> bool:
    """Whether a later report prints the earlier number as one that is no longer said: "up from 12"."""
    said, text = earlier.mention.figure, later.article.article["body_text"]
    return any(
        figure["value"] is not None
        and (figure["value"], figure["unit"]) == (said["value"], said["unit"])
        and is_taken_back(text[max(0, figure["start_char"] - 90) : figure["start_char"]])
        for figure in later.article.figures
    )


def _changes_of(reading: Reading) -> frozenset[str]:
    return tell_change(reading.mention.lead, reading.mention.tail)


def _can_change(earlier: Reading, later: Reading) -> bool:
    """A count of the dead only grows, that of the missing and of homes without power falls too; money and shares can be set
    anew either way. How many were aboard, what something measures, how long it lasted, how old somebody is, how a vote
    ended and what was paid stays as it is; but a fire spreads, and a river rises and falls."""
    if earlier.kind in ("count", "measure"):
        said = _words_of(earlier) & _words_of(later)
        if said & (_FALLING if earlier.kind == "count" else _LEVELS):
            return True
        first, last = (
            reading_interval(earlier.mention, earlier.kind),
            reading_interval(later.mention, later.kind),
        )
        return bool(said & (_GROWING if earlier.kind == "count" else _SPREADING)) and last.low > first.low
    if any(reading.mention.figure["counted"] == "votes" for reading in (earlier, later)):
        return False
    if earlier.kind == "money":
        return bool(_words_of(earlier) & _words_of(later) & _PROMISED)
    return earlier.kind in _SET_ANEW


def _words_of(reading: Reading) -> frozenset[str]:
    return reading.mention.sets["frames"] | reading.mention.sets["near_outcomes"]


def judge_sources(one: Reading, other: Reading) -> str:
    """Whether two readings that cannot both be true conflict by themselves or by their sources."""
    return SOURCES if _have_other_sources(one, other) else CONFLICT


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
