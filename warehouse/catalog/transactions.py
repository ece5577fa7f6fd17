"""Write transactions: behind the gate, whole or not at all, in conflict with a writer that slipped past the gate."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import duckdb

from warehouse.catalog.faults import explain_fault, interruptible, is_conflict
from warehouse.catalog.gate import writer_gate
from warehouse.catalog.session import Lake

ATTEMPTS = 5
_Result = TypeVar("_Result")


def write_transaction(lake: Lake, message: str, work: Callable[[], _Result]) -> _Result:
    """Run `work` in one transaction behind the gate, and commit it with `message` on its snapshot.

    After a conflict with another writer it is tried again, up to ATTEMPTS times; `work` must therefore start
    from nothing each time. Any other failure rolls back and is raised as a CopydeskError, Ctrl-C as
    KeyboardInterrupt.
    """
    with writer_gate(lake.location):
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _attempt(lake.connection, message, work)
            except duckdb.Error as error:
                if not is_conflict(error) or attempt == ATTEMPTS:
                    raise explain_fault(error, lake.location) from error
            time.sleep(0.1 * 2**attempt)
    raise AssertionError("unreachable")


def _attempt(connection: duckdb.DuckDBPyConnection, message: str, work: Callable[[], _Result]) -> _Result:
    connection.execute("BEGIN")
    try:
        with interruptible(connection):
            connection.execute("UPDATE internal.writer_gate SET n = n + 1")
            result = work()
            connection.execute("CALL lake.set_commit_message('copydesk', $message)", {"message": message})
            connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise
    return result


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    with suppress(duckdb.Error):  # a failed COMMIT has ended the transaction already
        connection.execute("ROLLBACK")
