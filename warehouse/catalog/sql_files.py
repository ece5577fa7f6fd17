"""The SQL files: found by name, described by their header, run with bound values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import ConfigError, ContractError
from warehouse.catalog.schema_version import SQL_FOLDER

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.catalog.session import Lake

# Where run_query looks: the users' queries, then those that Copydesk asks itself, by who asks.
ASKED_FOLDERS = ("queries", "pages", "intake", "group", "backfill", "status", "explain")
_FIELD = re.compile(
    r"^-- (purpose|grain|key|each|reads|makes|replaces|writes|gives|needs|parameters|columns): ?(.*)$"
)
_LANDING_FIELDS = ("each", "makes", "replaces", "writes", "gives", "needs")
_NUMBER = re.compile(r"^\d+_(?=[a-z])")
_MORE = re.compile(r"^--\s{2,}(\S.*)$")
_MEANING = re.compile(r"^(\w+): (.+)$")
_PARAMETER = re.compile(r"^(\w+) (\w+)(?: = (.+?))?: (.+)$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query takes: required unless it has a default (None is one)."""

    name: str
    type: str
    meaning: str
    is_required: bool
    default: Any = None

    def read(self, value: Any) -> Any:
        """The value in the parameter's type. Raises ConfigError if the text does not fit it."""
        if value is None or not isinstance(value, str):
            return value
        try:
            return _READERS[self.type](value)
        except ValueError:
            raise ConfigError(f"{self.name}={value!r} is not of type {self.type}") from None


@dataclass(frozen=True, slots=True)
class SqlFile:
    """A file of sql/: its header (purpose, grain, key, reads, parameters, columns) and its text.

    `columns` gives the meaning of the columns that no table explains, by name. The files of sql/landing
    also say the tables that they run for, one after the other (`each`), which temporary table they make (`makes`), the table whose rows it replaces by key
    (`replaces`), the tables they write (`writes`), the values they give to later files (`gives`), and the
    temporary table without whose rows they are skipped (`needs`).
    """

    name: str
    folder: str
    purpose: str
    grain: str
    key: tuple[str, ...]
    reads: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, str]
    text: str
    each: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of all parameters, defaults filled in. Raises ConfigError for unknown or missing ones."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise ConfigError(f"query {self.name} has no parameter {name!r}{suggest(name, known)}")
        missing = [p.name for p in self.parameters if p.is_required and values.get(p.name) is None]
        if missing:
            told = ", ".join(f"{name}=... ({known[name].meaning})" for name in missing)
            raise ConfigError(f"query {self.name} needs {told}")
        return {name: p.read(values.get(name, p.default)) for name, p in known.items()}

    def prepare(self, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """The text to run and the values to bind to it, see `bind`. Each list of texts is bound as one JSON text.

        DuckDB reads that in one piece. Of a list it looks at each text by itself, and asks Python for pandas each time.
        """
        text, bound = self.text, self.bind(values)
        for parameter in self.parameters:
            if parameter.type == "texts" and bound[parameter.name] is not None:
                marker = rf"\${parameter.name}\b"
                text = re.sub(marker, f"from_json(${parameter.name}, '[\"VARCHAR\"]')", text)
                bound[parameter.name] = json.dumps(list(bound[parameter.name]))
        return text, bound


def list_queries() -> list[SqlFile]:
    """The named questions of sql/queries, by name."""
    return [parse_sql(path) for path in _files("queries")]


@cache
def numbered_files(folder: str) -> tuple[SqlFile, ...]:
    """The files of a folder whose names begin with a number, in the order of the numbers."""
    return tuple(parse_sql(path) for path in _files(folder) if path.name[0].isdigit())


def run_query(lake: Lake, name: str, /, **values: Any) -> pa.Table:
    """The answer of a named query as an Arrow table; ASKED_FOLDERS are the folders where it looks.

    Values can be of the parameter's type or the text that a user typed. Raises ConfigError for an unknown
    name, parameter or value.
    """
    file = find_sql(name, *ASKED_FOLDERS)
    text, bound = file.prepare(values)
    answer = lake.execute(text, bound or None)
    with lake.explained():
        table: pa.Table = answer.to_arrow_table()
    return table


@cache
def find_sql(name: str, *folders: str) -> SqlFile:
    """The SQL file of that name, its number left out. Raises ConfigError with the nearest name for an unknown one."""
    paths = {_name_of(path): path for folder in reversed(folders) for path in _files(folder)}
    if name in paths:
        return parse_sql(paths[name])
    raise ConfigError(f"no query is called {name!r}{suggest(name, list(paths))}")


def parse_sql(path: Path) -> SqlFile:
    """The file with its header read. Raises ContractError if the header lacks a field."""
    text = path.read_text(encoding="utf-8")
    fields = _read_header(text)
    missing = {"purpose", "grain", "key", "reads"} - fields.keys()
    if missing:
        raise ContractError(f"{path.name}: its header lacks {', '.join(sorted(missing))}")
    return SqlFile(
        name=_name_of(path),
        folder=path.parent.name,
        purpose=" ".join(fields["purpose"]),
        grain=" ".join(fields["grain"]),
        key=_split(fields["key"]),
        reads=_split(fields["reads"]),
        parameters=tuple(_read_parameter(line, path.name) for line in fields.get("parameters", []) if line),
        columns=_read_meanings(fields.get("columns", [])),
        text=text,
        **{name: _split(fields.get(name, [])) for name in _LANDING_FIELDS},
    )


def parse_own(path: Path, folder: str) -> SqlFile:
    """A file of a user, who can leave out the header, or give purpose, key and parameters in it.

    Raises ContractError for a parameter that is not described as it has to be.
    """
    text = path.read_text(encoding="utf-8-sig")
    fields = _read_header(text)
    return SqlFile(
        name=path.stem,
        folder=folder,
        purpose=" ".join(fields.get("purpose", [f"your query {path.stem}"])),
        grain=" ".join(fields.get("grain", ["one row per row of the answer"])),
        key=_split(fields.get("key", [])),
        reads=(),
        parameters=tuple(_read_parameter(line, path.name) for line in fields.get("parameters", []) if line),
        columns={},
        text=text,
    )


def suggest(name: str, known: Mapping[str, Any] | list[str]) -> str:
    """The end of an error message: the nearest known name, or all of them."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; known: {', '.join(names)}" if names else "; none are known"


def _files(folder: str) -> list[Path]:
    return sorted((SQL_FOLDER / folder).glob("*.sql"))


def _name_of(path: Path) -> str:
    return _NUMBER.sub("", path.stem)


def _read_header(text: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if match := _FIELD.match(line):
            current = fields[match[1]] = [match[2]]
        elif current is not None and (more := _MORE.match(line)):
            current.append(more[1])
    return fields


def _split(lines: list[str]) -> tuple[str, ...]:
    return tuple(word.strip() for word in " ".join(lines).split(",") if word.strip() not in ("", "none"))


def _read_parameter(line: str, file: str) -> Parameter:
    match = _PARAMETER.match(line)
    if match is None or match[2] not in _READERS:
        raise ContractError(f"{file}: parameter line {line!r} is not `name type = default: meaning`")
    name, type_, default, meaning = match.groups()
    value = None if default in (None, "null") else _READERS[type_](default)
    return Parameter(name, type_, meaning, is_required=default is None, default=value)


def _read_meanings(lines: list[str]) -> dict[str, str]:
    """Meanings by column; a line that does not begin with a column's name continues the one before."""
    meanings: dict[str, str] = {}
    name = ""
    for line in filter(None, lines):
        match = _MEANING.match(line)
        name, text = (match[1], match[2]) if match else (name, f"{meanings[name]} {line}")
        meanings[name] = text
    return meanings


def _read_boolean(text: str) -> bool:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]


def _read_time(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _read_texts(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


_READERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "texts": _read_texts,
    "integer": int,
    "number": float,
    "boolean": _read_boolean,
    "date": date.fromisoformat,
    "timestamp": _read_time,
}
