"""Prefect's runner of served deployments, which SIGTERM ends in order, as Ctrl-C does."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, cast
from uuid import UUID

from prefect import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner

from core.errors import TransientError
from flows.scheduling.overdue import OverdueRun

_LOOK_SECONDS = 2.0


class ScheduleRunner(Runner):
    """The runner without its own handler of SIGTERM, which does not await its end (Prefect 3.8).

    The deployments would stay unpaused, and runs would pile up that no process serves.
    """

    def handle_sigterm(self, *_args: Any, **_more: Any) -> None:
        """End as Ctrl-C does."""
        signal.raise_signal(signal.SIGINT)


def serve_deployments(
    deployments: Iterable[RunnerDeployment],
    overdue: Iterable[OverdueRun],
    is_server_alive: Callable[[], bool],
    find_more: Callable[[], list[OverdueRun] | None] = list,
) -> None:
    """Serve until Ctrl-C or SIGTERM; then the deployments are paused, and KeyboardInterrupt is raised.

    What is overdue begins at once, and so does what `find_more` returns, which is called again while it returns None. Raises TransientError when the server is gone: nothing would be run any
    more, without any sign of it.
    """
    runner = ScheduleRunner()
    # It returns a coroutine only inside an event loop.
    ids = {deployment.flow_name: cast(UUID, runner.add_deployment(deployment)) for deployment in deployments}

    def begin(runs: Iterable[OverdueRun]) -> None:
        with get_client(sync_client=True) as client:
            for run in runs:
                client.create_flow_run_from_deployment(ids[run.flow], parameters=dict(run.parameters))

    async def begin_more() -> None:
        while (more := await asyncio.to_thread(find_more)) is None:
            await asyncio.sleep(_LOOK_SECONDS)
        await asyncio.to_thread(begin, more)

    begin(overdue)
    asyncio.run(_serve_beside(runner, is_server_alive, begin_more))


async def _serve_beside(
    runner: Runner, is_server_alive: Callable[[], bool], beside: Callable[[], Coroutine[Any, Any, None]]
) -> None:
    """Serve for as long as the server lives."""
    serving = asyncio.current_task()
    assert serving
    watching = asyncio.create_task(_end_without_server(serving, runner, is_server_alive))
    beginning = asyncio.create_task(beside())
    try:
        await runner.start()
    except BaseException:
        if watching.done():
            raise TransientError("the Prefect server has stopped; start it again") from None
        raise
    finally:
        watching.cancel()
        beginning.cancel()


async def _end_without_server(
    serving: asyncio.Task[Any], runner: Runner, is_server_alive: Callable[[], bool]
) -> None:
    while is_server_alive():
        await asyncio.sleep(_LOOK_SECONDS)
    runner.pause_on_shutdown = False  # there is no server to notify
    serving.cancel()
