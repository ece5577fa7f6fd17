"""The one recipe of every run that takes inputs in: acquire, process, settle, group, check."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from typing import Protocol

from core.errors import ContractError
from flows.intake.acquisition import Acquisition
from flows.intake.overrides import Overrides
from flows.runs.run import Run
from flows.runs.steps import DirectSteps, NoProgress, Progress, RunSteps
from flows.stories import group_new_articles
from flows.work.orders import WorkOrder
from flows.work.process import make_order, process_and_land
from warehouse.catalog.sql_files import run_query


class Source(Protocol):
    """Where the inputs of a run come from."""

    def fill(self, acquisition: Acquisition, progress: Progress) -> bool:
        """Give inputs to the acquisition. True if more will come: what is there lands first."""
        ...

    def settle(self) -> None:
        """All inputs given so far have landed: record what the source has to remember."""
        ...

    def close(self) -> None:
        """Release what the source holds, whether the run succeeded or not."""
        ...


def run_recipe(
    run: Run,
    source: Source,
    *,
    steps: RunSteps | None = None,
    progress: Progress | None = None,
    copies_records: bool = False,
    overrides: Overrides | None = None,
) -> None:
    """Take all inputs of the source into the lake and group the articles; every input has one recorded outcome.

    What a source gives in rounds lands and is grouped round by round.

    For `copies_records` and `overrides` see Acquisition.
    """
    steps, progress = steps or DirectSteps(), progress or NoProgress()

    @cache
    def order() -> (
        WorkOrder
    ):  # made when the first input needs work: an order reads what the lake has learned
        return make_order(run, "process_batch", counts_lines=True)

    with (
        closing(source),
        Acquisition(
            run, lambda: order().fingerprint(), copies_records=copies_records, overrides=overrides
        ) as acquisition,
    ):

        def land_round() -> bool:
            has_more = steps.run("acquire", source.fill, acquisition, progress)
            steps.run("process", process_and_land, run, order, acquisition.finish(), progress)
            source.settle()
            acquisition.settle()
            return has_more

        while land_round():
            steps.run("stories", group_new_articles, run, progress)
    steps.run("stories", group_new_articles, run, progress)
    steps.run("check", check_sums, run, acquisition.taken_count)
    if run.settings.watches:
        from flows.watches.sending import run_watches  # loaded here: it needs the index of the search

        steps.run("watches", run_watches, run.settings)


def check_sums(run: Run, taken_count: int) -> None:
    """Raise ContractError unless every input taken has exactly one recorded outcome."""
    sums = run_query(run.lake, "count_outcomes", run_id=run.run_id).to_pylist()[0]
    if not taken_count == sums["outcome_count"] == sums["input_count"]:
        raise ContractError(
            f"run {run.run_id} took {taken_count} inputs, recorded {sums['outcome_count']} outcomes and counts "
            f"{sums['input_count']}; see `copydesk check`"
        )
