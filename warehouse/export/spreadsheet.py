"""An answer as an XLSX workbook: true numbers and times, a frozen header, links that can be clicked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from core.errors import ConfigError
from core.safety.visible import show_text
from warehouse.export.json_text import write_json

# What a worksheet can hold (Excel specifications and limits).
MOST_ROWS = 1_048_575
LONGEST_TEXT = 32_767
WIDEST, NARROWEST = 60, 8
_LINKS = ("http://", "https://")
_LONGEST_LINK = 2_079
_MOST_LINKS = 65_000


class Rows(Protocol):
    """An answer: the names of its columns, and its rows one after the other."""

    columns: tuple[str, ...]

    def __iter__(self) -> Any: ...


def write_workbook(answer: Rows, output: Path) -> None:
    """Write the answer to a workbook with one sheet. Times are UTC. A text that is too long for a cell is cut and
    ends with "…".

    Raises ConfigError for more rows than a sheet holds, OSError for a file that cannot be written.
    """
    from xlsxwriter.exceptions import FileCreateError

    try:
        _write_book(answer, output)
    except FileCreateError as error:
        (cause,) = error.args
        raise (cause if isinstance(cause, OSError) else OSError(str(cause))) from None


def _write_book(answer: Rows, output: Path) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(output), {**options, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("answer")
        formats = {
            "header": book.add_format({"bold": True, "bottom": 1}),
            "time": book.add_format({"num_format": 'yyyy-mm-dd hh:mm:ss"Z"'}),
        }
        sheet.freeze_panes(1, 0)
        first, rest = _take(answer, 200)
        for column, width in enumerate(_widths(answer.columns, first)):
            sheet.set_column(column, column, width)
        for column, name in enumerate(answer.columns):
            sheet.write_string(0, column, show_text(name), formats["header"])
        row_count = _write_rows(sheet, [*first], rest, formats)
        sheet.autofilter(0, 0, row_count, max(0, len(answer.columns) - 1))


def _take(answer: Rows, count: int) -> tuple[list[Sequence[Any]], Iterable[Sequence[Any]]]:
    """The first rows, which decide how wide the columns are, and the rest."""
    rows = iter(answer)
    first = [row for _, row in zip(range(count), rows, strict=False)]
    return first, rows


def _widths(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    longest = [len(name) for name in columns]
    for row in rows:
        longest = [max(width, len(str(value))) for width, value in zip(longest, row, strict=True)]
    return [min(WIDEST, max(NARROWEST, width + 1)) for width in longest]


def _write_rows(
    sheet: Any, first: list[Sequence[Any]], rest: Iterable[Sequence[Any]], formats: dict[str, Any]
) -> int:
    """Write the rows below the header and return their number."""
    links = 0
    number = 0
    for rows in (first, rest):
        for row in rows:
            number += 1
            if number > MOST_ROWS:
                raise ConfigError(
                    f"a sheet holds {MOST_ROWS:,} rows; use --format csv or parquet, or a LIMIT"
                )
            for column, value in enumerate(row):
                links += _write_cell(sheet, number, column, value, formats, can_link=links < _MOST_LINKS)
    return number


def _write_cell(
    sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any], *, can_link: bool
) -> int:
    """Write a cell and return the number of links in it."""
    if value is None:
        return 0
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal) and _is_finite(value):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime):
        moment = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        sheet.write_datetime(row, column, moment, formats["time"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value)
    else:
        return _write_text(sheet, row, column, value, can_link=can_link)
    return 0


def _is_finite(value: float | Decimal) -> bool:
    return abs(float(value)) < 1e15  # false for NaN too; of a longer number a sheet would lose digits


def _write_text(sheet: Any, row: int, column: int, value: Any, *, can_link: bool) -> int:
    text = show_text(value if isinstance(value, str) else write_json(value))
    if can_link and text.startswith(_LINKS) and len(text) <= _LONGEST_LINK and " " not in text:
        sheet.write_url(row, column, text, string=text)
        return 1
    sheet.write_string(row, column, text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…")
    return 0
