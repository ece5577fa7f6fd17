"""Articles that wait for a story are found by the months that can hold them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from core.tables import TABLES
from tests.warehouse.conftest import PartFolder, Rows, make_rows, make_run
from warehouse.catalog.open import Lake
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_parts, land_rows


def in_month(run_id: str, slug: str, month: int, **more: Any) -> Rows:
    """An article of that month of 2024, as that run writes it."""
    rows = make_rows(slug, published_at=datetime(2024, month, 3, tzinfo=UTC), **more)
    return {
        name: [{**row, "run_id": run_id} if "run_id" in row else row for row in some]
        for name, some in rows.items()
    }


def id_of(rows: Rows) -> str:
    return str(rows["articles"][0]["article_id"])


def tell(lake: Lake, rows: Rows) -> None:
    """A story of this article alone."""
    article = rows["articles"][0]
    story = {
        "story_id": f"s{id_of(rows)}",
        "article_id": id_of(rows),
        "similarity_ratio": 1.0,
        "month": article["month"],
    }
    land_rows(lake, make_run("grouping"), {"story_articles": TABLES["story_articles"].to_arrow([story])})


def find(lake: Lake, run_id: str) -> tuple[tuple[date | None, date | None], set[str]]:
    months = run_query(lake, "ungrouped_months", run_id=run_id).to_pylist()[0]
    found = run_query(lake, "ungrouped_articles", run_id=run_id, **months).to_pylist()
    return (months["first_month"], months["last_month"]), {row["article_id"] for row in found}


def test_what_a_killed_run_left_is_found_in_its_month(lake: Lake, part: PartFolder) -> None:
    winter, spring, summer = (
        in_month("killed", "a", 1),
        in_month("killed", "b", 3),
        in_month("killed", "c", 6),
    )
    land_parts(lake, make_run("killed"), [part(winter, spring, summer)])
    assert find(lake, "other") == (
        (date(2024, 1, 1), date(2024, 6, 1)),
        {id_of(winter), id_of(spring), id_of(summer)},
    )
    tell(lake, winter)
    tell(lake, summer)
    assert find(lake, "other") == ((date(2024, 3, 1), date(2024, 3, 1)), {id_of(spring)})
    tell(lake, spring)
    assert find(lake, "other") == ((None, None), set())


def test_a_changed_article_is_found_with_its_copies_of_other_months(lake: Lake, part: PartFolder) -> None:
    first, copy = in_month("load", "a", 2), in_month("load", "b", 5, outlet="harbour-post")
    land_parts(lake, make_run("load"), [part(first, copy)])
    tell(lake, first)
    tell(lake, copy)
    repeated = {
        "article_id": id_of(copy),
        "original_article_id": id_of(first),
        "relation": "exact",
        "similarity_ratio": 1.0,
        "month": date(2024, 5, 1),
    }
    land_rows(lake, make_run("grouping"), {"duplicates": TABLES["duplicates"].to_arrow([repeated])})
    edited = in_month(
        "edit", "a", 2, body="Ida Lund moved 9 boats.", fetched_at=datetime(2024, 5, 2, tzinfo=UTC)
    )
    land_parts(lake, make_run("edit"), [part(edited)])
    assert find(lake, "edit") == ((date(2024, 2, 1), date(2024, 5, 1)), {id_of(first), id_of(copy)})
    assert find(lake, "other") == ((None, None), set())
