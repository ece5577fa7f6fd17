"""An edit paragraph by paragraph, as an editor reads it: what stayed, what went, what came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_HEAD = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")
_WORDS = re.compile(r"\s+|\w+(?:['’.,]\w+)*|[^\w\s]")
# Comparing two paragraphs costs the product of their words; longer ones are shown as one that went and one that came.
_MOST_WORDS = 800
# Of two paragraphs that share less, each is shown whole.
_LEAST_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class EditedPiece:
    """A stretch of a paragraph; `change` is `went`, `came`, or empty for what stayed."""

    text: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class EditedPlace:
    """Paragraphs at one place; `number` counts them in the new text (in the old one where they only went), the headline as 0."""

    number: int
    paragraphs: tuple[tuple[EditedPiece, ...], ...]


def read_edits(lines: Sequence[str]) -> tuple[EditedPlace, ...]:
    """The places of a unified diff without context, whose first line is the headline."""
    places: list[tuple[re.Match[str], list[str], list[str]]] = []
    for line in lines:
        head = _HEAD.match(line)
        if head:
            places.append((head, [], []))
        elif places:
            _, went, came = places[-1]
            (went if line.startswith("-") else came).append(line[1:])
    return tuple(
        EditedPlace(int(head[2 if came else 1]) - 1, _pair(went, came)) for head, went, came in places
    )


def _pair(went: Sequence[str], came: Sequence[str]) -> tuple[tuple[EditedPiece, ...], ...]:
    """Each paragraph that was reworded once; those that only went or came by themselves."""
    paired = len(went) if len(went) == len(came) else 0
    told = [
        piece
        for before, after in zip(went[:paired], came[:paired], strict=True)
        for piece in _merge(before, after)
    ]
    told += [(EditedPiece(text, "went"),) for text in went[paired:]]
    return (*told, *((EditedPiece(text, "came"),) for text in came[paired:]))


def _merge(before: str, after: str) -> list[tuple[EditedPiece, ...]]:
    """One paragraph with its changed words, or both where too little is alike."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > _MOST_WORDS or matcher.ratio() < _LEAST_ALIKE:
        return [(EditedPiece(before, "went"),), (EditedPiece(after, "came"),)]
    pieces = []
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(EditedPiece("".join(old[first:last])))
            continue
        pieces.append(EditedPiece("".join(old[first:last]), "went"))
        pieces.append(EditedPiece("".join(new[start:end]), "came"))
    return [tuple(piece for piece in pieces if piece.text)]
