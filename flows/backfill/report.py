"""The state of backfills, and what they changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from core.errors import ConfigError
from core.outcomes import Row
from core.settings import Settings
from warehouse.catalog.open import Lake, open_lake
from warehouse.catalog.sql_files import run_query
from warehouse.landing.backfills import query_items
from warehouse.upkeep.staging import is_held


@dataclass(frozen=True, slots=True)
class BackfillReport:
    """The state of a backfill: chunks done, rows by outlet and table before and after, and the number of items by
    outcome and reason, with an example of each."""

    backfill_id: str
    state: str
    chunk_count: int
    done_count: int
    item_count: int
    changes: Sequence[Row]
    outcomes: Sequence[Row] = ()

    @property
    def quarantined_count(self) -> int:
        """Items that could not be worked; their earlier rows stay as they were."""
        return sum(row["inputs"] for row in self.outcomes if row["outcome"] == "quarantined")


def read_backfill(lake: Lake, backfill_id: str) -> tuple[Row, list[Row]]:
    """The backfill's row and its chunks' rows; ConfigError for an unknown id."""
    found = run_query(lake, "backfill_by_id", backfill_id=backfill_id).to_pylist()
    if not found:
        raise ConfigError(f"no backfill {backfill_id!r}; `copydesk backfill list` shows them")
    return found[0], run_query(lake, "chunks_of_backfill", backfill_id=backfill_id).to_pylist()


def lock_of(settings: Settings, backfill_id: str) -> Path:
    """Path of the lock held by the process working on the backfill."""
    return settings.staging / f"backfill-{backfill_id}.lock"


def list_backfills(settings: Settings) -> list[Row]:
    """Every backfill, newest first, with its state and the number of chunks done; the state is `stopped` if its
    process is gone."""
    with open_lake(settings, read_only=True) as lake:
        rows: list[Row] = run_query(lake, "list_backfills").to_pylist()
    return [{**row, "state": _seen_state(settings, row)} for row in rows]


def _seen_state(settings: Settings, backfill: Row) -> str:
    """The recorded state, or `stopped` for a running backfill whose lock no process holds.

    With a server catalog the process can be on another machine, whose locks are not visible here.
    """
    state = str(backfill["state"])
    is_here = settings.catalog_url is None
    gone = state == "running" and is_here and not is_held(lock_of(settings, backfill["backfill_id"]))
    return "stopped" if gone else state


def report_backfill(settings: Settings, backfill_id: str) -> BackfillReport:
    """The report of a backfill, the biggest changes in row counts first. Raises ConfigError for an unknown id."""
    with open_lake(settings, read_only=True) as lake:
        return make_report(lake, settings, backfill_id)


def make_report(lake: Lake, settings: Settings, backfill_id: str) -> BackfillReport:
    """The report of a backfill, read from an open lake."""
    backfill, chunks = read_backfill(lake, backfill_id)
    done = [chunk for chunk in chunks if chunk["state"] == "done"]
    runs = [chunk["run_id"] for chunk in done if chunk["run_id"]]
    outcomes = run_query(lake, "outcomes_of_runs", run_ids=runs).to_pylist()
    return BackfillReport(
        backfill_id,
        _seen_state(settings, backfill),
        len(chunks),
        len(done),
        backfill["item_count"],
        _compare_counts(done),
        outcomes,
    )


def sample_changes(
    settings: Settings, backfill_id: str, *, article_id: str | None = None, limit: int = 50
) -> list[Row]:
    """Rows that a backfill removed (`-`) or added (`+`), up to `limit`, newest articles first; of one article, if it
    is named.

    They come from the snapshots before and after each chunk. Raises ConfigError once those have expired or where
    the chunk was worked before the lake was moved, and for an article that no finished chunk holds.
    """
    with open_lake(settings, read_only=True) as lake:
        _, chunks = read_backfill(lake, backfill_id)
        done = [chunk for chunk in chunks if chunk["state"] == "done"]
        if article_id is not None:
            done = _narrow_to_article(lake, done, article_id)
    if article_id is not None and not done:
        raise ConfigError(
            f"no finished chunk of backfill {backfill_id} holds article {article_id!r}; "
            f"`copydesk explain {article_id}` lists its runs"
        )
    changes = (change for chunk in done for change in _compare_chunk(settings, chunk))
    return list(islice(changes, limit))


def _narrow_to_article(lake: Lake, chunks: Sequence[Row], article_id: str) -> list[Row]:
    """The chunks that hold the article or a capture of it, with only these items."""
    found = run_query(lake, "captures_of_article", article_id=article_id).column("capture_id")
    wanted = {article_id, *found.to_pylist()}
    narrowed = ({**chunk, "item_ids": sorted(wanted.intersection(chunk["item_ids"]))} for chunk in chunks)
    return [chunk for chunk in narrowed if chunk["item_ids"]]


def _compare_counts(chunks: Sequence[Row]) -> list[Row]:
    totals: dict[tuple[str, str], list[int]] = {}
    for chunk in chunks:
        for side, column in enumerate(("rows_before", "rows_after")):
            for row in json.loads(chunk[column] or "[]"):
                totals.setdefault((row["outlet"], row["table_name"]), [0, 0])[side] += row["row_count"]
    changes = [
        {"outlet": outlet, "table": table, "before": before, "after": after, "change": after - before}
        for (outlet, table), (before, after) in totals.items()
    ]
    return sorted(changes, key=lambda row: (-abs(row["change"]), row["outlet"], row["table"]))


def _compare_chunk(settings: Settings, chunk: Row) -> Iterator[Row]:
    _refuse_moved(chunk)
    before = _read_spans(settings, chunk, chunk["snapshot_before"])
    after = _read_spans(settings, chunk, chunk["snapshot_after"])
    for key in sorted(before.keys() | after.keys()):
        for sign, side, other in (("-", before, after), ("+", after, before)):
            if key in side and side.get(key) != other.get(key):
                table, outlet, article_id, start_char, _ = key
                yield {
                    "change": sign,
                    "table": table,
                    "outlet": outlet,
                    "article_id": article_id,
                    "start_char": start_char,
                    "row": side[key],
                }


def _refuse_moved(chunk: Row) -> None:
    """Raise ConfigError for a chunk worked before the lake was moved, whose snapshots were not moved."""
    if chunk["snapshot_before"] is None or chunk["snapshot_after"] is None:
        raise ConfigError(
            f"backfill {chunk['backfill_id']} was worked before this lake was moved here, and snapshots of the past "
            "are not moved: ask at the old place (`copydesk backfill diff ID --lake OLD`), which a move leaves as it "
            f"was; `copydesk backfill show {chunk['backfill_id']}` counts its rows here"
        )


def _read_spans(
    settings: Settings, chunk: Row, as_of: int | None
) -> dict[tuple[str, str, str, int, int], str]:
    with open_lake(settings, read_only=True, as_of=as_of) as lake:
        rows = query_items(lake, "rows_of_articles", chunk["item_ids"]).to_pylist()
    return {
        (row["table_name"], row["outlet"], row["article_id"], row["start_char"], row["end_char"]): row["said"]
        for row in rows
    }
