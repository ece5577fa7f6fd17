"""The names of an article: the model's spans, corrected by what a newsroom knows."""

from __future__ import annotations

from collections.abc import Iterable

from tasks.extract.document import Document
from tasks.extract.names.added import (
    acronym_candidates,
    dateline_candidates,
    known_candidates,
    run_candidates,
)
from tasks.extract.names.cutting import is_money
from tasks.extract.names.foreign.find import foreign_names
from tasks.extract.names.frame import Candidate, Frame, make_frame
from tasks.extract.names.longer_spans import widened
from tasks.extract.names.repeats import repeated_candidates
from tasks.extract.names.roles import set_roles
from tasks.extract.names.span_repair import repaired
from tasks.extract.names.spans import model_candidates
from tasks.extract.names.treatment import is_taxon
from tasks.extract.names.vote import settle_types
from tasks.extract.names.words import name_words

__all__ = ["Candidate", "Frame", "find_names"]


def find_names(document: Document) -> tuple[Frame, list[Candidate]]:
    """The article's names in reading order, typed, none overlapping another; and its tokens as lists."""
    frame = make_frame(document)
    found = model_candidates(frame)
    if document.language.split("-")[0].lower() != "en":
        return frame, foreign_names(frame, _without_overlaps(found))
    found = widened(frame, repaired(frame, found))
    datelines = list(dateline_candidates(frame, _tokens(found)))
    opened = _tokens(datelines)
    found = [one for one in found if opened.isdisjoint(range(one.start, one.end))] + datelines
    taken = _tokens(found)
    found.extend(known_candidates(frame, taken))
    taken = _tokens(found)
    found.extend(list(acronym_candidates(frame, found, taken)))
    taken = _tokens(found)
    found.extend(list(run_candidates(frame, found, taken)))
    found = _without_overlaps(found)
    settle_types(frame, found)
    taken = _tokens(found)
    found.extend(list(repeated_candidates(frame, found, taken)))
    found = _without_overlaps(found)
    never = name_words().never
    names = [
        one for one in found if one.key not in never and not is_money(frame, one) and not is_taxon(frame, one)
    ]
    set_roles(frame, names)
    return frame, names


def _tokens(candidates: Iterable[Candidate]) -> set[int]:
    return {token for one in candidates for token in range(one.start, one.end)}


def _without_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """In reading order; of two that overlap the longer stays, of equals the earlier."""
    kept: list[Candidate] = []
    for one in sorted(candidates, key=lambda one: (one.start, -one.end)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
        else:
            kept.append(one)
    return kept
