"""Several names in one text, parted at commas and "and"."""

from __future__ import annotations

import re
from functools import cache

from tasks.clean.words.agencies import agency_forms
from tasks.clean.words.authors.persons import body_words
from tasks.clean.words.word_lists import read_words, word_set

_COMMA = re.compile(r"\s*,\s*")
# "And" of some languages that also is inside names ("Ortega y Gasset").
_WEAK_AND = re.compile(r"\s(?:y|e|i|en|ja)\s")


def split_listed(part: str) -> list[str]:
    """A comma list split into names; what follows a name and is not a name is dropped ("Jane Roe, Reporter")."""
    pieces = [piece for piece in _COMMA.split(part) if piece.strip()]
    if len(pieces) == 2 and _is_turned(pieces):
        return [f"{pieces[1].strip()} {pieces[0].strip()}"]
    listed = [name for piece in pieces for name in _split_and(piece)]
    return listed[:1] + [name for name in listed[1:] if not is_remark(name)]


def _is_turned(pieces: list[str]) -> bool:
    """Whether it is "Roe, Jane": a surname alone, then a given name alone or with an initial."""
    first, second = (piece.split() for piece in pieces)
    plain = bool(second) and all(_is_plain(word) for word in [*first, second[0]])
    given = len(second) == 1 or (len(second) == 2 and len(second[1].rstrip(".")) == 1)
    remark = is_remark(pieces[1]) or pieces[0].isupper() or pieces[1].isupper()
    body = {word.casefold() for word in (*first, *second)} & (body_words() | agency_forms())
    return len(first) == 1 and given and plain and not remark and not body


def _is_plain(word: str) -> bool:
    """Whether a word is a name's by its letters: "Roe", "O'Neil", "García-López"."""
    return word[:1].isupper() and re.sub(r"(?<=\w)['’-](?=\w)", "", word).isalpha()


def _split_and(piece: str) -> list[str]:
    """The names that "and" joins; an "and" that also is inside names parts no single word from the rest."""
    parts: list[str] = []
    joint, start = "", 0
    for found in [*_and_pattern().finditer(piece), None]:
        part = piece[start : found.start()] if found else piece[start:]
        if parts and _WEAK_AND.fullmatch(joint) and 1 in (len(parts[-1].split()), len(part.split())):
            parts[-1] += joint + part
        elif part.strip():
            parts.append(part)
        if found:
            joint, start = found.group(), found.end()
    return parts


def is_remark(text: str) -> bool:
    """Whether what comes after a name is a job, a degree or the like and no other name."""
    words = [word.casefold().strip(".,") for word in text.split()]
    if not words:
        return True
    if " ".join(words) in word_set("bylines", "degrees") or words[0] in word_set("bylines", "degrees"):
        return True
    return any(word in word_set("bylines", "job_words") for word in words)


@cache
def _and_pattern() -> re.Pattern[str]:
    words = sorted(read_words("bylines")["and"], key=len, reverse=True)
    return re.compile(rf"\s+(?:{'|'.join(re.escape(word) for word in words)})\s+|,?\s+and\s+", re.I)
