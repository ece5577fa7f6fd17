"""Figures of a text with what their sentences say of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tasks.extract.dates import find_dates
from tasks.extract.figure_context import describe_figures
from tasks.extract.figure_context.implied_counts import find_told
from tasks.extract.figures import find_figures
from tasks.extract.language_model.pipeline import build_documents, parse_sentences
from tasks.extract.names import find_names
from tasks.extract.options import ExtractOptions
from tasks.extract.quotations import find_quotations

Row = dict[str, Any]


@pytest.fixture(scope="session")
def describe(article: Callable[..., Row], options: ExtractOptions) -> Callable[[str], list[Row]]:
    """The described figures of a text, those told without a numeral among them."""

    def run(text: str) -> list[Row]:
        document = build_documents([article(text)], options)[0]
        parse_sentences([document], {0: {sentence.number for sentence in document.sentences}}, options)
        frame, names = find_names(document)
        mentions = [
            document.row(
                frame.starts[name.start],
                frame.end_char(name.end - 1),
                surface=text[frame.starts[name.start] : frame.end_char(name.end - 1)],
                entity_type=name.entity_type,
                entity_id=f"id of {text[frame.starts[name.start] : frame.end_char(name.end - 1)]}",
            )
            for name in names
        ]
        dates = find_dates(document)
        figures = find_figures(document, dates)
        figures += find_told(document, figures)
        describe_figures(document, figures, mentions, dates, find_quotations(document, mentions))
        return figures

    return run
