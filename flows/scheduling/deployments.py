"""The flows as Prefect knows them: typed parameters, which its UI turns into a form, and schedules.

Each reads its settings where it runs, from COPYDESK_CONFIG, COPYDESK_LAKE and the rest of the
environment. Only TransientError is tried again.
"""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Failed
from tenacity import (
    Retrying,
    before_sleep_log,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from core.errors import ConfigError, TransientError
from core.safety.logs import get_log
from core.settings import Settings, load_settings
from flows.backfill.plan import BackfillPlan, plan_backfill
from flows.backfill.request import BackfillRequest, iterate_options
from flows.backfill.work import begin_backfill, resume_backfill
from flows.ingest import choose_outlets, ingest_outlets
from flows.maintain import maintain_lake
from flows.runs.run import RunReport
from flows.scheduling.abandoned import hold_flow_run
from flows.scheduling.artifacts import PrefectProgress, publish_report, tell_report
from flows.scheduling.overdue import has_done_its_work
from flows.scheduling.prefect_steps import PrefectSteps
from flows.stories import group_lake
from warehouse.catalog.open import open_lake
from warehouse.catalog.sql_files import run_query

T = TypeVar("T")
_log = get_log()


def name_runs(flow_name: str) -> Callable[[], str]:
    """Gives each run of the flow a name by what and when: `ingest 2026-11-29 10:47`, in UTC."""

    def name_run() -> str:
        return f"{flow_name} {datetime.now(UTC):%Y-%m-%d %H:%M}"

    return name_run


@flow(
    name="ingest",
    flow_run_name=name_runs("ingest"),
    description="Fetch and land what is new at the outlets; at all of them if no outlet is named.",
)
def ingest(outlets: list[str] | None = None) -> str | State[str]:
    """One ingest. A scheduled run ends at once if a later run has done its work already.

    The flow run is failed if it could read no listing, as `copydesk run` ends with exit code 3. What has landed stays.
    """
    settings = _begin()
    if caught_up := _find_later_run(settings, outlets or []):
        return f"nothing to do: run {caught_up} began after this one was due"
    progress = PrefectProgress()
    report = _with_patience(
        lambda: ingest_outlets(settings, outlets or (), steps=PrefectSteps(), progress=progress)
    )
    progress.finish()
    line = _publish(report)
    if report.has_followed_nothing:
        return Failed(message=f"no listing could be read; {line}")
    return line


@flow(
    name="stories", flow_run_name=name_runs("stories"), description="Group articles that no story holds yet."
)
def stories() -> str:
    """Grouping alone; every ingest groups at its end."""
    settings = _begin()
    return _publish(_with_patience(lambda: group_lake(settings, steps=PrefectSteps())))


@flow(
    name="maintain",
    flow_run_name=name_runs("maintain"),
    description="Compact files, expire snapshots, remove what nothing refers to.",
)
def maintain(dry_run: bool = False) -> str:
    """Maintenance of the lake."""
    settings = _begin()
    return _publish(_with_patience(lambda: maintain_lake(settings, dry_run=dry_run, steps=PrefectSteps())))


def _with_options(function: Callable[..., str]) -> Callable[..., str]:
    """Give a flow one parameter for each option of a backfill, before its own; Prefect makes its form of them."""
    options = list(iterate_options())
    own = list(inspect.signature(function, eval_str=True).parameters.values())
    added = [
        inspect.Parameter(
            option.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=option.default,
            annotation=option.type | None if option.default == () else option.type,
        )
        for option in options
    ]
    kept = [one for one in own if one.kind is not inspect.Parameter.VAR_KEYWORD]
    function.__signature__ = inspect.Signature([*added, *kept], return_annotation=str)  # type: ignore[attr-defined]
    meanings = "".join(f"        {option.name}: {option.help}\n" for option in options)
    function.__doc__ = str(function.__doc__).replace("Args:\n", f"Args:\n{meanings}", 1)
    return function


@flow(
    name="backfill",
    flow_run_name=name_runs("backfill"),
    description="Work archived articles again, newest first; never the network.",
)
@_with_options
def backfill(*, resume: str | None = None, dry_run: bool = False, **options: Any) -> str:
    """A backfill to its end, or until it is paused or cancelled.

    Args:
        resume: The id of a backfill to go on with; the fields above are then ignored.
        dry_run: Only plan: the artifact shows what would be worked, and nothing is done.
    """
    if resume and dry_run:
        raise ConfigError(
            "backfill: a dry run plans a new backfill; leave `resume` empty or switch off `dry_run`"
        )
    request = BackfillRequest(**{**options, "outlets": tuple(options.get("outlets") or ())})
    settings = _begin()
    if dry_run:
        return _publish_plan(plan_backfill(settings, request))
    backfill_id = resume or _with_patience(lambda: begin_backfill(settings, request))
    report = _with_patience(lambda: resume_backfill(settings, backfill_id, steps=PrefectSteps()))
    create_table_artifact(
        [dict(row) for row in report.changes], key="backfill", description=report.backfill_id
    )
    return f"backfill {report.backfill_id} {report.state}: {report.done_count} of {report.chunk_count} chunks"


def _publish_plan(plan: BackfillPlan) -> str:
    """The plan as an artifact, and a line for the run's state."""
    rows = [{"outlet": outlet, "items": count} for outlet, count in plan.item_counts.items()]
    line = f"dry run: {plan.item_count} items in {len(plan.chunks)} chunks; nothing was done"
    create_table_artifact(rows, key="backfill-plan", description=line)
    return line


def _begin() -> Settings:
    """Read the settings, and mark the flow run as alive."""
    settings = load_settings()
    hold_flow_run(settings)
    return settings


def _with_patience(call: Callable[[], T]) -> T:
    """Call the function, and again after a minute or two if a TransientError is raised."""
    retrying = Retrying(
        retry=retry_if_exception_type(TransientError),
        stop=stop_after_attempt(3),
        wait=wait_exponential_jitter(multiplier=30, max=300),
        before_sleep=before_sleep_log(_log, logging.WARNING),
        reraise=True,
    )
    result: T = retrying(call)
    return result


def _find_later_run(settings: Settings, keys: list[str]) -> str | None:
    """An ingest of the same outlets that began after this run was due, and was neither stopped nor cut off.

    A machine that slept finds all the runs it missed waiting; the first of them does the work of all.
    """
    # Prefect declares a time here, but gives None for a run without a schedule.
    due = cast("datetime | None", flow_run.get_scheduled_start_time())
    if due is None:
        return None
    parameters = {"outlets": [outlet.key for outlet in choose_outlets(settings, keys)]}
    text = json.dumps(parameters, sort_keys=True)
    try:
        with open_lake(settings, read_only=True) as lake:
            found = run_query(lake, "runs_since", flow="ingest", parameters=text, since=due).to_pylist()
    except ConfigError:
        return None  # there is no lake yet, or the run itself will report what is wrong with it
    return next((str(row["run_id"]) for row in found if has_done_its_work(settings, row)), None)


def _publish(report: RunReport) -> str:
    """The run's tables as artifacts, and a line for its state."""
    publish_report(report)
    return tell_report(report)
