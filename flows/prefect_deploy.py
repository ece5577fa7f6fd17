"""Our flows as Prefect deployments with their schedules."""

from __future__ import annotations

from pathlib import Path

from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.schedules import Cron, Interval
from prefect.schedules import Schedule as PrefectSchedule

from core.settings import Settings
from flows import deployments as flows
from flows.abandoned_runs import DEPLOYMENT_TAG
from flows.schedules import Schedule, group_outlets, maintenance_schedule

_ROOT = Path(__file__).resolve().parent.parent
# A run that is due while another of its kind is at work waits for it.
_ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)


def make_deployments(settings: Settings, *, for_workers: bool = False) -> list[RunnerDeployment]:
    """One deployment per flow; `ingest` has a schedule for each group of outlets that share one."""
    ingest = [
        _to_prefect(schedule, {"outlets": keys}, "-".join(keys)[:60])
        for schedule, keys in group_outlets(settings).items()
    ]
    maintain = maintenance_schedule(settings)
    schedules = {"ingest": ingest, "maintain": [_to_prefect(maintain, {}, "maintain")] if maintain else []}
    return [
        _make(name, schedules.get(name, []), for_workers)
        for name in ("ingest", "stories", "maintain", "backfill")
    ]


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
        # A worker may start anywhere: it goes to the project's folder first.
        found = found.from_source(source=str(_ROOT), entrypoint=f"flows/deployments.py:{name}")
    deployment: RunnerDeployment = found.to_deployment(
        name="copydesk", schedules=schedules, concurrency_limit=_ONE_AT_A_TIME, tags=[DEPLOYMENT_TAG]
    )
    return deployment


def _to_prefect(schedule: Schedule, parameters: dict[str, object], slug: str) -> PrefectSchedule:
    if schedule.interval:
        return Interval(schedule.interval, timezone=schedule.time_zone, parameters=parameters, slug=slug)
    assert schedule.cron
    return Cron(schedule.cron, timezone=schedule.time_zone, parameters=parameters, slug=slug)
