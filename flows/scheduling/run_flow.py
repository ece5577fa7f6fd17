"""Run a flow function: directly, or as a Prefect flow if a server is configured."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

from flows.runs.steps import DirectSteps

T = TypeVar("T")


def run_flow(name: str, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Call a flow function with its steps.

    With PREFECT_API_URL set, it is a run of the Prefect flow `name`, with its steps as tasks, seen in
    the server's UI; without it the function just runs, no server starts and Prefect is not imported.
    """
    if not os.environ.get("PREFECT_API_URL"):
        return function(*args, steps=DirectSteps(), **kwargs)
    from flows.scheduling.prefect_steps import run_as_prefect_flow

    return run_as_prefect_flow(name, function, *args, **kwargs)
