"""A user's SQL reads the lake and can do nothing else."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import ConfigError
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.asking.user_sql import UserSql, open_for_user_sql
from warehouse.catalog import extensions
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake
from warehouse.landing.land import land_parts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Path:
    """A folder with a lake of two articles, and files beside it that are none of its business."""
    folder = tmp_path_factory.mktemp("user_sql")
    shutil.copytree(empty_lake, folder / "lake")
    with open_lake(LakeLocation.at(folder / "lake")) as lake:
        land_parts(lake, make_run(), [PartFolder(lake)(make_rows("a"), make_rows("b"))])
    (folder / "secret.csv").write_text("a,b\n1,2\n")
    with closing(sqlite3.connect(folder / "other.sqlite")) as database:
        database.execute("CREATE TABLE t (a)")
    return folder


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[UserSql]:
    with open_for_user_sql(LakeLocation.at(folder / "lake")) as opened:
        yield opened


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from articles",
        "from articles select count(*)",
        "with a as (select 1) select count(*) from a, articles where true",
        "select count(*) from articles; -- one statement",
        "select count(*) from lake.main.articles",
    ],
)
def test_a_query_of_the_lake_is_answered(session: UserSql, sql: str) -> None:
    assert session.run(sql).fetch(10) == [(2,)]


def test_several_statements_are_split_and_none_is_left_out_silently(session: UserSql) -> None:
    two = "select ';' as a; select count(*) from articles"
    assert [session.run(one).fetch(10) for one in session.split(two)] == [[(";",)], [(2,)]]
    with pytest.raises(ConfigError, match="has 2 statements"):
        session.run(two)


@pytest.mark.parametrize(
    "sql",
    [
        "describe articles",
        "show tables",
        "summarize articles",
        "explain select * from articles",
        "EXPLAIN ANALYZE select * from articles",
        "explain (format json) select 1",
        "values (1), (2)",
        "from range(3)",
        "select unnest(authors) from articles",
        "select * from articles at (version => 2)",
        "from duckdb_columns()",
        "pivot articles on outlet in ('dunmore-ledger') using count(*)",
        "-- a comment\nselect 1",
        "explain(select 1)",
        "explain analyze (select 1)",
        "/* x */ explain select 1",
        "-- why so slow?\n /* x */ explain analyze select 1",
    ],
)
def test_what_only_reads_is_allowed(session: UserSql, sql: str) -> None:
    assert session.run(sql).fetch(10)


ESCAPES = [
    "from read_csv('{folder}/secret.csv')",
    "from '{folder}/secret.csv'",
    "from '{folder}/other.sqlite'",
    "from read_text('{folder}/secret.csv')",
    "from read_text('/etc/hostname')",
    "from read_blob('/etc/hostname')",
    "from glob('/etc/*')",
    "from read_parquet('s3://bucket/key')",
    "from read_csv('http://127.0.0.1:1/x.csv')",
    "from read_parquet('{folder}/lake/data/**/*.parquet')",
    "from read_csv('{folder}/lake/data/../../secret.csv')",
    "from sqlite_scan('{folder}/other.sqlite', 't')",
    "from system.main.sqlite_scan('{folder}/other.sqlite', 't')",
    "select (select count(*) from sqlite_scan('{folder}/other.sqlite', 't'))",
    "with x as (from sqlite_scan('{folder}/other.sqlite', 't')) from x",
    "summarize from sqlite_scan('{folder}/other.sqlite', 't')",
    "from sqlite_query('__ducklake_metadata_lake', 'select 1')",
    "from sqlite_attach('{folder}/other.sqlite')",
    "from query('from sqlite_scan(''{folder}/other.sqlite'', ''t'')')",
    "from query_table('{folder}/secret.csv')",
    "from __ducklake_metadata_lake.ducklake_metadata",
    "from parquet_metadata('{folder}/lake/data/x.parquet')",
    "from duckdb_secrets()",
    "from duckdb_databases()",
    "from duckdb_databases",
    'select path from system.main."DuckDB_Databases"',
    "select (select count(*) from pragma_database_list)",
    "/* /* */ explain -- */ copy (select 1) to '{folder}/lake/data/out.csv';\n select 1",
    "/* x */ explain analyze copy (select 1) to '{folder}/lake/data/out.csv'",
    "/* x */ explain select 1; copy (select 1) to '{folder}/lake/data/out.csv'",
    "from duckdb_settings()",
    "attach '{folder}/other.sqlite' as other (type sqlite)",
    "attach '{folder}/new.duckdb' as other",
    "attach ':memory:' as other",
    "detach lake",
    "use memory",
    "copy (select 1) to '{folder}/out.csv'",
    "copy (select 1) to '{folder}/lake/data/out.csv'",
    "copy articles from '{folder}/secret.csv'",
    "explain analyze copy (select 1) to '{folder}/lake/data/out.csv'",
    "explain select 1; copy (select 1) to '{folder}/lake/data/out.csv'",
    "select 1; copy (select 1) to '{folder}/lake/data/out.csv'",
    "export database '{folder}/out'",
    "import database '{folder}'",
    "insert into articles select * from articles",
    "update articles set title = 'x'",
    "delete from articles",
    "merge into articles using articles as a on false when matched then delete",
    "truncate articles",
    "drop table articles",
    "drop view figure_comparison",
    "alter table articles add column x int",
    "create table x (a int)",
    "create temp table x as select 1",
    "create view x as select 1",
    "create macro f() as 1",
    "create secret s (type s3, key_id 'a', secret 'b')",
    "install httpfs",
    "load httpfs",
    "load '{folder}/other.sqlite'",
    "set threads = 1",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "reset enable_external_access",
    "pragma threads = 1",
    "pragma database_list",
    "call lake.set_option('parquet_compression', 'snappy')",
    "call ducklake_expire_snapshots('lake', older_than => now())",
    "from ducklake_expire_snapshots('lake', older_than => now())",
    "from ducklake_delete_orphaned_files('lake', cleanup_all => true)",
    "from ducklake_cleanup_old_files('lake', cleanup_all => true)",
    "from ducklake_merge_adjacent_files('lake')",
    "from ducklake_add_data_files('lake', 'articles', '{folder}/x.parquet')",
    "begin",
    "checkpoint",
    "vacuum",
    "prepare p as select 1",
    "explain (analyze) copy (select 1) to '{folder}/lake/data/out.csv'",
    "explain (analyze, format json) copy (select 1) to '{folder}/lake/data/out.csv'",
    "explain /* x */ analyze copy (select 1) to '{folder}/lake/data/out.csv'",
    "select 1\x00; copy (select 1) to '{folder}/lake/data/out.csv'",
    "select 1 from (" * 300,
    "select " + "abs(" * 5000 + "1" + ")" * 5000,
    " ; ",
    "explain explain analyze copy (select 1) to '{folder}/lake/data/out.csv'",
]


@pytest.mark.parametrize("sql", ESCAPES)
def test_what_writes_or_leaves_the_lake_is_refused(session: UserSql, folder: Path, sql: str) -> None:
    before = session.run("from lake.current_snapshot()").fetch(1)
    with pytest.raises(ConfigError):
        session.run(sql.format(folder=folder)).fetch(10)
    assert session.run("from lake.current_snapshot()").fetch(1) == before
    assert not (folder / "out.csv").exists()
    assert not (folder / "lake" / "data" / "out.csv").exists()


def test_a_python_variable_is_no_table(session: UserSql) -> None:
    secret = {"a": [1]}  # noqa: F841 - what DuckDB would otherwise find
    with pytest.raises(ConfigError, match="secret"):
        session.run("from secret")


def test_a_wrong_name_is_told_in_one_line_with_the_nearest_ones(session: UserSql) -> None:
    wrong = {
        "select titel from articles": r'\Athere is no column titel here; candidates are .*"title".*\Z',
        "select 1,\n titel from articles": r"\Athere is no column titel here; .* \(line 2\)\Z",
        "from articels": r"\Athere is no table articels; did you mean articles or .*\?\Z",
        "from xyzzy": r"\Athere is no table xyzzy; `copydesk tables` lists the tables\Z",
        "select lenth('x')": r'\AScalar Function with name lenth does not exist! Did you mean "length"\?\Z',
        "select 'a'::int": r"\ACould not convert string 'a' to INT32\Z",
    }
    for sql, told in wrong.items():
        with pytest.raises(ConfigError, match=told):
            session.run(sql)


def test_a_pivot_without_its_values_is_told_how_to_name_them(session: UserSql) -> None:
    with pytest.raises(ConfigError, match=r"PIVOT needs its values here: .* ON outlet IN"):
        session.run("pivot articles on outlet using count(*)")


def test_the_tables_that_the_shell_lists_are_those_of_the_lake(session: UserSql) -> None:
    listed = [row[0] for row in session.run(session.LIST_TABLES)]
    assert "articles" in listed and "figure_comparison" in listed
    assert [name for name in listed if name.startswith(("duckdb_", "pragma_", "sqlite_", "pg_"))] == []


def test_wrong_syntax_is_told_with_its_place(session: UserSql) -> None:
    with pytest.raises(ConfigError, match="selec"):
        session.run("selec 1")


def test_an_answer_streams_as_rows_and_as_arrow(session: UserSql) -> None:
    answer = session.run("select range as n from range(5000)")
    assert answer.columns == ("n",)
    assert sum(row[0] for row in answer) == sum(range(5000))
    assert session.run("from articles").arrow().num_rows == 2


def test_what_does_not_fit_into_memory_is_spilled_and_cleaned_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(extensions.SESSION, "memory_limit", "40MB")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with open_for_user_sql(LakeLocation.at(folder / "lake")) as small:
        sorted_words = "select md5(range::varchar) as word from range(1500000) order by word"
        answer = small.run(f"select count(word) from ({sorted_words} limit 1400000)")
        assert answer.fetch(1) == [(1_400_000,)]
    assert list(folder.glob("copydesk-spill*")) == []
