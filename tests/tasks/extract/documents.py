"""Documents made by hand, for extractors that read words only."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from tasks.extract.document import Document, Sentence
from tasks.extract.language_model.sentences import split_sentences
from tasks.extract.language_model.tokens import blank_language


def make_document(
    text: str,
    published_at: datetime | None = None,
    *,
    language: str = "en",
    time_zone: str = "UTC",
    precision: str = "minute",
) -> Document:
    """The text with its sentences, without names or parses."""
    spans = enumerate(split_sentences(text, language), start=1)
    return Document(
        article_id="0123456789abcdef",
        month=date(2021, 12, 1),
        text=text,
        language=language,
        doc=blank_language("en").make_doc(""),
        sentences=[Sentence(number, start, end, 0, 0) for number, (start, end) in spans],
        published_at=published_at,
        published_precision=precision,
        time_zone=time_zone,
    )


def takes_linear_time(find: Callable[[Document], object], document: Document, piece: str) -> bool:
    """Whether four times as much of the piece takes about four times the CPU seconds; sixteen would be the square.

    What is too slow is measured once more: on a busy machine, or while garbage is looked for, one may be slow by chance.
    """

    def measure(size: int) -> float:
        made = replace(document, text=piece * (size // len(piece)))
        start = time.process_time()
        find(made)
        return time.process_time() - start

    return any(12 * measure(2_000) + 0.12 > measure(8_000) for _ in range(2))
