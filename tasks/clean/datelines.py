"""Printed times near the headline: what a reader sees as the time of publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from tasks.clean.headline import Piece, Surroundings
from tasks.clean.moments import Moment, read_moment
from tasks.clean.word_lists import read_words

_NEAR_BEHIND = 9
_MAX_CHARS = 90
_MAX_WORDS = 6  # "Published on June 5, 2025" has five


@dataclass(frozen=True, slots=True)
class Dateline:
    """A printed time beside the headline; `is_bare` if the piece of text holds little else."""

    moment: Moment
    is_modified: bool
    is_bare: bool


def find_datelines(around: Surroundings, zone: tzinfo, *, day_first: bool) -> list[Dateline]:
    """Times printed around the headline, those behind it first, each with its label read."""
    behind = _read_pieces(around.behind[:_NEAR_BEHIND], zone, day_first)
    return [*behind, *reversed(_read_pieces(around.before, zone, day_first))]


def says_modified(text: str) -> bool:
    """Whether a text before or around a time says that it is the time of a change."""
    return _holds(text, "modified_words") and not _holds(text, "published_words")


def says_published(text: str) -> bool:
    """Whether a text before a time says that it is the time of publication."""
    return _holds(text, "published_words")


def _read_pieces(pieces: Sequence[Piece], zone: tzinfo, day_first: bool) -> list[Dateline]:
    found = []
    for number, piece in enumerate(pieces):
        text = piece.text
        if len(text) > _MAX_CHARS or not any(char.isdigit() for char in text):
            continue
        moment = read_moment(text, zone, day_first=day_first)
        if moment:
            label = " ".join(before.text for before in pieces[max(0, number - 2) : number])[-60:]
            labelled = says_modified(label) and not _holds(text, "published_words")
            found.append(Dateline(moment, says_modified(text) or labelled, len(text.split()) <= _MAX_WORDS))
    return found


def _holds(text: str, words: str) -> bool:
    folded = text.casefold()
    return any(word in folded for word in read_words("dates")[words])
