"""What a run of digits with separators means, by the conventions of newspapers, and when it is ambiguous."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST_RUN = 40  # digits; more is a code or an attack, never a figure
_SPACES = dict.fromkeys(map(ord, " \u00a0\u2007\u2009\u202f"))
_APOSTROPHES = re.compile(r"\d{1,3}(?:['’]\d{3})+(?:\.\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed. `value` is None when it cannot be read with certainty; then `candidates` can.

    `reason` says what is wrong: malformed_number or decimal_comma.
    """

    value: float | None
    candidates: tuple[float, ...] = ()
    reason: str | None = None
    is_plain: bool = False


def read_digits(digits: str, decimal: str = ".") -> PrintedNumber | None:
    """The reading of a token of kind `number`; None for what is no number (IP address, version, code).

    `decimal` is the language's decimal sign; the other of "." and "," groups.
    """
    if len(digits) > _LONGEST_RUN:
        return None
    if digits.isdecimal():
        return PrintedNumber(float(digits), is_plain=True)
    plain = digits.translate(_SPACES)
    if "'" in plain or "’" in plain:
        return _read_apostrophes(plain)
    if decimal == ",":
        plain = plain.translate({ord("."): ",", ord(","): "."})
    return _read_english(plain)


def _read_apostrophes(digits: str) -> PrintedNumber | None:
    if not _APOSTROPHES.fullmatch(digits):
        return None
    return PrintedNumber(float(digits.replace("'", "").replace("’", "")))


def _read_english(digits: str) -> PrintedNumber | None:
    dots, commas = digits.count("."), digits.count(",")
    if dots > 1:
        return _read_dot_groups(digits)
    if not commas:
        return PrintedNumber(float(digits))
    if dots and digits.rfind(",") > digits.rfind("."):
        swapped = digits.translate({ord("."): ",", ord(","): "."})
        return _read_english(swapped) if commas == 1 else None
    whole, _, fraction = digits.partition(".")
    if _THOUSANDS.fullmatch(whole) or _INDIAN.fullmatch(whole):
        return PrintedNumber(float(whole.replace(",", "") + "." + (fraction or "0")))
    return _read_malformed(whole.split(","), fraction)


def _read_dot_groups(digits: str) -> PrintedNumber | None:
    """1.234.567 and 1.234.567,8 are continental; other runs of dots are versions, addresses, dates."""
    whole, _, fraction = digits.partition(",")
    if "," in fraction or "." in fraction or not _THOUSANDS.fullmatch(whole.replace(".", ",")):
        return None
    return PrintedNumber(float(whole.replace(".", "") + "." + (fraction or "0")))


def _read_malformed(groups: list[str], fraction: str) -> PrintedNumber:
    if len(groups) == 2 and len(groups[1]) == 1 and not fraction:
        # No thousands group loses two digits: "1,3" is a decimal comma that slipped in.
        value = float(".".join(groups))
        return PrintedNumber(value, (value,), "decimal_comma")
    return PrintedNumber(None, _candidates(groups), "malformed_number")


def _candidates(groups: list[str]) -> tuple[float, ...]:
    """The digits as they stand, and with each group filled to three: 175,00 is 17500 or 175000."""
    as_printed = float("".join(groups))
    filled = float(groups[0] + "".join(group.ljust(3, "0") for group in groups[1:]))
    return (as_printed,) if filled == as_printed else (as_printed, filled)
