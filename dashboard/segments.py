"""A text cut where marked spans begin and end, so that each piece is shown once, with all of its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.model.articles import MarkedSpan, TakenLine


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of the text with the spans that cover it; `begins` are those that start here."""

    text: str
    spans: tuple[MarkedSpan, ...]
    begins: tuple[MarkedSpan, ...]


def cut_pieces(
    text: str, spans: Sequence[MarkedSpan], start: int = 0, end: int | None = None
) -> list[TextPiece]:
    """The pieces of text[start:end], in order. Spans can be nested and reach over the ends."""
    end = len(text) if end is None else end
    inside = [span for span in spans if span.start_char < end and span.end_char > start]
    cuts = {start, end}
    for span in inside:
        cuts |= {max(span.start_char, start), min(span.end_char, end)}
    places = sorted(cuts)
    begins_at: dict[int, list[MarkedSpan]] = {}
    ends_at: dict[int, list[MarkedSpan]] = {}
    for span in inside:
        begins_at.setdefault(max(span.start_char, start), []).append(span)
        ends_at.setdefault(min(span.end_char, end), []).append(span)
    pieces = []
    covering: list[MarkedSpan] = []
    for place, following in pairwise(places):
        gone = ends_at.get(place, [])
        begun = [span for span in begins_at.get(place, []) if span.end_char > place]
        covering = [span for span in covering if span not in gone] + begun
        first = tuple(span for span in begun if span.start_char == place)
        pieces.append(TextPiece(text[place:following], tuple(covering), first))
    return pieces


def cut_paragraphs(text: str, spans: Sequence[MarkedSpan]) -> list[list[TextPiece]]:
    """The pieces of each paragraph."""
    paragraphs = []
    start = 0
    for paragraph in text.split("\n\n"):
        end = start + len(paragraph)
        paragraphs.append(cut_pieces(text, spans, start, end))
        start = end + 2
    return paragraphs


def place_removed(paragraph_count: int, removed: Sequence[TakenLine]) -> list[list[TakenLine]]:
    """The removed lines before the first paragraph, after the first, and so on.

    The numbers that no removed line has are those of the lines that were kept, one for each paragraph; where
    they do not match the paragraphs, lines from the middle of the text are at its end.
    """
    placed: list[list[TakenLine]] = [[] for _ in range(paragraph_count + 1)]
    numbers = {line.line_number for line in removed if line.section != "tail"}
    outer = {line.line_number for line in removed if line.section == "tail"}
    first_tail = min(outer, default=None)
    last = first_tail - 1 if first_tail else max(numbers, default=0)
    kept = [number for number in range(1, last + 1) if number not in numbers]
    is_known = bool(outer) and len(kept) == paragraph_count
    for line in removed:
        if line.section == "head":
            place = 0
        elif line.section == "body" and is_known:
            place = sum(number < line.line_number for number in kept)
        else:
            place = paragraph_count
        placed[place].append(line)
    return placed
