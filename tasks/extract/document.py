"""An article as the extractors see it: its text, tokens and sentences on one set of offsets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from spacy.attrs import IDX, LENGTH
from spacy.tokens import Doc

from core.outcomes import Row


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `number` from 1; half-open code point offsets in the body text; token bounds in `doc`."""

    number: int
    start_char: int
    end_char: int
    start_token: int
    end_token: int


@dataclass(slots=True)
class Document:
    """One article on its way through the extractors.

    `doc` is one spaCy Doc over the whole `text` (token.idx is the code point offset) with `doc.ents`
    set by the model. Tags and dependencies are *not* on `doc`: sentences that an extractor asked for
    are in `parses`, by sentence number, each a Doc of just that sentence's tokens, in the same order
    (token i of the parse is token `sentence.start_token + i` of `doc`).
    `published_at` is None when unknown; then relative dates stay unresolved.
    """

    article_id: str
    month: date
    text: str
    language: str
    doc: Doc
    sentences: Sequence[Sentence]
    title: str | None = None
    authors: Sequence[str] = ()
    published_at: datetime | None = None
    published_precision: str = "unknown"
    time_zone: str = "UTC"
    parses: dict[int, Doc] = field(default_factory=dict)
    _token_places: tuple[list[int], list[int]] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    def token_places(self) -> tuple[list[int], list[int]]:
        """Of each token its first character, and one past its last."""
        if self._token_places is None:
            table = self.doc.to_array([IDX, LENGTH])
            self._token_places = table[:, 0].tolist(), table.sum(axis=1).tolist()
        return self._token_places

    def sentence_at(self, char: int) -> Sentence:
        """The sentence that holds the character, or the last one that starts before it."""
        low, high = 0, len(self.sentences)
        while high - low > 1:
            middle = (low + high) // 2
            if self.sentences[middle].start_char <= char:
                low = middle
            else:
                high = middle
        return self.sentences[low]

    def span_in_parse(self, row: dict[str, Any]) -> tuple[int, int] | None:
        """The row's tokens, half-open, in the parse of its sentence; None without a parse or a token."""
        parse = self.parses.get(row["sentence_number"])
        sentence = self.sentence_at(row["start_char"])
        if parse is None:
            return None
        starts, ends = self.token_places()
        bounds = sentence.start_token, sentence.end_token
        first = bisect_right(ends, row["start_char"], *bounds) - sentence.start_token
        behind = bisect_left(starts, row["end_char"], *bounds) - sentence.start_token
        return (first, min(len(parse), behind)) if first < min(behind, len(parse)) else None

    def row(self, start_char: int, end_char: int, **values: Any) -> dict[str, Any]:
        """A row of a span table: ids, span, sentence and month filled in. Pass surface= where due."""
        return {
            "article_id": self.article_id,
            "start_char": start_char,
            "end_char": end_char,
            "sentence_number": self.sentence_at(start_char).number if self.sentences else None,
            "month": self.month,
            **values,
        }


def drop_taken(rows: Iterable[Row], known: Iterable[Row]) -> list[Row]:
    """The rows whose characters are in no known row."""
    spans = sorted((row["start_char"], row["end_char"]) for row in known)
    reached = [0, *accumulate((end for _, end in spans), max)]
    return [row for row in rows if reached[bisect_left(spans, (row["end_char"],))] <= row["start_char"]]
