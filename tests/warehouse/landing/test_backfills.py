"""A backfill's condition is SQL of a user: it chooses articles and can name nothing that a query may not name."""

from __future__ import annotations

import pytest

from core.errors import ConfigError
from core.settings import Settings
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.catalog.open import Lake
from warehouse.landing.backfills import find_articles
from warehouse.landing.land import land_parts


@pytest.fixture(scope="module")
def settings(read_lake: Lake) -> Settings:
    """A lake of two articles, to read only, with a macro that hides a forbidden function."""
    land_parts(read_lake, make_run(), [PartFolder(read_lake)(make_rows("a"), make_rows("b"))])
    read_lake.execute("CREATE MACRO peek(x) AS json_serialize_plan(x::VARCHAR)")
    return Settings(lake=read_lake.location.folder)


def test_a_condition_chooses_articles(settings: Settings) -> None:
    assert len(find_articles(settings, "outlet = 'dunmore-ledger' and upper(title) like 'BOATS%'")) == 2
    assert find_articles(settings, "outlet = 'kelder-post'") == frozenset()


@pytest.mark.parametrize(
    "condition",
    [
        "json_serialize_plan(title) is null",
        "peek(title) is null",
        "exists (from duckdb_databases())",
        "true) union all select path from duckdb_databases where (true",
        "true); copy (select 1) to 'x.csv'; select (1",
    ],
)
def test_a_condition_that_does_more_is_refused(settings: Settings, condition: str) -> None:
    with pytest.raises(ConfigError):
        find_articles(settings, condition)
