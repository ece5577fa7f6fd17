"""Short forms of institutions within an article: acronyms in brackets, names without their ending."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import gazetteer


def acronym_owners(frame: Frame, names: Sequence[Candidate]) -> dict[int, int]:
    """For a short form (by its place in `names`) the place of the long form that it stands for."""
    by_key: dict[str, int] = {}
    for place in range(1, len(names)):
        long, short = names[place - 1], names[place]
        is_bracketed = frame.words[long.end : short.start] == ["("] and frame.lower(short.end) == ")"
        if is_bracketed and _is_acronym_of(frame, short, long):
            by_key.setdefault(short.key, place - 1)
    for stem, place in _first_words(names).items():
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


def _first_words(names: Sequence[Candidate]) -> dict[str, int]:
    """The first word of each longer organization, where only one organization here begins with it."""
    found: dict[str, int] = {}
    keys: dict[str, set[str]] = {}
    for place, one in enumerate(names):
        words = bare_company(one.key).split()
        if one.entity_type == "organization" and len(one.key.split()) > 1 and len(words[0]) > 2:
            found.setdefault(words[0], place)
            keys.setdefault(words[0], set()).add(" ".join(words))
    return {word: place for word, place in found.items() if len(keys[word]) == 1}


_COMPANY_FORMS = frozenset(
    {"inc", "corp", "ltd", "plc", "llc", "llp", "co", "sa", "ag", "gmbh", "nv", "spa", "ab", "a/s"}
    | {"company", "corporation"}
)


def bare_company(key: str) -> str:
    """The name without its legal form: "acme inc" and "acme" are one."""
    words = key.split()
    while len(words) > 1 and words[-1] in _COMPANY_FORMS:
        words.pop()
    return " ".join(words)
