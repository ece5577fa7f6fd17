"""The title or description that is at a person's name: "White House press secretary Jen Psaki"."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.dates.base.tense import is_past
from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.words import name_words

_PLAIN = frozenset({"adv", "cr", "mr", "mrs", "ms", "mx", "miss", "dr", "sir", "dame", "lord", "lady", "baroness",
    "madam", "hon", "smt", "shri"})  # fmt: skip
_REACH = 12
_RELATIVES = frozenset({"who", "whose", "whom", "which", "where", "when", "that"})
_OBJECTS = frozenset({"the", "a", "an", "his", "her", "their", "its"})


def set_roles(frame: Frame, names: Sequence[Candidate]) -> None:
    """Fill `role` of the persons that have one before their name or, between commas, after it."""
    spans = {token: one for one in names for token in range(one.start, one.end)}
    for one in names:
        if one.entity_type == "person":
            one.role = _role_before(frame, one, spans) or _role_after(frame, one, spans)


def _role_before(frame: Frame, one: Candidate, spans: dict[int, Candidate]) -> str | None:
    stop = one.start
    if frame.lower(stop - 1) == "," and _is_office(frame, stop - 2):
        stop -= 1
    start = stop
    while start > max(0, one.start - _REACH) and _belongs(frame, start - 1, spans):
        start -= 1
    while start < stop and not _opens(frame, start, spans):
        start += 1
    if frame.words[stop - 1].isalpha() and frame.lowers[stop - 1] in name_words().office_links:
        return None  # "a shop owner in Northwick": what follows is no holder
    return frame.text(start, stop) if any(_is_head(frame, token) for token in range(start, stop)) else None


def _is_head(frame: Frame, token: int) -> bool:
    """Whether the token alone names an office: "state" and "under" do not."""
    return _is_office(frame, token) and frame.lowers[token] not in name_words().office_fields


def _is_office(frame: Frame, token: int) -> bool:
    lists = name_words()
    lower = frame.lower(token)
    is_rank = lower in lists.honorifics and lower.rstrip(".") not in _PLAIN
    return lower in lists.offices or (is_rank and frame.is_capital(token))


def _belongs(frame: Frame, token: int, spans: dict[int, Candidate]) -> bool:
    """Whether the token can be a part of a title: an office, a qualifier, an institution, a link."""
    if token in spans:
        return spans[token].entity_type != "person"
    lower = frame.lowers[token]
    if _is_office(frame, token) or lower in name_words().qualifiers or lower in ("-", "'s"):
        return True
    if lower in name_words().office_links:
        return True
    return frame.capitals[token] and token not in frame.begins and frame.words[token].isalpha()


def _opens(frame: Frame, token: int, spans: dict[int, Candidate]) -> bool:
    lower = frame.lowers[token]
    is_link = lower in name_words().office_links or lower in ("-", "'s")
    return not is_link and (
        token in spans
        or _is_office(frame, token)
        or lower in name_words().qualifiers
        or frame.capitals[token]
    )


def _role_after(frame: Frame, one: Candidate, spans: dict[int, Candidate]) -> str | None:
    """The words between commas after a name that name an office: ", the mayor of Northwick,"."""
    if frame.lower(one.end) != ",":
        return None
    start = one.end + 1
    if frame.lower(start) in ("the", "a", "an", "his", "her", "its", "their"):
        start += 1
    end = start
    while (
        end < min(len(frame.words), start + _REACH)
        and frame.words[end] not in ',.;:()—–"“”'
        and "\n" not in frame.words[end]
    ):
        end += 1
    if end >= len(frame.words) or frame.words[end] not in ",.;)—–" or end == start:
        return None
    # The office must come before any verb could: among the first words, or right after an institution.
    head = range(start, min(end, start + 5))
    office = next((token for token in head if _is_head(frame, token)), end)
    has_office = office < end and not any(_begins_clause(frame, token) for token in range(start, office))
    return frame.text(start, end) if has_office and not _has_person(start, end, spans) else None


def _begins_clause(frame: Frame, token: int) -> bool:
    """ "who", "whose father", "advised the governor": no description of the person."""
    lower = frame.lowers[token]
    return lower in _RELATIVES or (
        is_past(lower) and lower.endswith("ed") and frame.lower(token + 1) in _OBJECTS
    )


def _has_person(start: int, end: int, spans: dict[int, Candidate]) -> bool:
    return any(token in spans and spans[token].entity_type == "person" for token in range(start, end))
