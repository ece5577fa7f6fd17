"""What was due while nothing served is found once: by the lake's own runs, not by when we started."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest

from core.config.schedules import Schedule
from core.outlets import Outlet
from core.settings import Schedules, Settings
from flows.runs.run import open_run
from flows.scheduling.overdue import (
    OverdueRun,
    PastRuns,
    find_cut_off,
    find_overdue,
    is_overdue,
    read_past_runs,
)
from warehouse.catalog.open import open_lake
from warehouse.landing.land import record_run

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
HOURLY = Schedule(interval=timedelta(hours=1))
AT_SIX_IN_DUBLIN = Schedule(cron="0 6 * * *", time_zone="Europe/Dublin")  # 5:00 UTC in May
BOTH = OverdueRun("ingest", {"outlets": ["harbour", "courier"]})


@pytest.fixture
def followed(settings: Settings) -> Settings:
    outlets = tuple(
        Outlet(key=key, feeds=(f"https://{key}.example/rss",), schedule="1h")
        for key in ("harbour", "courier")
    )
    return settings.model_copy(update={"outlets": outlets, "schedules": Schedules(maintain="15 4 * * *")})


@pytest.mark.parametrize(
    ("schedule", "last", "expected"),
    [
        (HOURLY, None, True),
        (HOURLY, NOW - timedelta(minutes=59), False),
        (HOURLY, NOW - timedelta(minutes=60), True),
        (AT_SIX_IN_DUBLIN, datetime(2026, 5, 4, 4, 59, tzinfo=UTC), True),
        (AT_SIX_IN_DUBLIN, datetime(2026, 5, 4, 5, 1, tzinfo=UTC), False),
    ],
)
def test_a_schedule_that_came_round_since_the_last_run_is_overdue(
    schedule: Schedule, last: datetime | None, expected: bool
) -> None:
    assert is_overdue(schedule, last, NOW) is expected


def test_a_first_ingest_is_overdue_and_maintenance_of_nothing_is_not(followed: Settings) -> None:
    nowhere = followed.lake.with_name("nowhere")
    assert read_past_runs(followed.model_copy(update={"lake": nowhere})) == PastRuns()
    assert find_overdue(followed, PastRuns(), NOW) == [BOTH]


def test_maintenance_is_missed_on_a_machine_that_is_off_at_night(followed: Settings) -> None:
    asked = frozenset({"harbour", "courier"})
    past = PastRuns([(asked, NOW)], first_at=NOW - timedelta(days=3))
    assert find_overdue(followed, past, NOW) == [OverdueRun("maintain", {})]
    past = PastRuns([(asked, NOW)], NOW - timedelta(days=3), maintained_at=NOW - timedelta(hours=1))
    assert find_overdue(followed, past, NOW) == []


def test_maintenance_of_a_lake_that_is_only_loaded_is_missed_as_well(settings: Settings) -> None:
    with open_run(settings, "load", {"paths": []}):
        pass
    past = read_past_runs(settings)
    assert past.first_at
    assert find_overdue(settings, past, past.first_at) == []
    assert find_overdue(settings, past, past.first_at + timedelta(days=2)) == [OverdueRun("maintain", {})]


def test_one_run_of_more_outlets_counts_and_one_of_fewer_does_not(followed: Settings) -> None:
    past = PastRuns([(frozenset({"harbour", "courier", "ledger"}), NOW)])
    assert past.find_ingest(["harbour", "courier"]) == NOW
    assert PastRuns([(frozenset({"harbour"}), NOW)]).find_ingest(["harbour", "courier"]) is None


def test_the_lake_remembers_runs_that_ended_well_and_those_at_work(followed: Settings) -> None:
    parameters = {"outlets": ["harbour", "courier"]}
    with pytest.raises(KeyboardInterrupt), open_run(followed, "ingest", parameters):
        raise KeyboardInterrupt
    assert read_past_runs(followed).ingests == []
    with open_run(followed, "ingest", parameters) as run:
        assert read_past_runs(followed).find_ingest(["courier"]) == run.started_at
        recorded = run.to_row()
    assert read_past_runs(followed).find_ingest(["courier"]) == run.started_at
    with open_lake(followed) as lake:
        record_run(lake, recorded)  # running, and its process is gone
    assert read_past_runs(followed).ingests == []


@pytest.mark.parametrize(("end", "more"), [(KeyboardInterrupt, [BOTH]), (None, [])])
def test_a_run_that_another_serve_left_at_work_is_repeated_if_it_is_cut_off(
    followed: Settings, end: type[BaseException] | None, more: list[OverdueRun]
) -> None:
    parameters = {"outlets": ["harbour", "courier"]}
    with (
        nullcontext() if end is None else pytest.raises(end),
        open_run(followed, "ingest", parameters) as run,
    ):
        past = read_past_runs(followed)
        assert past.at_work == {run.run_id}
        assert find_cut_off(followed, past, NOW) is None
        if end:
            raise end
    assert find_cut_off(followed, past, NOW) == more
