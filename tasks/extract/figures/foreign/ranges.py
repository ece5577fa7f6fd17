"""Two numbers that belong together: "entre 3 y 5", "von 10 bis 15 Millionen", "3-5 %"."""

from __future__ import annotations

from dataclasses import replace

from tasks.extract.figures.amounts import Amount
from tasks.extract.figures.foreign.amounts import AmountParser
from tasks.extract.numerals import clean

_SCORE_DASHES = frozenset("-‐‑–—")


class RangeParser(AmountParser):
    """Parses ranges of amounts."""

    def _parse_between(self, i: int) -> Amount | None:
        """ "entre 3 y 5 por ciento", "von 3 bis 5", "de 10 à 15 millions"."""
        for opening, joints in (
            (self._words.between, self._words.between_and),
            (self._words.range_from, self._words.range_to),
        ):
            found = opening.at(self._tokens, i)
            if found is None:
                continue
            for with_and in (True, False):
                first = self._parse_amount(self._skip_article(found[1]), with_and)
                joined = None if first is None else self._join_with(first, joints, i)
                if joined is not None:
                    return joined
        return None

    def _skip_article(self, j: int) -> int:
        tokens = self._tokens
        is_article = (
            j < len(tokens)
            and tokens[j].lower in self._words.determiners
            and tokens[j].lower not in self._numbers.articles
        )
        return j + 1 if is_article else j

    def _join(self, first: Amount, start: int) -> Amount | None:
        """ "10 bis 15 Millionen", "3-5 %", "10.000 a 15.000"."""
        found = self._words.range_to.at(self._tokens, first.end)
        if found is None and (row := self._next_of_row(first)) is not None:
            return replace(row, start=start, value=None, low=first.value, high=row.value, bound="between")
        if found is None or first.kind == "rank":
            return None
        if self._tokens[first.end].text in _SCORE_DASHES and not first.is_digits:
            return None
        return self._join_with(first, self._words.range_to, start)

    def _next_of_row(self, first: Amount) -> Amount | None:
        """ "2、3人": the number after it is the other end, if both count one thing."""
        tokens, j = self._tokens, first.end
        is_row = first.is_digits and j + 1 < len(tokens) and tokens[j].text == "、" and tokens[j + 1].is_glued
        second = self._parse_amount(j + 1) if is_row and (first.value or 0) < 9 else None
        if second is None or second.value is None or second.value != (first.value or 0) + 1 or first.unit:
            return None
        return second if second.unit or self._words.nouns.at(tokens, second.end) else None

    def _join_with(self, first: Amount, joints: object, start: int) -> Amount | None:
        found = joints.at(self._tokens, first.end)  # type: ignore[attr-defined]
        if (
            found is None
            and self._numbers.and_prefix
            and first.end < len(self._tokens)
            and self._tokens[first.end].lower.startswith(self._numbers.and_prefix)
        ):
            found = "", first.end  # Arabic writes "and" with the number
        second = self._parse_amount(self._skip_article(found[1])) if found else None
        if second is None or found is None or first.value is None or second.value is None:
            return None
        low, high = first.value, second.value
        if second.scale > 1 and first.scale == 1 and low < 1000 and low * second.scale <= high:
            low = clean(low * second.scale)
        if low >= high or (first.unit and second.unit and first.unit != second.unit):
            return None
        if (first.kind != second.kind and not {first.kind, second.kind} & {"count"}) or (
            first.is_digits != second.is_digits and not second.unit
        ):
            return None
        if first.is_plain and second.is_plain and self._is_score(first, second, found[1]):
            return None
        end = self._words.range_end.at(self._tokens, second.end)
        kind = second.kind if second.kind != "count" else first.kind
        return replace(
            second, start=start, kind=kind, value=None, low=low, high=high, bound="between",
            unit=second.unit or first.unit, end=end[1] if end else second.end, is_plain=False,
        )  # fmt: skip

    def _is_score(self, first: Amount, second: Amount, after: int) -> bool:
        """ "3-1": without a space and both small it can be a score."""
        is_dash = self._tokens[after - 1].text in _SCORE_DASHES
        return is_dash and (second.value or 0) <= (first.value or 0)

    def _merge(self, before: Amount, amount: Amount) -> Amount | None:
        """ "más de 100 y menos de 300" is one range."""
        gap = self._tokens[before.end : amount.start]
        if {before.bound, amount.bound} != {"at_least", "at_most"} or len(gap) > 2:
            return None
        if before.unit != amount.unit or not all(
            t.text == "," or t.lower in self._numbers.mixed or t.lower in self._words.stops for t in gap
        ):
            return None
        low = before.low if before.low is not None else amount.low
        high = before.high if before.high is not None else amount.high
        if low is None or high is None or low >= high:
            return None
        return replace(amount, start=before.start, low=low, high=high, bound="between", kind=amount.kind)
