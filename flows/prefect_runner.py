"""Prefect's runner of served deployments, ended by SIGTERM in the same order as by Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable
from typing import Any

from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner


class ScheduleRunner(Runner):
    """The runner without its own answer to SIGTERM, which forgets to await its stopping (Prefect 3.8):
    the deployments would stay unpaused, and runs that nobody serves would pile up."""

    def handle_sigterm(self, *_args: Any, **_more: Any) -> None:
        """End as Ctrl-C does."""
        signal.raise_signal(signal.SIGINT)


def serve_deployments(deployments: Iterable[RunnerDeployment]) -> None:
    """Serve until Ctrl-C or SIGTERM; then the deployments are paused. Raises KeyboardInterrupt at the end."""
    runner = ScheduleRunner()
    for deployment in deployments:
        runner.add_deployment(deployment)
    asyncio.run(runner.start())
