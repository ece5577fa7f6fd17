"""A figure as an interval, in one unit per dimension, so that miles meet kilometres."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from core.outcomes import Row

_ABOUT = 0.1  # "about 300" is 270 to 330
_FAR = 2.0
_ABOUT_AN_HOUR = 0.2  # an hour, a day or two of them are said of what took five sixths of it
_SPEEDS = {"second": "s", "minute": "min", "hour": "h"}  # "thirty centimetres with every hour"
_NO_UNIT = ("", 1.0, 0.0)
FRACTION = "1"  # UCUM's unit of a share of one
# UCUM unit: (dimension, factor, offset) to the dimension's own unit. Currencies stay as they are.
_UNITS: dict[str, tuple[str, float, float]] = {
    "s": ("s", 1, 0), "min": ("s", 60, 0), "h": ("s", 3600, 0), "d": ("s", 86_400, 0), "wk": ("s", 604_800, 0),
    "mo": ("s", 2_629_800, 0), "a": ("s", 31_557_600, 0),
    "ms": ("s", 0.001, 0),
    "m": ("m", 1, 0), "km": ("m", 1000, 0), "dm": ("m", 0.1, 0), "um": ("m", 1e-6, 0), "nm": ("m", 1e-9, 0), "cm": ("m", 0.01, 0), "mm": ("m", 0.001, 0), "[in_i]": ("m", 0.0254, 0),
    "[ft_i]": ("m", 0.3048, 0), "[yd_i]": ("m", 0.9144, 0), "[mi_i]": ("m", 1609.344, 0), "[nmi_i]": ("m", 1852, 0),
    "g": ("g", 1, 0), "kg": ("g", 1000, 0), "t": ("g", 1e6, 0), "[lb_av]": ("g", 453.59237, 0), "[oz_av]": ("g", 28.35, 0),
    "[ston_av]": ("g", 907_184.74, 0), "[stone_av]": ("g", 6350.29318, 0), "[oz_tr]": ("g", 31.1034768, 0), "[car_m]": ("g", 0.2, 0),
    "mg": ("g", 0.001, 0), "ug": ("g", 1e-6, 0), "ng": ("g", 1e-9, 0),
    "m2": ("m2", 1, 0), "km2": ("m2", 1e6, 0), "har": ("m2", 1e4, 0), "[acr_us]": ("m2", 4046.856, 0),
    "[sft_i]": ("m2", 0.09290304, 0), "[smi_us]": ("m2", 2_589_988, 0), "[syd_i]": ("m2", 0.83612736, 0),
    "L": ("L", 1, 0), "mL": ("L", 0.001, 0), "[gal_us]": ("L", 3.785411784, 0), "m3": ("L", 1000, 0),
    "[bbl_us]": ("L", 158.987295, 0), "[pt_us]": ("L", 0.473176473, 0), "[cft_i]": ("L", 28.316846592, 0),
    "[cyd_i]": ("L", 764.554858, 0), "cm3": ("L", 0.001, 0), "km3": ("L", 1e12, 0),
    "deg": ("Cel", 1, 0),  # bare degrees; of heat, those that the outlet is used to
    "Cel": ("Cel", 1, 0), "[degF]": ("Cel", 5 / 9, -160 / 9), "K": ("Cel", 1, -273.15),
    FRACTION: ("%", 100, 0), "{basis_point}": ("{percentage_point}", 0.01, 0),
    "W": ("W", 1, 0), "kW": ("W", 1e3, 0), "MW": ("W", 1e6, 0), "GW": ("W", 1e9, 0), "TW": ("W", 1e12, 0), "[HP]": ("W", 745.7, 0),
    "J": ("J", 1, 0), "kJ": ("J", 1e3, 0), "[Cal]": ("J", 4184, 0), "kW.h": ("J", 3.6e6, 0), "MW.h": ("J", 3.6e9, 0),
    "GW.h": ("J", 3.6e12, 0), "TW.h": ("J", 3.6e15, 0), "V": ("V", 1, 0), "kV": ("V", 1e3, 0),
    "Hz": ("Hz", 1, 0), "MHz": ("Hz", 1e6, 0), "GHz": ("Hz", 1e9, 0),
    "[psi]": ("kPa", 6.894757, 0), "bar": ("kPa", 100, 0), "mbar": ("kPa", 0.1, 0), "hPa": ("kPa", 0.1, 0), "kPa": ("kPa", 1, 0),
    "Sv": ("mSv", 1000, 0), "mSv": ("mSv", 1, 0), "uSv": ("mSv", 0.001, 0),
    "km/h": ("m/s", 1 / 3.6, 0), "m/s": ("m/s", 1, 0), "[mi_i]/h": ("m/s", 0.44704, 0), "[kn_i]": ("m/s", 0.514444, 0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ValueRange:
    """Bounds (infinite where open) in `unit`; `is_vague` where only words such as "dozens" tell them."""

    low: float
    high: float
    unit: str | None
    is_vague: bool = False

    def meets(self, other: ValueRange) -> bool:
        """Whether both can be true; a thousandth of slack for converted units."""
        slack = 1e-3 * max(abs(self.low), abs(other.low)) if math.isfinite(self.low + other.low) else 0.0
        return self.low <= other.high + slack and other.low <= self.high + slack

    def equals(self, other: ValueRange) -> bool:
        """Whether they are the same interval, but for rounding."""
        return all(
            a == b or math.isclose(a, b, rel_tol=1e-3)
            for a, b in ((self.low, other.low), (self.high, other.high))
        )

    def is_far_from(self, other: ValueRange) -> bool:
        """Whether the ends that are told lie further apart than _FAR times."""
        ends = [[abs(end) for end in (one.low, one.high) if math.isfinite(end)] for one in (self, other)]
        if not all(ends):
            return False
        (low, high), (other_low, other_high) = ((min(some), max(some)) for some in ends)
        gap = max(low, other_low) / max(min(high, other_high), 1e-9)
        return bool(gap > _FAR)

    @property
    def is_open(self) -> bool:
        """Whether it has one end only: "more than 9,000"."""
        return math.isfinite(self.low) != math.isfinite(self.high)

    @property
    def middle(self) -> float | None:
        """One number to compare scales by: the middle, or the only bound."""
        ends = [end for end in (self.low, self.high) if math.isfinite(end)]
        return sum(ends) / len(ends) if ends else None


def read_interval(figure: Row, kind: str = "") -> ValueRange | None:
    """The interval that a figure says; None where it has neither value nor bounds nor candidates.

    `kind` is that of its question: an age without a unit is in years.
    """
    value, low, high = figure["value"], figure["low"], figure["high"]
    candidates = figure["candidates"] or ()
    if value is None and low is None and high is None and not candidates:
        return None
    if figure["bound"] == "about" and value is not None:
        slack = _ABOUT_AN_HOUR if figure["kind"] == "duration" and value <= 2 else _ABOUT
        low = value * (1 - slack) if low is None else low
        high = value * (1 + slack) if high is None else high
    elif figure["bound"] == "at_least":
        low = value if low is None else low
        high = math.inf if high is None else high
    elif figure["bound"] == "at_most":
        high = value if high is None else high
        low = -math.inf if low is None else low
    low = _first(low, value, min(candidates, default=None), -math.inf)
    high = _first(high, value, max(candidates, default=None), math.inf)
    unit = figure["unit"] or ("a" if kind == "age" else None)
    if kind == "measure" and _UNITS.get(unit or "", _NO_UNIT)[0] == "m" and figure.get("per") in _SPEEDS:
        unit = f"{unit}/{_SPEEDS[figure['per']]}"
    if kind == "percent" and unit is None:  # "a quarter" beside "25 per cent"
        unit = FRACTION
    return _convert(low, high, unit, figure["bound"] == "vague")


def bound_age(interval: ValueRange, before: str) -> ValueRange:
    """The interval of an age after the words `before`: "under the age of 18" is no age of 18."""
    if _YOUNGER.search(before):
        return replace(interval, low=-math.inf)
    return replace(interval, high=math.inf) if _OLDER.search(before) else interval


_YOUNGER = re.compile(r"\b(?:under|below|younger than|up to)\s(?:the\s)?(?:age\s(?:of\s)?)?$", re.IGNORECASE)
_OLDER = re.compile(r"\b(?:over|above|older than|at least)\s(?:the\s)?(?:age\s(?:of\s)?)?$", re.IGNORECASE)


def _first(*values: float | None) -> float:
    return next(value for value in values if value is not None)


def _convert(low: float, high: float, unit: str | None, is_vague: bool) -> ValueRange:
    dimension, factor, offset = _read_unit(unit)
    low, high = sorted((low * factor + offset, high * factor + offset))
    return ValueRange(low, high, dimension, is_vague)


def _read_unit(unit: str | None) -> tuple[str | None, float, float]:
    """Dimension, factor and offset of a unit. "120 million litres a day" is in litres: what it is for is told apart."""
    known = _UNITS.get(unit or "")
    if known is not None:
        return known
    amount, _, time = (unit or "").partition("/")
    known, span = _UNITS.get(amount), _UNITS.get(time)
    if known is None or span is None:
        return unit, 1.0, 0.0
    if span[0] != "s":  # nanograms in a millilitre, tonnes a hectare
        return known
    return ("m/s", known[1] / span[1], 0.0) if known[0] == "m" else known


def from_dimension(value: float, unit: str | None) -> float | None:
    """A bound of a ValueRange in the printed unit; None where it is open."""
    if not math.isfinite(value):
        return None
    _, factor, offset = _read_unit(unit)
    return float(f"{(value - offset) / factor:.10g}")
