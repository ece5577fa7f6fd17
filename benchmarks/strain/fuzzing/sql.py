"""Generated SQL against the fences for a time: `python -m benchmarks.strain.fuzz sql --seconds 600`.

Queries are made by a grammar from a seeded generator: every function, view, table function and pragma that
DuckDB lists with the extensions of a lake, allowed or not, in every place of a SELECT where an expression
or a table stands, with arguments that name canaries: a table of another database, a file, a variable of the
environment, the catalog's own tables. Half of the queries use allowed names only, so that they run. A find
is an answer or an error that shows a canary, a file or a snapshot that was not there before, an error that
is no CopydeskError, or a query that does not end in its time. The same seed gives the same queries.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from core.errors import CopydeskError
from warehouse.asking.user_limits import LimitError, QueryLimits
from warehouse.asking.user_names import judged_names
from warehouse.asking.user_sql import UserSql, open_for_user_sql
from warehouse.catalog.extensions import open_session
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake

CANARY = "cormorant7731"
LIMITS = QueryLimits(seconds=3, memory="400MB", spill="200MB", rows=20_000)
LATE_SECONDS = 20.0
# Whose one call on the generated numbers can take memory or time that no limit of DuckDB's interrupts.
GROWING = {
    "repeat",
    "lpad",
    "rpad",
    "format",
    "printf",
    "list_resize",
    "array_resize",
    "range",
    "generate_series",
}


LEAVES = {
    "VARCHAR": "'harbour'", "BIGINT": "3", "INTEGER": "2", "DOUBLE": "1.5", "BOOLEAN": "true", "DATE": "DATE '2031-01-02'",
    "TIMESTAMP": "TIMESTAMP '2031-01-02 03:04:05'", "BLOB": "'\\xAA'::BLOB", "TIME": "TIME '03:04:05'", "HUGEINT": "7::HUGEINT",
    "INTERVAL": "INTERVAL 1 DAY", "TIMESTAMP WITH TIME ZONE": "now()", "JSON": "'{\"a\": 1}'::JSON", "BIT": "'101'::BIT",
    "UBIGINT": "9::UBIGINT", "FLOAT": "2.5::FLOAT", "UUID": "uuid()", "T[]": "[1, 2]", "T": "1",
}  # fmt: skip


class Grammar:
    """Makes queries from a generator of chance."""

    def __init__(self, chance: random.Random, folder: Path) -> None:
        self.chance = chance
        self.folder = folder
        functions, views = list_names()
        self.functions = {kind: sorted(names - GROWING) for kind, names in functions.items()}
        self.views = views
        self.signatures = read_signatures(self.allowed_calls())
        self.tame = False

    @staticmethod
    def allowed_calls() -> set[str]:
        return judged_names("call").allowed.keys() - GROWING

    def pick(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def statement(self) -> str:
        self.tame = self.chance.random() < 0.5
        query = self.query(1 if self.tame else 3)
        if (
            not self.tame and self.chance.random() < 0.4
        ):  # what is short is seldom wrong in a second place as well
            query = self.pick(
                f"FROM {self.table(0)}", f"FROM {self.table_function(0)}", f"SELECT {self.call(1)}", f"SELECT {self.wrapped(1)}",
                f"SELECT (SELECT list(t) FROM {self.table(0)} AS t)", f"WITH c AS (FROM {self.table(0)}) FROM c",
            )  # fmt: skip
        shape = self.pick(
            "{}", "{}", "{}", "{}", "DESCRIBE {}", "SUMMARIZE {}", "EXPLAIN {}", "EXPLAIN ANALYZE {}"
        )
        if self.tame or self.chance.random() < 0.8:
            return shape.format(query)
        return self.pick(
            "COPY ({}) TO '{folder}/out.csv'", "CREATE TABLE made AS {}", "CREATE VIEW made AS {}", "PREPARE p AS {}",
            "INSERT INTO stories {}", "EXPLAIN ANALYZE COPY ({}) TO '{folder}/out.csv'", "SELECT 1; {}", "{}; CHECKPOINT",
            "ATTACH '{folder}/new.duckdb' AS made; {}", "DELETE FROM articles WHERE EXISTS ({})", "SET VARIABLE x = ({})",
            "/* {} */ CALL enable_logging()", "PRAGMA database_list; {}", "CREATE MACRO made(x) AS TABLE {}",
        ).format(query, folder=self.folder)  # fmt: skip

    def query(self, depth: int) -> str:
        parts = [
            f"SELECT {self.expression(depth)} AS a, {self.expression(depth)} AS b FROM {self.source(depth)}"
        ]
        for clause in ("WHERE {} IS NULL", "GROUP BY {}", "HAVING {} IS NULL", "QUALIFY row_number() OVER (ORDER BY {}) < 9",
                       "ORDER BY {}", "LIMIT length({}::VARCHAR)"):  # fmt: skip
            if self.chance.random() < (0.03 if self.tame else 0.12):
                parts.append(clause.format(self.expression(depth - 1)))
        text = " ".join(parts)
        if depth > 1 and self.chance.random() < 0.2:
            text = (
                f"WITH {self.pick('c', 'articles', 'duckdb_databases')} AS ({self.query(depth - 1)}) {text}"
            )
        if depth > 1 and self.chance.random() < 0.1:
            text = f"{text} UNION ALL BY NAME {self.query(depth - 1)}"
        return text

    def source(self, depth: int) -> str:
        makers: list[Callable[[int], str]] = [self.table, self.table, self.table_function]
        if depth > 0:
            makers += [self.subquery, self.join, self.values, self.pivot]
        return self.chance.choice(makers)(depth)

    def table(self, depth: int) -> str:
        if self.tame:
            return self.pick("stories", "lake.main.stories", "stories AS t", "titles")
        return self.pick(
            *self.canaries(), "articles", "c", "titles", "lake.articles", "__ducklake_metadata_lake.ducklake_metadata",
            "articles AT (VERSION => 1)", "temp.x", "memory.main.x", self.chance.choice(self.views),
            "system.main." + self.chance.choice(self.views), "pg_catalog." + self.chance.choice(self.views),
        )  # fmt: skip

    def canaries(self) -> list[str]:
        return [
            "beside.canaries", "__ducklake_metadata_lake.canaries", '"__ducklake_metadata_lake"."main"."canaries"',
            f"'{self.folder}/canary.csv'", f'"{self.folder}/canary.csv"', f"'{self.folder}/beside.sqlite'",
        ]  # fmt: skip

    def table_function(self, depth: int) -> str:
        if self.tame:
            return self.pick(
                "range(3)", "histogram_values(stories, title)", "histogram('stories', 'article_count')", "duckdb_tables()",
                "json_each('{\"a\": [1]}')", "lake.snapshots()", "pragma_table_info('stories')", "duckdb_functions()",
            )  # fmt: skip
        name = self.chance.choice(self.functions["table"])
        arguments = ", ".join(self.argument(depth) for _ in range(self.chance.randint(0, 3)))
        return f"{self.qualified(name)}({arguments})"

    def qualified(self, name: str) -> str:
        shape = self.pick("{}", "{}", "{}", '"{}"', "system.main.{}", "main.{}", "lake.{}", "pg_catalog.{}")
        return shape.format(name.upper() if self.chance.random() < 0.1 else name)

    def argument(self, depth: int) -> str:
        if self.chance.random() < 0.4:
            return self.expression(depth - 1)
        return self.pick(
            f"'{self.folder}/canary.csv'", f"'{self.folder}/beside.sqlite'", "'canaries'", "'note'", "'lake'", "'main'",
            "'__ducklake_metadata_lake.canaries'", '"__ducklake_metadata_lake.canaries"', "'articles'", "articles", "note",
            "'__ducklake_metadata_lake'", "'SELECT * FROM __ducklake_metadata_lake.canaries'", "3", "'CANARY'",
            "source := '__ducklake_metadata_lake.canaries'", "'HOME'", "NULL", f"['{self.folder}/canary.csv']",
        )  # fmt: skip

    def subquery(self, depth: int) -> str:
        return f"({self.query(depth - 1)}) AS s{self.chance.randint(0, 9)}"

    def join(self, depth: int) -> str:
        how = self.pick("JOIN {} ON true", "LEFT JOIN {} ON {} IS NULL", ", LATERAL {}", "POSITIONAL JOIN {}")
        return f"{self.table(depth)} {how.format(self.source(depth - 1), self.expression(0))}"

    def values(self, depth: int) -> str:
        return f"(VALUES ({self.expression(depth - 1)}), ({self.expression(0)})) AS v(a)"

    def pivot(self, depth: int) -> str:
        return f"(PIVOT {self.table(depth)} ON title IN ('a') USING count({self.expression(depth - 1)}))"

    def expression(self, depth: int) -> str:
        if depth <= 0:
            return self.leaf()
        makers: list[Callable[[int], str]] = [self.call, self.call, self.call, self.wrapped]
        return self.chance.choice(makers)(depth)

    def leaf(self) -> str:
        return self.pick(
            "title", "title", "article_count", "'x'", "1", "NULL", "[1, 2]", "{'a': 1}", "MAP {'a': 1}", "DATE '2031-01-01'",
            "'CANARY'", "'temp_directory'", f"'{self.folder}/canary.csv'", "current_user", "first_published_at", "'[1]'::JSON",
            "'SELECT * FROM __ducklake_metadata_lake.canaries'", "'s3_secret_access_key'", "1.5", "'\\xAA'::BLOB",
        )  # fmt: skip

    def call(self, depth: int) -> str:
        if self.tame:
            return self.typed_call(depth)
        name = self.chance.choice(self.functions["call"])
        arguments = [
            self.expression(depth - self.chance.randint(1, 2)) for _ in range(self.chance.randint(0, 3))
        ]
        if not any(sign.isalnum() for sign in name):
            return f"({self.leaf()} {name} {self.leaf()})"
        if arguments and self.chance.random() < 0.1:
            return f"{self.pick('title', 'story_id')}.{name}({', '.join(arguments[1:])})"
        window = " OVER (PARTITION BY title)" if self.chance.random() < 0.05 else ""
        return f"{self.qualified(name)}({', '.join(arguments)}){window}"

    def typed_call(self, depth: int) -> str:
        """A call whose arguments are of the types that the function takes."""
        name, kind, types = self.chance.choice(self.signatures)
        arguments = [self.typed(type_, 0 if kind == "aggregate" else depth - 1) for type_ in types]
        if not any(sign.isalnum() for sign in name):
            return f"({f' {name} '.join(arguments[:2])})"
        return f"{name}({', '.join(arguments)})" + (" OVER ()" if kind == "aggregate" else "")

    def typed(self, type_: str, depth: int) -> str:
        if depth > 0 and self.chance.random() < 0.5:
            inner = self.typed_call(depth)
            return f"TRY_CAST(({inner})::VARCHAR AS {type_})" if type_ in LEAVES else inner
        return LEAVES.get(type_) or ("[3, 1, 2]" if "[" in type_ else "'x'")

    def wrapped(self, depth: int) -> str:
        inner = self.expression(depth - 1)
        return self.pick(
            "CASE WHEN true THEN {} END", "TRY({})", "CAST({} AS VARCHAR)", "({})::JSON", "[x FOR x IN [{}]]", "(SELECT {})",
            "list_transform([1], lambda x: {})", "list_transform([{}], x -> upper(x))", "EXISTS (SELECT {})", "ARRAY(SELECT {})",
            "{{'a': {}}}", "count(*) FILTER (WHERE {} IS NULL)", "COALESCE({}, 'x')", "({}) IN ('x')", "COLUMNS(x -> {} IS NULL)",
            "unnest([{}])", "string_agg('x', ',' ORDER BY {})", "list_aggregate([1], {})", "any_table({})", "shout({})",
            "INTERVAL ({}) DAY", "title COLLATE nocase || {}", "title SIMILAR TO {}", "STRUCT_PACK(a := {})",
        ).format(inner)  # fmt: skip


def list_names() -> tuple[dict[str, set[str]], list[str]]:
    """The functions of each kind, and the views, that DuckDB has with every extension of a lake."""
    functions: dict[str, set[str]] = {
        "call": {"unnest", "getenv"},
        "table": {"snapshots", "options", "list_files"},
    }
    with closing(open_session("ducklake", "sqlite_scanner", "postgres_scanner", "httpfs")) as connection:
        rows = connection.execute(
            "SELECT DISTINCT function_type, function_name FROM duckdb_functions()"
        ).fetchall()
        views = connection.execute("SELECT view_name FROM duckdb_views() WHERE internal").fetchall()
    for kind, name in rows:
        functions["table" if kind in ("table", "table_macro", "pragma") else "call"].add(name)
    return functions, sorted(name for (name,) in views)


def read_signatures(names: set[str]) -> list[tuple[str, str, list[str]]]:
    """Name, kind and types of arguments of each call of these names."""
    with closing(open_session("ducklake", "sqlite_scanner")) as connection:
        rows = connection.execute(
            "SELECT function_name, function_type, parameter_types FROM duckdb_functions()"
            " WHERE function_type IN ('scalar', 'aggregate') ORDER BY ALL"
        ).fetchall()
    return [(name, kind, types) for name, kind, types in rows if name in names]


def plant(folder: Path) -> LakeLocation:
    """A lake, and canaries in a file, a database beside it, its own catalog and the environment."""
    place = LakeLocation.at(folder / "lake")
    with open_lake(place, create=True) as lake:
        lake.execute("INSERT INTO stories VALUES ('s', 'Bridge shut', NULL, NULL, 1, 1, NULL)")
        lake.execute("CREATE VIEW titles AS SELECT title FROM stories")
        lake.execute("CREATE MACRO shout(x) AS upper(x) || '!'")
        lake.execute("CREATE MACRO any_table(x) AS TABLE SELECT * FROM query_table(x)")
    (folder / "canary.csv").write_text(f"note\n{CANARY}\n")
    for file in (folder / "beside.sqlite", folder / "lake" / "catalog.sqlite"):
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("CREATE TABLE canaries (note)")
            database.execute(f"INSERT INTO canaries VALUES ('{CANARY}')")
    os.environ.update(CANARY=CANARY, PGPASSWORD=CANARY)
    return place


def attempt(session: UserSql, sql: str, place: LakeLocation) -> tuple[str, str | None]:
    """How the query ended, and what is wrong with that."""
    before, began = look_around(place), time.monotonic()
    try:
        told, end = str(session.run(sql).fetch(1_000)), "answered"
    except LimitError as error:
        told, end = str(error), "limited"
    except CopydeskError as error:
        told, end = str(error), "refused"
    except Exception as error:  # noqa: BLE001 - whatever else comes out is a find
        return "broken", f"{type(error).__name__}: {error}"
    if CANARY in told:
        return end, f"shows a canary: {told[:200]}"
    if look_around(place) != before:
        return end, f"leaves {set(look_around(place)) ^ set(before)}"
    if time.monotonic() - began > LATE_SECONDS:
        return end, f"took {time.monotonic() - began:.0f} s"
    return end, None


def look_around(place: LakeLocation) -> list[tuple[str, int]]:
    """Every file beside the lake and in it, and the number of snapshots; SQLite's own files are left out."""
    files = [path for path in place.folder.parent.rglob("*") if path.is_file() and "spill" not in str(path)]
    found = [(str(path), path.stat().st_size) for path in files if not path.name.endswith(("-wal", "-shm"))]
    with closing(sqlite3.connect(place.folder / "catalog.sqlite")) as database:
        snapshots = database.execute("SELECT count(*) FROM ducklake_snapshot").fetchone()[0]
    return sorted([*found, ("snapshots", int(snapshots))])


def fuzz(
    seed: int, seconds: float, *, stops_at_find: bool = False
) -> tuple[Counter[str], list[tuple[str, str]]]:
    """How the queries ended, and the finds: each query with what is wrong."""
    folder = Path(tempfile.mkdtemp(prefix="copydesk-fuzz-"))
    ends: Counter[str] = Counter()
    finds: list[tuple[str, str]] = []
    try:
        place, ends_at = plant(folder), time.monotonic() + seconds
        grammar = Grammar(random.Random(seed), folder)
        with open_for_user_sql(place, limits=LIMITS) as session:
            while time.monotonic() < ends_at and not (stops_at_find and finds):
                sql = grammar.statement()
                end, wrong = attempt(session, sql, place)
                ends[end] += 1
                if wrong:
                    finds.append((sql, wrong))
    finally:
        shutil.rmtree(folder)
        os.environ.pop("CANARY", None)
        os.environ.pop("PGPASSWORD", None)
    return ends, finds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    ends, finds = fuzz(given.seed, given.seconds)
    for sql, wrong in finds:
        print(f"FIND {wrong}\n     {sql}")
    print(f"seed {given.seed}: {ends.total()} queries, {dict(ends)}; {len(finds)} finds")
    sys.exit(1 if finds else 0)
