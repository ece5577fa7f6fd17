"""The grammar of one English figure without its hedges: numeral, unit, range, ratio, rank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from tasks.extract.figures.amounts import HYPHENS, Amount, from_numeral, skip_hyphen
from tasks.extract.figures.lexicon import currency_codes, currency_symbols, read_word_set
from tasks.extract.figures.marks import parse_height, parse_race_time
from tasks.extract.figures.measures import attach_unit, match_age_symbol, match_unit
from tasks.extract.figures.money import LETTERS, attach_currency, match_symbol, parse_money
from tasks.extract.numerals import (
    MINUS_SIGNS,
    MOBILE_NETWORKS,
    Numeral,
    Token,
    lower_at,
    number_words,
    parse_cardinal,
    parse_fraction,
    parse_ordinal,
    parse_vague,
    text_at,
)

_NEGATIVE_WORDS = frozenset({"minus", "negative"})
_STARTERS = frozenset(
    {
        "early",
        "mid",
        "late",
        "teens",
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "sixties",
        "seventies",
        "eighties",
        "nineties",
        "half",
        "quarter",
        "several",
        "few",
        "couple",
        "many",
        "another",
        "between",
        "from",
        "twice",
        "all",
        "full",
    }
)
_WORN = frozenset(
    {"shoes", "boots", "sandals", "slippers", "trainers", "sneakers", "socks", "stockings", "tights", "gloves", "mittens", "trousers",
     "jeans", "pants", "shorts", "leggings", "glasses", "spectacles", "goggles", "sunglasses", "binoculars", "scissors", "tongs",
     "pliers", "tweezers", "shears", "handcuffs", "earrings", "headphones", "skis", "skates", "crutches", "pyjamas", "pajamas", "knickers",
     "underpants", "hands", "eyes", "legs", "wings", "ears"}
)  # fmt: skip
_AFTER_ARTICLE = frozenset({"hundred", "few", "couple", "pair", "dozen", "score", "half", "quarter"})
# Words before "an hour" that make it a length of time and not a rate ("twice an hour").
_LENGTH_CUES = frozenset(
    {
        "for",
        "in",
        "than",
        "nearly",
        "almost",
        "about",
        "least",
        "lasted",
        "lasting",
        "took",
        "within",
        "under",
        "over",
        "around",
        "roughly",
        "half",
    }
)


@cache
def _start_words() -> frozenset[str]:
    words = number_words()
    tables = ("units", "tens", "vague", "ordinals")
    return _STARTERS | _NEGATIVE_WORDS | {word for table in tables for word in words[table]}


@cache
def _signs() -> frozenset[str]:
    return frozenset(symbol for symbol in currency_symbols() if not symbol.isalpha()) | MINUS_SIGNS


def may_start(tokens: Sequence[Token], i: int) -> bool:
    """A quick look: whether a figure can start at tokens[i] at all."""
    token = tokens[i]
    if token.kind in ("number", "glyph"):
        return True
    if token.kind == "sign":
        return token.text in _signs()
    if token.lower == "the":
        return _is_unit_word(lower_at(tokens, i + 1)) and lower_at(tokens, i + 2) == "and"
    if token.lower in ("a", "an") and text_at(tokens, i + 1) != "$":
        after = lower_at(tokens, i + 1)
        words = number_words()
        return (
            after in _AFTER_ARTICLE
            or after in words["scales"]
            or after in words["ordinals"]
            or _is_unit_word(after)
        )
    if _starts_alone(token.text):
        return True
    if token.text in LETTERS:
        return i + 1 < len(tokens) and tokens[i + 1].kind == "number" and tokens[i + 1].is_glued
    following = text_at(tokens, i + 1)
    return following == "$" or (following in HYPHENS and _is_unit_word(token.lower))


@lru_cache(maxsize=8_000)
def _starts_alone(word: str) -> bool:
    """Whether a figure can start at the word, whatever follows. Most words come again."""
    return (
        word.lower() in _start_words()
        or word in currency_codes()
        or word.upper() in currency_symbols()
        or (len(word) == 4 and word[1:] in currency_codes())
        or word.lower() == "dollar"
    )


def _is_unit_word(word: str) -> bool:
    return word in (
        "hour",
        "minute",
        "second",
        "day",
        "week",
        "month",
        "year",
        "decade",
        "century",
        "mile",
        "fortnight",
        "inch",
        "foot",
        "metre",
        "meter",
        "kilometre",
        "kilometer",
        "tonne",
    )


@lru_cache(maxsize=64)
def parse_amount(tokens: Sequence[Token], i: int, *, with_and: bool = True) -> Amount | None:
    """The longest figure that starts at tokens[i], with its unit and without hedges and counted noun."""
    if (signed := _parse_negative(tokens, i)) is not None:
        return signed
    parsers: tuple[Callable[[Sequence[Token], int], Amount | None], ...] = (
        _parse_vague,
        parse_money,
        parse_height,
        parse_race_time,
        _parse_couple,
        _parse_multiple,
        _parse_unit_alone,
    )
    for parse in parsers:
        if (amount := parse(tokens, i)) is not None:
            return amount
    return _parse_number(tokens, i, with_and)


def _parse_negative(tokens: Sequence[Token], i: int) -> Amount | None:
    is_word = tokens[i].lower in _NEGATIVE_WORDS
    if is_word and lower_at(tokens, i - 1) == "or" and lower_at(tokens, i - 2) == "plus":
        return None  # "plus or minus three"
    if not is_word:
        if tokens[i].text not in MINUS_SIGNS or i + 1 >= len(tokens) or not tokens[i + 1].is_glued:
            return None
        if tokens[i].is_glued and tokens[i - 1].kind in ("number", "word"):
            return None
        if tokens[i + 1].kind == "word":
            return None
    if (
        i + 1 >= len(tokens)
        or tokens[i + 1].text in MINUS_SIGNS
        or lower_at(tokens, i + 1) in _NEGATIVE_WORDS
    ):
        return None
    amount = parse_money(tokens, i + 1) or _parse_number(tokens, i + 1, True)
    if amount is None or amount.value is None or amount.kind == "rank":
        return None
    return replace(amount, start=i, value=-amount.value)


def _parse_vague(tokens: Sequence[Token], i: int) -> Amount | None:
    vague = parse_vague(tokens, i)
    if vague is None:
        return None
    amount = Amount(
        i, vague.end, "count", low=vague.low, high=vague.high, bound="vague", number_end=vague.end
    )
    j = vague.end + 1 if lower_at(tokens, vague.end) == "of" else vague.end
    return _attach(tokens, replace(amount, end=j, scale=vague.low / 2), False) or amount


def _attach(tokens: Sequence[Token], amount: Amount, digits: bool) -> Amount | None:
    return (
        attach_currency(tokens, amount)
        or attach_unit(tokens, amount)
        or (match_age_symbol(tokens, amount) if digits else None)
    )


def _parse_couple(tokens: Sequence[Token], i: int) -> Amount | None:
    """ "a couple of weeks", "a couple": two, more or less. "A pair of swans": two; "a pair of shoes" is one thing."""
    j = i + 1 if tokens[i].lower == "a" else i
    word = lower_at(tokens, j)
    if word not in ("couple", "pair") or lower_at(tokens, j + 1) != "of":
        return None
    if word == "pair" and (j == i or lower_at(tokens, j + 2) in _WORN or lower_at(tokens, j + 3) in _WORN):
        return None
    amount = Amount(
        i, j + 2, "count", value=2.0, bound="about" if word == "couple" else "exact", number_end=j + 1
    )
    return attach_unit(tokens, amount) or replace(amount, end=j + 1)


def _parse_multiple(tokens: Sequence[Token], i: int) -> Amount | None:
    """ "twice as much", "three times the rate": how many times another amount."""
    if tokens[i].lower == "twice":
        times: float | None = 2.0
        end = i + 1
    else:
        number = parse_cardinal(tokens, i)
        if number is None or lower_at(tokens, number.end) != "times":
            return None
        times, end = number.value, number.end + 1
    if times is None or lower_at(tokens, end) not in (
        "as",
        "the",
        "more",
        "higher",
        "larger",
        "bigger",
        "faster",
    ):
        return None
    if lower_at(tokens, end) == "as" and lower_at(tokens, end + 1) in ("much", "many"):
        end += 2
    return Amount(i, end, "other", value=times, number_end=end, has_noun=False)


def _parse_unit_alone(tokens: Sequence[Token], i: int) -> Amount | None:
    """ "hour-long", "all day", "an hour and a half", "another week": a unit that says one of itself."""
    one = Amount(i, i + 1, "count", value=1.0, number_end=i + 1)
    if tokens[i].lower in ("all", "full"):
        return _parse_whole_unit(tokens, i, one)
    if _is_unit_word(tokens[i].lower):
        return _parse_long(tokens, i, one)
    if tokens[i].lower in ("a", "an", "another", "the") and _is_unit_word(lower_at(tokens, i + 1)):
        return _parse_article_unit(tokens, i, one)
    return None


def _parse_long(tokens: Sequence[Token], i: int, one: Amount) -> Amount | None:
    """ "hour-long", and not the end of "three-hour-long"."""
    if lower_at(tokens, i + 2) != "long" or text_at(tokens, i + 1) not in HYPHENS:
        return None
    if i > 0 and tokens[i].is_glued and tokens[i - 1].text in HYPHENS:
        return None
    made = attach_unit(tokens, replace(one, end=i))
    return made and replace(made, end=i + 3)


def _parse_article_unit(tokens: Sequence[Token], i: int, one: Amount) -> Amount | None:
    """ "for an hour", "another week", "the minute and a half"; not "twice a day", "a year ago", "the hour"."""
    if lower_at(tokens, i + 1) == "second" and i + 2 < len(tokens) and tokens[i + 2].kind == "word":
        return None  # "for a second week"
    made = attach_unit(tokens, one)
    if made is None or lower_at(tokens, made.end) in ("ago", "later", "earlier", "after", "before"):
        return None
    if tokens[i].lower == "the":
        return made if made.value != 1 else None
    is_length = made.value != 1 or made.kind == "age" or tokens[i].lower == "another"
    return made if is_length or lower_at(tokens, i - 1) in _LENGTH_CUES else None


def _parse_whole_unit(tokens: Sequence[Token], i: int, one: Amount) -> Amount | None:
    """ "all day", "a full-week course": one whole unit of time."""
    if lower_at(tokens, skip_hyphen(tokens, i + 1)) not in (
        "day",
        "week",
        "month",
        "year",
        "night",
        "weekend",
    ):
        return None
    if text_at(tokens, i + 1) in HYPHENS and lower_at(tokens, i + 3) in read_word_set("accounts"):
        return None  # "full-year profit"
    if (
        lower_at(tokens, i - 1) in ("for", "a", "an", "lasted", "lasts", "last", "took", "the")
        or text_at(tokens, i + 1) in HYPHENS
    ):
        return attach_unit(tokens, one)
    return None


def _parse_number(tokens: Sequence[Token], i: int, with_and: bool) -> Amount | None:
    fraction = parse_fraction(tokens, i) if with_and else None
    cardinal = parse_cardinal(tokens, i, with_and=with_and)
    ordinal = parse_ordinal(tokens, i)
    longest = max((n.end for n in (cardinal, ordinal) if n is not None), default=0)
    if fraction is not None and fraction[0].end >= longest:
        return _finish_number(tokens, from_numeral(*fraction))
    if ordinal is not None and ordinal.end >= longest:
        return from_numeral(ordinal, "rank")
    return None if cardinal is None else _finish_cardinal(tokens, cardinal)


def _finish_cardinal(tokens: Sequence[Token], numeral: Numeral) -> Amount:
    amount = from_numeral(numeral)
    if numeral.is_digits and numeral.scale == 1:
        return _attach(tokens, amount, True) or _with_mega(tokens, amount)
    return _attach(tokens, amount, numeral.is_digits) or amount


def _with_mega(tokens: Sequence[Token], amount: Amount) -> Amount:
    """ "10G", "1MM" with nothing after them: a count with a one-letter scale."""
    scaled = parse_cardinal(tokens, amount.start, money=True)
    following = tokens[amount.end + 1] if amount.end + 1 < len(tokens) else None
    if following is not None and following.kind == "word" and following.is_capitalized:
        return amount  # "221B Harbour Road"
    if lower_at(tokens, amount.start - 1) in ("at", "near", "in", "from", "to") and following is not None:
        return amount if following.kind != "word" else _with_letter(tokens, amount, scaled)
    return _with_letter(tokens, amount, scaled)


def _with_letter(tokens: Sequence[Token], amount: Amount, scaled: Numeral | None) -> Amount:
    if scaled is None or scaled.scale == 1 or scaled.end != amount.end + 1:
        return amount
    letter, behind = text_at(tokens, amount.end), amount.end + 1
    if behind < len(tokens) and tokens[behind].kind == "number" and tokens[behind].is_glued:
        return amount  # "40 M1A2 tanks"
    is_network = letter == "G" and text_at(tokens, amount.start) in MOBILE_NETWORKS
    return from_numeral(scaled) if letter in ("G", "MM", "B", "M") and not is_network else amount


def _finish_number(tokens: Sequence[Token], amount: Amount) -> Amount:
    if amount.kind == "ratio":
        return amount
    j = amount.end
    if amount.kind == "fraction" and lower_at(tokens, j) in ("a", "an"):
        attached = _attach(tokens, replace(amount, end=j + 1), False)
        return attached or amount
    if amount.kind == "fraction" and lower_at(tokens, j) == "of":
        return amount
    unit = match_unit(tokens, skip_hyphen(tokens, j), amount.is_digits)
    if unit is None and match_symbol(tokens, j) is None:
        return attach_currency(tokens, amount) or attach_unit(tokens, amount) or amount
    return _attach(tokens, amount, False) or amount
