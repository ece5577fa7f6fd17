"""The plan of a backfill: which articles, cut into chunks, newest first."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc

from core.errors import ConfigError
from core.outcomes import Row
from core.settings import Settings
from core.versions import code_version, fresh_pattern
from flows.backfill.request import BackfillRequest
from warehouse.catalog.open import Lake, open_lake
from warehouse.catalog.sql_files import run_query, suggest
from warehouse.landing.backfills import find_articles


@dataclass(frozen=True, slots=True)
class BackfillPlan:
    """The chunks of item ids (captures for stage clean, else articles), with counts and an estimate of the time."""

    request: BackfillRequest
    chunks: Sequence[Sequence[str]]
    item_counts: Mapping[str, int] = field(default_factory=dict)  # by outlet
    seconds_estimate: float | None = None

    @property
    def item_count(self) -> int:
        """Items in all chunks."""
        return sum(map(len, self.chunks))

    @property
    def meant_days(self) -> str | None:
        """Which days are meant, in one sentence; None if the request names no day."""
        first, last = self.request.date_from, self.request.date_to
        if first is None and last is None:
            return None
        days = " ".join([*([f"from {first}"] if first else []), *([f"to {last}"] if last else [])])
        return f"Days {days}: published_date; where it is unknown, the day of publication or else of fetching in UTC."

    def to_rows(self) -> tuple[Row, list[Row]]:
        """The row of `backfills` and the rows of `backfill_chunks`."""
        now = datetime.now(UTC)
        backfill_id = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        backfill = {
            "backfill_id": backfill_id,
            "stage": self.request.stage,
            "parameters": json.dumps(asdict(self.request), default=str, sort_keys=True),
            "code_version": code_version(),
            "state": "running",
            "created_at": now,
            "chunk_count": len(self.chunks),
            "item_count": self.item_count,
        }
        chunks = [
            {"backfill_id": backfill_id, "chunk_number": number, "state": "pending", "item_ids": list(ids)}
            for number, ids in enumerate(self.chunks, 1)
        ]
        return backfill, chunks


def plan_backfill(settings: Settings, request: BackfillRequest) -> BackfillPlan:
    """Plan a backfill without writing anything.

    Raises ConfigError for a missing lake, an outlet that neither the lake nor the settings know, or a
    condition that is not SQL.
    """
    with open_lake(settings, read_only=True) as lake:
        _check_outlets(lake, settings, request.outlets)
        items = _find_items(lake, settings, request)
        pace = run_query(lake, "past_pace").column("seconds_per_input")[0].as_py()
    ids = items["item_id"].to_pylist()
    size = max(request.chunk_size, 1)
    chunks = [ids[start : start + size] for start in range(0, len(ids), size)]
    counts = Counter(items["outlet"].to_pylist())
    return BackfillPlan(request, chunks, dict(sorted(counts.items())), pace * len(ids) if pace else None)


def _check_outlets(lake: Lake, settings: Settings, asked: Sequence[str]) -> None:
    configured = {outlet.key for outlet in settings.outlets}
    if configured.issuperset(asked):
        return
    known = configured.union(run_query(lake, "known_outlets").column("outlet").to_pylist())
    for name in asked:
        if name not in known:
            raise ConfigError(f"backfill: no outlet is called {name!r}{suggest(name, sorted(known))}")


def _find_items(lake: Lake, settings: Settings, request: BackfillRequest) -> pa.Table:
    stage = request.stage
    name, more = ("backfill_captures", {}) if stage == "clean" else ("backfill_articles", {"stage": stage})
    items = run_query(
        lake,
        name,
        **more,
        date_from=request.date_from,
        date_to=request.date_to,
        outlets=list(request.outlets) or None,
        only=request.only,
        fresh=fresh_pattern(stage),
    )
    if request.where is None:
        return items
    wanted = find_articles(settings, request.where)
    return items.filter(pc.is_in(items["article_id"], pa.array(sorted(wanted), pa.string())))
