"""Load files: archive them, work them, land them, group them, check the sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from core.errors import ContractError
from core.settings import Settings
from flows.acquisition import Acquisition
from flows.options import file_options
from flows.process import make_order, process_and_land
from flows.runs import Run, RunReport, open_run, report_run
from flows.steps import DirectSteps, NoProgress, Progress, Steps
from flows.stories import group_new_articles
from tasks.acquire.files import iterate_inputs
from warehouse.queries import run_query


def load_files(
    settings: Settings,
    paths: Sequence[Path],
    *,
    outlet: str | None = None,
    published: datetime | None = None,
    steps: Steps | None = None,
    progress: Progress | None = None,
) -> RunReport:
    """Load files and folders into the lake; every input gets one outcome.

    Inputs that the lake holds already, byte for byte, are `unchanged` and cost next to nothing.
    Killed and started again, it goes on where it was: what is archived is not archived again, what
    was worked is not worked again.

    Args:
        outlet: the outlet's key for inputs that do not say one.
        published: time of publication for articles whose own is not found.

    Raises:
        ConfigError: a path that does not exist.
        TransientError: the lake is held by another writer for too long.
    """
    steps, progress = steps or DirectSteps(), progress or NoProgress()
    parameters = {"paths": [str(path) for path in paths], "outlet": outlet, "published": published}
    inputs = iterate_inputs(paths, file_options(settings, outlet))
    with open_run(settings, "load", parameters) as run:
        order = make_order(run, "process_batch", published_default=published, counts_lines=True)
        with Acquisition(run, order.fingerprint()) as acquisition:
            staged = steps.run("acquire", acquisition.take_all, inputs, progress)
            steps.run("process", process_and_land, run, order, staged, progress)
            acquisition.settle()
        steps.run("group", group_new_articles, run, progress)
        steps.run("check", check_sums, run, acquisition.taken_count)
    return report_run(run)


def check_sums(run: Run, taken_count: int) -> None:
    """Every input taken has exactly one recorded outcome, or the run fails with ContractError."""
    sums = run_query(run.lake, "count_outcomes", run_id=run.run_id).to_pylist()[0]
    if not taken_count == sums["outcome_count"] == sums["input_count"]:
        raise ContractError(
            f"run {run.run_id} took {taken_count} inputs, recorded {sums['outcome_count']} outcomes and counts "
            f"{sums['input_count']}; `copydesk check` shows more"
        )
