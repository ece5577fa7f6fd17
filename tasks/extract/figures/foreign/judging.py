"""What is a figure, what it counts, and which bound its hedge sets."""

from __future__ import annotations

from dataclasses import replace

from tasks.extract.figures.amounts import Amount
from tasks.extract.figures.foreign.ranges import RangeParser
from tasks.extract.figures.hedging import apply_bound
from tasks.extract.languages.numbers import (
    parse_number,
)

_COMPARISONS = {
    ">": "at_least",
    "<": "at_most",
    "≥": "at_least",
    "≤": "at_most",
    "~": "about",
    "≈": "about",
    "±": "about",
}
_LONGEST_COUNT = 1e15


class FigureJudge(RangeParser):
    """Tells figures from labels and doubtful words; adds counted nouns and hedges."""

    def _is_figure(self, amount: Amount) -> bool:
        tokens, i = self._tokens, amount.start
        if self._words.not_figures.at(tokens, i) or (i and self._words.not_figures.at(tokens, i - 1)):
            return False
        number = parse_number(tokens, i, self._language, self._decimal)
        is_single = number is not None and amount.end == number.end
        if is_single and number is not None and number.is_article and amount.kind in ("count", "rank"):
            return False
        if number is not None and number.is_article and amount.kind == "duration":
            return False
        if is_single and not amount.is_digits and not self._is_sure(amount):
            return False
        if amount.kind == "count" and amount.is_digits and amount.bound == "exact":
            return not self._is_label(amount) and not self._is_year(amount)
        return True

    def _is_year(self, amount: Amount) -> bool:
        """Four plain digits in a language whose words for years are not known."""
        return amount.is_plain and "units" not in self._language.dates and 1900 <= (amount.value or 0) < 2100

    def _is_sure(self, amount: Amount) -> bool:
        """Words that mean other things as well need a noun after them, or an article before them."""
        tokens, i = self._tokens, amount.start
        word = tokens[i].lower
        before = tokens[i - 1].lower if i else ""
        if amount.kind == "rank" and tokens[i].is_capitalized and i and tokens[i - 1].kind == "word":
            return False  # "der Zweite Weltkrieg"
        if word in self._words.need_article and amount.end == i + 1:
            return before in self._words.determiners
        if word in self._words.doubtful and amount.end == i + 1:
            following = tokens[amount.end] if amount.end < len(tokens) else None
            return (
                following is not None
                and following.kind == "word"
                and following.lower not in self._words.stops
            )
        if (
            self._numbers.characters
            and amount.kind == "count"
            and amount.end == i + 1
            and len(tokens[i].text) == 1
        ):
            return self._has_counter(i)
        return not (
            tokens[i].is_capitalized
            and before
            and tokens[i - 1].is_capitalized
            and tokens[i - 1].kind == "word"
            and not self._words.has_capital_nouns
        )

    def _has_counter(self, i: int) -> bool:
        """One Chinese numeral is a number before a word that counts, or on its own."""
        following = self._tokens[i + 1] if i + 1 < len(self._tokens) else None
        if following is None or not following.is_glued:
            return self._words.bare_characters
        return (
            following.kind != "word"
            or following.text[:1] in self._words.counters
            or following.text in self._words.counters
        )

    def _is_label(self, amount: Amount) -> bool:
        tokens, i = self._tokens, amount.start
        if amount.is_plain and (amount.value or 0) >= _LONGEST_COUNT:
            return True
        if i and tokens[i - 1].text == "#":
            return True
        return self._words.labels.before(tokens, i, 0, 3) is not None and not self._is_counted(amount)

    def _is_counted(self, amount: Amount) -> bool:
        return self._words.nouns.at(self._tokens, amount.end) is not None

    def _with_counted(self, amount: Amount) -> Amount:
        """The noun right after a count, where the language's nouns are known or have capitals."""
        if amount.kind not in ("count", "fraction", "percent", "ratio"):
            return amount
        tokens, j = self._tokens, amount.end
        joint = self._words.joints.at(tokens, j)
        if joint is not None and (amount.scale >= 1000 or amount.kind in ("fraction", "percent")):
            j = joint[1]
        elif amount.kind == "percent":
            return amount
        found = self._words.nouns.at(tokens, j)
        end = found[1] if found else j + 1 if self._is_capital_noun(j, amount) else j
        if end == j or any(k in self._taken for k in range(j, end)):
            return amount
        return replace(amount, counted=" ".join(t.text for t in tokens[j:end]), end=end)

    def _is_capital_noun(self, j: int, amount: Amount) -> bool:
        if not self._words.has_capital_nouns or j >= len(self._tokens) or amount.kind not in ("count",):
            return False
        token = self._tokens[j]
        is_noun = (
            token.kind == "word" and token.is_capitalized and len(token.text) > 2 and not token.text.isupper()
        )
        return is_noun and not token.is_glued and token.lower not in self._words.stops

    def _with_several(self, amount: Amount) -> Amount:
        """ "数千億円", "수십 명": a scale alone behind a word for several is from two to ten of it."""
        words, tokens, i = self._numbers, self._tokens, amount.start
        pieces = [m for t in tokens[i : amount.number_end] for m in words.morphs(t.lower)]
        is_several = i > self._floor and tokens[i - 1].text in words.several and tokens[i].is_glued
        if not is_several or amount.value is None or any(m.kind != "times" for m in pieces):
            return amount
        low, high = amount.value * 2, amount.value * 10 - 1
        return replace(amount, start=i - 1, value=None, low=low, high=high, bound="vague")

    def _with_hedges(self, amount: Amount) -> Amount:
        tokens = self._tokens
        start, bound = self._hedge_before(amount.start)
        end, after = amount.end, None
        found = self._words.after.at(tokens, end)
        if found is not None and not self._starts_another(end, found[1]):
            after, end = found
        elif end < len(tokens) and tokens[end].text == "+" and tokens[end].is_glued:
            after, end = "at_least", end + 1
        elif (
            amount.unit is None
            or amount.counted is not None
            or amount.kind in ("money", "percent", "measure", "duration")
        ):
            between = self._words.after.at(tokens, amount.number_end)
            if (
                between is not None
                and not self._starts_another(amount.number_end, between[1])
                and between[1] <= end
            ):
                after = between[0]
        if amount.kind == "rank":
            return amount
        number = parse_number(tokens, amount.start, self._language, self._decimal)
        more = "at_least" if number is not None and number.is_more else None
        return apply_bound(replace(amount, start=start, end=end), after or bound or more)

    def _starts_another(self, start: int, end: int) -> bool:
        """ "12 y más de 194": the words are the next number's hedge."""
        if end < len(self._tokens) and self._tokens[end].kind == "number":
            return True
        hedges = (self._words.before.at(self._tokens, k) for k in range(start, end))
        return any(found is not None and found[1] > end for found in hedges)

    def _hedge_before(self, i: int, depth: int = 0) -> tuple[int, str | None]:
        tokens = self._tokens
        floor = self._floor
        for k in range(i - 1, max(floor, i - 6) - 1, -1):
            if k in self._taken:
                floor = k + 1
                break
        if i - 1 < floor or depth > 2:
            return i, None
        if (bound := _COMPARISONS.get(tokens[i - 1].text)) is not None:
            return i - 1, bound
        found = self._words.before.before(tokens, i, floor)
        if found is None:
            return i, None
        bound, start = found
        if bound == "about":
            further, outer = self._hedge_before(start, depth + 1)
            return (further, outer) if outer else (start, bound)
        return start, bound
