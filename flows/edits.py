"""Compare what edited articles said before and say now: figures and quotations."""
# Why: see docs/decisions.md, "An edit keeps what it replaces".

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from core.outcomes import Row
from core.tables import TABLES
from flows.runs.run import Run
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_rows

_KINDS = {"figures": "figure_changes", "quotations": "quotation_changes"}


def compare_edits(run: Run) -> None:
    """Compare the edits that wait for it, some hundreds at a time, each once."""
    if not run_query(run.lake, "count_uncompared").to_pylist()[0]["edit_count"]:
        return  # most runs have none, and the next query costs more
    while edits := run_query(run.lake, "uncompared_revisions").to_pylist():
        _compare(run, edits)


def _compare(run: Run, edits: Sequence[Row]) -> None:
    from tasks.group.edits import find_figure_changes, find_quotation_changes  # loads numerical libraries

    find = {"figures": find_figure_changes, "quotations": find_quotation_changes}
    columns = TABLES["article_revisions"].column_names
    rows: dict[str, list[Row]] = {
        "article_revisions": [
            {**{name: edit[name] for name in columns}, "is_compared": True} for edit in edits
        ]
    }
    for kind, table in _KINDS.items():
        former, present = _read_texts(run, kind, edits)
        for edit in edits:
            following = edit["next_capture_id"]
            after = former[following] if following else present[edit["article_id"]]
            rows.setdefault(table, []).extend(
                {**{name: edit[name] for name in _SHARED}, **change}
                for change in find[kind](former[edit["capture_id"]], after)
            )
    tables = {name: TABLES[name].to_arrow(found) for name, found in rows.items() if found}
    land_rows(run.lake, run.to_row(), tables)


_SHARED = ("capture_id", "article_id", "before_fetched_at", "fetched_at", "month")


def _read_texts(
    run: Run, kind: str, edits: Sequence[Row]
) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    """What each edit replaced, by its capture, and what the articles have now, by article."""
    captures = {edit[name] for edit in edits for name in ("capture_id", "next_capture_id")} - {None}
    former, present = defaultdict(list), defaultdict(list)
    replaced = run_query(run.lake, "former_spans", table=f"former_{kind}", capture_ids=sorted(captures))
    for row in replaced.to_pylist():
        former[row["capture_id"]].append(row)
    articles = sorted({edit["article_id"] for edit in edits})
    for row in run_query(run.lake, "present_spans", table=kind, article_ids=articles).to_pylist():
        present[row["article_id"]].append(row)
    return former, present
