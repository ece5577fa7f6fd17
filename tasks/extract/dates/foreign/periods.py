"""Stretches of the calendar: months, years, weeks, and parts of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.dates.base.intervals import Found, Partial, safe_date
from tasks.extract.dates.days.absolute import make_found, resolve_years
from tasks.extract.dates.foreign.item_rows import ItemReader
from tasks.extract.dates.foreign.resolving import resolve_nth_unit
from tasks.extract.dates.foreign.wholes import edge_of, nth_of, week_of, weekday_in
from tasks.extract.numerals import Token

_EDGES = {"START": "start", "MIDDLE": "mid", "END": "end", "EARLY": "early", "LATE": "late"}


_FIRST_CUED_YEAR = 1500  # of a range or behind a word that only years have


def _ends_years(tokens: Sequence[Token], at: int) -> bool:
    """Whether the year is the later one of "2014-2018"."""
    if at < 2 or tokens[at - 1].text not in ("-", "–"):
        return False
    first = tokens[at - 2]
    return (
        first.kind == "number"
        and first.text.isdecimal()
        and len(first.text) == 4
        and first.text < tokens[at].text
    )


class PeriodReader(ItemReader):
    """Finds periods, days in them, and years that stand alone."""

    def _period(self, i: int, is_cued: bool = False) -> Found | None:
        if i >= len(self._items) or not self._items[i].cats:
            return None
        edge = self._edge(i)
        if edge is not None:
            return edge
        week = self._week_of(i)
        found = self._best("periods", i)
        if week is not None and (found is None or week.end > found.end):
            return week
        return found or self._bare_decade(i) or self._bare_month(i, is_cued) or self._bare_year(i, is_cued)

    def _edge(self, i: int) -> Found | None:
        """ "a principios de mayo", "Ende 2021", "fin mars", "mediados de la próxima semana"."""
        j = i
        while self._has(j, "AT", "THE", "CUE", "MCUE") and not self._has(j, *_EDGES):
            j += 1
        which = next((name for name in _EDGES if self._has(j, name)), None)
        if which is None:
            return None
        k = self._skip(j + 1, "OF", "THE", "SEP", "MCUE")
        whole = self._period(k, True) if k > j else None
        if whole is None or whole.granularity in ("day", "other"):
            return None
        return edge_of(_EDGES[which], whole, i)

    def _week_of(self, i: int) -> Found | None:
        j = self._skip(i, "THE", "CUE")
        if not self._has(j, "UNIT") or self._items[j].cats["UNIT"] != "week":
            return None
        k = self._skip(j + 1, "OF", "THE", "FROM", "CUE")
        day = self._best("days", k) if k > j + 1 and k < len(self._items) and self._items[k].cats else None
        if day is None and k > j + 1 and self._has(k, "D31") and self._ends_clause(k + 1):
            day = make_found(k, k + 1, Partial(None, None, self._items[k].cats["D31"]))
        return None if day is None or day.granularity != "day" else week_of(day, i)

    def _bare_decade(self, i: int) -> Found | None:
        """ "en los 90": where nothing follows that the number could count."""
        if not self._is_bare_decade(i):
            return None
        return Found(i, i + 1, "decade", resolve_years(self._items[i].cats["Y2"], 10), "explicit")

    def _is_bare_decade(self, i: int) -> bool:
        if not self._has(i, "Y2") or self._items[i].cats["Y2"] % 10 or not self._words.decade_cues:
            return False
        at = self._items[i].start
        before = [tuple(token.lower for token in self._tokens[max(0, at - n) : at]) for n in (1, 2)]
        is_cued = any(cue in before for cue in self._words.decade_cues) or self._is_edge_of(i)
        return is_cued and self._ends_clause(i + 1)

    def _is_edge_of(self, i: int) -> bool:
        """ "finales de los" before the item."""
        j = i - 1
        while self._has(j, "OF", "THE") and not self._has(j, *_EDGES):
            j -= 1
        return j < i - 1 and self._has(j, *_EDGES)

    def _bare_month(self, i: int, is_cued: bool) -> Found | None:
        """A month alone, in small letters where the language writes it so."""
        if not self._has(i, "MON"):
            return None
        token = self._tokens[self._items[i].start]
        is_plain = self._words.plain_months or is_cued
        if not is_plain and not (token.text.islower() and self._language.code != "de"):
            return None
        return make_found(i, i + 1, Partial(None, self._items[i].cats["MON"]))

    def _bare_year(self, i: int, is_cued: bool = False) -> Found | None:
        """Four bare digits: a year unless a noun or a sign of money goes on."""
        if not self._has(i, "Y4"):
            return None
        item, tokens = self._items[i], self._tokens
        token = tokens[item.start]
        if token.kind == "word":
            is_year = (is_cued or self._has(i - 1, "MCUE", "YEARWORD")) and self._is_free(i)
            return make_found(i, i + 1, Partial(item.cats["Y4"])) if is_year else None
        if item.end != item.start + 1:
            return None
        if token.kind != "number" or not (_FIRST_CUED_YEAR if is_cued else 1900) <= int(token.text) < 2100:
            return None
        before = tokens[item.start - 1] if item.start else None
        is_touched = token.is_glued and not _ends_years(tokens, item.start)
        if before is not None and (before.text in "$€£¥+" or (is_touched and before.text in "-/._@#")):
            return None
        if not (is_cued and not self._has(i + 1, "UNIT")) and not self._is_free(i):
            return None
        return make_found(i, i + 1, Partial(int(token.text)))

    def _is_free(self, i: int) -> bool:
        following = self._tokens[self._items[i].end] if self._items[i].end < len(self._tokens) else None
        if following is None or following.kind == "break":
            return True
        if following.kind == "sign":
            return following.text not in "€$£¥%°"
        if (
            following.is_capitalized
            and following.kind == "word"
            and not self._language.figures.get("capital_nouns")
        ):
            return True
        if following.kind in ("number", "glyph") or self._has(i + 1, "UNIT", "COUNTED"):
            return False
        if self._language.figures.get("capital_nouns") and following.kind == "word":
            if self._counts_nothing(self._items[i].end):
                return True
            if self._has(i - 1, "AGOB") and following.lower not in self._language.figures.get("stops", ()):
                return False  # "vor 2000 Menschen"
        cued = i > 0 and (
            self._has(
                i - 1, "MCUE", "IN", "FROM", "SINCE", "TILL", "TO", "BETWEEN", "YEARWORD", "AND", "OF", "THE"
            )
            and not self._has(i - 1, "OF")
        )
        return (
            cued
            or bool(self._items[i + 1].cats)
            or following.text.lower() in self._language.figures.get("stops", ())
        )

    def _counts_nothing(self, j: int) -> bool:
        """A word in small letters follows where nouns have capitals, and it is no adjective of one: "1998 gegründet"."""
        word, after = self._tokens[j], self._tokens[j + 1] if j + 1 < len(self._tokens) else None
        if word.is_capitalized:
            return False
        if word.lower in self._language.figures.get("after_years", ()):
            return True
        is_noun = after is not None and after.kind == "word" and after.is_capitalized
        return not (is_noun and word.lower.endswith(("e", "er", "en", "em", "es")))

    def _nth(self, i: int) -> Found | None:
        """ "el primer viernes de julio", "la última semana del año", "erste Woche im Mai"."""
        j = self._skip(i, "THE", "CUE")
        if self._has(j, "UNIT") and self._items[j].cats["UNIT"] == "week" and self._has(j + 1, "MIN"):
            k = self._skip(j + 2, "OF", "THE", "MCUE", "COMMA")
            whole = self._period(k, True) if k > j + 2 else None
            if (
                whole is not None
                and whole.granularity == "year"
                and 1 <= self._items[j + 1].cats["MIN"] <= 53
            ):
                return nth_of(self._items[j + 1].cats["MIN"], "week", None, whole, i)
        n = self._items[j].cats.get("ORD") if self._has(j, "ORD") else None
        if n is None and self._has(j, "LASTOF"):
            n = -1
        if n is None or not self._has(j + 1, "WD", "UNIT"):
            return None
        cats = self._items[j + 1].cats
        k = self._skip(j + 2, "OF", "THE", "MCUE", "IN", "AT", "CUE", "COMMA")
        if k == j + 2 and not self._has(k, "MON", "WHICH", "YEARWORD"):
            return None
        whole = self._period(k, True)
        if whole is None or whole.granularity not in ("month", "year", "quarter", "season"):
            return None
        if "WD" not in cats and cats.get("UNIT") not in ("day", "week", "month"):
            return None
        found = nth_of(n, cats.get("UNIT", "day"), cats.get("WD"), whole, i)
        if "WD" not in cats and cats["UNIT"] == "week":
            tail = self._skip(found.end, "CUE", "THE", "COMMA")
            if self._has(tail, "WD"):
                return weekday_in(self._items[tail].cats["WD"], found, i, tail + 1)
        return found

    def _turned_nth(self, i: int, whole: Found | None) -> Found | None:
        """ "十月的第一周", "7월의 첫 번째 금요일": the whole before its part."""
        if (
            whole is None
            or not self._words.whole_first
            or whole.granularity not in ("month", "year", "quarter")
        ):
            return None
        j = self._skip(whole.end, "OF")
        if not self._has(j, "ORD") or not self._has(j + 1, "UNIT", "WD"):
            return None
        cats = self._items[j + 1].cats
        if "WD" not in cats and cats["UNIT"] not in ("day", "week", "month"):
            return None
        found = nth_of(self._items[j].cats["ORD"], cats.get("UNIT", "day"), cats.get("WD"), whole, i)
        return found.moved(end=j + 2)

    def _whole_month(self, i: int) -> Found | None:
        """A month that days can belong to: "enero de 1995", "próximo mes"."""
        if not self._has(i, "MON", "MONS", "WHICH", "UNIT", "NUM"):
            return None
        if self._has(i, "MON", "MONS"):
            period = self._best("periods", i)
            cats = self._items[i].cats
            plain = make_found(i, i + 1, Partial(None, cats.get("MON") or cats["MONS"]))
            return period if period is not None and period.granularity == "month" else plain
        found = self._best("periods", i)
        return found if found is not None and found.granularity == "month" else None

    def _day_in(self, month: Found, day: int, year: int | None, start: int, end: int) -> Found | None:
        if month.partial is not None and month.partial.month is not None:
            partial = replace(month.partial, day=day, year=month.partial.year or year)
            is_day = safe_date(partial.year or 2000, partial.month or 1, day) is not None
            return make_found(start, end, partial) if is_day else None
        return Found(start, end, "day", resolve_nth_unit(day, "day", month.resolve), month.anchor)
