"""The state of each backfill and of its chunks, recorded beside the runs that work on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.settings import Settings
from core.tables import TABLES
from core.versions import fresh_pattern, part_pattern, stage_version
from warehouse.asking.user_sql import open_for_user_sql
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import find_sql, run_query
from warehouse.catalog.transactions import write_transaction
from warehouse.landing.replacing import replace_arrow

if TYPE_CHECKING:
    import pyarrow as pa


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


def query_items(lake: Lake, name: str, ids: Sequence[str]) -> pa.Table:
    """The answer of a named query about the articles of these ids (theirs or their captures').

    It reads only the months of these articles, so that a chunk costs the same in a lake of any size.
    """
    months = run_query(lake, "months_of_items", ids=list(ids)).to_pylist()[0]
    return run_query(lake, name, ids=list(ids), **months)


def mark_grouped(lake: Lake, ids: Sequence[str]) -> None:
    """Record in articles that were grouped again that today's code did it; articles that say so already are not
    written."""
    months = run_query(lake, "months_of_items", ids=list(ids)).to_pylist()[0]
    file = find_sql("mark_grouped", "group")
    patterns = {"part": part_pattern("stories"), "fresh": fresh_pattern("stories")}
    version = f"stories.{stage_version('stories')}"
    text, values = file.prepare({"ids": list(ids), "version": version, **patterns, **months})
    write_transaction(lake, "grouped again", lambda: lake.connection.execute(text, values))


def find_articles(settings: Settings, condition: str) -> frozenset[str]:
    """Ids of the articles that match a user's SQL condition. Raises ConfigError if it is not a condition."""
    with open_for_user_sql(settings) as session:
        # The condition is a user's SQL by design; the session can only read the lake.
        answer = session.run(f"SELECT article_id FROM articles WHERE (\n{condition}\n)")
        return frozenset(row[0] for row in answer)
