"""What stands of each backfill and of its chunks, written beside the runs that work them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.tables import TABLES
from warehouse.gate import write_transaction
from warehouse.lake import Lake
from warehouse.replacing import replace_arrow


def record_backfill(
    lake: Lake, backfill: Mapping[str, Any] | None = None, chunks: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Replace the row of a backfill, and rows of its chunks, by key in one transaction."""
    rows = {"backfills": [backfill] if backfill else [], "backfill_chunks": list(chunks)}

    def work() -> None:
        for table, found in rows.items():
            if found:
                replace_arrow(lake.connection, table, TABLES[table].to_arrow(found))

    named = backfill or chunks[0]
    write_transaction(lake, f"backfill {named['backfill_id']}", work)
