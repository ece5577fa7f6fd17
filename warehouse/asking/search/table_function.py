"""Search in SQL: `FROM search('steel AND "blast furnace"', most := 50)` gives the hits as rows."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from warehouse.asking.search import search_index
from warehouse.asking.search.index import refresh_search
from warehouse.asking.search.query_syntax import read_query_words
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.session import Lake

_CALLS_SEARCH = re.compile(r"(?i)\bsearch\s*\(")
_HIT = (
    "STRUCT(outlet VARCHAR, title VARCHAR, published_at TIMESTAMPTZ, snippet VARCHAR, score DOUBLE, url VARCHAR,"
    " article_id VARCHAR)[]"
)


def prepare_search(lake: Lake, sql: str) -> None:
    """Make `search` known to the session and its index current, if the SQL calls it."""
    if not _CALLS_SEARCH.search(sql):
        return
    refresh_search(lake)
    known = "SELECT 1 FROM system.main.duckdb_functions() WHERE function_name = 'copydesk_search' LIMIT 1"
    if lake.fetch(known):
        return
    location = lake.location
    lake.connection.create_function(
        "copydesk_search",
        lambda words, most: find_hits(location, words, most),
        ["VARCHAR", "BIGINT"],
        _HIT,
    )
    lake.execute(
        "CREATE TEMP MACRO search(words, most := 20) AS TABLE"
        " SELECT unnest(system.main.copydesk_search(words, most), recursive := true)"
    )


def find_hits(location: LakeLocation, words: str, most: int) -> list[dict[str, Any]]:
    """The hits as DuckDB takes them."""
    return [asdict(hit) for hit in search_index(location, read_query_words(words), most)]
