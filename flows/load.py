"""Load files: archive them, work them, land them, group them, check the sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core.captures import Capture
from core.errors import ContractError
from core.settings import Settings
from flows.intake.downloads import bring_archives, name_by_address
from flows.intake.intake import Acquisition, refers_to_records
from flows.intake.options import FileChoice, file_options
from flows.intake.overrides import CallWords
from flows.load_hints import find_hints, tell_links
from flows.runs.run import Run, RunReport, open_run, report_run
from flows.runs.steps import DirectSteps, NoProgress, Progress, Steps
from flows.stories import group_new_articles
from flows.work.process import make_order, process_and_land
from tasks.acquire.files.read import iterate_inputs
from warehouse.catalog.sql_files import run_query


def load_files(
    settings: Settings,
    paths: Sequence[Path | str],
    *,
    outlet: str | None = None,
    published: datetime | None = None,
    choice: FileChoice | None = None,
    steps: Steps | None = None,
    progress: Progress | None = None,
) -> RunReport:
    """Load files, folders and WARC files on the web into the lake; every input gets one outcome.

    Inputs that the lake holds already, byte for byte, are `unchanged` and cost next to nothing, unless the outlet or
    the time given is another than they landed with: then they are worked again, and what is not given stays.
    Killed and started again, it goes on where it was: what is archived is not archived again, what
    was worked is not worked again.

    Args:
        outlet: the outlet's key, whatever records and folders say.
        published: time of publication for articles whose own is not found.
        choice: which pages of WARC files, how columns are called, whether records are copied.

    Raises:
        ConfigError: a path that does not exist, an address that is refused or has no WARC file.
        TransientError: the lake is held by another writer for too long, or a download does not go on.
    """
    steps, progress = steps or DirectSteps(), progress or NoProgress()
    choice, words = choice or FileChoice(), CallWords.of(outlet, published)
    options = file_options(settings, outlet, choice)
    parameters = {"paths": [str(path) for path in paths], "outlet": outlet, "published": published}
    keeps = refers_to_records(settings, choice.copies)
    with bring_archives(settings, paths, progress, keeps=keeps) as (files, addresses):
        named = (name_by_address(item, addresses) for item in iterate_inputs(files, options))
        inputs = (words.add_to(item) if isinstance(item, Capture) else item for item in named)
        with open_run(settings, "load", parameters | _tell_choice(choice)) as run:
            order = make_order(run, "process_batch", counts_lines=True)
            with Acquisition(
                run, order.fingerprint(), copies_records=choice.copies, words=words
            ) as acquisition:
                staged = steps.run("acquire", acquisition.take_all, inputs, progress)
                steps.run("process", process_and_land, run, order, staged, progress)
                acquisition.settle()
            steps.run("group", group_new_articles, run, progress)
            steps.run("check", check_sums, run, acquisition.taken_count)
            hints = tell_links(run) + ([] if outlet else find_hints(run))
    return replace(report_run(run), hints=hints)


def _tell_choice(choice: FileChoice) -> dict[str, Any]:
    """What of the choice was said, for the run's parameters."""
    return {name: value for name, value in asdict(choice).items() if value}


def check_sums(run: Run, taken_count: int) -> None:
    """Every input taken has exactly one recorded outcome, or the run fails with ContractError."""
    sums = run_query(run.lake, "count_outcomes", run_id=run.run_id).to_pylist()[0]
    if not taken_count == sums["outcome_count"] == sums["input_count"]:
        raise ContractError(
            f"run {run.run_id} took {taken_count} inputs, recorded {sums['outcome_count']} outcomes and counts "
            f"{sums['input_count']}; `copydesk check` shows more"
        )
