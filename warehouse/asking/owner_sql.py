"""SQL of the lake's owner in Python: no fence, since the program around it can do anything; errors in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from warehouse.asking.search.table_function import prepare_search
from warehouse.asking.user_faults import explained
from warehouse.asking.user_sql import make_unique

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.catalog.session import Lake

_OF_ARTICLE = ("figures", "dates", "mentions", "quotations")


def run_sql(lake: Lake, sql: str, values: Mapping[str, Any] | None = None) -> pa.Table:
    """The answer as an Arrow table whose columns have distinct names. Raises ConfigError for a mistake in the SQL."""

    def run() -> pa.Table:
        return lake.connection.execute(sql, values or None).to_arrow_table()

    prepare_search(lake, sql)
    with explained(lake.connection, lake.location, run):
        table = run()
    return table.rename_columns(list(make_unique(table.column_names)))


def read_marked_spans(lake: Lake, article_id: str) -> dict[str, pa.Table]:
    """An article's figures, dates, mentions and quotations, each in its sentence, by the table's name."""
    return {
        name: run_sql(
            lake,
            f"SELECT * EXCLUDE (month) FROM {name}_in_context WHERE article_id = $article_id"
            " ORDER BY start_char, end_char",
            {"article_id": article_id},
        )
        for name in _OF_ARTICLE
    }
