"""The schema: made from core/tables, brought up to date without losing a row."""

from __future__ import annotations

from core.tables import TABLES
from tests.warehouse.conftest import PartFolder, count_rows, make_rows, make_run
from warehouse.catalog.migrations import column_type, list_marts, migrate
from warehouse.catalog.open import Lake, open_lake
from warehouse.landing.land import land_parts


def test_every_table_and_column_of_core_is_in_the_lake_with_its_meaning(lake: Lake) -> None:
    found = lake.execute(
        "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()"
        " WHERE database_name = 'lake' AND schema_name = 'main'"
    ).fetchall()
    columns = {(table, column): rest for table, column, *rest in found}
    for table in TABLES.values():
        for column in table.columns:
            type_, is_nullable, comment = columns[table.name, column.name]
            assert type_.replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ") == column_type(column)
            assert is_nullable is not column.required
            assert comment.startswith(column.meaning)


def test_big_tables_are_partitioned_by_month(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    files = [
        path.parent.name for path in (lake.location.folder / "data" / "main" / "articles").rglob("*.parquet")
    ]
    assert files == ["month=2024-05-01"]


def test_every_mart_can_be_asked(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"), make_rows("b", outlet="kelder-post"))])
    names = [mart.name for mart in list_marts()]
    assert {
        "figure_comparison",
        "quotation_comparison",
        "story_timeline",
        "entity_daily",
        "outlet_health",
    } <= set(names)
    for name in names:
        lake.execute(f"SELECT * FROM {name}").fetchall()


def test_an_up_to_date_lake_is_left_alone(lake: Lake) -> None:
    before = lake.snapshot_id
    assert migrate(lake) is False
    assert lake.snapshot_id == before


def test_an_old_lake_gains_what_was_added_since_and_keeps_its_rows(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    lake.execute("DROP VIEW outlet_health")
    lake.execute("ALTER TABLE articles DROP COLUMN image_url")
    lake.execute("DROP TABLE line_statistics")
    lake.execute("DROP MACRO span_of")
    lake.execute("INSERT INTO internal.schema_versions VALUES (1, 'older', now())")
    lake.close()
    with open_lake(lake.location) as upgraded:
        assert count_rows(upgraded, "line_statistics") == 0
        assert upgraded.execute("SELECT image_url, title FROM articles").fetchall() == [(None, "Boats moved")]
        assert upgraded.fetch("SELECT span_of('abc', 1, 2)") == [("b",)]
        land_parts(upgraded, make_run("run-2"), [PartFolder(upgraded)(make_rows("b"))])
        assert count_rows(upgraded, "outlet_health") == 1


def test_the_words_of_every_span_are_what_the_macro_cuts_out(lake: Lake, part: PartFolder) -> None:
    body = "Näher 👍 moved 301 boats, Ida Lund said. " * 3
    land_parts(lake, make_run(), [part(make_rows("a", body=body))])
    rows = lake.fetch(
        "SELECT span_of(body_text, start_char, end_char), surface"
        " FROM (SELECT article_id, start_char, end_char, surface FROM mentions"
        " UNION ALL SELECT article_id, start_char, end_char, surface FROM figures) JOIN articles USING (article_id)"
    )
    assert rows
    assert [cut for cut, _ in rows] == [surface for _, surface in rows]
    assert lake.fetch("SELECT span_of('ab👍d', 2, 3), span_of('abc', 0, 0), span_of(NULL, 0, 1)") == [
        ("👍", "", None)
    ]
