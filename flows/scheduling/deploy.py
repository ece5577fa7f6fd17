"""Our flows as Prefect deployments with their schedules."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.schedules import Cron, Interval
from prefect.schedules import Schedule as PrefectSchedule

from core.settings import Settings
from flows.scheduling import deployments as flows
from flows.scheduling.abandoned import DEPLOYMENT_TAG
from flows.scheduling.overdue import PastRuns, is_overdue
from flows.scheduling.schedules import Schedule, group_outlets, maintenance_schedule

_ROOT = Path(__file__).resolve().parent.parent.parent
_GRACE = timedelta(minutes=5)  # long enough for a worker to start
# A run that is due while another run of its flow is active waits for it.
_ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)


def make_deployments(
    settings: Settings, past: PastRuns, now: datetime, *, for_workers: bool = False
) -> list[RunnerDeployment]:
    """One deployment per flow; `ingest` has a schedule for each group of outlets that share one.

    Intervals go on from the last ingest of those outlets, whenever we start. Where that is longer ago than the
    interval they begin now, for `serve` begins what is overdue itself; for workers in five minutes.
    """
    grace = _GRACE if for_workers else timedelta()
    ingest = [
        _to_prefect(schedule, {"outlets": keys}, _find_anchor(schedule, past.find_ingest(keys), now, grace))
        for schedule, keys in group_outlets(settings).items()
    ]
    maintain = maintenance_schedule(settings)
    anchor = maintain and _find_anchor(maintain, past.maintained_at or past.first_at or now, now, grace)
    schedules = {
        "ingest": ingest,
        "maintain": [_to_prefect(maintain, {}, anchor)] if maintain and anchor else [],
    }
    return [
        _make(name, schedules.get(name, []), for_workers)
        for name in ("ingest", "stories", "maintain", "backfill")
    ]


def remove_old_deployments() -> list[str]:
    """Remove the deployments that earlier releases called `copydesk`, else both would run; returns their names."""
    removed = []
    with get_client(sync_client=True) as client:
        for name in ("ingest", "stories", "maintain", "backfill"):
            try:
                found = client.read_deployment_by_name(f"{name}/copydesk")
            except ObjectNotFound:
                continue
            if DEPLOYMENT_TAG in found.tags:
                client.delete_deployment(found.id)
                removed.append(f"{name}/copydesk")
    return removed


def ensure_pool(name: str) -> None:
    """Make the work pool, of type process, if it is missing."""
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(WorkPoolCreate(name=name, type="process"))
        except ObjectAlreadyExists:
            return


def _make(name: str, schedules: list[PrefectSchedule], for_workers: bool) -> RunnerDeployment:
    found = getattr(flows, name)
    if for_workers:
        # A worker can start in any folder: it changes to the project's folder first.
        found = found.from_source(source=str(_ROOT), entrypoint=f"flows/scheduling/deployments.py:{name}")
    deployment: RunnerDeployment = found.to_deployment(
        name=name, schedules=schedules, concurrency_limit=_ONE_AT_A_TIME, tags=[DEPLOYMENT_TAG]
    )
    return deployment


def _find_anchor(schedule: Schedule, last: datetime | None, now: datetime, grace: timedelta) -> datetime:
    """The moment from which an interval is counted."""
    if last and not is_overdue(schedule, last, now):
        return last
    if schedule.interval and timedelta() < grace < schedule.interval:
        return now + grace - schedule.interval
    return now


def _to_prefect(schedule: Schedule, parameters: dict[str, Any], anchor: datetime) -> PrefectSchedule:
    slug = "-".join(parameters.get("outlets", ["maintain"]))[:60]
    if schedule.interval:
        return Interval(
            schedule.interval,
            anchor_date=anchor,
            timezone=schedule.time_zone,
            parameters=parameters,
            slug=slug,
        )
    assert schedule.cron
    return Cron(schedule.cron, timezone=schedule.time_zone, parameters=parameters, slug=slug)
