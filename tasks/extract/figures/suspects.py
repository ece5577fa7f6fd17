"""Numbers that look wrong: kept as printed and flagged, never repaired."""

from __future__ import annotations

from tasks.extract.figures.amounts import Amount
from tasks.extract.figures.lexicon import read_word_set


def suspect_reason(amount: Amount) -> str | None:
    """malformed_number, decimal_comma, share_over_100 or implausible_age; None for a sound number."""
    if amount.reason is not None:
        return amount.reason
    value = amount.value if amount.value is not None else amount.low
    if value is None:
        return None
    if amount.kind == "percent" and amount.unit == "%" and value > 100 and _is_share(amount.counted):
        return "share_over_100"
    if amount.kind == "fraction" and value > 1 and _is_share(amount.counted):
        return "share_over_100"
    return None


def _is_share(counted: str | None) -> bool:
    """The counted thing has a known total that it cannot exceed: voters, residents."""
    return counted is not None and counted.split()[-1].lower() in read_word_set("shares")
