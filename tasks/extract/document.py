"""An article as the extractors see it: its text, tokens and sentences on one set of offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from typing import Any

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
        touched = [
            token.i - sentence.start_token
            for token in self.doc[sentence.start_token : sentence.end_token]
            if token.idx < row["end_char"] and row["start_char"] < token.idx + len(token)
        ]
        if parse is None or not touched or touched[0] >= len(parse):
            return None
        return touched[0], min(len(parse), touched[-1] + 1)

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
