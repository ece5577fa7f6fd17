"""Rows that answer a question, as pandas, Arrow or dicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.safety.visible import show_line

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_SHOWN_ROWS = 10
_HTML_ROWS = 50
_SHOWN_CHARS = 60
_SHOWN_WIDTH = 160


class AnswerTable:
    """A table of rows. `df()`, `arrow()` and `rows()` give it away; a notebook shows its first rows.

    Whatever reads Arrow streams (polars, DuckDB, pyarrow) takes it as it is.
    """

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self._table.column_names)

    def df(self) -> pd.DataFrame:
        """The rows as a pandas frame; times are aware, in UTC."""
        frame: pd.DataFrame = self._table.to_pandas()
        return frame

    def arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        return self._table

    def rows(self) -> list[dict[str, Any]]:
        """The rows as dicts by column."""
        rows: list[dict[str, Any]] = self._table.to_pylist()
        return rows

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows as dicts, one after the other."""
        for batch in self._table.to_batches():
            yield from batch.to_pylist()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        count = f"{len(self):,} row{'' if len(self) == 1 else 's'}"
        if not len(self):
            return f"{count} of {', '.join(self.columns)}"
        import pandas as pd

        first = [[_show_cell(row[name]) for name in self.columns] for row in self._head(_SHOWN_ROWS)]
        frame = pd.DataFrame(first, columns=list(self.columns))
        shown = frame.to_string(index=False, max_colwidth=_SHOWN_CHARS, line_width=_SHOWN_WIDTH)
        return f"{shown}\n{count}" + (f", the first {_SHOWN_ROWS}" if len(self) > _SHOWN_ROWS else "")

    def _repr_html_(self) -> str:
        from copydesk.notebook import show_table

        return show_table(self.columns, self._head(_HTML_ROWS), len(self))

    def _head(self, count: int) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._table.slice(0, count).to_pylist()
        return rows


def answer_of(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> AnswerTable:
    """An answer of rows that are at hand; `columns` names those of an empty one."""
    import pyarrow as pa

    if not rows:
        return AnswerTable(pa.table({name: pa.array([], pa.string()) for name in columns}))
    return AnswerTable(pa.Table.from_pylist([dict(row) for row in rows]))


def _show_cell(value: Any) -> str:
    """The value on one line that cannot steer a terminal."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, list):
        return ", ".join(map(_show_cell, value))
    return f"{value:.10g}" if isinstance(value, float) else show_line(" ".join(str(value).split()))
