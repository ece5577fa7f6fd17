"""Short forms of institutions within an article: acronyms in brackets, names without their ending."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import gazetteer
from tasks.extract.names.words import name_words


def acronym_owners(frame: Frame, names: Sequence[Candidate]) -> dict[int, int]:
    """For a short form (by its place in `names`) the place of the long form that it stands for."""
    by_key: dict[str, int] = {}
    for place in range(1, len(names)):
        long, short = names[place - 1], names[place]
        is_bracketed = frame.words[long.end : short.start] == ["("] and frame.lower(short.end) == ")"
        if is_bracketed and _is_acronym_of(frame, short, long):
            by_key.setdefault(short.key, place - 1)
    for place, one in enumerate(names):
        stem = _without_ending(one) if one.entity_type == "organization" else None
        if stem is not None:
            by_key.setdefault(stem, place)
    known = gazetteer().known
    return {
        place: by_key[one.key]
        for place, one in enumerate(names)
        if one.key in by_key and one.entity_type == "organization" and one.key not in known
    }


def _is_acronym_of(frame: Frame, short: Candidate, long: Candidate) -> bool:
    if short.end - short.start != 1 or long.end - long.start < 2:
        return False
    letters = [char.lower() for char in frame.words[short.start] if char.isupper()]
    initials = [word[0] for word in long.key.split()]
    return len(letters) >= 2 and sum(letter in initials for letter in letters) * 2 >= len(letters)


def _without_ending(one: Candidate) -> str | None:
    """ "acme" of "acme group": the first words of a name whose last says what kind of body it is."""
    words = one.key.split()
    if len(words) == 2 and words[1] in name_words().organization_endings and len(words[0]) > 2:
        return words[0]
    return None
