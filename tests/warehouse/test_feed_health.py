"""Feeds that fail, have moved or bring nothing new are seen, and so is what was asked and what came of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from core.tables import TABLES
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.catalog.open import Lake
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_parts, land_rows

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


def feed(name: str, **values: Any) -> dict[str, Any]:
    """A cursor of a feed that was asked at noon and had something new an hour before."""
    lately = NOON - timedelta(hours=1)
    good = {"status_code": 200, "checked_at": NOON, "changed_at": lately, "high_water_at": lately}
    url = f"https://harbour-post.example/{name}"
    row = {"outlet": "harbour-post", "feed_url": url, "kind": "feed", "failure_count": 0, "seen": "{}"}
    return {**row, **good, **values}


def land(lake: Lake, table: str, *rows: dict[str, Any], run_id: str = "run-1", flow: str = "ingest") -> None:
    land_rows(lake, make_run(run_id, flow=flow), {table: TABLES[table].to_arrow(rows)})


def test_each_trouble_of_a_feed_has_its_name(lake: Lake) -> None:
    long_ago = NOON - timedelta(days=9)
    feeds = {
        "good": feed("good"),
        "gone": feed("gone", status_code=410, failure_count=3, problem="HTTP status 410"),
        "failing": feed("failing", status_code=None, failure_count=2, problem="no address"),
        "moved": feed("moved", moved_to_url="https://harbour-post.example/rss"),
        "unreadable": feed("unreadable", problem="no feed: mismatched tag"),
        "unchanged": feed("unchanged", changed_at=long_ago),
        "silent": feed("silent", high_water_at=long_ago),
    }
    robots = feed("robots.txt", kind="robots", changed_at=long_ago)
    land(lake, "feed_cursors", *feeds.values(), robots)
    rows = lake.execute("SELECT feed_url, condition FROM feed_health ORDER BY feed_url").fetchall()
    assert {url.rpartition("/")[2]: condition for url, condition in rows} == {name: name for name in feeds}
    told = {row["condition"]: row["why"] for row in run_query(lake, "status_feeds").to_pylist()}
    assert told == {
        "gone": "answers 410: take it out of copydesk.toml",
        "failing": "for 2 times: no address",
        "moved": "for good to https://harbour-post.example/rss",
        "unreadable": "no feed: mismatched tag",
        "unchanged": "for 9 days",
        "silent": "newest entry 9 days old",
    }


def test_an_outlet_that_never_brought_anything_is_in_outlet_health_with_its_feeds(
    lake: Lake, part: PartFolder
) -> None:
    land_parts(lake, make_run(), [part(make_rows("ferry"))])
    land(lake, "feed_cursors", feed("a"), feed("b", failure_count=1, status_code=404), run_id="run-2")
    rows = lake.execute(
        "SELECT outlet, article_count, feed_count, feed_problems FROM outlet_health ORDER BY outlet"
    ).fetchall()
    assert rows == [
        ("dunmore-ledger", 1, 0, []),
        ("harbour-post", 0, 2, ["failing https://harbour-post.example/b"]),
    ]


def fetched(run_id: str, asked: int, failures: str | None, **counts: int) -> dict[str, Any]:
    """A row of `fetches` in which all that is not said to have gone well has failed."""
    zeros = {"ok_count": 0, "not_modified_count": 0, "redirect_count": 0}
    row = {"run_id": run_id, "outlet": "harbour-post", "host": "a.example", "failures": failures}
    failed = asked - sum(counts.values())
    return {**row, **zeros, **counts, "request_count": asked, "failed_count": failed, "byte_count": 100}


def test_what_was_fetched_is_summed_over_the_last_ingest_runs(lake: Lake) -> None:
    land(lake, "fetches", fetched("run-0", 9, '{"500": 9}'), run_id="run-0")
    land(lake, "fetches", fetched("run-1", 5, '{"404": 2}', ok_count=3), run_id="run-1")
    failures = '{"404": 1, "timed_out": 2}'
    land(lake, "fetches", fetched("run-2", 4, failures, not_modified_count=1), run_id="run-2")
    land(lake, "fetches", run_id="run-3", flow="load")
    assert run_query(lake, "status_fetches", runs=2).to_pylist() == [
        {
            "outlet": "harbour-post",
            "host": "a.example",
            "runs": 2,
            "asked": 9,
            "ok_200": 3,
            "unchanged_304": 1,
            "redirected": 0,
            "failed": 5,
            "bytes": 200,
            "failed_by_reason": "404: 3, timed_out: 2",
        }
    ]
