"""Which day each outlet of a story gives for the same thing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.tables import TABLES
from tests.warehouse.conftest import PartFolder, copied_lake, copy_lake, make_run, tell_story
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_rows


@pytest.fixture(scope="module")
def story_told(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Path:
    """The folder of a lake with a story of two outlets."""
    folder = tmp_path_factory.mktemp("story")
    with copied_lake(empty_lake, folder) as lake:
        tell_story(lake, PartFolder(lake), {"ash": [], "birch": []})
    return folder / "lake"


@pytest.fixture
def location(tmp_path: Path, story_told: Path) -> LakeLocation:
    """A copy of that lake."""
    return copy_lake(story_told, tmp_path)


def give_dates(lake: Lake, told: dict[str, list[tuple[str, str | None, str, list[str]]]]) -> None:
    """Each outlet's article gives these dates: surface, day (none: the year is unknown), predicate, roles."""
    articles = dict(lake.execute("SELECT outlet, article_id FROM articles").fetchall())
    dates = []
    for outlet, given in told.items():
        for place, (surface, day, predicate, roles) in enumerate(given):
            start = datetime.fromisoformat(f"{day}T00:00+00:00") if day else None
            dates.append(
                {
                    "article_id": articles[outlet],
                    "start_char": place,
                    "end_char": place + 1,
                    "surface": surface,
                    "starts_at": start,
                    "ends_at": start and start + timedelta(days=1),
                    "granularity": "part_of_day" if "night" in surface else "day",
                    "is_relative": True,
                    "predicate": predicate,
                    "roles": roles,
                    "sentence_number": 1,
                    "month": datetime(2024, 5, 1, tzinfo=UTC).date(),
                }
            )
    land_rows(lake, make_run("run-3"), {"dates": TABLES["dates"].to_arrow(dates)})


CLOSED = ("close", ["on:close", "obj:bridge", "near:tarn"])
TOLD_DAYS: list[tuple[tuple[Any, ...], tuple[Any, ...], list[str]]] = [
    (("3 May", "2024-05-03", *CLOSED), ("Friday", "2024-05-03", *CLOSED), ["agree"]),
    (("3 May", "2024-05-03", *CLOSED), ("5 May", "2024-05-05", *CLOSED), ["conflict"]),
    (("3 May", None, *CLOSED), ("May 3", "2024-05-03", *CLOSED), ["agree"]),
    (("3 May", None, *CLOSED), ("May 5", None, *CLOSED), ["conflict"]),
    (("Friday", None, *CLOSED), ("Friday", None, *CLOSED), ["agree"]),
    (("Friday night", "2024-05-03", *CLOSED), ("Saturday", "2024-05-04", *CLOSED), ["overlap"]),
    # another event, a statement, the end of a span, one relative word in two articles
    (("3 May", "2024-05-03", *CLOSED), ("5 May", "2024-05-05", "open", ["on:open", "obj:bridge"]), []),
    (("3 May", "2024-05-03", *CLOSED), ("3 May", "2024-05-03", "say", ["on:say", "obj:bridge"]), []),
    (("3 May", "2024-05-03", *CLOSED), ("3 May", "2024-05-03", "close", ["until:close", "obj:bridge"]), []),
    (("two days ago", "2024-05-03", *CLOSED), ("two days ago", "2024-05-05", *CLOSED), []),
]


@pytest.mark.parametrize(("one", "other", "verdicts"), TOLD_DAYS)
def test_days_of_one_thing_are_compared(lake: Lake, one: Any, other: Any, verdicts: list[str]) -> None:
    give_dates(lake, {"ash": [one], "birch": [other]})
    found = run_query(lake, "dates_side_by_side").to_pylist()
    assert [row["verdict"] for row in found] == verdicts


def test_an_outlet_that_gives_both_days_is_not_in_conflict(lake: Lake) -> None:
    first, second = ("3 May", "2024-05-03", *CLOSED), ("5 May", "2024-05-05", *CLOSED)
    give_dates(lake, {"ash": [first, second], "birch": [second]})
    found = run_query(lake, "dates_side_by_side", story_id="s1").to_pylist()
    assert [(row["surface"], row["other_surface"], row["verdict"]) for row in found] == [
        ("5 May", "5 May", "agree")
    ]
