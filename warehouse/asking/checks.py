"""Data checks: each is a query that selects the failing rows; a check without rows is good.

What follows from core/tables (keys, choices, parents) is made from there; the rest is in sql/checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from core.errors import ConfigError
from core.outcomes import OUTCOME_OF
from core.tables import TABLES, Table
from warehouse.catalog.extensions import quote
from warehouse.catalog.schema_version import SQL_FOLDER
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import parse_sql, suggest

SAMPLE_SIZE = 5


@dataclass(frozen=True, slots=True)
class Check:
    """A check: `sql` selects the rows that fail it; all of them are rows of `table`, if one is given."""

    name: str
    purpose: str
    sql: str
    table: str | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of a check: the number of failing rows and a few of them as dicts."""

    name: str
    purpose: str
    failing_count: int
    sample: tuple[dict[str, Any], ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether no row fails."""
        return self.failing_count == 0


def run_checks(lake: Lake, *names: str) -> list[CheckResult]:
    """The results of all checks, or of the named ones, in order; all see the same snapshot."""
    known = {check.name: check for check in list_checks()}
    for name in names:
        if name not in known:
            raise ConfigError(f"no check is called {name!r}{suggest(name, known)}")
    lake.execute("BEGIN")
    try:
        empty = _find_empty(lake)
        return [
            CheckResult(name, check.purpose, 0) if check.table in empty else run_check(lake, check)
            for name, check in known.items()
            if not names or name in names
        ]
    finally:
        lake.execute("ROLLBACK")


def _find_empty(lake: Lake) -> set[str]:
    """The tables without a row: of a small lake there are many, and their checks are a third of the work."""
    asked = (f"SELECT '{name}' WHERE NOT EXISTS (SELECT 1 FROM {name})" for name in TABLES)
    return {name for (name,) in lake.fetch(" UNION ALL ".join(asked))}


def list_checks() -> list[Check]:
    """Every check: those of sql/checks by name, then those that core/tables implies."""
    files = [parse_sql(path) for path in sorted((SQL_FOLDER / "checks").glob("*.sql"))]
    return [Check(file.name, file.purpose, file.text) for file in files] + list(_implied_checks())


def _implied_checks() -> Iterator[Check]:
    for table in TABLES.values():
        yield _key_check(table)
        yield _values_check(table)
        if table.parent:
            yield _parent_check(table)
    yield _reason_check()


def _key_check(table: Table) -> Check:
    key = ", ".join(table.key)
    sql = f"SELECT {key}, count(*) AS row_count FROM {table.name} GROUP BY {key} HAVING count(*) > 1"
    return Check(f"{table.name}_key_unique", f"one row per {table.grain}", sql, table.name)


def _values_check(table: Table) -> Check:
    """The check that required columns have a value and columns with choices have one of them."""
    wrong = [f"CASE WHEN {c.name} IS NULL THEN '{c.name}' END" for c in table.columns if c.required]
    wrong += [
        f"CASE WHEN {c.name} NOT IN ({_listed(c.choices)}) THEN '{c.name}' END"
        for c in table.columns
        if c.choices
    ]
    key = ", ".join(table.key)
    sql = (
        f"SELECT {key}, concat_ws(', ', {', '.join(wrong)}) AS wrong_columns"
        f" FROM {table.name} WHERE wrong_columns <> ''"
    )
    purpose = "required values exist, choices are in their list"
    return Check(f"{table.name}_values_known", purpose, sql, table.name)


def _reason_check() -> Check:
    pairs = ", ".join(f"('{outcome.value}', '{reason.value}')" for reason, outcome in OUTCOME_OF.items())
    sql = f"SELECT run_id, input_ref, outcome, reason FROM outcomes WHERE (outcome, reason) NOT IN ({pairs})"
    return Check("outcomes_reason_known", "the reason is one of those of its outcome", sql)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{quote(value)}'" for value in values)


def _parent_check(table: Table) -> Check:
    keys = ", ".join(f"child.{column}" for column in table.key)
    sql = (
        f"SELECT {keys}, child.month FROM {table.name} AS child"
        f" ANTI JOIN {table.parent} AS owner"
        " ON child.article_id = owner.article_id AND child.month = owner.month"
    )
    return Check(f"{table.name}_article_exists", "its article exists, in the same month", sql, table.name)


def run_check(lake: Lake, check: Check) -> CheckResult:
    """The result of one check, on what the lake's session sees."""
    body = check.sql.strip().rstrip(";")
    count = lake.fetch(f"SELECT count(*) FROM ({body})")[0][0]
    if not count:
        return CheckResult(check.name, check.purpose, 0)
    found = lake.execute(f"SELECT * FROM ({body}) ORDER BY ALL LIMIT {SAMPLE_SIZE}")
    names = [column[0] for column in found.description or ()]
    with lake.explained():
        sample = tuple(dict(zip(names, row, strict=True)) for row in found.fetchall())
    return CheckResult(check.name, check.purpose, int(count), sample)
