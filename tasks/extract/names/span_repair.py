"""Spans made whole, in order: cut, joined, grown."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.names.cutting import parted, until_dash, without_sides
from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.longer_spans import extend_by_direction, extend_by_ending, of_saints
from tasks.extract.names.person_spans import adjoined, with_nicknames, with_second_halves


def repaired(frame: Frame, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates after repair, in reading order."""
    pieces = [
        part for one in candidates for part in parted(frame, without_sides(frame, until_dash(frame, one)))
    ]
    joined = with_nicknames(frame, adjoined(frame, with_second_halves(frame, of_saints(frame, pieces))))
    taken = {token for one in joined for token in range(one.start, one.end)}
    for one in joined:
        extend_by_ending(frame, one, taken)
        extend_by_direction(frame, one)
    return joined
