"""Data checks: each is a query that selects the failing rows; none means good.

What follows from core/tables (keys, choices, parents) is made from there; the rest is in sql/checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.tables import TABLES, Table
from warehouse.extensions import quote
from warehouse.lake import Lake
from warehouse.queries import parse_sql
from warehouse.schema import SQL_FOLDER

SAMPLE_SIZE = 5
_LISTS_ONLY = frozenset({"signatures"})


@dataclass(frozen=True, slots=True)
class Check:
    """A check: `sql` selects the rows that fail it."""

    name: str
    purpose: str
    sql: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How a check went: the number of failing rows and a few of them as dicts."""

    name: str
    purpose: str
    failing_count: int
    sample: tuple[dict[str, Any], ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether no row fails."""
        return self.failing_count == 0


def run_checks(lake: Lake, *names: str) -> list[CheckResult]:
    """The results of all checks, or of those named, in order; all see the same snapshot."""
    snapshot = lake.snapshot_id
    wanted = [check for check in list_checks() if not names or check.name in names]
    return [_run_check(lake, check, snapshot) for check in wanted]


def list_checks() -> list[Check]:
    """Every check: those of sql/checks by name, then those that core/tables implies."""
    files = [parse_sql(path) for path in sorted((SQL_FOLDER / "checks").glob("*.sql"))]
    return [Check(file.name, file.purpose, file.text) for file in files] + list(_implied_checks())


def _implied_checks() -> Iterator[Check]:
    for table in TABLES.values():
        yield _key_check(table)
        for column in table.columns:
            if column.choices:
                yield _choice_check(table, column.name, column.choices)
            if column.required:
                yield _required_check(table, column.name)
        if table.parent:
            yield _parent_check(table)


def _key_check(table: Table) -> Check:
    key = ", ".join(table.key)
    sql = f"SELECT {key}, count(*) AS row_count FROM {table.name} GROUP BY {key} HAVING count(*) > 1"
    return Check(f"{table.name}_key_unique", f"one row per {table.grain}", sql)


def _choice_check(table: Table, column: str, choices: tuple[str, ...]) -> Check:
    listed = ", ".join(f"'{quote(choice)}'" for choice in choices)
    keys = ", ".join(dict.fromkeys((*table.key, column)))
    sql = f"SELECT {keys} FROM {table.name} WHERE {column} NOT IN ({listed})"
    return Check(f"{table.name}_{column}_known", f"{column} is one of its closed list", sql)


def _required_check(table: Table, column: str) -> Check:
    keys = ", ".join(dict.fromkeys((*table.key, column)))
    sql = f"SELECT {keys} FROM {table.name} WHERE {column} IS NULL"
    return Check(f"{table.name}_{column}_present", f"every row has {column}", sql)


def _parent_check(table: Table) -> Check:
    keys = ", ".join(f"child.{column}" for column in table.key)
    sql = (
        f"SELECT {keys}, child.month FROM {table.name} AS child"
        f" ANTI JOIN {table.parent} AS owner"
        " ON child.article_id = owner.article_id AND child.month = owner.month"
    )
    return Check(f"{table.name}_article_exists", "its article is there, in the same month", sql)


def _run_check(lake: Lake, check: Check, snapshot: int) -> CheckResult:
    del snapshot
    body = check.sql.strip().rstrip(";")
    count = lake.execute(f"SELECT count(*) FROM ({body})").fetchall()[0][0]
    if not count:
        return CheckResult(check.name, check.purpose, 0)
    found = lake.execute(f"SELECT * FROM ({body}) ORDER BY ALL LIMIT {SAMPLE_SIZE}")
    names = [column[0] for column in found.description or ()]
    sample = tuple(dict(zip(names, row, strict=True)) for row in found.fetchall())
    return CheckResult(check.name, check.purpose, int(count), sample)
