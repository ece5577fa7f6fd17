"""Further mentions of the names a document has: once a name, always a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import normalize_name
from tasks.extract.names.words import name_words

_Phrase = tuple[tuple[str, ...], str]


def repeated_candidates(
    frame: Frame, candidates: Sequence[Candidate], taken: set[int]
) -> Iterator[Candidate]:
    """Mentions outside every span whose words are a name settled elsewhere, or a person's surname."""
    index = _index(frame, candidates)
    common = {lower for lower, capital in zip(frame.lowers, frame.capitals, strict=True) if not capital}
    for token, capital in enumerate(frame.capitals):
        if capital and token not in taken:
            for words, entity_type in index.get(frame.lowers[token], ()):
                end = token + len(words)
                if tuple(frame.lowers[token:end]) == words and _is_free(frame, token, end, taken, common):
                    one = Candidate(token, end, entity_type, is_model=False)
                    one.key = normalize_name(frame.text(token, end))
                    taken.update(range(token, end))
                    yield one
                    break


def _index(frame: Frame, candidates: Sequence[Candidate]) -> dict[str, list[_Phrase]]:
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
    index: dict[str, list[_Phrase]] = {}
    for words, entity_type in found.items():
        index.setdefault(words[0], []).append((words, entity_type))
    for phrases in index.values():
        phrases.sort(key=lambda phrase: (-len(phrase[0]), phrase))
    return index


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
