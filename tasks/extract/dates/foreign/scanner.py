"""Expressions of time of one text in another language than English, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.extract.dates.base.intervals import Found
from tasks.extract.dates.foreign.items import CORE
from tasks.extract.dates.foreign.stretches import StretchReader
from tasks.extract.languages.words import WordTables
from tasks.extract.numerals import Token

_CUES = frozenset(
    ["THE", "CUE", "MCUE", "OF", "AT", "ATH", "FROM", "SINCE", "TILL", "TO", "TOX", "BETWEEN", "AND", "AM"]
)
_AWAY_CUES = frozenset({"IN", "AGOB", "LATER", "EARLIER", "MIDDLE", "START", "END", "MINUS", "PLUS"})


class DateScanner(StretchReader):
    """Finds the expressions of time in one text."""

    def scan(self) -> Iterator[Found]:
        """The expressions, left to right, none overlapping the one before; spans in tokens."""
        near = self._near()
        i = 0
        while i < len(self._items):
            found = self._parse_at(i) if near[i] and self._items[i].cats else None
            if found is None or self._is_name(found):
                i += 1
                continue
            start, end = self._trim(found)
            yield replace(found, start=self._items[start].start, end=self._items[end - 1].end)
            i = found.end

    def _is_name(self, found: Found) -> bool:
        """ "en Mayo Clinic": a month in capitals, alone before another capital, where months are small."""
        start, end = self._trim(found)
        partial = found.partial
        if partial is None or partial.day or partial.year or self._words.plain_months:
            return False
        token, after = self._tokens[self._items[start].start], self._items[end - 1].end
        following = self._tokens[after] if after < len(self._tokens) else None
        has_capital = token.is_capitalized and not token.text.isupper() and following is not None
        return has_capital and following is not None and following.kind == "word" and following.is_capitalized

    def _near(self) -> list[bool]:
        """For each item, whether a word that only time has is in its run, from there on."""
        near = [False] * len(self._items)
        is_near = False
        for i in range(len(self._items) - 1, -1, -1):
            cats = self._items[i].cats
            is_near = bool(cats) and (
                is_near
                or not CORE.isdisjoint(cats)
                or self._is_dotted_hour(i)
                or self._is_bare_decade(i)
                or ("Y2" in cats and self._has(i - 1, "DECADE"))
            )
            near[i] = is_near
        return near

    def _is_dotted_hour(self, i: int) -> bool:
        """ "alle 9.30,": digits that are a clock time behind a word for hours, where nothing follows that they count."""
        is_hour = self._has(i, "HHMM") and self._has(i - 1, "ATH")
        if not is_hour or not self._is_no_noun(i + 1):
            return False
        return bool(self._language.figures.get("capital_nouns")) or self._may_stand(i + 1)

    def _trim(self, found: Found) -> tuple[int, int]:
        """Without joints and cues at the begin, and without a stop at the end."""
        start, end = found.start, found.end
        while start < end - 1 and self._is_cue(start, found):
            start += 1
        while end - 1 > start and (
            "DOT" in self._items[end - 1].cats or "COMMA" in self._items[end - 1].cats
        ):
            end -= 1
        return start, end

    def _is_cue(self, i: int, found: Found) -> bool:
        """A preposition or article; "en" belongs to "en tres días" and not to "en mayo"."""
        cats = self._items[i].cats.keys()
        is_day = found.partial is not None or self._has(self._skip(i + 1, "OF", "THE", "CUE"), "HOL")
        return bool(cats) and cats <= (_CUES | _AWAY_CUES if is_day else _CUES)

    def _parse_at(self, i: int) -> Found | None:
        found = (
            self._parse_hours(i),
            self._parse_range(i),
            self._parse_days_of_month(i),
            self._parse_single(i),
        )
        return max((f for f in found if f is not None), key=lambda f: f.end, default=None)

    def _parse_single(self, i: int) -> Found | None:
        point = self._point(i)
        if point is None:
            return None
        return point.to_found() if point.day is not None or point.clock is not None else None


def scan_dates(text: str, tokens: Sequence[Token], language: WordTables) -> Iterator[Found]:
    """The expressions of time of a text in that language, in reading order."""
    return DateScanner(text, tokens, language).scan()
