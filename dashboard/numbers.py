"""Intervals in words."""

from __future__ import annotations

from dashboard.model.questions import PrintedReading

# Units of UCUM that people do not read at sight.
_UNITS = {
    "a": "years",
    "mo": "months",
    "wk": "weeks",
    "d": "days",
    "h": "hours",
    "min": "minutes",
    "s": "seconds",
    "t": "tonnes",
    "L": "litres",
    "m": "metres",
    "m2": "square metres",
    "m3": "cubic metres",
    "Cel": "°C",
    "[degF]": "°F",
    "[mi_i]": "miles",
    "[ft_i]": "feet",
    "[in_i]": "inches",
    "[lb_av]": "pounds",
    "[nmi_i]": "nautical miles",
    "[acr_us]": "acres",
    "[gal_us]": "gallons",
    "[kn_i]": "knots",
    "[mi_i]/h": "miles an hour",
}


def tell_number(number: float | None) -> str:
    """1450.0 as 1,450; 2.50 as 2.5; above a thousand without a fraction, as conversions make them: 4054.18 as 4,054."""
    if number is None:
        return "–"
    if float(number).is_integer() or abs(number) >= 1_000:
        return f"{number:,.0f}"
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def tell_unit(unit: str | None) -> str:
    """A unit of UCUM in words; a currency and what has no common word stay as they are."""
    return _UNITS.get(unit or "", unit or "")


def tell_interval(reading: PrintedReading, unit: str | None) -> str:
    """What a reading says as an interval: `1,450`, `1,350 to 1,650`, `up to 1,500`, `220 or more`."""
    low, high = reading.low, reading.high
    if low is None and high is None:
        return "no number"
    if low is None:
        told = f"up to {tell_number(high)}"
    elif high is None:
        told = f"{tell_number(low)} or more"
    elif low == high:
        told = tell_number(low)
    else:
        told = f"{tell_number(low)} to {tell_number(high)}"
    return f"{told} {tell_unit(unit)}" if unit else told
