"""Digits in the local convention, and which convention a text shows."""

from __future__ import annotations

import re
from functools import lru_cache

from tasks.extract.languages.words import WordTables

_SPACES = dict.fromkeys(map(ord, " \u00a0\u2009\u202f'’"))


def read_local(digits: str, decimal: str) -> float | None:
    """What a run of digits says where `decimal` is the decimal sign; None for codes and versions.

    A sign that groups nothing (no three digits behind it) is a decimal sign in every language.
    """
    if len(digits) > 40:
        return None
    plain = digits.translate(_SPACES).replace("٬", ",").replace("،", ",").replace("٫", ".").replace("・", ".")
    if plain.isdecimal():
        return float(plain)
    if "・" in digits or "٫" in digits or "٬" in digits or "،" in digits:
        decimal = "."
    last = max(plain.rfind("."), plain.rfind(","))
    if last == 0:
        return float(f"0.{plain[1:]}")
    sign, other = plain[last], "," if plain[last] == "." else "."
    head, tail = plain[:last], plain[last + 1 :]
    if other in head:
        return (
            float(head.replace(other, "") + "." + tail) if _groups(head, other) and sign not in head else None
        )
    if sign in head:
        return float(plain.replace(sign, "")) if _groups(plain, sign) else None
    if sign != decimal and len(tail) == 3 and len(head) <= 3 and head != "0":
        return float(head + tail)
    return float(f"{head}.{tail}")


def _groups(digits: str, sign: str) -> bool:
    first, *rest = digits.split(sign)
    is_indian = (
        len(rest) > 1 and len(first) <= 2 and all(len(p) == 2 for p in rest[:-1]) and len(rest[-1]) == 3
    )
    return (len(first) <= 3 and all(len(p) == 3 for p in rest)) or is_indian


@lru_cache(maxsize=8)
def decimal_of(text: str, language: WordTables) -> str:
    """The text's own decimal sign where it shows one ("1,234,567", "2.5 million" in a Mexican paper)."""
    if language.code != "es":
        return language.decimal
    votes = {".": 0, ",": 0}
    for match in re.finditer(r"(?<![\d.,])\d+[.,]\d+(?:[.,]\d+)*(?![\d.,]*\d)", text):
        sign = _shown_decimal(match.group())
        if sign:
            votes[sign] += 1
    if votes["."] == votes[","]:
        return language.decimal
    return max(votes, key=lambda sign: votes[sign])


def _shown_decimal(digits: str) -> str | None:
    signs = [c for c in digits if c in ".,"]
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return "," if signs[0] == "." else "."
    tail = re.split(r"[.,]", digits)[-1]
    return signs[0] if len(tail) != 3 else None
