"""Further mentions of the names a document has: once a name, always a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import normalize_name
from tasks.extract.names.words import name_words


def repeated_candidates(
    frame: Frame, candidates: Sequence[Candidate], taken: set[int]
) -> Iterator[Candidate]:
    """Mentions outside every span whose words are a name settled elsewhere, or a person's surname."""
    types = _settled_types(frame, candidates)
    lengths = _lengths_by_first(types)
    common = {lower for lower, capital in zip(frame.lowers, frame.capitals, strict=True) if not capital}
    for token, capital in enumerate(frame.capitals):
        if capital and token not in taken:
            for length in lengths.get(frame.lowers[token], ()):
                end = token + length
                entity_type = types.get(tuple(frame.lowers[token:end])) if end <= len(frame.lowers) else None
                if entity_type is not None and _is_free(frame, token, end, taken, common):
                    one = Candidate(token, end, entity_type, is_model=False, source="repeat")
                    one.key = normalize_name(frame.text(token, end))
                    taken.update(range(token, end))
                    yield one
                    break


def _settled_types(frame: Frame, candidates: Sequence[Candidate]) -> dict[tuple[str, ...], str]:
    """The type of each name, by its words in lower case, and of each person's surname."""
    found: dict[tuple[str, ...], str] = {}
    for one in candidates:
        words = tuple(frame.lowers[one.start : one.end])
        found.setdefault(words, one.entity_type)
        if (
            one.entity_type == "person"
            and len(words) > 1
            and len(words[-1]) > 2
            and frame.capitals[one.end - 1]
        ):
            found.setdefault(words[-1:], "person")
    return found


def _lengths_by_first(types: Iterable[tuple[str, ...]]) -> dict[str, list[int]]:
    """How many words the names have that begin with a word, longest first."""
    lengths: dict[str, set[int]] = {}
    for words in types:
        lengths.setdefault(words[0], set()).add(len(words))
    return {first: sorted(found, reverse=True) for first, found in lengths.items()}


def _is_free(frame: Frame, start: int, end: int, taken: set[int], common: set[str]) -> bool:
    if any(token in taken for token in range(start, end)):
        return False
    lower = frame.lowers[start]
    if end - start == 1:
        if lower in name_words().never or len(lower) < 2:
            return False
        if start in frame.begins and lower in common:
            return False
        # A part of a longer capitalised run is another name.
        return not (_joins(frame, end) or _joins(frame, start - 1))
    return True


def _joins(frame: Frame, token: int) -> bool:
    lists = name_words()
    lower = frame.lower(token)
    is_office = lower in lists.offices or lower in lists.honorifics
    return (
        frame.is_capital(token)
        and token not in frame.begins
        and frame.words[token].isalpha()
        and not is_office
        and not frame.words[token].isupper()
    )
