"""How each outlet does: freshness, outcomes with reasons, removed lines by rule, feeds in trouble."""

from __future__ import annotations

from dashboard.model.outlets import OutletLine, OutletsPage
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query

_SAME = tuple(
    name
    for name in OutletLine.__dataclass_fields__
    if name not in ("feed_problems", "outcomes", "removed_rules")
)


def read_outlets(lake: Lake) -> OutletsPage:
    """Every outlet, by name."""
    outcomes = run_query(lake, "page_outlet_outcomes").to_pylist()
    removed = run_query(lake, "page_outlet_removed").to_pylist()
    return OutletsPage(
        tuple(
            OutletLine(
                **{name: row[name] for name in _SAME},
                feed_problems=tuple(row["feed_problems"] or ()),
                outcomes=tuple(
                    (each["outcome"], each["reason"], each["input_count"])
                    for each in outcomes
                    if each["outlet"] == row["outlet"]
                ),
                removed_rules=tuple(
                    (each["rule"], each["line_count"], each["article_count"])
                    for each in removed
                    if each["outlet"] == row["outlet"]
                ),
            )
            for row in run_query(lake, "page_outlets").to_pylist()
        )
    )
