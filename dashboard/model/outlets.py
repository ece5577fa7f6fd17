"""How the outlets do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OutletLine:
    """How one outlet does."""

    outlet: str
    last_fetched_at: datetime | None
    last_published_at: datetime | None
    article_count: int
    input_count: int
    removed_ratio: float | None
    suspect_figure_ratio: float | None
    undated_ratio: float | None
    truncated_ratio: float | None
    feed_count: int
    feed_problems: tuple[str, ...]
    outcomes: tuple[tuple[str, str, int], ...] = ()
    removed_rules: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class OutletsPage:
    """Every outlet."""

    outlets: tuple[OutletLine, ...]
