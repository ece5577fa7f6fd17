"""Whether a clause speaks of what was or of what will be, by its nearest tell-tale word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tasks.extract.dates.base.intervals import Tense
from tasks.extract.dates.base.lexicon import calendar_words, table
from tasks.extract.numerals import Token, number_words

_REACH = 18  # tokens either side; a clause is rarely longer
_CLOSE = 3
_PREFIXES = ("re", "over", "under", "out", "with", "fore", "up")
_SHORT = 3  # "react" has no "act"
# Phrases of a timetable by their last word: "goes on sale", "takes effect", "comes into force".
_TRADED = frozenset({("for", "delivery"), ("for", "settlement")})  # "crude for July delivery"
_INTO = frozenset({"take", "takes", "comes into", "come into", "goes into", "go into"})
_PHRASES = {"sale": frozenset({"on"}), "effect": _INTO, "force": _INTO}
_MOVED = frozenset(
    {"to", "for", "through"}
)  # "moved to Friday"; "reacted to the late February ruling" moved nothing
_DENIED = frozenset({"didn't", "didn’t", "hadn't", "hadn’t", "wasn't", "wasn’t", "weren't", "weren’t"})
_DID_NOT = frozenset({("did", "not"), ("had", "not"), ("was", "not"), ("were", "not")})
_LINKS = frozenset({"on", "at", "in"})
_STOPS = frozenset(".!?;")
_AFTER_COST = 1.5  # words after the date weigh less: the clause's verb mostly comes first


def tense_at(tokens: Sequence[Token], start: int, end: int) -> Tense | None:
    """The tense around tokens[start:end], or None when no word tells."""
    if end < len(tokens) and start > 0 and (tokens[start - 1].lower, tokens[end].lower) in _TRADED:
        return "future"
    best: tuple[float, Tense] | None = None
    for place, distance in _around(tokens, start, end):
        tense = _tense_of(tokens, place, place < start)
        is_next = place == start - 1 and not tokens[end - 1].lower.endswith(("'s", "’s"))
        if is_next and tokens[place].lower in _MOVED and tokens[start].lower not in table("weekdays"):
            is_next = False
        if is_next and tokens[place].lower in calendar_words("tense", "next_to"):
            tense = None if _is_over(tokens, place) else "future"
        if tense is None and _is_timetable(tokens, place, start):
            tense = "future"
        if tense is not None and (best is None or distance < best[0]):
            best = (distance, tense)
    return None if best is None else best[1]


def _tense_of(tokens: Sequence[Token], place: int, is_before: bool) -> Tense | None:
    """What one word says. An infinitive looks ahead ("Putin to speak Thursday"), unless it hangs on a past
    verb ("tried to argue Sunday") or comes after the date and says a purpose."""
    word = tokens[place].lower
    if _is_infinitive(tokens, place):
        governor = tokens[place - 1].lower if place else ""
        if governor in calendar_words("tense", "looks_ahead"):
            return "future"
        return None if not is_before or is_past(governor) else "future"
    if word in ("could", "couldn't", "couldn’t") and _is_denied(tokens, place):
        return "past"  # "could not be reached Tuesday"
    if word == "set":
        return "future" if place + 1 < len(tokens) and tokens[place + 1].lower in ("to", "for") else None
    if word in calendar_words("tense", "future") or word.endswith(("'ll", "’ll")):
        return "future"
    is_name = (
        tokens[place].is_capitalized and place > 0 and not _is_stop(tokens, place - 1)
    )  # "the United States"
    return "past" if is_past(word) and not is_name and not _is_passive_infinitive(tokens, place) else None


def _is_denied(tokens: Sequence[Token], place: int) -> bool:
    following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    return tokens[place].lower != "could" or following == "not"


def _is_passive_infinitive(tokens: Sequence[Token], place: int) -> bool:
    """ "will be held", "is to be formally closed": what is before "be" tells the time."""
    before = place - 2 if place and tokens[place - 1].lower.endswith("ly") else place - 1
    return before >= 0 and tokens[before].lower == "be"


def _is_over(tokens: Sequence[Token], place: int) -> bool:
    """Whether a past verb is close before "by", and it does not report: "ate it by Easter", "had left by Friday"."""
    near = [token.lower for token in tokens[max(0, place - _CLOSE) : place]]
    is_told = not calendar_words("tense", "telling").isdisjoint(near)
    if tokens[place].lower in ("until", "till"):  # "did not search it until October"
        words = [token.lower for token in tokens[max(0, place - _REACH // 2) : place]]
        return not _DENIED.isdisjoint(words) or any(pair in _DID_NOT for pair in pairwise(words))
    return (
        tokens[place].lower == "by" and not is_told and not calendar_words("tense", "past").isdisjoint(near)
    )


def _is_timetable(tokens: Sequence[Token], place: int, start: int) -> bool:
    """ "continues on Monday", "go on sale Friday": a verb of a timetable with nothing between it and the date but "on"."""
    if place >= start or not {token.lower for token in tokens[place + 1 : start]} <= _LINKS:
        return False
    before = tokens[place - 1].lower if place else ""
    if (phrases := _PHRASES.get(tokens[place].lower)) is not None:
        second = tokens[place - 2].lower if place > 1 else ""
        return before in phrases or f"{second} {before}" in phrases
    is_verb = tokens[place].lower in calendar_words("tense", "timetable")
    return is_verb and before not in calendar_words("tense", "no_timetable")


def is_past(word: str) -> bool:
    """ "Left", "rebuilt", "reopened"."""
    past = calendar_words("tense", "past")
    rest = next((word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix)), "")
    return word in past or (len(rest) > _SHORT and rest in past) or (word.endswith("ed") and len(word) > 4)


def _around(tokens: Sequence[Token], start: int, end: int) -> list[tuple[int, float]]:
    places: list[tuple[int, float]] = []
    for step in range(1, _REACH):
        place = start - step
        if place < 0 or tokens[place].kind == "break" or _is_stop(tokens, place):
            break
        places.append((place, float(step)))
    for step in range(_REACH):
        place = end + step
        if place >= len(tokens) or tokens[place].kind == "break" or _is_stop(tokens, place):
            break
        places.append((place, (step + 1) * _AFTER_COST))
    return places


def _is_stop(tokens: Sequence[Token], place: int) -> bool:
    """A full stop ends the clause; the stop of "Jan." and "U.S." does not."""
    if tokens[place].text not in _STOPS:
        return False
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return (
        following is None
        or following.kind == "break"
        or (not following.is_glued and following.is_capitalized)
    )


def _is_infinitive(tokens: Sequence[Token], place: int) -> bool:
    """ "to hold": "to" before a small word that is no determiner looks ahead."""
    if tokens[place].lower != "to" or place + 1 >= len(tokens):
        return False
    following = tokens[place + 1]
    if following.lower == "be":
        governor = tokens[place - 1].lower if place else ""
        return governor in ("is", "are") or governor in calendar_words("tense", "looks_ahead")
    return (
        following.kind == "word"
        and not following.is_capitalized
        and not any(following.lower in number_words()[name] for name in ("units", "tens"))
        and following.lower not in ("the", "a", "an", "his", "her", "its", "their", "this", "that", "be")
    )
