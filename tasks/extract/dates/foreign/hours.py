"""Clock times: "9.30 Uhr", "14h30", "a las siete menos cuarto", "halb acht", "8 pm"."""

from __future__ import annotations

from dataclasses import replace

from tasks.extract.dates.clocks import Clock
from tasks.extract.dates.foreign.periods import PeriodReader


class HourReader(PeriodReader):
    """Finds clock times."""

    def _clock(self, i: int, is_after_day: bool, is_range: bool) -> Clock | None:
        if self._has(i, "PART") and not self._has(i, "DAY", "NAMED"):
            return self._after_part(i, is_range)
        j = i
        while not self._has(j, "CLOCK", "HOUR", "HALFTO") and self._has(
            j, "AT", "ATH", "THE", "OF", "CUE", "MCUE"
        ):
            j += 1
        is_cued = j > i and any(self._has(k, "ATH") for k in range(i, j))
        clock = (
            self._exact_clock(j)
            or self._named_hour(j, is_cued, is_after_day)
            or self._spoken(j, is_cued or (is_range and False), is_after_day)
        )
        if clock is None:
            return None
        clock = self._with_half_day(clock)
        return replace(clock, start=i)

    def _after_part(self, i: int, is_range: bool) -> Clock | None:
        """ "下午3点半", "오후 3시", "शाम 5 बजे": the part of the day before the hour."""
        clock = self._clock(i + 1, False, is_range) if not self._has(i + 1, "PART") else None
        return clock and replace(clock.in_part(self._items[i].cats["PART"]), start=i)

    def _exact_clock(self, j: int) -> Clock | None:
        if self._has(j, "CLOCK"):
            hour, minute, second = self._items[j].cats["CLOCK"]
            return Clock(j, self._skip_mark(j + 1), hour, minute, second, is_sure=hour > 12 or hour == 0)
        if self._has(j, "HHMM") and self._has(j + 1, "OCLOCK"):
            hour, minute, second = self._items[j].cats["HHMM"]
            return Clock(j, j + 2, hour, minute, second, is_sure=hour > 12)
        return None

    def _skip_mark(self, j: int) -> int:
        return j + 1 if self._has(j, "OCLOCK") else j

    def _named_hour(self, j: int, is_cued: bool, is_after_day: bool) -> Clock | None:
        if not self._has(j, "NAMED"):
            return None
        return Clock(j, j + 1, self._items[j].cats["NAMED"], is_sure=True)

    def _spoken(self, j: int, is_cued: bool, is_after_day: bool) -> Clock | None:
        """ "8 Uhr 30", "sept heures et demie", "a las siete menos cuarto", "halb acht", "Viertel nach acht"."""
        turned = self._turned(j) if (is_cued or is_after_day) and self._words.minutes_first else None
        if turned is not None:
            return turned
        if is_cued and self._has(j, "ORD") and self._has(j + 1, "AM", "PM", "PART"):
            hour = self._items[j].cats["ORD"]  # "الساعة الثالثة مساء"
            return Clock(j, j + 1, hour) if 1 <= hour <= 12 else None
        if not self._has(j, "HOUR"):
            if self._has(j, "HHMM") and (is_cued or (is_after_day and self._has(j, "SPOKEN"))):
                hour, minute, _ = self._items[j].cats["HHMM"]
                return Clock(j, j + 1, hour, minute, is_sure=hour > 12)
            return None
        hour, end, minute = self._items[j].cats["HOUR"], j + 1, 0
        has_mark = self._has(end, "OCLOCK", "HMARK")
        end += has_mark
        if is_cued and not has_mark and self._has(self._skip(end, "OF", "DOT"), "MON", "MONS"):
            return None
        if not (
            has_mark
            or is_cued
            or self._has(end, "AM", "PM")
            or (self._has(self._skip(end, "OF"), "PART") and is_after_day)
        ):
            return None
        if (
            not has_mark
            and not (is_cued and is_after_day and self._is_no_noun(end))
            and not self._may_stand(end)
        ):
            return None
        minute, end = self._minutes(end, has_mark or is_cued)
        if minute < 0:
            hour, minute = hour - 1, 60 + minute
        return Clock(j, self._skip_mark(end), hour % 24 if hour < 24 else 0, minute, is_sure=hour > 12)

    def _may_stand(self, end: int) -> bool:
        """After "a las 7" no noun follows that the number would count."""
        if self._is_break(end) or self._items[end].cats:
            return not self._has(end, "UNIT")
        token = self._tokens[self._items[end].start]
        return (
            token.kind != "word"
            or token.is_capitalized
            or token.lower in self._language.figures.get("stops", ())
        )

    def _is_no_noun(self, end: int) -> bool:
        """After a day and "um", "a las" only a noun that is counted takes the number away."""
        if self._has(end, "UNIT") or self._is_break(end):
            return not self._has(end, "UNIT")
        token = self._tokens[self._items[end].start]
        has_capitals = bool(self._language.figures.get("capital_nouns"))
        return not (
            token.is_capitalized if has_capitals else token.lower in self._language.figures.get("nouns", ())
        )

    def _minutes(self, end: int, may_be: bool) -> tuple[int, int]:
        """ "y media", "et quart", "moins vingt", "30"."""
        k = self._skip(end, "AND", "PLUS", "COMMA")
        if self._has(end, "MINUS"):
            k = self._skip(end + 1, "THE")
            value = self._sixtieths(k)
            return (-value[0], value[1]) if value else (0, end)
        value = self._sixtieths(k) if may_be else None
        if value is None or (k == end and not self._has(k, "MIN", "HALF", "QUARTERH")):
            return 0, end
        if (
            k == end
            and self._has(k, "MIN")
            and not (self._has(k + 1, "MINUTES", "NMARK") or not self._has(end - 1, "HOUR"))
        ):
            return 0, end
        return value

    def _sixtieths(self, k: int) -> tuple[int, int] | None:
        k2 = self._skip(k, "THE")
        for j in (k, k2, k2 + 1):
            if self._has(j, "QUARTERH"):
                return 15, j + 1
            if self._has(j, "HALF"):
                return 30, j + 1
        if self._has(k, "MIN"):
            end = self._skip(k + 1, "MINUTES", "NMARK")
            return self._items[k].cats["MIN"], end
        return None

    def _turned(self, j: int) -> Clock | None:
        """Germanic order: "halb acht", "Viertel nach acht", "zehn vor drei", "20 Minuten nach 8"."""
        if self._has(j, "HALFTO") and self._has(j + 1, "HOUR"):
            hour = self._items[j + 1].cats["HOUR"]
            return Clock(j, self._skip_mark(j + 2), (hour - 1) % 24, 30)
        value = self._sixtieths(j)
        if value is None or self._has(j, "HALF"):
            return None
        minute, k = value
        if self._has(k, "PLUS") and self._has(k + 1, "HOUR"):
            return Clock(j, self._skip_mark(k + 2), self._items[k + 1].cats["HOUR"] % 24, minute)
        if self._has(k, "MINUS") and self._has(k + 1, "HOUR"):
            return Clock(j, self._skip_mark(k + 2), (self._items[k + 1].cats["HOUR"] - 1) % 24, 60 - minute)
        return None

    def _with_half_day(self, clock: Clock) -> Clock:
        """ "8 pm", "5 da tarde"."""
        end = clock.end
        if self._has(end, "PM"):
            k = self._skip(end + 1, "OF", "THE", "AT")
            return replace(
                clock, end=k + 1 if self._has(k, "PART") else end + 1, hour=clock.hour % 12 + 12, is_sure=True
            )
        if self._has(end, "AM"):
            return replace(clock, end=end + 1, hour=clock.hour % 12, is_sure=True)
        k = self._skip(end, "OF", "THE", "IN", "AT", "MCUE", "CUE", "FROM")
        if self._has(k, "PART") and not clock.is_sure and not (k == end and self._has(k, "DAY")):
            name = self._items[k].cats["PART"]
            sure = clock.in_part(name)
            return replace(sure, end=k + 1, is_sure=True)
        return clock

    def _is_marked(self, clock: Clock) -> bool:
        """Said with a colon, an "h" or a word such as Uhr."""
        return any(
            self._has(k, "CLOCK", "OCLOCK", "HHMM", "AM", "PM", "HMARK")
            for k in range(clock.start, clock.end)
        )

    def _hour_at(self, j: int) -> Clock | None:
        """An hour, with or without minutes and marks."""
        clock = self._exact_clock(j) or self._named_hour(j, True, True)
        if clock is not None:
            return self._with_mark(clock)
        if self._has(j, "HHMM"):
            hour, minute, _ = self._items[j].cats["HHMM"]
            return self._with_mark(Clock(j, j + 1, hour, minute, is_sure=hour > 12))
        if not self._has(j, "HOUR"):
            return None
        hour = self._items[j].cats["HOUR"]
        return self._with_mark(Clock(j, self._skip(j + 1, "OCLOCK", "HMARK"), hour % 24, is_sure=hour > 12))

    def _with_mark(self, clock: Clock) -> Clock:
        if self._has(clock.end, "AM", "PM"):
            return self._with_half_day(clock)
        return clock
