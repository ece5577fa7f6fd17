"""What kind of question a figure answers, and which kinds can answer one question."""

from __future__ import annotations

import re

from core.outcomes import Row
from tasks.group.questions.kinds.ages import is_age
from tasks.group.questions.kinds.labels import is_label

__all__ = ["KINDS", "are_comparable", "is_label", "question_kind"]

KINDS = ("age", "money", "duration", "measure", "percent", "score", "count")

_CURRENCY_AFTER = re.compile(r"\s*(?:euros?|dollars?|pounds)\b")
_MAGNITUDE_BEFORE = re.compile(r"\bmagnitude(?: of)? $", re.IGNORECASE)
# "One in five", "nine of ten", "three out of four"; "597 out of 600 marks" is no share.
_SHARE = re.compile(
    r"\b(?:in|of)(?: every)? (?:three|four|five|six|seven|eight|nine|ten|twelve|twenty|a hundred|[3-9]|1[025]|20|25|50|100)\b",
    re.IGNORECASE,
)
_MILLIONS = re.compile(r"(?:million|billion|trillion|\d ?(?:m|bn))$", re.IGNORECASE)
_SPENDING = re.compile(
    r"\b(?:earn(?:s|ed|ing)?|pay(?:s|ing)?|paid|cost(?:s|ing)?|spen[dt]s?|spending|worth|fined?|fetch(?:es|ed|ing)?|(?:sold|bought|went) for"
    r"|priced?|prices|fortune|wealth|budget|loss(?:es)?|profits?|sales|revenues?|debts?|ransom|bill|bid|fee|clause|gap|deficit|surplus|grant|reserves?"
    r"|interest|loans?|assets|damages?|savings?|borrow(?:ed|s)?|owe[sd]?|salary|wages|overtime|prize money)\b[^.;,]{0,25}$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d,.]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CURRENCY_BEFORE = re.compile(r"[€$£¥]\s?$")
_SUM_AFTER = re.compile(
    r"(?:(?: ?(?:million|billion|trillion|m|bn))? ?(?:euros?|dollars?|pounds|francs|marks|kron(?:er|or)|crowns|pesos|liras?|rupees|yen|yuan|rou?bles|rand)\b)"
)
_SAME_REACH = 220  # characters
_SCORE_AFTER, _SCORE_BEFORE = re.compile(r"[-–]\d"), re.compile(r"\d[-–]$")


def question_kind(figure: Row, text: str) -> str:
    """One of KINDS. A bare number beside a name or in a list of ages is an age."""
    kind, start, end = figure["kind"], figure["start_char"], figure["end_char"]
    if kind == "age" or is_age(figure, text):
        return "age"
    if kind == "money" or (kind == "measure" and _CURRENCY_AFTER.match(text[end : end + 9])):
        return "money"
    if kind in ("percent", "fraction") or (kind == "ratio" and _SHARE.search(figure["surface"])):
        return "percent"
    if kind in ("duration", "measure"):
        return str(kind)
    if kind == "count" and not figure["counted"] and _is_sum(figure, text):
        return "money"
    if kind == "count" and _is_magnitude(figure, text):
        return "measure"
    is_pair = kind == "count" and not figure["counted"] and _SCORE_AFTER.match(text[end : end + 2])
    is_second = kind == "count" and _SCORE_BEFORE.search(text[max(0, start - 2) : start])
    return "score" if kind in ("other", "ratio") or is_pair or is_second else "count"


def _is_sum(figure: Row, text: str) -> bool:
    """Whether a bare number is an amount of money whose currency is told elsewhere: "it earned 480 million", "410 million euros
    according to the union; the ministry speaks of 260 million"."""
    if _MILLIONS.search(figure["surface"]) is None:
        return False
    before = text[max(0, figure["start_char"] - _SAME_REACH) : figure["start_char"]].rpartition("\n")[2]
    return _SPENDING.search(before[-45:]) is not None or _ends_with_sum(before)


def _ends_with_sum(before: str) -> bool:
    """Whether the last number of these words is an amount of money."""
    numbers = [match for match in _NUMBER.finditer(before) if not _YEAR.fullmatch(match[0])]
    if not numbers:
        return False
    start, end = numbers[-1].span()
    return _CURRENCY_BEFORE.search(before[:start]) is not None or _SUM_AFTER.match(before[end:]) is not None


def _is_magnitude(figure: Row, text: str) -> bool:
    """Whether it is the strength of an earthquake: "4.2-magnitude", "a magnitude of 4.4"."""
    start, end = figure["start_char"], figure["end_char"]
    return "magnitude" in figure["surface"].lower() or (
        _MAGNITUDE_BEFORE.search(text[max(0, start - 16) : start]) is not None
        or text[end : end + 11].lower().lstrip(" -").startswith("magnitude")
    )


def are_comparable(one: str, other: str) -> bool:
    """Whether figures of these kinds can answer one question: "4.2-magnitude" and "a magnitude of 4.4"."""
    return one == other or frozenset((one, other)) in _MIXED


_MIXED = frozenset(
    frozenset(pair)
    for pair in (("count", "measure"), ("count", "score"), ("measure", "score"), ("duration", "measure"))
)
