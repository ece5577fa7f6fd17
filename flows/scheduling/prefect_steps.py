"""Steps as Prefect tasks, and any flow function as a run of a Prefect flow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.runs.run import RunReport
from flows.scheduling.artifacts import PrefectProgress, publish_report
from flows.scheduling.trouble import explained_trouble
from flows.scheduling.visible_logs import show_codes_in_logs

P = ParamSpec("P")
T = TypeVar("T")

# Here, because every process that runs a flow imports this module before the flow begins.
show_codes_in_logs()


class PrefectSteps:
    """Runs each step as one Prefect task; the number of steps does not depend on the number of articles.

    Steps work on an open lake and are not retried alone; a flow that ends with TransientError is
    retried whole, and finds what was kept.
    """

    def run(self, name: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See flows.runs.steps.RunSteps."""
        # The closure keeps lakes and long lists of references out of Prefect's records.
        step = task(name=name, cache_policy=NO_CACHE, persist_result=False)(lambda: function(*args, **kwargs))
        result: T = step()
        return result


def run_as_prefect_flow(name: str, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Run the function as the Prefect flow `name`; its result and its error come back as they are.

    Raises TransientError when the server cannot be reached, at the start or on the way; ConfigError when it
    refuses the login.
    """
    progress = PrefectProgress(kwargs.get("progress"))

    @flow(name=name, flow_run_name=f"{name} {datetime.now(UTC):%Y-%m-%d %H:%M}", persist_result=False)
    def _run() -> T:
        result = function(*args, steps=PrefectSteps(), **(kwargs | {"progress": progress}))
        progress.finish()
        if isinstance(result, RunReport):
            publish_report(result)
        return result

    with explained_trouble():
        result: T = _run()
    return result
