"""Spans grown: the ending behind a name, the direction before it, and known names of several words."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.names.frame import Candidate, CandidateIndex, Frame
from tasks.extract.names.gazetteer import gazetteer, normalize_name
from tasks.extract.names.words import name_words

_SAINTS = frozenset({"st", "st.", "saint"})


def of_saints(frame: Frame, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, a saint and what is called after it made one: "St Brigid's Hospital"."""
    kept: list[Candidate] = []
    for one in candidates:
        if kept and one.start < kept[-1].end:
            continue
        kept.append(one)
        entity_type = _ending_type(frame.lower(one.end + 1))
        is_owned = frame.lower(one.end) in ("'s", "’s") and frame.is_capital(one.end + 1)
        if entity_type and is_owned and frame.lower(one.start) in _SAINTS:
            one.end, one.entity_type = one.end + 2, entity_type
    return kept


def extend_by_ending(frame: Frame, one: Candidate, taken: set[int]) -> None:
    """ "Peruvian Government", "Canadian Rockies", "Northwick Magistrate's Court": take in the ending."""
    if one.entity_type not in ("group", "place", "organization"):
        return
    end = one.end
    if (
        frame.lower(end) == "'s"
        and frame.lower(end + 1) in ("court", "college", "hospital", "office", "university")
        and frame.is_capital(end + 1)
        and one.entity_type != "group"
    ):
        end += 1
    limit = end + 3
    while (
        end < min(limit, len(frame.words))
        and end not in taken
        and frame.capitals[end]
        and frame.words[end].isalpha()
    ):
        if (entity_type := _ending_type(frame.lowers[end])) and not frame.is_capital(end + 1):
            one.end, one.entity_type = end + 1, entity_type
            taken.update(range(one.start, one.end))
            return
        end += 1


def extend_by_direction(frame: Frame, one: Candidate) -> None:
    """ "eastern Europe" is a place of its own where our tables have it."""
    if one.entity_type == "place" and frame.lower(one.start - 1) in name_words().directions:
        form = normalize_name(frame.text(one.start - 1, one.end))
        if form in gazetteer().known:
            one.start -= 1


def _ending_type(lower: str) -> str:
    lists = name_words()
    if lower in (
        "house",
        "day",
        "week",
        "line",
        "air",
        "post",
        "times",
        "daily",
        "state",
        "office",
        "front",
        "open",
        "code",
        "law",
        "bill",
        "state",
    ):
        return ""
    for words, entity_type in (
        (lists.organization_endings, "organization"),
        (lists.facility_endings, "facility"),
        (lists.place_endings, "place"),
        (lists.event_endings, "event"),
        (lists.law_endings, "law"),
    ):
        if lower in words:
            return entity_type
    return ""


def widened(frame: Frame, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, parts of a known name of several words replaced by the whole of it."""
    phrases = gazetteer().phrases
    found = CandidateIndex(candidates)
    for token, is_capital in enumerate(frame.capitals):
        if not is_capital:
            continue
        for rest, entity_type in phrases.get(frame.lowers[token], ()):
            end = token + 1 + len(rest)
            if (
                rest
                and tuple(frame.lowers[token + 1 : end]) == rest
                and (frame.is_capital(end - 1) or entity_type in ("law", "event"))
            ):
                _replace_inside(
                    found, Candidate(token, end, entity_type, is_model=False, is_certain=True, source="table")
                )
                break
    return found.candidates()


def _replace_inside(found: CandidateIndex, whole: Candidate) -> None:
    """Replaces the candidates inside the whole by it; leaves them when one reaches beyond."""
    touching = found.touching(whole.start, whole.end)
    if any(one.start < whole.start or one.end > whole.end for _, one in touching):
        return
    if len(touching) == 1 and (touching[0][1].start, touching[0][1].end) == (whole.start, whole.end):
        return
    for number, _ in touching:
        found.remove(number)
    found.add(whole)
