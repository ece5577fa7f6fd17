"""A user's SQL can name what is allowed, and nothing else, wherever in the query the name stands."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import ConfigError
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.asking.user_names import judged_names
from warehouse.asking.user_sql import UserSql, open_for_user_sql
from warehouse.catalog.extensions import open_session
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake
from warehouse.landing.land import land_parts

KINDS = {
    "scalar": "call",
    "aggregate": "call",
    "macro": "call",
    "table": "table",
    "table_macro": "table",
}
# Not listed by duckdb_functions(): the lake's own methods, and what DuckDB knows in other versions only.
UNLISTED = {
    "call": {"unnest", "getenv"},
    "table": {
        "current_snapshot",
        "search",  # made in a session that calls it
        "snapshots",
        "table_changes",
        "table_deletions",
        "table_info",
        "table_insertions",
    },
    "view": set(),
}


@pytest.fixture(scope="module")
def listed() -> dict[str, set[str]]:
    """Every function and view that there is with all extensions that a lake may load, by kind."""
    found: dict[str, set[str]] = {"call": set(), "table": set(), "view": set()}
    with closing(open_session("ducklake", "sqlite_scanner", "postgres_scanner", "httpfs")) as connection:
        functions = connection.execute(
            "SELECT DISTINCT function_type, function_name FROM duckdb_functions() WHERE function_type <> 'pragma'"
        ).fetchall()
        views = connection.execute("SELECT view_name FROM duckdb_views() WHERE internal").fetchall()
        aggregates = {name for kind, name in functions if kind == "aggregate"}
    for kind, name in functions:  # pragmas are statements of their own, which are refused
        found[KINDS[kind]].add(name.lower())
    found["view"] = {name.lower() for (name,) in views}
    found["aggregate"] = aggregates
    return found


@pytest.mark.parametrize("kind", ["call", "table", "view"])
def test_every_function_and_view_of_duckdb_and_its_extensions_is_judged_once(
    listed: dict[str, set[str]], kind: str
) -> None:
    judged = judged_names(kind)
    assert sorted(listed[kind] - judged.allowed.keys() - judged.refused.keys()) == []
    assert sorted(judged.allowed.keys() & judged.refused.keys()) == []
    gone = (judged.allowed.keys() | judged.refused.keys()) - listed[kind] - UNLISTED[kind]
    assert sorted(gone) == []
    assert all(judged.refused.values())


def test_every_aggregate_is_allowed_because_list_aggregate_takes_its_name_in_a_string(
    listed: dict[str, set[str]],
) -> None:
    assert sorted(listed["aggregate"] - judged_names("call").allowed.keys()) == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Path:
    """A lake with views and macros of its owner's, and files beside it."""
    folder = tmp_path_factory.mktemp("user_fence")
    shutil.copytree(empty_lake, folder / "lake")
    with open_lake(LakeLocation.at(folder / "lake")) as lake:
        land_parts(lake, make_run(), [PartFolder(lake)(make_rows("a"), make_rows("b"))])
        for statement in (
            "CREATE MACRO shout(x) AS upper(x) || '!'",
            "CREATE MACRO louder(x) AS shout(x) || '!'",
            "CREATE MACRO peek(x) AS json_serialize_plan(x::VARCHAR)",
            "CREATE MACRO peek_twice(x) AS peek(x)",
            "CREATE MACRO ucase(x) AS json_serialize_plan(x::VARCHAR)",
            "CREATE MACRO longest() AS TABLE SELECT title FROM articles ORDER BY word_count DESC",
            "CREATE MACRO any_table(x) AS TABLE SELECT * FROM query_table(x)",
            "CREATE VIEW titles AS SELECT title FROM articles",
            'CREATE VIEW "odd AS name" ("the AS title") AS SELECT title FROM articles',
            "CREATE VIEW planned AS SELECT json_serialize_plan('SELECT 1') AS x",
            "CREATE VIEW over_planned AS SELECT x FROM planned",
            "CREATE VIEW peeked AS SELECT peek('SELECT 1') AS x",
        ):
            lake.execute(statement)
    (folder / "secret.csv").write_text("canary\n1\n")
    with closing(sqlite3.connect(folder / "other.sqlite")) as database:
        database.execute("CREATE TABLE t (canary)")
    return folder


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[UserSql]:
    with open_for_user_sql(LakeLocation.at(folder / "lake")) as opened:
        yield opened


ATTACKS = [
    # SQL in a string
    "select json_serialize_plan('select 1')",
    "select system.main.json_serialize_plan('select 1')",
    'select "JSON_Serialize_Plan"(\'select 1\')',
    "select x.json_serialize_plan() from (select 'select 1' as x)",
    "select json_serialize_sql('select 1')",
    "select json_deserialize_sql(json_serialize_sql('select 1'))",
    "from json_execute_serialized_sql(json_serialize_sql('select 1'))",
    "pragma json_execute_serialized_sql('{{}}')",
    "from query('select 1')",
    "from system.main.query('select 1')",
    "from query_table('articles')",
    "from query_table(['articles', 'outcomes'])",
    "from main.query_table(articles)",
    "from from_substrait('x'::blob)",
    "prepare p as select 1",
    "execute p",
    "call query('select 1')",
    # wherever it stands
    "select list_transform(['select 1'], x -> json_serialize_plan(x))",
    "select list_transform(['select 1'], lambda x: json_serialize_plan(x))",
    "select [json_serialize_plan(x) for x in ['select 1']]",
    "select [x for x in ['select 1'] if json_serialize_plan(x) is null]",
    "select list_reduce(['select 1', 'x'], (a, b) -> json_serialize_plan(a))",
    "select columns(x -> json_serialize_plan(x) is null) from articles",
    "select * replace (json_serialize_plan(title) as title) from articles",
    "select 1 order by json_serialize_plan('select 1')",
    "select 1 limit length(json_serialize_plan('select 1'))",
    "select 1 offset length(json_serialize_plan('select 1'))",
    "select distinct on (json_serialize_plan('select 1')) 1",
    "select count(*) group by json_serialize_plan('select 1')",
    "select count(*) from articles group by grouping sets ((json_serialize_plan(title)))",
    "select count(*) from articles having json_serialize_plan('select 1') is not null",
    "select 1 from articles qualify row_number() over (order by json_serialize_plan(title)) = 1",
    "select sum(1) over (partition by json_serialize_plan(title)) from articles",
    "select lag(title, length(json_serialize_plan('x'))) over () from articles",
    "select lag(title, 1, json_serialize_plan('x')::varchar) over () from articles",
    "select count(*) filter (where json_serialize_plan(title) is null) from articles",
    "select string_agg(title order by json_serialize_plan(title)) from articles",
    "select case when true then json_serialize_plan('x') end",
    "select try(json_serialize_plan('x'))",
    "select cast(json_serialize_plan('x') as varchar)",
    "select {{'a': json_serialize_plan('x')}}",
    "select map {{'a': json_serialize_plan('x')}}",
    "select (select json_serialize_plan('x'))",
    "select exists (select json_serialize_plan('x'))",
    "select 1 in (select json_serialize_plan('x')::int)",
    "values (json_serialize_plan('x'))",
    "from (values (json_serialize_plan('x'))) t",
    "with x as (select json_serialize_plan('x')) select 1 from x",
    "with x as materialized (select json_serialize_plan('x')) from x",
    "with recursive x(a) as (select 'x' union all select json_serialize_plan(a)::varchar from x) from x",
    "select 1 union all select length(json_serialize_plan('x'))",
    "select * from articles join outcomes on json_serialize_plan('x') is null",
    "select * from articles a, lateral (select json_serialize_plan(a.title))",
    "select * from articles at (version => length(json_serialize_plan('x')))",
    "from range(length(json_serialize_plan('x')))",
    "describe select json_serialize_plan('x')",
    "summarize select json_serialize_plan('x')",
    "explain select json_serialize_plan('x')",
    "explain analyze select json_serialize_plan('x')",
    "pivot articles on outlet in ('a') using first(json_serialize_plan(title))",
    "unpivot (select json_serialize_plan('x') as a) on a",
    "select 1; select json_serialize_plan('x'); select 2",
    # definitions of the lake
    "select peek('select 1')",
    "select lake.main.peek('select 1')",
    "select peek_twice('select 1')",
    "select ucase('select 1')",
    "from any_table('articles')",
    "from lake.any_table('duckdb_databases')",
    "from planned",
    "from lake.main.planned",
    "from over_planned",
    "from peeked",
    "describe planned",
    "from histogram_values('planned', x)",
    # tables by a name in a string
    "from histogram_values('duckdb_databases', path)",
    "from histogram_values(duckdb_databases, path)",
    "from histogram_values(DuckDB_Databases, path)",
    "from histogram_values(source := 'duckdb_databases', col_name := path)",
    "from histogram_values(col_name := path, source := duckdb_databases)",
    "from histogram('pragma_database_list', 'file')",
    "from histogram('system.main.duckdb_databases', 'path')",
    "from histogram_values('__ducklake_metadata_lake.main.ducklake_metadata', value, technique := 'sample')",
    'from histogram_values("__ducklake_metadata_lake.main.ducklake_data_file", path)',
    "from histogram_values('\"__ducklake_metadata_lake\".ducklake_metadata', value)",
    "from histogram_values('duckdb_' || 'databases', path)",
    "from histogram_values(['articles'], title)",
    "from histogram_values('{folder}/secret.csv', canary)",
    "from histogram('lake.main.articles', 'title')",
    "from (select '__ducklake_metadata_lake.ducklake_metadata' as articles) s, histogram_values(articles, value)",
    "from pragma_table_info('__ducklake_metadata_lake.ducklake_metadata')",
    "from pragma_table_info('{folder}/secret.csv')",
    "from pragma_storage_info('articles')",
    "from pragma_show('articles')",
    # files
    "from '{folder}/secret.csv'",
    'from "{folder}/secret.csv"',
    "from 'secret.csv'",
    "from 'x.parquet'",
    "summarize 'secret.csv'",
    "describe 'secret.csv'",
    "from '/etc/passwd'",
    "from read_text('{folder}/secret.csv')",
    "from read_csv_auto('{folder}/secret.csv')",
    "from read_json_objects('{folder}/secret.csv')",
    "from read_duckdb('{folder}/other.sqlite')",
    "from read_parquet('{folder}/lake/data/main/articles/**')",
    "from parquet_schema('{folder}/lake/data/x.parquet')",
    "from sniff_csv('{folder}/secret.csv')",
    "from glob('{folder}/*')",
    "from SYSTEM.MAIN.READ_BLOB('{folder}/secret.csv')",
    "from (select unnest(['{folder}/secret.csv']) as f) t, read_text(t.f)",
    "from sqlite_scan('{folder}/other.sqlite', 't')",
    "from sqlite_query('__ducklake_metadata_lake', 'select 1')",
    "from postgres_scan('host=127.0.0.1', 'public', 't')",
    "from postgres_query('x', 'select 1')",
    "call postgres_execute('x', 'select 1')",
    "from ducklake_list_files('lake', 'articles')",
    "from lake.list_files('articles')",
    "from lake.options()",
    "from ducklake_settings('lake')",
    # settings, environment, session
    "select getenv('HOME')",
    "select main.getenv('HOME')",
    "select getvariable('x')",
    "select current_setting('temp_directory')",
    "select 'temp_directory'.current_setting()",
    "select \"current_setting\"('home_directory')",
    "from duckdb_settings()",
    "from pg_settings",
    "from pg_catalog.pg_settings",
    "from duckdb_secrets()",
    "from which_secret('s3://x', 's3')",
    "from duckdb_variables()",
    "from duckdb_logs()",
    "from duckdb_logs",
    "from duckdb_logs_parsed('HTTP')",
    "select parse_duckdb_log_message('HTTP', 'x')",
    "select write_log('x')",
    "call enable_logging()",
    "from enable_logging()",
    "from checkpoint('lake')",
    "from duckdb_extensions()",
    "from duckdb_temporary_files()",
    "from duckdb_external_file_cache()",
    "from duckdb_prepared_statements()",
    "from pg_prepared_statements",
    "from pg_database",
    "from system.pg_catalog.pg_database",
    "with duckdb_databases as (select 1) from duckdb_databases",
    "select (select path from duckdb_databases where database_name = 'lake')",
    "select get_block_size('lake')",
    "from test_all_types()",
    "from test_vector_types(null::int)",
    "select nextval('s')",
    "select currval('s')",
    "select finalize('x'::blob)",
    "select variant_bytes_to_variant('x'::blob, 'y'::blob)",
    "select __internal_compress_string_ubigint('x')",
    "select sum(1) export_state",
    "from arrow_scan(1, 2, 3)",
    "from pandas_scan(1)",
    "from seq_scan()",
    # elsewhere
    "from __ducklake_metadata_lake.ducklake_metadata",
    "from __DuckLake_Metadata_lake.main.ducklake_metadata",
    'from "__ducklake_metadata_lake"."ducklake_metadata"',
    "show tables from __ducklake_metadata_lake",
    "from memory.main.x",
    "from temp.x",
    "from lake.elsewhere.x",
    "from public.x",
    "from lake.set_option('parquet_compression', 'snappy')",
    "from lake.expire_snapshots(older_than => now())",
    "from lake.merge_adjacent_files()",
    "from ducklake_flush_inlined_data('lake')",
    "from ducklake_commit('lake')",
    # time
    "select pg_sleep(1)",
    "select pg_catalog.pg_sleep(1)",
    "select sleep_ms(1000)",
]  # fmt: skip


@pytest.mark.parametrize("sql", ATTACKS)
def test_what_is_not_allowed_is_refused_by_name_wherever_it_stands(
    session: UserSql, folder: Path, sql: str
) -> None:
    files = sorted(path.name for path in folder.iterdir())
    with pytest.raises(ConfigError) as caught:
        session.run(sql.format(folder=folder)).fetch(10)
    assert "canary" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    assert sorted(path.name for path in folder.iterdir()) == files


NEAR_MISSES = [
    "from histogram_values(articles, outlet)",
    "from histogram('articles', 'word_count')",
    "from histogram(titles, title, technique := 'sample')",
    "from histogram_values(duckdb_tables, schema_name)",
    "with t as (select 1 as a) from histogram_values(t, a)",
    "from pragma_table_info('articles')",
    "select shout(title) from articles",
    "select louder('x')",
    "select span_of(body_text, 0, 3) from articles",
    "from longest()",
    "from lake.longest()",
    "from titles",
    'from "odd AS name"',
    "from lake.main.titles",
    "select 'json_serialize_plan(x)', 1 as json_serialize_plan",
    "select \"query_table\" from (select 1 as query_table)",
    "select x.upper() from (select 'x' as x)",
    "select [upper(x) for x in authors if length(x) > 2] from articles",
    "select list_aggregate([1, 2], 'sum')",
    "select columns(x -> x like 'out%') from articles",
    "select * exclude (title) replace (upper(outlet) as outlet) from articles",
    "select sum(word_count) over w, lag(title) over (order by title) from articles window w as (order by title)",
    "select count(*) filter (where outlet <> 'x'), string_agg(title, ', ' order by title) from articles",
    "select extract(year from published_at), published_at at time zone 'utc', interval 1 day from articles",
    "select 'a' similar to 'b', 'a' ~ 'b', position('a' in 'ba'), trim(both 'x' from 'xax'), 'é' collate nocase",
    "select '{{\"a\": 1}}'::json->'a', '{{\"a\": 1}}'::json->>'$.a', {{'a': 1}}.a, map {{'a': 1}}['a'], [1, 2][1:2]",
    "select array(select title from articles), unnest([1, 2]), unnest({{'a': 1}})",
    "select grouping(outlet), count(*) from articles group by rollup (outlet)",
    "with recursive t(n) as (select 1 union all select n + 1 from t where n < 3) from t",
    "with recursive t(n) using key (n) as (select 1 union select n from recurring.t where n > 3) from t",
    "unpivot (select 1 as a, 2 as b) on columns(*)",
    "from articles positional join outcomes",
    "from articles asof join outcomes on articles.article_id >= outcomes.article_id",
    "select * from articles using sample 50% (reservoir)",
    "select title from articles union by name select outlet from articles",
    "select current_date, current_user, current_timestamp, today(), version()",
    "from json_each('{{\"a\": 1}}')",
    "from articles at (timestamp => now())",
    "from lake.snapshots()",
    "from lake.table_changes('articles', 0, 1) limit 0",
    "from lake.internal.schema_versions",
    "from information_schema.tables",
    "from system.information_schema.columns",
    "from pg_catalog.pg_class",
    "show all tables",
    "show schemas",
    "select try('x'::int), try_cast('x' as int)",
    "select $1::int is null",
]  # fmt: skip


@pytest.mark.parametrize("sql", NEAR_MISSES)
def test_what_only_looks_like_it_is_answered(session: UserSql, sql: str) -> None:
    values = [1] if "$1" in sql else None
    session.run(sql.format(), values).fetch(10)


def test_a_definition_that_is_made_later_is_judged_as_well(empty_lake: Path, tmp_path: Path) -> None:
    shutil.copytree(empty_lake, tmp_path / "lake")
    place = LakeLocation.at(tmp_path / "lake")
    with open_for_user_sql(place) as session:
        assert session.run("select upper('x')").fetch(1) == [("X",)]
        with open_lake(place) as lake:
            lake.execute("CREATE MACRO upper(x) AS json_serialize_plan(x::VARCHAR)")
        with pytest.raises(
            ConfigError, match="the macro upper of the lake: the function json_serialize_plan"
        ):
            session.run("select upper('select 1')")


def test_every_view_of_the_lake_is_answered(session: UserSql) -> None:
    views = session.run("select view_name from duckdb_views() where database_name = 'lake'").fetch(100)
    ours = [name for (name,) in views if name not in ("planned", "over_planned", "peeked")]
    assert len(ours) > 5
    for name in ours:
        session.run(f'from "{name}"').fetch(1)


def test_a_text_that_is_too_long_or_nested_too_deeply_is_told(session: UserSql) -> None:
    with pytest.raises(ConfigError, match="longer than 1,000,000 characters"):
        session.run("select 1 --" + "x" * 1_000_000)
    with pytest.raises(ConfigError):
        session.run("select " + "abs(" * 900 + "1" + ")" * 900)
