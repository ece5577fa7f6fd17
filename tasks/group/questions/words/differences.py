"""Whether a number is told as a difference from another one: "300 fewer than ten years ago", "a further 28 miles"."""

from __future__ import annotations

import re

from tasks.group.questions.words.lexicon import NO_WORDS

DIFFERENCE = "difference"
_ROUGHLY = r"(?:about |around |some |nearly |almost |at least |more than |roughly |only |just |a |an )*"
_BY = re.compile(
    r"\b(?:rises?|rose|risen|rising|falls?|fell|fallen|falling|drop(?:s|ped)?|climb(?:s|ed)?|gr[eo]ws?|grown|increase[sd]?|decrease[sd]?|shrank|shrunk"
    r"|shrinks?|gain(?:s|ed)?|improve[sd]?|slip(?:s|ped)?|widen(?:s|ed)?|narrow(?:s|ed)?|up|down|higher|lower|longer|shorter)"
    rf" (?:on average )?by {_ROUGHLY}$|\b(?:difference|increase|decrease|rise|drop|fall|gain) of {_ROUGHLY}$",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    rf"\b(?:a further|another|an (?:additional|extra)|additional) {_ROUGHLY}$", re.IGNORECASE
)
_THAN = re.compile(r"\s*(?:more|fewer|less) than\b", re.IGNORECASE)
_LONGER = re.compile(
    r"\s*(?:longer|shorter|farther|further|taller|higher|lower|faster|slower|warmer|colder|hotter|cooler|heavier|lighter|earlier than|later than)\b",
    re.IGNORECASE,
)
# Every text that _BY or _FURTHER finds ends so.
_ENDS = tuple(
    f"{end} "
    for end in (
        "by", "of", "about", "around", "some", "nearly", "almost", "least", "than", "roughly", "only", "just", "a", "an", "further",
        "another", "additional", "extra",
    )
)  # fmt: skip
# "Another 12 were hurt" are all who were hurt.
_ADDED = frozenset({"measure", "duration"})
_TOLD = frozenset({"count", "measure", "duration"})


def read_difference(kind: str, before: str, after: str) -> frozenset[str]:
    """DIFFERENCE for a number that says how much more or less something is than something else."""
    if kind not in _TOLD:
        return NO_WORDS
    is_before = before.endswith(_ENDS) and (
        _BY.search(before) or (kind in _ADDED and _FURTHER.search(before))
    )
    is_after = _THAN.match(after) or (kind in _ADDED and _LONGER.match(after))
    return frozenset([DIFFERENCE]) if is_before or is_after else NO_WORDS
