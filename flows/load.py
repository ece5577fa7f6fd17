"""Load files: archive them, work them, land them, group them, check the sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core.captures import Capture
from core.outcomes import InputOutcome
from core.settings import Settings
from flows.intake.acquisition import Acquisition
from flows.intake.hints import find_hints
from flows.intake.options import FileChoice, file_options
from flows.intake.overrides import Overrides
from flows.intake.taking.archiver import refers_to_records
from flows.intake.warc_downloads import bring_archives, name_by_address
from flows.recipe import run_recipe
from flows.runs.run import RunReport, open_run, report_run
from flows.runs.steps import NoProgress, Progress, RunSteps
from tasks.acquire.base.fields import UnreadColumns
from tasks.acquire.files.read import iterate_inputs


@dataclass(frozen=True, slots=True)
class _Files:
    """Inputs read from files, as the source of a run."""

    inputs: Iterable[Capture | InputOutcome]

    def fill(self, acquisition: Acquisition, progress: Progress) -> bool:
        acquisition.take_all(self.inputs, progress)
        return False

    def settle(self) -> None:
        """The lake knows which bytes it holds; there is nothing else to remember."""

    def close(self) -> None:
        """Every file is closed once it is read."""


def load_files(
    settings: Settings,
    paths: Sequence[Path | str],
    *,
    outlet: str | None = None,
    published: datetime | None = None,
    choice: FileChoice | None = None,
    steps: RunSteps | None = None,
    progress: Progress | None = None,
) -> RunReport:
    """Load files, folders and WARC files on the web into the lake; every input gets one outcome.

    Inputs that the lake holds already, byte for byte, are `unchanged` and cost almost nothing. If `outlet` or
    `published` differs from what they landed with, they are worked again; what is not given stays. A load that was
    killed and is started again continues where it was: nothing is archived or worked twice.

    Args:
        outlet: the outlet's key; overrides records and folder names.
        published: time of publication of articles that do not state their own.
        choice: which pages of WARC files to load, how columns are named, whether records are copied.

    Raises:
        ConfigError: a path does not exist, or an address is refused or has no WARC file.
        TransientError: another writer holds the lake for too long, or a download does not continue.
    """
    progress = progress or NoProgress()
    choice, overrides = choice or FileChoice(), Overrides.of(outlet, published)
    options = file_options(settings, outlet, choice)
    parameters = {"paths": [str(path) for path in paths], "outlet": outlet, "published": published}
    unread = UnreadColumns()
    keeps = refers_to_records(settings, choice.copies)
    with bring_archives(settings, paths, progress, keeps=keeps) as (files, addresses):
        found = iterate_inputs(files, options, unread=unread)
        named = (name_by_address(item, addresses) for item in found)
        inputs = (overrides.add_to(item) if isinstance(item, Capture) else item for item in named)
        with open_run(settings, "load", parameters | _list_choices(choice)) as run:
            run_recipe(
                run,
                _Files(inputs),
                steps=steps,
                progress=progress,
                copies_records=choice.copies,
                overrides=overrides,
            )
            hints = find_hints(run, settings, unread, is_outlet_given=bool(outlet))
    return replace(report_run(run), hints=hints)


def _list_choices(choice: FileChoice) -> dict[str, Any]:
    """The choices that were made, for the run's parameters."""
    return {name: value for name, value in asdict(choice).items() if value}
