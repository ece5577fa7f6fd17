"""What lands in a lake that has an article already: run-1 has landed `a`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.warehouse.conftest import (
    PartFolder,
    copy_lake,
    count_rows,
    make_rejection,
    make_rows,
    make_run,
    snapshot_tables,
)
from tests.warehouse.landing.test_land import LATER, NEWER_TEXT, article_ids, reasons, text_of
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake
from warehouse.landing.land import land_parts


@pytest.fixture
def location(tmp_path: Path, lake_of_a: Path) -> LakeLocation:
    """A copy of that lake."""
    return copy_lake(lake_of_a, tmp_path)


def test_the_run_is_counted_and_the_snapshot_names_it(lake: Lake, part: PartFolder) -> None:
    report = land_parts(lake, make_run(state="completed"), [part(make_rows("b"), make_rejection("c"))])
    run = lake.execute("SELECT state, input_count, accepted_count, snapshot_id FROM runs").fetchall()
    assert run == [("completed", 3, 2, report.snapshot_id - 1)]
    message = lake.execute("SELECT commit_message FROM lake.snapshots() ORDER BY snapshot_id").fetchall()
    assert message[-1] == ("run-1",)


def test_the_same_input_in_another_run_is_unchanged_and_not_rewritten(lake: Lake, part: PartFolder) -> None:
    before = snapshot_tables(lake, "runs", "outcomes")
    report = land_parts(lake, make_run("run-2"), [part(make_rows("a"))])
    assert report.counts == {("unchanged", "same_text"): 1}
    assert snapshot_tables(lake, "runs", "outcomes") == before


def test_a_newer_capture_with_the_same_text_is_unchanged_but_kept_as_a_capture(
    lake: Lake, part: PartFolder
) -> None:
    land_parts(lake, make_run("run-2"), [part(make_rows("a", fetched_at=LATER))])
    assert reasons(lake, "run-2") == {"a": ("unchanged", "same_text")}
    assert count_rows(lake, "captures") == 2
    assert lake.execute("SELECT run_id FROM articles").fetchall() == [("run-1",)]


def test_a_changed_text_replaces_the_article_and_its_children(lake: Lake, part: PartFolder) -> None:
    no_figures = "Ida Lund said nothing today, and the harbour stayed as it was all week."
    report = land_parts(lake, make_run("run-2"), [part(make_rows("a", body=no_figures, fetched_at=LATER))])
    assert report.counts == {("accepted", "updated"): 1}
    assert text_of(lake, "a") == [(no_figures,)]
    assert count_rows(lake, "figures") == 0
    assert lake.execute("SELECT start_char FROM mentions").fetchall() == [(0,)]


def test_a_changed_title_counts_as_an_update(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run("run-2"), [part(make_rows("a", title="Boats moved again", fetched_at=LATER))])
    assert reasons(lake, "run-2") == {"a": ("accepted", "updated")}


def test_an_article_that_changes_its_month_leaves_nothing_in_the_old_one(
    lake: Lake, part: PartFolder
) -> None:
    moved = make_rows("a", published_at=datetime(2023, 2, 1, tzinfo=UTC), fetched_at=LATER)
    land_parts(lake, make_run("run-2"), [part(moved)])
    for table in ("articles", "mentions", "figures", "sentences", "removed_lines"):
        months = lake.execute(f"SELECT month FROM {table}").fetchall()
        assert months == [(date(2023, 2, 1),)], table


def test_an_extraction_made_anew_keeps_the_removed_lines(lake: Lake, part: PartFolder) -> None:
    again = make_rows("a")
    del again["removed_lines"], again["figures"]
    land_parts(lake, make_run("run-2"), [part(again)], replace=True, keep=("removed_lines",))
    assert count_rows(lake, "removed_lines") == 1
    assert count_rows(lake, "figures") == 0


def test_line_statistics_add_up_over_landings(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("b", fetched_at=LATER))])
    found = lake.execute(
        "SELECT article_count, first_seen_date, last_seen_date FROM line_statistics"
    ).fetchall()
    assert found == [(2, date(2024, 5, 1), date(2024, 6, 1))]


def test_a_backfill_writes_every_candidate_anew(lake: Lake, part: PartFolder) -> None:
    again = make_rows("a")
    del again["captures"]
    report = land_parts(lake, make_run("run-2", flow="backfill"), [part(again)], replace=True)
    assert report.counts == {("accepted", "reprocessed"): 1}
    assert count_rows(lake, "articles") == 1
    assert count_rows(lake, "mentions") == 1
    assert lake.execute("SELECT article_count FROM line_statistics").fetchall() == [(1,)]


def test_a_backfill_keeps_what_could_not_be_judged(lake: Lake, part: PartFolder) -> None:
    rows = make_rows("a")
    stuck = make_rejection("a", rows["captures"][0]["capture_id"], outcome="quarantined")
    land_parts(lake, make_run("run-2"), [part(stuck)], replace=True)
    assert count_rows(lake, "articles") == 1


def test_a_backfill_moves_a_capture_to_another_article(lake: Lake, part: PartFolder) -> None:
    before = make_rows("a")
    after = make_rows("canonical")
    capture_id = before["captures"][0]["capture_id"]
    after["articles"][0]["capture_id"] = after["outcomes"][0]["capture_id"] = capture_id
    del after["captures"]
    report = land_parts(lake, make_run("run-2"), [part(after)], replace=True)
    assert report.counts == {("accepted", "reprocessed"): 1}
    assert article_ids(lake) == [after["articles"][0]["article_id"]]
    assert count_rows(lake, "mentions") == 1


def test_a_backfill_of_an_old_capture_does_not_bring_back_its_text(lake: Lake, part: PartFolder) -> None:
    old, new = make_rows("a"), make_rows("a", body=NEWER_TEXT, fetched_at=LATER)
    land_parts(lake, make_run("run-2"), [part(new)])
    land_parts(lake, make_run("run-3"), [part(old)], replace=True)
    assert reasons(lake, "run-3") == {"a": ("duplicate", "older_capture")}
    assert text_of(lake, "a") == [(NEWER_TEXT,)]
