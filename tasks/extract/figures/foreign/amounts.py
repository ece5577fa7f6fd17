"""A number with what belongs to it: sign of money, percent, unit, age."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from tasks.extract.figures.amounts import HYPHENS, Amount
from tasks.extract.figures.exclusions import is_list_mark
from tasks.extract.figures.foreign.hyphens import is_in_row
from tasks.extract.figures.foreign.vocabulary import FigureWords, figure_words, measure_symbols, money_signs
from tasks.extract.figures.lexicon import Unit, subunits
from tasks.extract.languages.numbers import (
    Number,
    NumberWords,
    decimal_of,
    parse_number,
    parse_unbroken,
    vocabulary_of,
)
from tasks.extract.languages.words import WordTables
from tasks.extract.numerals import Token, clean


class AmountParser:
    """Parses the amounts of one text. `taken` are the tokens of dates, phones and the like."""

    def __init__(self, text: str, tokens: Sequence[Token], taken: Set[int], language: WordTables) -> None:
        self._tokens, self._taken, self._language = tokens, taken, language
        self._numbers: NumberWords = vocabulary_of(language)
        self._words: FigureWords = figure_words(language)
        self._decimal = decimal_of(text, language)
        self._floor = 0

    def _parse_amount(self, i: int, with_and: bool = True) -> Amount | None:
        return (
            self._parse_money_first(i, with_and)
            or self._parse_percent_first(i, with_and)
            or self._parse_plain(i, with_and)
        )

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
        if i + 1 < len(tokens) and tokens[i + 1].text == "$" and (iso := money_signs().get(text + "$")):
            return iso, i + 2
        if tokens[i].kind == "sign":
            iso = money_signs().get(text)
            return (iso, i + 1) if iso else None
        found = self._words.currencies.at(tokens, i)
        if found is not None and tokens[i].kind == "word" and not self._is_doubtful_code(i, found):
            return found
        return (money_signs()[text], i + 1) if text in money_signs() and tokens[i].text.isupper() else None

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
            value, end = number.value * 10 + (5 if half else 0), half[1] if half else tenths[1]
            if end + 1 < len(tokens) and tokens[end + 1].text in self._words.percent_hundredths:
                part = parse_unbroken(tokens, end, self._language, self._decimal)  # "2割5分"
                value, end = (value + part.value, end + 2) if part and part.value < 10 else (value, end)
            return _amount(replace(number, end=end, value=value), "percent", "%")
        group = self._words.age_groups.at(tokens, j)
        if group is not None and number.value in range(10, 100, 10):
            age = _amount(replace(number, end=j + 1), "age", "a")
            return replace(age, value=None, low=number.value, high=number.value + 9, bound="between")
        k = self._skip_joint(j, number)
        more = self._words.after.at(tokens, j) if self._language.is_unspaced else None
        money = self._currency_after(number, k) or (more and self._currency_after(number, more[1]))
        if money is not None:
            return self._with_cents(money)
        unit = self._unit_at(self._skip_hyphen(k), number.is_digits)
        if unit is not None:
            return self._with_unit(number, unit)
        return _amount(number, number.kind if number.kind != "rank" else "rank")

    def _skip_hyphen(self, j: int) -> int:
        tokens = self._tokens
        is_tight = (
            j + 1 < len(tokens) and tokens[j].text in HYPHENS and tokens[j].is_glued == tokens[j + 1].is_glued
        )
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
        morphs = (
            self._numbers.morphs(self._tokens[amount.end].lower) if amount.end < len(self._tokens) else ()
        )
        if (
            amount.scale == 1
            and amount.value is not None
            and len(morphs) == 1
            and morphs[0].kind == "times"
            and morphs[0].value >= 1e6
        ):
            factor = morphs[0].value
            return replace(amount, value=clean(amount.value * factor), scale=factor, end=amount.end + 1)
        if amount.value is None or amount.unit in subunits() or amount.scale != 1:
            return amount
        joint = self._words.cents.at(self._tokens, amount.end)
        part = parse_unbroken(self._tokens, joint[1] if joint else amount.end, self._language, self._decimal)
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
            for length in range(min(3, len(tokens) - j), 0, -1):
                unit = measure_symbols().get(tuple(t.text for t in tokens[j : j + length]))
                if unit is not None and self._is_whole_symbol(j, j + length):
                    return self._with_exponent(unit, j + length)
        return None

    def _is_whole_symbol(self, j: int, end: int) -> bool:
        """Whether it is a symbol by itself: no word continues it, and small letters that are words touch the number."""
        tokens = self._tokens
        following = tokens[end] if end < len(tokens) else None
        if (
            following is not None
            and following.is_glued
            and following.kind in ("word", "number")
            and following.text not in ("2", "3")
        ):
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
        if self._tokens[number.end].text in self._words.age_units:
            return replace(amount, kind="age")
        after = self._words.age_after.at(self._tokens, self._skip_hyphen(stop))
        if after is not None:
            return replace(amount, kind="age", end=after[1])
        before = self._words.age_before.before(self._tokens, amount.start, self._floor)
        return replace(amount, kind="age") if before else amount

    def _is_code(self, number: Number) -> bool:
        """Letters that touch the digits: "A320", "F-16", "Covid 2.0"."""
        tokens, i = self._tokens, number.start
        if not number.is_digits:
            return False
        if is_list_mark(tokens, i) or is_in_row(tokens, i):
            return True
        if tokens[i].kind == "number" and tokens[i].is_glued and i:
            before = tokens[i - 1]
            if (
                before.kind == "word" and before.text.isascii() and not before.text.endswith("'")
            ) or before.text in ("_", "#", "@", "/"):
                return not (before.kind == "word" and before.text.upper() in money_signs())
            if (
                before.text in HYPHENS
                and before.is_glued
                and i > 1
                and tokens[i - 2].kind in ("word", "number")
            ):
                return (
                    tokens[i - 2].kind == "word"
                    and tokens[i - 2].text.isascii()
                    and len(tokens[i - 2].text) < 6
                )
        following = tokens[number.end] if number.end < len(tokens) else None
        if (
            following is not None
            and following.is_glued
            and following.kind == "word"
            and following.text.isascii()
        ):
            return (
                self._unit_at(number.end, True) is None
                and self._symbol_at(number.end) is None
                and self._words.percent.at(tokens, number.end) is None
            )
        return self._is_version(number)

    def _is_version(self, number: Number) -> bool:
        """ "Covid 2.0" where a comma is the decimal sign; "9.30" is a clock time."""
        tokens, i = self._tokens, number.start
        text = tokens[i].text
        if (
            self._decimal != ","
            or number.end != i + 1
            or text.count(".") != 1
            or "," in text
            or len(text.split(".")[1]) > 2
        ):
            return False
        return (
            i > 0
            and tokens[i - 1].kind == "word"
            and tokens[i - 1].is_capitalized
            and text.split(".")[1] == "0"
        )


def _amount(number: Number, kind: str, unit: str | None = None) -> Amount:
    return Amount(
        number.start, number.end, kind, value=number.value, unit=unit, scale=number.scale,
        is_digits=number.is_digits, is_plain=number.is_plain, number_end=number.end,
    )  # fmt: skip
