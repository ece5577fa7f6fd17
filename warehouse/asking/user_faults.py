"""Errors in a user's SQL, each in one line that says what to change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING

import duckdb

from core.errors import ConfigError, CopydeskError
from warehouse.asking.user_limits import explain_memory
from warehouse.catalog.faults import explain_fault, redact, says_interrupted

if TYPE_CHECKING:
    from warehouse.catalog.location import LakeLocation

READ_ONLY_HINT = "this SQL can only read: SELECT, FROM, WITH, VALUES, DESCRIBE, SUMMARIZE, SHOW and EXPLAIN"
_LONGEST = 300
_TRIES = 5
_NO_COLUMN = re.compile(
    r'Referenced (?:column|table) "(?P<name>[^"]*)" not found.*?(?:Candidate \w+: (?P<near>.*))?\Z'
)
_TEXTS = ("articles", "mentions", "figures", "dates", "quotations", "stories")
_NO_TABLE = re.compile(r"Table with name (?P<name>\S+) does not exist!")
_KIND = re.compile(r"\A(?:[\w ]{1,80} Error: ){1,3}")
_OF_PYTHON = re.compile(
    r"Python exception occurred while executing the UDF: \w+: (?P<said>.*?)(?:\n\nAt:.*)?\Z", re.DOTALL
)
_PLACE = re.compile(r"\n+LINE (\d+): (?s:.*)\Z")
# Errors of the lake or the machine rather than of the query, as they begin when Arrow hands them on as text.
_OF_THE_LAKE = {
    "IO Error:": duckdb.IOException,
    "HTTP Error:": duckdb.HTTPException,
    "TransactionContext Error:": duckdb.TransactionException,
    "Out of Memory Error:": duckdb.OutOfMemoryException,
}


@contextmanager
def explained(
    connection: duckdb.DuckDBPyConnection, location: LakeLocation, again: Callable[[], object]
) -> Iterator[None]:
    """Errors of DuckDB, and of Arrow reading from it, come out as CopydeskError; Ctrl-C as KeyboardInterrupt.

    If a query fails in one of DuckDB's threads, another thread can report it as interrupted; `again` then runs it
    once more to learn the cause.
    """
    try:
        yield
    except duckdb.InterruptException:
        raise _ask_why(again, location) from None
    except MemoryError:
        raise explain_memory("") from None
    except duckdb.Error as error:
        raise explain_user_fault(error, location) from None
    except (RuntimeError, OSError) as error:
        said = str(error)
        if says_interrupted(error):
            # Ctrl-C ends the waiting only; the next statement would wait for the query's threads.
            connection.interrupt()
            raise KeyboardInterrupt from None
        if isinstance(error, RuntimeError):
            raise
        if said.startswith("INTERRUPT Error"):
            raise _ask_why(again, location) from None
        kind = next((kind for start, kind in _OF_THE_LAKE.items() if said.startswith(start)), duckdb.Error)
        raise explain_user_fault(kind(said), location) from None


def _ask_why(again: Callable[[], object], location: LakeLocation) -> CopydeskError:
    for _ in range(_TRIES):
        try:
            again()
        except duckdb.InterruptException:
            continue
        except duckdb.Error as error:
            return explain_user_fault(error, location)
        break
    return ConfigError("the query was interrupted; run it again")


def explain_user_fault(error: duckdb.Error, location: LakeLocation) -> CopydeskError:
    """A user's mistake in one line; a fault of the lake as explain_fault words it."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return explain_memory(str(error))
    if isinstance(error, (duckdb.IOException, duckdb.HTTPException, duckdb.TransactionException)):
        return explain_fault(error, location)
    if isinstance(error, duckdb.PermissionException):
        return ConfigError(f"{READ_ONLY_HINT} ({redact(str(error).splitlines()[0], location)})")
    return ConfigError(redact(_say_in_one_line(str(error)), location))


def _say_in_one_line(said: str) -> str:
    """DuckDB's words without the quoted query, with the line when it is not the first."""
    if own := _OF_PYTHON.search(said):  # search(...) has said already what to change
        return own["said"]
    found = _PLACE.search(said)
    place = f" (line {found[1]})" if found and found[1] != "1" else ""
    line = _KIND.sub("", " ".join(_PLACE.sub("", said).split()))
    if column := _NO_COLUMN.match(line):
        near = _name_columns(column["name"]) or (
            f"; candidates are {column['near']}" if column["near"] else ""
        )
        line = f"there is no column {column['name']} here{near}"
        if column["name"][:1].isupper():
            line = f"{line}; words of a text need single quotes: '{column['name']}'"
    elif table := _NO_TABLE.match(line):
        line = f"there is no table {table['name']}; {_name_tables(table['name'])}"
    return (line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…") + place


def _name_columns(name: str) -> str:
    """Columns that end with the name, each with its table: body_text of articles for "text"."""
    from core.tables import TABLES  # imported here: it loads pyarrow, which a query does not need

    word = name.lower().rpartition(".")[2].strip('"')
    found = [
        f"{column} of {table}"
        for table in _TEXTS
        for column in (column.name for column in TABLES[table].columns)
        if column.endswith(f"_{word}")
    ]
    return f"; did you mean {' or '.join(found[:3])}?" if found else ""


def _name_tables(name: str) -> str:
    """Tables with a similar name; DuckDB itself would propose internal ones."""
    from core.tables import TABLES  # imported here: it loads pyarrow, which a query does not need

    near = get_close_matches(name.lower(), TABLES, 3)
    return f"did you mean {' or '.join(near)}?" if near else "`copydesk tables` lists the tables"
