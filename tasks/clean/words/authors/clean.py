"""Printed bylines made a clean list of authors."""
# Why: see docs/decisions.md, "A byline is read in one place".

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tasks.clean.words.authors.persons import NAME_WORD
from tasks.clean.words.authors.printed_names import read_names


def clean_authors(raw: Iterable[str], outlets: Iterable[str] = ()) -> list[str]:
    """The authors named in printed bylines or fields: in order, each once, names only.

    Taken off: "By" and its kin, job titles, degrees, places, addresses, times and what is in
    brackets; several names in one text are parted. Of a text that names a person, what names neither
    a person nor an agency goes: desks and outlets are no persons, and stay only where a text credits
    no one else is named; placeholders ("admin") and the `outlets` named do not.
    """
    names: list[str] = []
    seen: set[str] = {_fold(outlet) for outlet in outlets}
    for text in raw:
        for name in read_names(text):
            key = _fold(name)
            if key and key not in seen:
                seen.add(key)
                names.append(name)
    return _drop_parts(names)


def _drop_parts(names: list[str]) -> list[str]:
    """The names without those that are only a part of another ("Roe" beside "Jane Roe")."""
    folded = [f" {_fold(name)} " for name in names]
    by_word: dict[str, list[str]] = {}
    for own in folded:
        for word in set(own.split()):
            by_word.setdefault(word, []).append(own)
    return [
        name
        for name, own in zip(names, folded, strict=True)
        if not (len(name.split()) == 1 and _is_part(own, by_word))
    ]


def _is_part(own: str, by_word: Mapping[str, Sequence[str]]) -> bool:
    """Whether another name holds the words of this one; only those with its rarest word are looked at."""
    others = min((by_word[word] for word in own.split()), key=len, default=())
    return any(own != other and own in other for other in others)


def _fold(name: str) -> str:
    return " ".join(NAME_WORD.findall(name.casefold()))
