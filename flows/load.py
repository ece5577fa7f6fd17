"""Load files: archive them, work them, land them, group them, check the sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from core.captures import Capture
from core.outcomes import InputOutcome, Outcome, Reason
from core.settings import Settings
from flows.intake.acquisition import Acquisition, refers_to_records
from flows.intake.downloads import bring_archives, name_by_address
from flows.intake.options import FileChoice, file_options
from flows.intake.overrides import Overrides
from flows.recipe import run_recipe
from flows.runs.run import Run, RunReport, open_run, report_run
from flows.runs.steps import NoProgress, Progress, RunSteps
from tasks.acquire.base.naming import slug_outlet
from tasks.acquire.files.read import iterate_inputs
from tasks.extract.languages.served import SPEAKERS, reading_of
from warehouse.catalog.sql_files import run_query


@dataclass(frozen=True, slots=True)
class _Files:
    """Inputs read from files, as the source of a run."""

    inputs: Iterable[Capture | InputOutcome]

    def fill(self, acquisition: Acquisition, progress: Progress) -> None:
        acquisition.take_all(self.inputs, progress)

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
    keeps = refers_to_records(settings, choice.copies)
    with bring_archives(settings, paths, progress, keeps=keeps) as (files, addresses):
        named = (name_by_address(item, addresses) for item in iterate_inputs(files, options))
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
            hints = (
                _find_rejected_hints(run)
                + _find_link_hints(run)
                + ([] if outlet else _find_outlet_hints(run))
                + _find_model_hints(run, settings)
            )
    return replace(report_run(run), hints=hints)


def _list_choices(choice: FileChoice) -> dict[str, Any]:
    """The choices that were made, for the run's parameters."""
    return {name: value for name, value in asdict(choice).items() if value}


def _find_outlet_hints(run: Run) -> list[str]:
    """A line if all files lay in one folder, whose name became their outlet, and some of them cover the same story."""
    if not run.counts.get("accepted"):
        return []
    rows = run_query(run.lake, "stories_of_one_outlet", run_id=run.run_id).to_pylist()
    if len(rows) != 1 or not rows[0]["story_count"] or not _is_named_by_folder(**rows[0]):
        return []
    count, outlet = rows[0]["story_count"], rows[0]["outlet"]
    stories = "One story is" if count == 1 else f"{count} stories are"
    return [
        f"{stories} covered by several articles of outlet {outlet!r}, which is the name of their folder. If the articles "
        "are of several outlets, load them from a folder for each outlet, or again with --outlet NAME FILE...; then "
        "what they print is compared"
    ]


def _find_rejected_hints(run: Run) -> list[str]:
    """A line if every input was rejected."""
    rejected = run.counts.get(Outcome.REJECTED.value, 0)
    if not rejected or rejected != sum(run.counts.values()):
        return []
    inputs = "The only input was" if rejected == 1 else f"All {rejected:,} inputs were"
    query = f"select input_ref, reason, detail from outcomes where run_id = '{run.run_id}'"
    return [f'NOTHING WAS LOADED. {inputs} rejected; for the reasons: copydesk sql "{query}"']


def _find_link_hints(run: Run) -> list[str]:
    """A line if links were not followed because they lead out of the folders that were loaded."""
    count = run.reasons.get((Outcome.REJECTED.value, Reason.LINK_OUTSIDE.value), 0)
    if not count:
        return []
    links = "One link leads" if count == 1 else f"{count} links lead"
    return [
        f"{links} out of what was loaded; if you trust them, follow them with `copydesk load --follow-links`."
    ]


def _find_model_hints(run: Run, settings: Settings) -> list[str]:
    """A line if articles are in languages whose names no model read, and a line for languages without speakers."""
    if not run.counts.get("accepted"):
        return []
    models = {"en", *(code.split("-")[0] for code in settings.models.others)}
    by_names: dict[str, int] = {}
    silent: dict[str, int] = {}
    for row in run_query(run.lake, "run_languages", run_id=run.run_id).to_pylist():
        reading = reading_of(row["language"], models)
        if not reading.names.startswith("model"):
            by_names[row["language"]] = row["article_count"]
        if reading.quotations != SPEAKERS:
            silent[row["language"]] = row["article_count"]
    lines = []
    if by_names:
        lines.append(
            f"No model read the names of {_count_languages(by_names)}: they come from tables and the words around them. A"
            " model can be named in [models]; `copydesk models list` lists some, README says what is read in which language"
        )
    if silent:
        lines.append(f"Quotations have no speakers in {_count_languages(silent)}")
    return lines


def _count_languages(counts: dict[str, int]) -> str:
    """ "12 articles in de, 1 in fr"."""
    first, *more = (f"{count:,} in {code}" for code, count in counts.items())
    word = "article" if next(iter(counts.values())) == 1 else "articles"
    return ", ".join([first.replace(" in ", f" {word} in ", 1), *more])


def _is_named_by_folder(outlet: str, folder_url: str, **_more: object) -> bool:
    return slug_outlet(PurePosixPath(unquote(urlsplit(folder_url).path)).name) == outlet
