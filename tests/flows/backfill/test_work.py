"""Backfills: which articles they take, that they change only what they should, and that they go on."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from lakes import ask, read_tables, work_backfill
from prefect.exceptions import TerminationSignal

from core.errors import ConfigError
from core.settings import Settings
from flows.backfill.plan import plan_backfill
from flows.backfill.report import list_backfills, sample_changes
from flows.backfill.request import BackfillRequest
from flows.backfill.work import begin_backfill, resume_backfill, set_backfill_state
from flows.load import load_files
from flows.runs.steps import DirectSteps
from warehouse.catalog.open import open_lake

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("stage", ["clean", "extract"])
def test_the_same_code_makes_the_same_tables_again(loaded: Settings, stage: str) -> None:
    before = read_tables(loaded.lake)
    report = work_backfill(loaded, BackfillRequest(stage=stage, chunk_size=2))
    assert (report.state, report.chunk_count, report.done_count) == ("completed", 2, 2)
    assert read_tables(loaded.lake) == before
    assert [change for change in report.changes if change["change"]] == []
    assert sample_changes(loaded, report.backfill_id) == []


def test_a_time_of_publication_that_the_user_gave_is_given_again(settings: Settings, articles: Path) -> None:
    load_files(settings, [articles], published=datetime(2026, 5, 4, tzinfo=UTC))
    before = read_tables(settings.lake)
    work_backfill(settings, BackfillRequest(stage="clean"))
    assert read_tables(settings.lake) == before
    assert ask(settings.lake, "SELECT count(published_at) FROM articles") == [(3,)]


@pytest.mark.parametrize("chunk_size", [1, 1_000])
def test_stories_can_be_grouped_again_without_touching_articles(loaded: Settings, chunk_size: int) -> None:
    before = read_tables(loaded.lake)
    work_backfill(loaded, BackfillRequest(stage="stories", chunk_size=chunk_size))
    assert read_tables(loaded.lake) == before


def test_a_plan_takes_what_the_request_names_and_writes_nothing(loaded: Settings) -> None:
    def items(**request: object) -> int:
        return plan_backfill(loaded, BackfillRequest(**request)).item_count  # type: ignore[arg-type]

    assert items() == 3
    assert items(outlets=("courier",)) == 1
    assert items(date_from=date(2026, 5, 1), date_to=date(2026, 5, 4)) == 1
    assert items(where="word_count > 10000") == 0
    assert items(stage="extract", where="title LIKE '%Tarn%'") == 1
    assert items(only="stale") == 0
    assert ask(loaded.lake, "SELECT count(*) FROM backfills") == [(0,)]


def _write_records(path: Path, times: list[str | None]) -> Path:
    body = (
        "The council of Tarnow Vale agreed on Tuesday to rebuild the old footbridge number {0} over the river Lenn, and "
        "set aside 2 million euros for it.\n\nWork starts in the autumn of next year, said Petra Quill, who leads the "
        "planning office, and the path along the bank stays open while {0} cranes are at work."
    )
    rows = [
        {"url": f"https://gazette.example/{number}", "title": f"Footbridge {number} over the Lenn"}
        | {"text": body.format(number)}
        | ({"published_at": said} if said else {})
        for number, said in enumerate(times, 1)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("stage", ["clean", "extract"])
def test_days_are_those_that_readers_saw_also_where_utc_is_in_another_month(
    settings: Settings, tmp_path: Path, stage: str
) -> None:
    times = [
        "2026-04-30T23:30:00-07:00",
        "2026-05-01T05:30:00+09:00",
        "2026-05-01",
        "2026-05-01T23:59:59Z",
        None,
    ]
    load_files(settings, [_write_records(tmp_path / "records.jsonl", times)])

    def count(first: str, last: str) -> int:
        days = {"date_from": date.fromisoformat(first), "date_to": date.fromisoformat(last)}
        return plan_backfill(settings, BackfillRequest(stage=stage, **days)).item_count  # type: ignore[arg-type]

    assert [count(f"2026-{day}", f"2026-{day}") for day in ("04-29", "04-30", "05-01", "05-02")] == [
        0,
        1,
        3,
        0,
    ]
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert count(today, today) == 1  # without a day of its own: that of loading


def test_a_plan_says_which_days_are_meant(loaded: Settings) -> None:
    plan = plan_backfill(loaded, BackfillRequest(date_from=date(2026, 5, 1), date_to=date(2026, 5, 4)))
    assert plan.meant_days is not None
    assert plan.meant_days.startswith("Days from 2026-05-01 to 2026-05-04: published_date")
    assert plan_backfill(loaded, BackfillRequest()).meant_days is None


def test_stale_means_made_by_other_code_than_todays(
    loaded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    import core.versions

    monkeypatch.setattr(core.versions, "stage_version", lambda stage: "ffffffff")
    assert plan_backfill(loaded, BackfillRequest(only="stale")).item_count == 3


def test_a_condition_that_is_no_sql_is_the_users_error(loaded: Settings) -> None:
    with pytest.raises(ConfigError):
        plan_backfill(loaded, BackfillRequest(where="title ="))


class BeforeChunks(DirectSteps):
    """Runs the steps of a backfill, and before each chunk what a test gives, with the chunk's number."""

    def __init__(self, first: Callable[[int], object]) -> None:
        self._first = first

    def run(self, name: str, function: Callable[..., Any], *args: Any, **more: Any) -> Any:
        self._first(int(name.removeprefix("chunk ")))
        return super().run(name, function, *args, **more)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, TerminationSignal(signal.SIGTERM)])
def test_a_backfill_stopped_in_the_middle_goes_on_where_it_was(
    loaded: Settings, stop: type[BaseException] | BaseException
) -> None:
    before = read_tables(loaded.lake)

    def stop_at_the_second(number: int) -> None:
        if number == 2:
            raise stop

    with pytest.raises((KeyboardInterrupt, TerminationSignal)):
        work_backfill(loaded, BackfillRequest(chunk_size=1), BeforeChunks(stop_at_the_second))
    (stopped,) = list_backfills(loaded)
    assert (stopped["state"], stopped["done_chunks"], stopped["chunk_count"]) == ("paused", 1, 3)
    assert resume_backfill(loaded, stopped["backfill_id"]).state == "completed"
    assert read_tables(loaded.lake) == before


def test_a_cancelled_backfill_that_is_stopped_stays_cancelled(loaded: Settings) -> None:
    backfill_id = begin_backfill(loaded, BackfillRequest(stage="extract", chunk_size=1))

    def cancel_and_stop(_: int) -> None:
        set_backfill_state(loaded, backfill_id, "cancelled")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        resume_backfill(loaded, backfill_id, steps=BeforeChunks(cancel_and_stop))
    assert [row["state"] for row in list_backfills(loaded)] == ["cancelled"]


@pytest.mark.parametrize(
    ("state", "during", "done"), [("paused", 1, 1), ("cancelled", 2, 2), ("paused", 3, 3)]
)
def test_what_is_paused_or_cancelled_ends_after_the_chunk_at_hand(
    loaded: Settings, state: str, during: int, done: int
) -> None:
    backfill_id = begin_backfill(loaded, BackfillRequest(stage="extract", chunk_size=1))

    def change_state(number: int) -> None:
        if number == during:
            assert set_backfill_state(loaded, backfill_id, state).state == state

    report = resume_backfill(loaded, backfill_id, steps=BeforeChunks(change_state))
    # once all is done there is nothing left to pause
    assert (report.state, report.done_count) == (state if done < 3 else "completed", done)


def test_a_cancelled_backfill_stays_cancelled(loaded: Settings) -> None:
    backfill_id = begin_backfill(loaded, BackfillRequest())
    assert set_backfill_state(loaded, backfill_id, "cancelled").state == "cancelled"
    with pytest.raises(ConfigError, match="cancelled already"):
        set_backfill_state(loaded, backfill_id, "paused")


def test_backfill_works_from_the_archive_alone(settings: Settings, articles: Path) -> None:
    load_files(settings, [articles])
    for file in articles.rglob("*.*"):
        file.unlink()
    before = read_tables(settings.lake)
    work_backfill(settings, BackfillRequest())
    assert read_tables(settings.lake) == before


def test_an_unknown_backfill_is_the_users_error(loaded: Settings) -> None:
    with pytest.raises(ConfigError, match="backfill list"):
        resume_backfill(loaded, "nothing")


def test_old_rows_stay_visible_through_time_travel(loaded: Settings) -> None:
    with open_lake(loaded, read_only=True) as lake:
        snapshot = lake.snapshot_id
    work_backfill(loaded, BackfillRequest())
    with open_lake(loaded, read_only=True, as_of=snapshot) as lake:
        assert lake.execute("SELECT count(*) FROM backfills").fetchall() == [(0,)]
