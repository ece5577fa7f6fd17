"""Figures of other languages than English: one grammar, the words of each language's folder."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cache

from tasks.extract.figures.amounts import HYPHENS, Amount
from tasks.extract.figures.exclusions import is_list_mark
from tasks.extract.figures.hedging import apply_bound
from tasks.extract.figures.lexicon import Unit, subunits
from tasks.extract.languages.figure_words import FigureWords, figure_words, measure_symbols, symbols
from tasks.extract.languages.numerals import Number, NumberWords, decimal_of, number_words, parse_cardinal, parse_number
from tasks.extract.languages.words import Language
from tasks.extract.numerals import Token, clean

_COMPARISONS = {">": "at_least", "<": "at_most", "≥": "at_least", "≤": "at_most", "~": "about", "≈": "about", "±": "about"}
_LONGEST_COUNT = 1e15
_SCORE_DASHES = frozenset("-‐‑–—")


@cache
def _starters(language: Language) -> frozenset[str]:
    words, around = number_words(language), figure_words(language)
    phrases = (around.percent_before, around.between, around.range_from, around.currencies)
    return frozenset().union(words.starters(), *(p.heads() for p in phrases))


class FigureScanner:
    """Finds the figures of one text. `taken` are the tokens of dates, phones and the like."""

    def __init__(self, text: str, tokens: Sequence[Token], taken: Set[int], language: Language) -> None:
        self._tokens, self._taken, self._language = tokens, taken, language
        self._numbers: NumberWords = number_words(language)
        self._words: FigureWords = figure_words(language)
        self._decimal = decimal_of(text, language)
        self._floor = 0

    def scan(self) -> list[Amount]:
        """The figures in reading order; none overlaps another."""
        found: list[Amount] = []
        starters = _starters(self._language)
        i = 0
        while i < len(self._tokens):
            token = self._tokens[i]
            amount = None
            if i not in self._taken and (token.kind != "word" or token.lower in starters or self._may_compound(token)):
                amount = self._figure_at(i)
            if amount is None:
                i += 1
                continue
            merged = self._merge(found[-1], amount) if found else None
            if merged is not None:
                found.pop()
            found.append(merged or amount)
            i = self._floor = max(i + 1, amount.end)
        return found

    def _may_compound(self, token: Token) -> bool:
        return bool(self._numbers.morphs(token.lower))

    def _figure_at(self, i: int) -> Amount | None:
        minus = self._numbers.minus.at(self._tokens, i)
        if minus is not None and (hedge := self._words.before.before(self._tokens, minus[1], self._floor)) and hedge[1] < i:
            return None  # "por lo menos 30"
        amount = self._parse_between(i) or self._parse_simple(i)
        if amount is None or any(k in self._taken for k in range(amount.start, amount.end)):
            return None
        if not self._is_figure(amount):
            return None
        return self._with_hedges(self._with_counted(amount))

    # --- Numbers with what belongs to them

    def _parse_simple(self, i: int) -> Amount | None:
        first = self._parse_amount(i)
        return None if first is None else (self._join(first, i) or first)

    def _parse_amount(self, i: int, with_and: bool = True) -> Amount | None:
        return self._parse_money_first(i, with_and) or self._parse_percent_first(i, with_and) or self._parse_plain(i, with_and)

    def _parse_plain(self, i: int, with_and: bool) -> Amount | None:
        number = self._parse_number(i, with_and)
        return None if number is None else self._attach(number)

    def _parse_number(self, i: int, with_and: bool = True) -> Number | None:
        number = parse_number(self._tokens, i, self._language, self._decimal, with_and)
        return None if number is None or self._is_code(number) else number

    def _parse_money_first(self, i: int, with_and: bool) -> Amount | None:
        symbol = self._symbol_at(i)
        if symbol is None:
            return None
        number = self._parse_number(symbol[1], with_and)
        if number is None or not number.is_digits or number.kind not in ("count", "fraction"):
            return None
        return _amount(replace(number, start=i), "money", symbol[0])

    def _symbol_at(self, i: int) -> tuple[str, int] | None:
        """The sign, code or name of a currency at token i, and the token after it."""
        tokens = self._tokens
        if i >= len(tokens):
            return None
        text = tokens[i].text.upper()
        if i + 1 < len(tokens) and tokens[i + 1].text == "$" and (iso := symbols().get(text + "$")):
            return iso, i + 2
        if tokens[i].kind == "sign":
            iso = symbols().get(text)
            return (iso, i + 1) if iso else None
        found = self._words.currencies.at(tokens, i)
        if found is not None and tokens[i].kind == "word" and not self._is_doubtful_code(i, found):
            return found
        return (symbols()[text], i + 1) if text in symbols() and tokens[i].text.isupper() else None

    def _is_doubtful_code(self, i: int, found: tuple[str, int]) -> bool:
        """Three small letters are a word and no code."""
        token = self._tokens[i]
        return found[1] == i + 1 and token.text.upper() == found[0] and not token.text.isupper()

    def _parse_percent_first(self, i: int, with_and: bool) -> Amount | None:
        """ "yüzde 20", "百分之五"."""
        found = self._words.percent_before.at(self._tokens, i)
        number = self._parse_number(found[1], with_and) if found else None
        return None if number is None else _amount(replace(number, start=i), "percent", "%")

    def _attach(self, number: Number) -> Amount:
        """The number with the percent sign, currency, unit or age after it."""
        if number.kind == "rank":
            return _amount(number, "rank")
        tokens, j = self._tokens, number.end
        percent = self._words.percent.at(tokens, self._skip_hyphen(j))
        if percent is not None:
            return _amount(replace(number, end=percent[1]), "percent", percent[0])
        tenths = self._words.percent_tenths.at(tokens, j)
        if tenths is not None and number.value <= 10:
            half = self._numbers.halves.at(tokens, tenths[1])
            value = number.value * 10 + (5 if half else 0)
            return _amount(replace(number, end=half[1] if half else tenths[1], value=value), "percent", "%")
        k = self._skip_joint(j, number)
        money = self._currency_after(number, k)
        if money is not None:
            return self._with_cents(money)
        unit = self._unit_at(self._skip_hyphen(k), number.is_digits)
        if unit is not None:
            return self._with_unit(number, unit)
        return _amount(number, number.kind if number.kind != "rank" else "rank")

    def _skip_hyphen(self, j: int) -> int:
        tokens = self._tokens
        is_tight = j + 1 < len(tokens) and tokens[j].text in HYPHENS and tokens[j].is_glued == tokens[j + 1].is_glued
        return j + 1 if is_tight and tokens[j + 1].kind == "word" else j

    def _skip_joint(self, j: int, number: Number) -> int:
        """Past the "de" of "3 millones de euros"."""
        if number.scale < 1000 and number.kind != "fraction":
            return j
        found = self._words.joints.at(self._tokens, j)
        return found[1] if found else j

    def _currency_after(self, number: Number, j: int) -> Amount | None:
        tokens = self._tokens
        if j >= len(tokens):
            return None
        is_next = j + 1 < len(tokens) and tokens[j + 1].kind == "number" and tokens[j + 1].is_glued
        if tokens[j].kind == "sign" and is_next:
            return None
        found = self._symbol_at(self._skip_hyphen(j))
        if found is None:
            return None
        if found[0] in ("GBP", "XXX") and self._is_weight(j) and number.scale < 1e5:
            return None
        return _amount(replace(number, end=found[1]), "money", found[0])

    def _is_weight(self, j: int) -> bool:
        """Pounds without a word more are weights: "12 Pfund", "dos libras"."""
        found = self._words.units.at(self._tokens, j)
        money = self._words.currencies.at(self._tokens, j)
        return found is not None and (money is None or found[1] >= money[1])

    def _with_cents(self, amount: Amount) -> Amount:
        """ "15 Dollar und 15 Cent", "10円5銭", "75 USD millones"."""
        morphs = self._numbers.morphs(self._tokens[amount.end].lower) if amount.end < len(self._tokens) else ()
        if amount.scale == 1 and amount.value is not None and len(morphs) == 1 and morphs[0].kind == "times" and morphs[0].value >= 1e6:
            factor = morphs[0].value
            return replace(amount, value=clean(amount.value * factor), scale=factor, end=amount.end + 1)
        if amount.value is None or amount.unit in subunits() or amount.scale != 1:
            return amount
        joint = self._words.cents.at(self._tokens, amount.end)
        part = parse_cardinal(self._tokens, joint[1] if joint else amount.end, self._language, self._decimal)
        if part is None or part.kind != "count" or not 0 < part.value < 100:
            return amount
        name = self._words.currencies.at(self._tokens, part.end)
        if name is None or name[0] not in subunits():
            return amount
        return replace(amount, value=clean(amount.value + part.value / 100), end=name[1])

    def _unit_at(self, j: int, is_digits: bool) -> tuple[Unit, int] | None:
        tokens = self._tokens
        found = self._words.units.at(tokens, j)
        if found is not None and not (len(tokens[j].text) == 1 and tokens[j].text.isascii()):
            return self._with_rate(found)
        if is_digits:
            for length in (3, 2, 1):
                unit = measure_symbols().get(tuple(t.text for t in tokens[j : j + length]))
                if unit is not None and self._is_whole_symbol(j, j + length):
                    return self._with_exponent(unit, j + length)
        return None

    def _is_whole_symbol(self, j: int, end: int) -> bool:
        """A symbol stands for itself: no word goes on with it, and small letters that are words touch the number."""
        tokens = self._tokens
        following = tokens[end] if end < len(tokens) else None
        if following is not None and following.is_glued and following.kind in ("word", "number") and following.text not in ("2", "3"):
            return not following.text.isascii()
        token = tokens[j]
        is_word = token.text in ("a", "y", "o", "e", "in", "d", "s", "m", "h") and not token.is_glued
        return not (is_word and token.text in ("a", "y", "o", "e", "in", "d", "s"))

    def _with_exponent(self, unit: Unit, end: int) -> tuple[Unit, int]:
        tokens = self._tokens
        if end < len(tokens) and tokens[end].is_glued and tokens[end].text in ("2", "3"):
            squared = measure_symbols().get((unit.ucum + tokens[end].text,))
            if squared is not None:
                return squared, end + 1
        return unit, end

    def _with_rate(self, found: tuple[Unit, int]) -> tuple[Unit, int]:
        """ "120 Kilometer pro Stunde"."""
        unit, end = found
        per = self._words.per.at(self._tokens, end)
        below = self._words.units.at(self._tokens, per[1]) if per else None
        if below is None or unit.kind == "duration":
            return found
        return Unit(f"{unit.ucum}/{below[0].ucum}", unit.pint, unit.kind, unit.factor), below[1]

    def _with_unit(self, number: Number, found: tuple[Unit, int]) -> Amount:
        unit, end = found
        half = self._numbers.halves.at(self._tokens, end) if self._numbers.characters else None
        value, stop = (number.value + number.scale / 2, half[1]) if half else (number.value, end)
        amount = _amount(replace(number, end=stop, value=value), unit.kind, unit.ucum).scaled(unit.factor)
        if unit.kind != "duration":
            return amount
        after = self._words.age_after.at(self._tokens, self._skip_hyphen(stop))
        if after is not None:
            return replace(amount, kind="age", end=after[1])
        before = self._words.age_before.before(self._tokens, amount.start, self._floor)
        return replace(amount, kind="age") if before else amount

    # --- Ranges

    def _parse_between(self, i: int) -> Amount | None:
        """ "entre 3 y 5 por ciento", "von 3 bis 5", "de 10 à 15 millions"."""
        for opening, joints in ((self._words.between, self._words.between_and), (self._words.range_from, self._words.range_to)):
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
        is_article = j < len(tokens) and tokens[j].lower in self._words.determiners and tokens[j].lower not in self._numbers.articles
        return j + 1 if is_article else j

    def _join(self, first: Amount, start: int) -> Amount | None:
        """ "10 bis 15 Millionen", "3-5 %", "10.000 a 15.000"."""
        found = self._words.range_to.at(self._tokens, first.end)
        if found is None or first.kind == "rank":
            return None
        if self._tokens[first.end].text in _SCORE_DASHES and not first.is_digits:
            return None
        return self._join_with(first, self._words.range_to, start)

    def _join_with(self, first: Amount, joints: object, start: int) -> Amount | None:
        found = joints.at(self._tokens, first.end)  # type: ignore[attr-defined]
        if found is None and self._numbers.and_prefix and first.end < len(self._tokens) and self._tokens[first.end].lower.startswith(self._numbers.and_prefix):
            found = "", first.end  # Arabic writes "and" with the number
        second = self._parse_amount(self._skip_article(found[1])) if found else None
        if second is None or found is None or first.value is None or second.value is None:
            return None
        low, high = first.value, second.value
        if second.scale > 1 and first.scale == 1 and low < 1000 and low * second.scale <= high:
            low = clean(low * second.scale)
        if low >= high or (first.unit and second.unit and first.unit != second.unit):
            return None
        if first.kind != second.kind and not {first.kind, second.kind} & {"count"} or (first.is_digits != second.is_digits and not second.unit):
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
        """ "3-1": without a space and both small it may be a score."""
        is_dash = self._tokens[after - 1].text in _SCORE_DASHES
        return is_dash and (second.value or 0) <= (first.value or 0)

    def _merge(self, before: Amount, amount: Amount) -> Amount | None:
        """ "más de 100 y menos de 300" is one range."""
        gap = self._tokens[before.end : amount.start]
        if {before.bound, amount.bound} != {"at_least", "at_most"} or len(gap) > 2:
            return None
        if before.unit != amount.unit or not all(t.text == "," or t.lower in self._numbers.mixed or t.lower in self._words.stops for t in gap):
            return None
        low = before.low if before.low is not None else amount.low
        high = before.high if before.high is not None else amount.high
        if low is None or high is None or low >= high:
            return None
        return replace(amount, start=before.start, low=low, high=high, bound="between", kind=amount.kind)

    # --- What is none

    def _is_code(self, number: Number) -> bool:
        """Letters that touch the digits: "A320", "F-16", "Covid 2.0"."""
        tokens, i = self._tokens, number.start
        if not number.is_digits:
            return False
        if is_list_mark(tokens, i):
            return True
        if tokens[i].kind == "number" and tokens[i].is_glued and i:
            before = tokens[i - 1]
            if (before.kind == "word" and before.text.isascii() and not before.text.endswith("'")) or before.text in ("_", "#", "@", "/"):
                return not (before.kind == "word" and before.text.upper() in symbols())
            if before.text in HYPHENS and before.is_glued and i > 1 and tokens[i - 2].kind in ("word", "number"):
                return tokens[i - 2].kind == "word" and tokens[i - 2].text.isascii() and len(tokens[i - 2].text) < 6
        following = tokens[number.end] if number.end < len(tokens) else None
        if following is not None and following.is_glued and following.kind == "word" and following.text.isascii():
            return self._unit_at(number.end, True) is None and self._symbol_at(number.end) is None and self._words.percent.at(tokens, number.end) is None
        return self._is_version(number)

    def _is_version(self, number: Number) -> bool:
        """ "Covid 2.0" where a comma is the decimal sign; "9.30" is a clock time."""
        tokens, i = self._tokens, number.start
        text = tokens[i].text
        if self._decimal != "," or number.end != i + 1 or text.count(".") != 1 or "," in text or len(text.split(".")[1]) > 2:
            return False
        return i > 0 and tokens[i - 1].kind == "word" and tokens[i - 1].is_capitalized and text.split(".")[1] == "0"

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
            return not self._is_label(amount)
        return True

    def _is_sure(self, amount: Amount) -> bool:
        """Words that mean other things as well need a noun after them, or an article before them."""
        tokens, i = self._tokens, amount.start
        word = tokens[i].lower
        before = tokens[i - 1].lower if i else ""
        if word in self._words.need_article and amount.end == i + 1:
            return before in self._words.determiners
        if word in self._words.doubtful and amount.end == i + 1:
            following = tokens[amount.end] if amount.end < len(tokens) else None
            return following is not None and following.kind == "word" and following.lower not in self._words.stops
        if self._numbers.characters and amount.kind == "count" and amount.end == i + 1 and len(tokens[i].text) == 1:
            return self._has_counter(i)
        return not (tokens[i].is_capitalized and before and tokens[i - 1].is_capitalized and tokens[i - 1].kind == "word" and not self._words.has_capital_nouns)

    def _has_counter(self, i: int) -> bool:
        """One Chinese numeral is a number before a word that counts, or on its own."""
        following = self._tokens[i + 1] if i + 1 < len(self._tokens) else None
        if following is None or not following.is_glued:
            return self._words.bare_characters
        return following.kind != "word" or following.text[:1] in self._words.counters or following.text in self._words.counters

    def _is_label(self, amount: Amount) -> bool:
        tokens, i = self._tokens, amount.start
        if amount.is_plain and (amount.value or 0) >= _LONGEST_COUNT:
            return True
        if i and tokens[i - 1].text == "#":
            return True
        return self._words.labels.before(tokens, i, 0, 3) is not None and not self._is_counted(amount)

    def _is_counted(self, amount: Amount) -> bool:
        return self._words.nouns.at(self._tokens, amount.end) is not None

    # --- Nouns and hedges

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
        is_noun = token.kind == "word" and token.is_capitalized and len(token.text) > 2 and not token.text.isupper()
        return is_noun and not token.is_glued and token.lower not in self._words.stops

    def _with_hedges(self, amount: Amount) -> Amount:
        tokens = self._tokens
        start, bound = self._hedge_before(amount.start)
        end, after = amount.end, None
        found = self._words.after.at(tokens, end)
        if found is not None and not self._starts_another(end, found[1]):
            after, end = found
        elif end < len(tokens) and tokens[end].text == "+" and tokens[end].is_glued:
            after, end = "at_least", end + 1
        elif amount.unit is None or amount.counted is not None or amount.kind in ("money", "percent", "measure", "duration"):
            between = self._words.after.at(tokens, amount.number_end)
            if between is not None and not self._starts_another(amount.number_end, between[1]) and between[1] <= end:
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


def _amount(number: Number, kind: str, unit: str | None = None) -> Amount:
    return Amount(
        number.start, number.end, kind, value=number.value, unit=unit, scale=number.scale,
        is_digits=number.is_digits, is_plain=number.is_plain, number_end=number.end,
    )  # fmt: skip


def scan_figures(text: str, tokens: Sequence[Token], taken: Set[int], language: Language) -> list[Amount]:
    """The figures of a text in that language, in reading order."""
    return FigureScanner(text, tokens, taken, language).scan()
