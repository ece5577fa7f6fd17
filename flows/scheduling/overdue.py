"""Runs that were due while no server was running, and when outlets were last followed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from croniter import croniter

from core.errors import CopydeskError
from core.outcomes import Row
from core.settings import Settings
from flows.runs.run import is_alive
from flows.scheduling.schedules import Schedule, group_outlets, maintenance_schedule
from warehouse.catalog.open import open_lake
from warehouse.catalog.sql_files import run_query


@dataclass(frozen=True, slots=True)
class PastRuns:
    """When each set of outlets was last ingested, when the first ingest or load began, and the last maintenance."""

    ingests: Sequence[tuple[frozenset[str], datetime]] = ()
    first_at: datetime | None = None
    maintained_at: datetime | None = None
    at_work: frozenset[str] = (
        frozenset()
    )  # ids of the runs among them whose process is at work on this machine

    def find_ingest(self, keys: Collection[str]) -> datetime | None:
        """When one run last followed all of these outlets."""
        return max((began for outlets, began in self.ingests if outlets.issuperset(keys)), default=None)


@dataclass(frozen=True, slots=True)
class OverdueRun:
    """A run of a flow that should have begun already."""

    flow: str
    parameters: Mapping[str, Any]


def read_past_runs(settings: Settings) -> PastRuns:
    """The past runs in the lake; empty if there is no lake yet, or if it cannot be opened."""
    try:
        with open_lake(settings, read_only=True) as lake:
            rows = run_query(lake, "last_runs").to_pylist()
    except CopydeskError:
        return PastRuns()  # a run will report what is wrong
    rows = [row for row in rows if has_done_its_work(settings, row)]
    ingests = [row for row in rows if row["flow"] == "ingest"]
    return PastRuns(
        [(frozenset(json.loads(row["asked"])["outlets"]), row["last_at"]) for row in ingests],
        min((row["first_at"] for row in rows if row["flow"] != "maintain"), default=None),
        max((row["last_at"] for row in rows if row["flow"] == "maintain"), default=None),
        frozenset(row["run_id"] for row in rows if row["flow"] != "load" and is_at_work(settings, row)),
    )


def is_at_work(settings: Settings, row: Row) -> bool:
    """Whether a process of this machine is at work on the run."""
    return bool(row["state"] == "running") and is_alive(settings.staging / "runs" / row["run_id"])


def has_done_its_work(settings: Settings, row: Row) -> bool:
    """Whether the run is complete or still running; False if its process is gone.

    On a server catalog a run without a folder here can be at work on another machine.
    """
    folder = settings.staging / "runs" / row["run_id"]
    if row["state"] != "running":
        return bool(row["state"] == "completed")
    return is_alive(folder) if folder.is_dir() else settings.catalog_url is not None


def find_cut_off(settings: Settings, past: PastRuns, now: datetime) -> list[OverdueRun] | None:
    """What is overdue since the runs that were at work in `past` ended; None while one of them is at work.

    A run that outlives its `copydesk serve` is cut off when the next one takes over the server.
    """
    today = read_past_runs(settings)
    return None if past.at_work & today.at_work else find_overdue(settings, today, now)


def find_overdue(settings: Settings, past: PastRuns, now: datetime) -> list[OverdueRun]:
    """Ingests that are due since their last run or never ran, and maintenance of a lake that has runs."""
    ingests = [
        OverdueRun("ingest", {"outlets": keys})
        for schedule, keys in group_outlets(settings).items()
        if is_overdue(schedule, past.find_ingest(keys), now)
    ]
    schedule, since = maintenance_schedule(settings), past.maintained_at or past.first_at
    if schedule and since and is_overdue(schedule, since, now):
        return [*ingests, OverdueRun("maintain", {})]
    return ingests


def is_overdue(schedule: Schedule, last: datetime | None, now: datetime) -> bool:
    """Whether the schedule was due after the last run; a first run is always overdue."""
    if last is None:
        return True
    if schedule.interval:
        return now - last >= schedule.interval
    there = last.astimezone(ZoneInfo(schedule.time_zone))
    following: datetime = croniter(schedule.cron, there).get_next(datetime)
    return following <= now
