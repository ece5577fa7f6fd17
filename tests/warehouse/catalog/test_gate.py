"""The writer gate: one writer at a time; conflicts are tried again, nothing else is."""

from __future__ import annotations

import duckdb
import pytest

from core.errors import PermanentError, TransientError
from tests.warehouse.conftest import count_rows
from warehouse.catalog import transactions
from warehouse.catalog.gate import writer_gate
from warehouse.catalog.open import Lake
from warehouse.catalog.transactions import write_transaction


def test_a_second_writer_waits_and_then_gives_up_with_a_transient_error(lake: Lake) -> None:
    with (
        writer_gate(lake.location),
        pytest.raises(TransientError, match=r"timed out waiting to write to .*: another writer has held"),
        writer_gate(lake.location, wait_seconds=0.2),
    ):
        pass


def test_the_gate_opens_again_after_a_failure(lake: Lake) -> None:
    with pytest.raises(ZeroDivisionError), writer_gate(lake.location):
        raise ZeroDivisionError
    with writer_gate(lake.location, wait_seconds=0.2):
        pass


def test_a_failing_transaction_leaves_the_lake_as_it_was(lake: Lake) -> None:
    before = lake.snapshot_id

    def work() -> None:
        lake.connection.execute("INSERT INTO stories VALUES ('s', 't', NULL, NULL, 1, 1, NULL)")
        lake.connection.execute("SELECT no_such_column FROM stories")

    with pytest.raises(PermanentError, match="no_such_column"):
        write_transaction(lake, "run-1", work)
    assert lake.snapshot_id == before
    assert count_rows(lake, "stories") == 0


def test_a_conflict_is_tried_again_from_nothing(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transactions.time, "sleep", lambda seconds: None)
    attempts = []

    def work() -> None:
        attempts.append(1)
        lake.connection.execute("INSERT INTO stories VALUES ('s', 't', NULL, NULL, 1, 1, NULL)")
        if len(attempts) < 3:
            raise duckdb.TransactionException("Transaction conflict: made up")

    write_transaction(lake, "run-1", work)
    assert len(attempts) == 3
    assert count_rows(lake, "stories") == 1


def test_conflicts_without_end_are_given_up(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transactions.time, "sleep", lambda seconds: None)
    attempts = []

    def work() -> None:
        attempts.append(1)
        raise duckdb.TransactionException("Transaction conflict: made up")

    with pytest.raises(TransientError, match="busy"):
        write_transaction(lake, "run-1", work)
    assert len(attempts) == transactions.ATTEMPTS
