"""Columns share the width of a terminal."""

from __future__ import annotations

import pytest

from cli.console.layout import GAP, NARROWEST, fit_widths, put_ids_last


@pytest.mark.parametrize("widths", [[5, 200], [10, 300, 60], [24, 24, 90], [3, 30, 31, 500]])
def test_long_texts_share_what_short_columns_leave(widths: list[int]) -> None:
    fitted = fit_widths(widths, 160)
    assert fitted is not None
    assert sum(fitted) + GAP * (len(widths) - 1) <= 160
    assert all(given == width for given, width in zip(fitted, widths, strict=True) if width <= NARROWEST)
    assert all(given <= width for given, width in zip(fitted, widths, strict=True))


def test_a_table_that_fits_keeps_its_widths() -> None:
    assert fit_widths([10, 50, 40], 120) == [10, 50, 40]


def test_a_narrow_terminal_has_no_place_for_many_texts() -> None:
    assert fit_widths([30, 30, 30, 30], 80) is None


def test_ids_and_hashes_come_last_in_their_order() -> None:
    columns = ["article_id", "outlet", "text_sha256", "title"]
    assert [columns[place] for place in put_ids_last(columns)] == [
        "outlet",
        "title",
        "article_id",
        "text_sha256",
    ]
