"""`--outlet` and `--published`, and re-landing what an earlier load landed without them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from core.captures import Capture
from core.outcomes import Row
from tasks.acquire.base.naming import slug_outlet
from warehouse.catalog.open import Lake
from warehouse.catalog.sql_files import run_query

_PUBLISHED = "published_default"


@dataclass(frozen=True, slots=True)
class Overrides:
    """The outlet and the time of publication (ISO 8601) for all inputs of a load; None leaves a value as it is."""

    outlet: str | None = None
    published: str | None = None

    @classmethod
    def of(cls, outlet: str | None, published: datetime | None) -> Overrides:
        """The overrides of these options; a time without a zone is UTC."""
        moment = published.replace(tzinfo=published.tzinfo or UTC) if published else None
        return cls(slug_outlet(outlet or "") or None, moment.isoformat() if moment else None)

    def add_to(self, capture: Capture) -> Capture:
        """The capture with the time among its hints, so that backfills find it too."""
        if self.published is None:
            return capture
        return replace(capture, hints={**capture.hints, _PUBLISHED: self.published})

    def find_landed(self, lake: Lake, capture_ids: Sequence[str]) -> dict[str, Row]:
        """The landed captures of these ids that differ from the overrides, by id."""
        if not capture_ids or not (self.outlet or self.published):
            return {}
        rows = run_query(lake, "captures_by_id", ids=list(capture_ids)).to_pylist()
        return {row["capture_id"]: row for row in rows if self._differs(row)}

    def restate(self, landed: Row) -> Row:
        """The row of a landed capture with the overrides; its bytes and their place stay."""
        hints = json.loads(landed["hints"] or "{}")
        if self.published:
            hints[_PUBLISHED] = self.published
        text = json.dumps(hints, ensure_ascii=False, sort_keys=True) if hints else None
        return {**landed, "outlet": self.outlet or landed["outlet"], "hints": text}

    def _differs(self, landed: Row) -> bool:
        return any(self.restate(landed)[name] != landed[name] for name in ("outlet", "hints"))
