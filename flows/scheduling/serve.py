"""Serve the schedules of `copydesk.toml`: in this process, or as deployments for workers."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from core.errors import ConfigError
from core.settings import Settings
from flows.scheduling.interrupts import terminating_as_interrupt
from flows.scheduling.overdue import OverdueRun, find_cut_off, find_overdue, read_past_runs
from flows.scheduling.schedules import Schedule, group_outlets, maintenance_schedule
from flows.scheduling.server import QUIET, is_server_alive, local_server
from flows.scheduling.server_note import login_page
from warehouse.catalog.open import open_lake


def serve_schedules(
    settings: Settings,
    announce: Callable[[str], None],
    *,
    config: Path | None = None,
    port: int | None = None,
) -> None:
    """Serve until Ctrl-C or SIGTERM; a local Prefect server starts when none is configured.

    `port` is that of the local server: DEFAULT_PORT if it is free, else any, unless it is given.
    `announce` is called with the address of the UI, how to log in, and what is scheduled. Raises ConfigError for a schedule that
    cannot be read, or when the lake is served already; TransientError when the server of our own ends.
    """
    planned = describe_schedules(settings)
    _export(settings, config)
    has_own = not os.environ.get("PREFECT_API_URL")
    with _ended_by_signals(), _server(settings, announce, port):
        for line in planned:
            announce(line)
        announce("Ctrl-C ends it; `copydesk run` asks at once")
        _serve(settings, announce, has_own=has_own)


def describe_schedules(settings: Settings) -> list[str]:
    """Lines that say what is served: outlets by schedule, or the maintenance alone of a lake that follows none.

    Raises ConfigError if that is nothing.
    """
    groups, upkeep = group_outlets(settings), maintenance_schedule(settings)
    if groups:
        return [f"{_describe(schedule)}: {', '.join(keys)}" for schedule, keys in groups.items()]
    if upkeep and _has_lake(settings):
        return [f"no outlets to follow; {_describe(upkeep)}: only the maintenance of the lake"]
    raise ConfigError(
        "nothing to serve: no outlet of copydesk.toml has feeds, sitemaps or sections and a schedule "
        'that is not "never"'
    )


def _has_lake(settings: Settings) -> bool:
    """Whether there is a lake to maintain."""
    try:
        open_lake(settings, read_only=True).close()
    except ConfigError:
        return False
    return True


def deploy_flows(settings: Settings, pool: str, announce: Callable[[str], None]) -> None:
    """Make the deployments on the configured server, for workers of the pool; safe to repeat."""
    if not os.environ.get("PREFECT_API_URL"):
        raise ConfigError(
            "copydesk deploy needs a Prefect server: set PREFECT_API_URL, or use `copydesk serve`"
        )
    from flows.scheduling.abandoned import end_abandoned_runs
    from flows.scheduling.deploy import ensure_pool, make_deployments, remove_old_deployments
    from flows.scheduling.trouble import explained_trouble

    past, now = read_past_runs(settings), datetime.now(UTC)
    with explained_trouble():
        _tell_ended(end_abandoned_runs(settings, has_own=False), announce)
        ensure_pool(pool)
        for name in remove_old_deployments():
            announce(f"removed {name}, as an earlier release called it")
        for deployment in make_deployments(settings, past, now, for_workers=True):
            deployment.apply(work_pool_name=pool)
            announce(f"deployed {deployment.flow_name}/{deployment.name}")
    announce(f"start a worker: prefect worker start --pool {pool}")


def _serve(settings: Settings, announce: Callable[[str], None], *, has_own: bool) -> None:
    from flows.scheduling.abandoned import end_abandoned_runs
    from flows.scheduling.deploy import make_deployments, remove_old_deployments
    from flows.scheduling.runner import serve_deployments
    from flows.scheduling.trouble import explained_trouble

    home = settings.lake / "prefect"
    with explained_trouble():
        _tell_ended(end_abandoned_runs(settings, has_own=has_own), announce)
        past, now = read_past_runs(settings), datetime.now(UTC)
        overdue = find_overdue(settings, past, now)
        _tell_overdue(overdue, announce)

        def find_more() -> list[OverdueRun] | None:
            more = find_cut_off(settings, past, datetime.now(UTC))
            _tell_overdue(more or [], announce)
            return more

        remove_old_deployments()
        deployments = make_deployments(settings, past, now)
        serve_deployments(
            deployments,
            overdue,
            lambda: not has_own or is_server_alive(home),
            find_more if past.at_work else list,
        )


def _tell_overdue(runs: list[OverdueRun], announce: Callable[[str], None]) -> None:
    for run in runs:
        announce(f"overdue, begins now: {', '.join(run.parameters.get('outlets', [run.flow]))}")


def _tell_ended(names: list[str], announce: Callable[[str], None]) -> None:
    if names:
        announce(f"cut off by a crash and now marked as crashed: {', '.join(names)}")


@contextmanager
def _server(settings: Settings, announce: Callable[[str], None], port: int | None) -> Iterator[None]:
    """The configured server, else one of our own, whose address every child process finds in its environment."""
    configured = os.environ.get("PREFECT_API_URL")
    if configured:
        announce(f"Prefect UI: {configured.removesuffix('/api')}")
        yield
        return
    home = settings.lake / "prefect"
    announce(f"starting a Prefect server for {settings.lake}; this takes some seconds")
    with local_server(home, port) as server:
        announce(f"Prefect UI: {server.ui_url}")
        announce(f"log in with one click: open {login_page(home).as_uri()} in your browser")
        with _environment({**QUIET, **server.environment, "PREFECT_HOME": str(home.resolve())}):
            yield


@contextmanager
def _environment(more: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in more}
    os.environ.update(more)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _export(settings: Settings, config: Path | None) -> None:
    """Put the lake and the settings file into the environment, for the processes of flow runs.

    The file is the one that was named, else the one of the environment or of this folder.
    """
    os.environ["COPYDESK_LAKE"] = str(settings.lake.resolve())
    file = config or Path(os.environ.get("COPYDESK_CONFIG", "copydesk.toml"))
    if file.is_file():
        os.environ["COPYDESK_CONFIG"] = str(file.resolve())


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """End in order on SIGTERM and Ctrl-C, so that the server ends too.

    This also holds for a process that a script started in the background, which ignores SIGINT by default.
    """
    before: Any = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with terminating_as_interrupt():
            yield
    except KeyboardInterrupt:
        pass  # that is how serving ends
    finally:
        signal.signal(signal.SIGINT, before)


def _describe(schedule: Schedule) -> str:
    if schedule.interval:
        return f"every {_say_length(schedule.interval)}"
    return f"at {schedule.cron} ({schedule.time_zone})"


def _say_length(length: timedelta) -> str:
    """A length of time in the largest unit that divides it: "30 minutes", "1 hour"."""
    seconds = int(length.total_seconds())
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds % size == 0:
            return f"{seconds // size} {unit}{'s' if seconds != size else ''}"
    return f"{seconds} seconds"
