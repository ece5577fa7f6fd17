"""What a table is: columns with Arrow types, units and meaning, and rows that must fit them."""
# Why: see docs/decisions.md, "The classes of tables are apart from the tables".

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from core.errors import ContractError

TEXT = pa.string()
INT = pa.int64()
FLOAT = pa.float64()
BOOL = pa.bool_()
DATE = pa.date32()
TIMESTAMP = pa.timestamp("us", tz="UTC")
TEXTS = pa.list_(TEXT)
FLOATS = pa.list_(FLOAT)
INTS = pa.list_(INT)
BINARY = pa.binary()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `unit` where it measures, `choices` where its values are a closed list."""

    name: str
    type: pa.DataType
    meaning: str
    required: bool = False
    unit: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one row per `grain`, unique on `key`; `parent` names the table that owns its rows."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    is_partitioned: bool = False
    parent: str | None = None

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema; required columns are not nullable."""
        return pa.schema([pa.field(c.name, c.type, nullable=not c.required) for c in self.columns])

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns in order."""
        return tuple(c.name for c in self.columns)

    def to_arrow(self, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
        """The rows as an Arrow table of exactly this schema; a missing optional column is null.

        Raises ContractError for an unknown column, a missing required value or a value of another
        type.
        """
        rows = list(rows)
        known = set(self.column_names)
        unknown = {name for row in rows for name in row} - known
        if unknown:
            raise ContractError(f"rows of {self.name} have unknown columns {sorted(unknown)}")
        arrays = [self._to_array(column, [row.get(column.name) for row in rows]) for column in self.columns]
        return pa.Table.from_arrays(arrays, schema=self.schema)

    def _to_array(self, column: Column, values: list[Any]) -> pa.Array:
        if column.required and any(value is None for value in values):
            raise ContractError(f"{self.name}.{column.name} is required and is missing in a row")
        try:
            return pa.array(values, column.type)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
            raise ContractError(f"{self.name}.{column.name} does not fit {column.type}: {error}") from error


def need(name: str, type_: pa.DataType, meaning: str, unit: str | None = None, *choices: str) -> Column:
    """A column that every row fills."""
    return Column(name, type_, meaning, True, unit, choices)


def may(name: str, type_: pa.DataType, meaning: str, unit: str | None = None, *choices: str) -> Column:
    """A column that can be null."""
    return Column(name, type_, meaning, False, unit, choices)
