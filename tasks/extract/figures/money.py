"""Money before and after the number: "$5bn", "US$ 1MM", "GBP 350", "five million yen", "30 MUSD"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.figures.amounts import Amount, from_numeral, skip_hyphen
from tasks.extract.figures.lexicon import (
    ambiguous_money,
    currency_codes,
    currency_names,
    currency_symbols,
    subunits,
)
from tasks.extract.numerals import Token, clean, lower_at, number_words, parse_cardinal, text_at

_LONGEST_NAME = 3
_PAID_REACH = 4  # tokens
_PRINTED = frozenset({"worth", "note", "notes", "coin", "coins"})
_PAYING = frozenset(
    {"cost", "costs", "costing", "earn", "earned", "fined", "owe", "owed", "owes", "paid", "pay", "paying", "pays", "spend", "spending",
     "spends", "spent"}
)  # fmt: skip
_PRICE_REACH = 8  # tokens
_PRICES = frozenset(
    {"price", "prices", "priced", "share", "shares", "stock", "dividend", "target", "cost", "costs", "fare", "fares", "pence", "litre", "close",
     "closed", "offer"}
)  # fmt: skip
_LETTER_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
LETTERS = {"R": "ZAR", "N": "NGN"}
_VIDEO_LINES = frozenset(
    {144, 240, 360, 480, 576, 720, 1080, 1440, 2160, 4320}
)  # "1080p" is a picture's height


def match_symbol(tokens: Sequence[Token], i: int) -> tuple[str, float, int] | None:
    """The currency sign or code at tokens[i]: code, multiplier ("MUSD"), and the token after it."""
    if i >= len(tokens):
        return None
    symbols = currency_symbols()
    text = tokens[i].text.upper()
    if text_at(tokens, i + 1) == "$" and (text + "$") in symbols and _is_prefix(tokens, i):
        return symbols[text + "$"], 1.0, i + 2
    if text in LETTERS and tokens[i].text == text:
        return (LETTERS[text], 1.0, i + 1) if _is_letter_of_money(tokens, i + 1) else None
    if text in symbols and (len(text) == 1 or tokens[i].kind == "word"):
        is_shortened = text == "RS" and text_at(tokens, i + 1) == "." and tokens[i + 1].is_glued
        return symbols[text], 1.0, i + 1 + is_shortened
    return _match_code(tokens, i)


def _is_letter_of_money(tokens: Sequence[Token], j: int) -> bool:
    """ "R2.5bn", "N500,000", "R40 million": a capital tight before a scaled or grouped number; "N7" and "R40" are roads."""
    if j >= len(tokens) or tokens[j].kind != "number" or not tokens[j].is_glued:
        return False
    following = lower_at(tokens, j + 1)
    is_scaled = following in number_words()["scales"] or (
        following in _LETTER_SCALES and tokens[j + 1].is_glued
    )
    return is_scaled or "," in tokens[j].text


def _is_prefix(tokens: Sequence[Token], i: int) -> bool:
    """ "A$40" is Australian, "a $40 fine" is not: a single letter stands tight, in capitals."""
    return len(tokens[i].text) > 1 or (tokens[i].text.isupper() and tokens[i + 1].is_glued)


def _match_code(tokens: Sequence[Token], i: int) -> tuple[str, float, int] | None:
    text = tokens[i].text
    codes = currency_codes()
    if text in codes:
        return _iso(text), 1.0, i + 1
    if len(text) == 4 and text[0] in "MKB" and text[1:] in codes:
        return _iso(text[1:]), {"K": 1e3, "M": 1e6, "B": 1e9}[text[0]], i + 1
    if tokens[i].lower == "dollar":
        return "USD", 1.0, i + 1
    return None


def _iso(code: str) -> str:
    return "CNY" if code == "RMB" else code


def parse_money(tokens: Sequence[Token], i: int, decimal: str = ".") -> Amount | None:
    """The amount that starts with a currency at tokens[i]; a name of it afterwards is taken along."""
    symbol = match_symbol(tokens, i)
    if symbol is None:
        return None
    code, factor, j = symbol
    if text_at(tokens, j) == "(":
        return _parse_loss(tokens, i, j + 1, code, decimal)
    numeral = parse_cardinal(tokens, j, decimal=decimal, money=True)
    if numeral is None or not (numeral.is_digits or tokens[i].kind == "sign"):
        return None
    if tokens[i].lower == "dollar" and numeral.scale == 1:
        return None
    amount = replace(from_numeral(numeral, "money"), start=i, unit=code, has_noun=False).scaled(factor)
    return _with_cents(tokens, _with_hyphen_name(tokens, _as_loss(tokens, amount)))


def _as_loss(tokens: Sequence[Token], amount: Amount) -> Amount:
    """ "(€3.1) million": what is lost, with its scale behind the brackets."""
    is_enclosed = text_at(tokens, amount.start - 1) == "(" and text_at(tokens, amount.end) == ")"
    if not is_enclosed or amount.scale != 1 or amount.value is None:
        return amount
    made = _with_late_scale(tokens, replace(amount, end=amount.end + 1))
    return amount if made.scale == 1 else replace(made, value=-(made.value or 0.0))


def _parse_loss(tokens: Sequence[Token], i: int, j: int, code: str, decimal: str) -> Amount | None:
    """ "$(12.4) million": accountants set what is lost in brackets."""
    numeral = parse_cardinal(tokens, j, decimal=decimal)
    if numeral is None or numeral.value is None or text_at(tokens, numeral.end) != ")":
        return None
    amount = replace(from_numeral(numeral, "money"), start=i, end=numeral.end + 1, unit=code, has_noun=False)
    amount = _with_late_scale(tokens, amount)
    return replace(amount, value=-(amount.value or 0.0))


def _with_hyphen_name(tokens: Sequence[Token], amount: Amount) -> Amount:
    """ "$10 dollars" repeats its name."""
    j = amount.end
    if lower_at(tokens, j) in ("dollar", "dollars", "usd") and amount.unit == "USD":
        return replace(amount, end=j + 1)
    return amount


def _with_letter_scale(tokens: Sequence[Token], amount: Amount) -> Amount:
    """ "2m euros" is two millions where a currency follows, and no metres."""
    j = amount.end
    factor = _LETTER_SCALES.get(lower_at(tokens, j))
    if factor is None or not amount.is_digits or amount.scale != 1:
        return amount
    if _match_name(tokens, j + 1, amount) is None:
        return amount
    return replace(amount.scaled(factor), end=j + 1, scale=factor)


def attach_currency(tokens: Sequence[Token], amount: Amount) -> Amount | None:
    """The amount with the currency named after it; None when none follows."""
    amount = _with_letter_scale(tokens, amount)
    if (loss := _match_pence_lost(tokens, amount)) is not None:
        return loss
    j = skip_hyphen(tokens, amount.end)
    found = _match_name(tokens, j, amount) or _match_sign_after(tokens, j, amount)
    if found is None:
        return None
    code, factor, end = found
    made = replace(amount, kind="money", unit=code, end=end, has_noun=False).scaled(factor)
    return _with_cents(tokens, _with_late_scale(tokens, made))


def _match_pence_lost(tokens: Sequence[Token], amount: Amount) -> Amount | None:
    """ "(5.4)p": a loss per share."""
    j = amount.end + 1
    is_enclosed = text_at(tokens, amount.start - 1) == "(" and text_at(tokens, amount.end) == ")"
    if not is_enclosed or text_at(tokens, j) != "p" or not tokens[j].is_glued or amount.value is None:
        return None
    return replace(
        amount,
        kind="money",
        unit="GBX",
        value=-amount.value,
        start=amount.start - 1,
        end=j + 1,
        has_noun=False,
    )


def _match_name(tokens: Sequence[Token], j: int, amount: Amount) -> tuple[str, float, int] | None:
    names, ambiguous = currency_names(), ambiguous_money()
    for length in range(_LONGEST_NAME, 0, -1):
        words = tuple(lower_at(tokens, j + k) for k in range(length))
        code = names.get(words)
        if length == 1:
            code = code or (
                ambiguous.get(words[0]) if amount.scale >= 1e6 or _is_paid(tokens, amount, j) else None
            )
            if code is not None and not _is_name_here(tokens, j, code, amount):
                code = None
        if code is not None:
            return code, 1.0, j + length
    return None


def _is_paid(tokens: Sequence[Token], amount: Amount, j: int) -> bool:
    """ "Thousands of pounds worth of gifts", "he spent 40 pounds": what a pound is when somebody pays; "of" weighs something."""
    after = j + 2 if text_at(tokens, j + 1) in ("'", "’") else j + 1
    if lower_at(tokens, after) in _PRINTED:
        return True
    before = {token.lower for token in tokens[max(0, amount.start - _PAID_REACH) : amount.start]}
    return lower_at(tokens, after) != "of" and not _PAYING.isdisjoint(before)


def _is_name_here(tokens: Sequence[Token], j: int, code: str, amount: Amount) -> bool:
    """ "won", "real", "rand" and "dong" are other words too: they need a large number before them."""
    if tokens[j].lower in (
        "won",
        "real",
        "ether",
        "buck",
        "mark",
        "lei",
        "lev",
        "ron",
        "nis",
        "sterling",
    ):
        return amount.scale >= 1e3 or (amount.value or 0) >= 1e3
    return tokens[j].text not in ("Ron", "Real", "Rand", "Won") and code != ""


def _is_priced(tokens: Sequence[Token], i: int) -> bool:
    """Whether a price is spoken of near before: "cut her price target to 240p"."""
    near = {token.lower for token in tokens[max(0, i - _PRICE_REACH) : i]}
    return not near.isdisjoint(_PRICES)


def _match_sign_after(tokens: Sequence[Token], j: int, amount: Amount) -> tuple[str, float, int] | None:
    if not amount.is_digits or j >= len(tokens):
        if j < len(tokens):
            code = _match_code(tokens, j)
            return code if code and tokens[j].text.isupper() else None
        return None
    text = tokens[j].text
    is_penny = text == "p" and tokens[j].is_glued and amount.scale == 1
    if is_penny and (amount.value not in _VIDEO_LINES or _is_priced(tokens, amount.start)):
        return "GBX", 1.0, j + 1
    if tokens[j].kind == "sign" and text.upper() in currency_symbols():
        # A sign that touches the next number is that number's: "10 $20 bills".
        following = tokens[j + 1] if j + 1 < len(tokens) else None
        if following is not None and following.kind == "number" and following.is_glued:
            return None
        return currency_symbols()[text.upper()], 1.0, j + 1
    code = _match_code(tokens, j)
    return code if code and tokens[j].text.isupper() else None


def _with_late_scale(tokens: Sequence[Token], amount: Amount) -> Amount:
    """ "75 USD million", "$(1,204)k"."""
    factor = number_words()["scales"].get(lower_at(tokens, amount.end))
    if factor is None and text_at(tokens, amount.end - 1) == ")" and amount.end < len(tokens):
        factor = _LETTER_SCALES.get(tokens[amount.end].lower) if tokens[amount.end].is_glued else None
    if factor is None or amount.scale != 1 or amount.value is None:
        return amount
    return replace(amount, value=clean(amount.value * factor), scale=factor, end=amount.end + 1)


def _with_cents(tokens: Sequence[Token], amount: Amount) -> Amount:
    """ "thirteen dollars and forty-five cents", "10 $ 30 cent": one amount in the main unit."""
    if amount.value is None or amount.unit in subunits():
        return amount
    j = amount.end + 1 if lower_at(tokens, amount.end) == "and" else amount.end
    part = parse_cardinal(tokens, j, with_and=False)
    if part is None or part.value is None or part.value >= 100:
        return amount
    code = currency_names().get((lower_at(tokens, part.end),))
    if code not in subunits():
        return amount
    return replace(amount, value=clean(amount.value + part.value / 100), end=part.end + 1)
