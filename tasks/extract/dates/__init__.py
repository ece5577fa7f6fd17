"""Dates: every expression of time of an article, resolved to UTC against its publication.

Conventions:
- Intervals are half-open and in UTC. A day is the day of the outlet's zone (`Document.time_zone`);
  a zone in the text ("3:30 p.m. EST") goes before it.
- Weeks begin on Monday. A part of the day has the hours of calendar.toml; a clock time lasts one minute,
  a full hour one hour, since that is how fine it is said.
- anchor explicit: complete in itself. published: counted from publication ("Thursday", "Dec. 7").
  previous: counted from the date said before ("two days earlier"), within two sentences.
- What cannot be resolved keeps its row, with an empty start or end.
- "The past two months" holds a length, which is a figure, and its place, which is a date: since no
  character belongs to both, the date's surface is "the past" and its interval has the length.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.outcomes import Row
from tasks.extract.dates.base.intervals import Found, Interval, Reference, Tense
from tasks.extract.dates.base.resolvers import resolve_unknown
from tasks.extract.dates.base.tense import tense_at
from tasks.extract.dates.english import scan_english
from tasks.extract.dates.foreign import scan_dates
from tasks.extract.dates.foreign.tense import tells_past
from tasks.extract.document import Document
from tasks.extract.languages.tokens import cut
from tasks.extract.languages.words import language_of
from tasks.extract.numerals import Token, lex

__all__ = ["DateReading", "find_dates"]

_PREVIOUS_SENTENCES = 2
_SETS_OFF = frozenset(",–—-(")
_CLOSES = frozenset(",.;:)–—-")
_GOES_ON = frozenset({"and", "but", "when", "with", "at", "in"})
_REPORTS = frozenset({"said", "says", "told", "announced", "confirmed", "reported", "added", "saying"})
_REPORT_REACH = 7  # tokens
_SINCE_REACH = 24  # characters
_STAMPS = frozenset({"updated", "posted", "published", "modified", "edited"})
_AS_ANCHOR = frozenset({"minute", "hour", "part_of_day", "day"})


def find_dates(document: Document) -> list[Row]:
    """Rows of `dates` in reading order, none overlapping another."""
    return DateReading(document).rows


class DateReading:
    """The expressions of time of one article, found once, and their rows.

    What a date without a year or a week means hangs on the tense of its clause. Without a parse the words around it tell; once
    sentences have a parse, `settle` reads it.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._is_english = document.language.split("-")[0] == "en"
        if self._is_english:
            self._tokens: Sequence[Token] = lex(document.text, document.language)
            self._found = list(scan_english(self._tokens, _writes_day_first(document.time_zone)))
        else:
            language = language_of(document.language)
            self._tokens = cut(document.text, language)
            self._found = list(scan_dates(document.text, self._tokens, language))
        self._tenses = [self._tense_of(one) for one in self._found]
        self._sure = [False] * len(self._found)
        self.rows = self._make_rows()

    def _tense_of(self, found: Found) -> Tense | None:
        """The tense that the words around an expression tell; in other languages than English only of what was: "seit Montag", "fielen am Montag"."""
        if self._is_english:
            return tense_at(self._tokens, found.start, found.end)
        start = self._tokens[found.start].start
        before = self._document.text[max(0, start - _SINCE_REACH) : start].lower().split()
        since = language_of(self._document.language).dates.get("since_then", ())
        if any(before[-len(words) :] == words for words in map(str.split, since)):
            return "past"
        is_bare_day = found.granularity == "day" and found.anchor == "published" and found.partial is None
        end = self._tokens[found.end - 1].end
        language = self._document.language.split("-")[0]
        return "past" if is_bare_day and tells_past(self._document.text, start, end, language) else None

    def settle(self, tense_of: Callable[[Row], Tense | Literal["open"] | None]) -> None:
        """Resolves the dates again, in place, where the parse knows their tense, or that it is open. English only."""
        if not self._is_english:
            return
        parsed = [tense_of(row) for row in self.rows]
        settled = [_settle(own, told) for own, told in zip(parsed, self._tenses, strict=True)]
        sure = [own == "past" for own in parsed]
        if settled != self._tenses or sure != self._sure:
            self._tenses, self._sure = settled, sure
            for row, resolved in zip(self.rows, self._make_rows(), strict=True):
                row.update(resolved)

    def _make_rows(self) -> list[Row]:
        document, tokens = self._document, self._tokens
        zone = _zone(document.time_zone)
        moment = _local_moment(document, zone)
        rows: list[Row] = []
        previous: tuple[int, Interval] | None = None
        event: tuple[int, Interval] | None = None
        mentioned: Interval | None = None
        stretch: tuple[int, Interval] | None = None
        last_end, beside = 0, None
        for expression, tense, is_sure in zip(self._found, self._tenses, self._sure, strict=True):
            sentence = _sentence_number(document, tokens[expression.start].start)
            near = previous[1] if previous and sentence - previous[0] <= _PREVIOUS_SENTENCES else None
            same = previous[1] if previous and sentence == previous[0] else None
            long = stretch[1] if stretch and sentence - stretch[0] <= _PREVIOUS_SENTENCES else None
            happened = event[1] if event and sentence - event[0] <= _PREVIOUS_SENTENCES else near
            reference = Reference(moment, tense, near, same, mentioned, long, happened, is_sure)
            if expression.granularity in ("minute", "hour") and _is_stamp(tokens, expression.start):
                reference = Reference(moment)
            interval = _resolve(expression, reference)
            if (
                beside is not None
                and beside[0] == sentence
                and expression.anchor == "previous"
                and _is_set_off(tokens, last_end, expression)
            ):
                interval = beside[1]
            last_end = expression.end
            beside = None if interval is None else (sentence, interval)
            mentioned = interval or mentioned
            if interval is not None and interval.granularity in _AS_ANCHOR and interval.start is not None:
                previous = (sentence, interval)
                if (
                    event is None
                    or sentence - event[0] > _PREVIOUS_SENTENCES
                    or not _is_of_report(tokens, expression)
                ):
                    event = previous
                stretch = None
            elif interval is not None and expression.anchor != "previous" and interval.is_whole:
                stretch = (sentence, interval)
            rows.append(_make_row(document, tokens, expression, interval, zone))
        return rows


def _settle(parsed: Tense | Literal["open"] | None, told: Tense | None) -> Tense | None:
    if parsed == "open":
        return None if told == "past" else told
    return parsed or told


def _is_of_report(tokens: Sequence[Token], expression: Found) -> bool:
    """ "Police said on Sunday", "said at a news conference Sunday": the day of what was said."""
    for i in range(expression.start - 1, max(-1, expression.start - _REPORT_REACH), -1):
        if tokens[i].lower in _REPORTS:
            return True
        if tokens[i].kind != "word":
            return False
    return False


def _is_stamp(tokens: Sequence[Token], i: int) -> bool:
    """ "Updated at 3:05 p.m.": a time of the page, and not of what was told before."""
    while i and (tokens[i - 1].text == ":" or tokens[i - 1].lower == "at"):
        i -= 1
    return i > 0 and tokens[i - 1].lower in _STAMPS and tokens[i - 1].is_capitalized


def _resolve(expression: Found, reference: Reference) -> Interval | None:
    """The interval, or None where the calendar ends ("in 9,000 years")."""
    try:
        return expression.resolve(reference)
    except (OverflowError, ValueError):
        return None


def _is_set_off(tokens: Sequence[Token], last_end: int, expression: Found) -> bool:
    """Whether it only describes the date right before it: "on Wednesday morning, 14 hours later."."""
    if expression.start != last_end + 1 or tokens[last_end].text not in _SETS_OFF:
        return False
    if expression.resolve is resolve_unknown:
        return True  # "on 4 January - ten weeks before it told the regulator"
    following = tokens[expression.end] if expression.end < len(tokens) else None
    return (
        following is None
        or following.kind == "break"
        or following.text in _CLOSES
        or following.lower in _GOES_ON
    )


def _writes_day_first(time_zone: str) -> bool:
    """3/7 is March 7 in the Americas, and where nothing is known of the outlet; July 3 elsewhere."""
    return not time_zone.startswith(("America/", "US/", "UTC", "Etc/"))


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _local_moment(document: Document, zone: tzinfo) -> datetime | None:
    """Publication in the outlet's zone, naive. A bare day is that day in every zone."""
    published = document.published_at
    if published is None:
        return None
    if published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    if document.published_precision != "minute":
        return published.astimezone(UTC).replace(tzinfo=None)
    return published.astimezone(zone).replace(tzinfo=None)


def _sentence_number(document: Document, char: int) -> int:
    return document.sentence_at(char).number if document.sentences else 0


def _to_utc(moment: datetime | None, zone: tzinfo) -> datetime | None:
    if moment is None or not 2 <= moment.year <= 9998:
        return None
    return moment.replace(tzinfo=zone).astimezone(UTC)


def _make_row(
    document: Document, tokens: Sequence[Token], expression: Found, interval: Interval | None, zone: tzinfo
) -> Row:
    start, end = tokens[expression.start].start, tokens[expression.end - 1].end
    where = zone if interval is None or interval.zone is None else interval.zone
    return document.row(
        start,
        end,
        surface=document.text[start:end],
        starts_at=None if interval is None else _to_utc(interval.start, where),
        ends_at=None if interval is None else _to_utc(interval.end, where),
        granularity=expression.granularity if interval is None else interval.granularity,
        is_relative=expression.anchor != "explicit",
        anchor=(interval and interval.anchor) or expression.anchor,
    )
