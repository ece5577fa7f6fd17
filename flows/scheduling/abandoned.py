"""Flow runs that a crash cut off together with their server, which still counts them as running.

A deployment takes one run at a time, so a run without a process would keep all later runs waiting forever.
Each flow run holds a lock under its id for as long as its process lives; that is how living and dead runs are distinguished.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from filelock import FileLock
from prefect import get_client
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.runtime import flow_run
from prefect.states import Crashed

from core.settings import Settings
from warehouse.upkeep.staging import is_held

DEPLOYMENT_TAG = "copydesk"
_AT_WORK = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
HELD: list[FileLock] = []  # until the process ends, because the server learns of the run's end only then


def hold_flow_run(settings: Settings, held: list[FileLock] = HELD) -> None:
    """Mark the current flow run, if there is one, as alive for as long as `held` keeps its lock: until this process ends."""
    if run_id := flow_run.get_id():
        path = _lock_of(settings, run_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        lock.acquire()
        held.append(lock)


def end_abandoned_runs(settings: Settings, *, has_own: bool) -> list[str]:
    """Set runs of our deployments whose process is gone to crashed; returns their names.

    With a server of our own, all runs are of this machine, and places that no run holds are given back too.
    On a server for several machines, a run that is unknown here is left alone: its place is given
    back by the server itself, some minutes after its process has ceased to renew its lease.
    """
    ended, living = [], 0
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(
            deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[DEPLOYMENT_TAG])),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_AT_WORK))
            ),
        ):
            if is_abandoned(settings, run.id, has_own=has_own):
                message = "Its process is gone: it was cut off together with its server."
                client.set_flow_run_state(run.id, Crashed(message=message), force=True)
                ended.append(run.name)
            else:
                living += 1
        if has_own and not living:
            _give_places_back(client)
    return ended


def is_abandoned(settings: Settings, run_id: UUID | str, *, has_own: bool) -> bool:
    """Whether the process of the flow run is gone. A run without a lock here was never ours, or is too old."""
    lock = _lock_of(settings, run_id)
    return not is_held(lock) if lock.exists() else has_own


def _give_places_back(client: SyncPrefectClient) -> None:
    for limit in client.read_global_concurrency_limits():
        if limit.active_slots:
            client.update_global_concurrency_limit(limit.name, GlobalConcurrencyLimitUpdate(active_slots=0))


def _lock_of(settings: Settings, run_id: UUID | str) -> Path:
    return settings.staging / "flow_runs" / f"{run_id}.lock"
