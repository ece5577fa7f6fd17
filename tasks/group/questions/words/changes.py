"""What the words around a figure say of change: a number that has grown or is to grow, or one that is put in place of another."""

from __future__ import annotations

import re

_REACH = 60  # characters on either side
_DAYS = r"(?:noon|midnight|dawn|dusk|evening|morning|night|nightfall|yesterday|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_GROWN = (
    r"(?:ha(?:s|ve|d) (?:now )?(?:reached|risen|grown|climbed|passed|topped|exceeded|swollen|surpassed)|rose|risen|climb(?:ed|s)|grew|grown"
    r"|rising|(?:raising|raised|raises|bringing|brought|brings) (?:the|its|his|her|their|this|that|to)"
    r"|stands? at|stood at|so far|by now|to date|until now|already|more than first)"
)
# "Five had to abandon", "eight are now out": a state of its day, which another day can change either way.
_STATE = rf"(?:now|as of|by (?:the )?(?:{_DAYS}|(?:early|late) {_DAYS}|end)|revised|latest)"
_FALLEN = r"(?:still|remain(?:s|ed|ing)?|fell|fallen|dropped|down to)"
_CHANGE = re.compile(rf"\b(?:(?P<grown>{_GROWN})|(?P<fallen>{_FALLEN})|(?P<state>{_STATE}))\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:!?](?:\s|$)|,(?!\d)")
_NEXT_VERB = re.compile(r" (?:and|but) (?:now|still|then) ")  # of another clause
GROWN, FALLEN, STATE = "grown", "fallen", "state"
# Before a number that the report itself takes back: "up from 12", "officials had first said 12".
_TAKEN_BACK = re.compile(
    r"\b(?:(?:up|down|revised|raised|lowered|corrected) from|initially|originally|at first|previously|first (?:said|put|thought|reported|given)"
    r"|earlier (?:\w+ ){0,3}(?:said|put|gave|reported|spoke|counted)|had (?:earlier|first|initially|previously))\b[^.;]{0,50}$",
    re.IGNORECASE,
)


def tell_change(before: str, after: str) -> frozenset[str]:
    """GROWN, FALLEN, STATE, by the words of the figure's clause."""
    lead = _CLAUSE_END.split(before)[-1][-_REACH:]
    tail = _NEXT_VERB.split(_CLAUSE_END.split(after)[0])[0][:_REACH]
    found = [match.lastgroup for part in (lead, tail) for match in _CHANGE.finditer(part)]
    return frozenset(name for name in found if name)


def is_taken_back(before: str) -> bool:
    """Whether the report puts another number in the place of the one after these words."""
    return _TAKEN_BACK.search(before) is not None
