"""From staged batches to landed rows: an engine works the batches, and landing takes their parts in order."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyarrow as pa

from core.outcomes import InputOutcome
from core.settings import EngineSettings
from core.tables import TABLES
from core.versions import code_version
from flows.models import require_english
from flows.runs.run import Run
from flows.runs.steps import Progress
from flows.work.archiving import archive_rows
from flows.work.batches import BatchRef, outcome_table
from flows.work.engine import Done, Engine, Failed, count_workers
from flows.work.jobs import run_order
from flows.work.memory import give_back_memory
from flows.work.options import clean_options, extract_options
from flows.work.orders import WorkOrder
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_parts
from warehouse.landing.parts import drop_part, write_part

# What the workers of a long run start with.
LOADED_FIRST = ("flows.work.warm", "flows.work.warm_more")
# From this many inputs on, workers start with everything loaded; fewer are worked before that is.
_LONG_RUN_INPUTS = 200


@dataclass(slots=True)
class Staged:
    """What a run has to do: batches to work, and parts with outcomes that are decided already."""

    refs: list[BatchRef] = field(default_factory=list)
    parts: list[Path] = field(default_factory=list)

    @property
    def input_count(self) -> int:
        """How many inputs wait to be worked."""
        return sum(ref.count for ref in self.refs)


@dataclass(slots=True)
class _Group:
    """Consecutive batches that land in one transaction."""

    waiting: int = 0
    inputs: int = 0
    is_closed: bool = False
    parts: list[Path] = field(default_factory=list)


def make_order(run: Run, work: str, *, counts_lines: bool = False) -> WorkOrder:
    """The order for a function of flows.work.worker.WORK.

    With `counts_lines` the articles' lines are counted, to learn boilerplate; a backfill must not count them again.
    """
    return WorkOrder(
        work=work,
        run_id=run.run_id,
        code_version=code_version(),
        archive=run.settings.archive_url or str(run.settings.archive_folder),
        archive_folder=str(run.settings.archive_folder),
        roll_bytes=run.settings.archive.roll_bytes,
        parts=str(run.parts_folder),
        clean=clean_options(
            run.settings,
            learned_lines=_learned_lines(run),
            counts_lines=counts_lines,
        ),
        extract=extract_options(run.settings),
    )


def _learned_lines(run: Run) -> dict[str, frozenset[str]]:
    """Digests of the lines that the lake knows as boilerplate, by outlet."""
    statistics = run_query(run.lake, "line_statistics").to_pylist()
    if not statistics:
        return {}
    from tasks.clean.rules.learned import choose_learned_lines

    counts = run_query(run.lake, "article_counts").to_pylist()
    return choose_learned_lines(statistics, {row["outlet"]: row["article_count"] for row in counts})


def process_and_land(
    run: Run,
    find_order: Callable[[], WorkOrder],
    staged: Staged,
    progress: Progress,
    *,
    replace: bool = False,
    keep: Collection[str] = (),
) -> None:
    """Work every batch and land the parts, group after group, in the order of the references.

    A group of settings.engine.landing_size inputs is one transaction; a run with fewer inputs makes one snapshot.
    The parts of a landed group are deleted. The order is asked for only if there is a batch. For `replace` and `keep` see land_parts.
    """
    give_back_memory()  # of the bytes that went into the archive
    progress.start("process", staged.input_count)
    groups = _Groups(run, staged.parts, partial(land_and_count, run, replace=replace, keep=keep))
    if staged.refs:
        run.parts_folder.mkdir(parents=True, exist_ok=True)
        _work_all(run, find_order(), staged, groups, progress)
    groups.close()


def _work_all(run: Run, order: WorkOrder, staged: Staged, groups: _Groups, progress: Progress) -> None:
    if run.settings.engine.name == "local":
        require_english()
    is_long = staged.input_count >= _LONG_RUN_INPUTS
    engine = make_engine(run.settings.engine, LOADED_FIRST if is_long else LOADED_FIRST[:1])
    for result in engine.run(partial(run_order, order), groups.follow(staged.refs)):
        part = Path(result.part) if isinstance(result, Done) else _write_failure(run, order, result)
        groups.finish(result.ref, part)
        progress.advance(result.ref.count)


def make_engine(settings: EngineSettings, preload: Sequence[str] = ()) -> Engine:
    """The engine that the settings name; its workers start with the modules `preload` loaded."""
    if settings.name == "dask":
        from flows.work.dask import DaskEngine

        return DaskEngine(settings)
    # Here, because a load without work needs neither Pebble nor multiprocessing.
    from flows.work.local import InlineEngine, LocalEngine

    return InlineEngine() if settings.name == "inline" else LocalEngine(settings, preload)


def has_workers(settings: EngineSettings) -> bool:
    """Whether other processes wait for work: several of this machine, or those of the user's cluster."""
    if settings.name == "dask":
        return settings.scheduler is not None
    return settings.name == "local" and count_workers(settings) > 1


def are_workers_here(settings: EngineSettings) -> bool:
    """Whether the workers are processes of this machine that have this process's environment, and its credentials with it."""
    return settings.name != "dask"


class _Groups:
    """Hands references to the engine, and lands each group once its last batch is back."""

    def __init__(self, run: Run, parts: list[Path], land: Callable[[list[Path]], None]) -> None:
        self._run = run
        self._land_parts = land
        self._groups: list[_Group] = [_Group(parts=list(parts))]

    def follow(self, refs: Iterable[BatchRef]) -> Iterator[BatchRef]:
        """The references, each with the number of its group."""
        for ref in refs:
            group = self._groups[-1]
            index = len(self._groups) - 1
            group.waiting += ref.count
            group.inputs += ref.count
            if group.inputs >= self._run.settings.engine.landing_size:
                group.is_closed = True
                self._groups.append(_Group())
            yield dataclasses.replace(ref, group=index)

    def finish(self, ref: BatchRef, part: Path) -> None:
        """Note that a batch, or a part of one, is back."""
        group = self._groups[ref.group]
        group.waiting -= ref.count
        group.parts.append(part)
        if group.is_closed and group.waiting == 0:
            self._land(group)

    def close(self) -> None:
        """Land the last group."""
        self._groups[-1].is_closed = True
        self._land(self._groups[-1])

    def _land(self, group: _Group) -> None:
        if group.parts:
            self._land_parts(sorted(group.parts))
        group.parts = []


def land_and_count(run: Run, parts: list[Path], *, replace: bool = False, keep: Collection[str] = ()) -> None:
    """Land parts in one transaction, count their outcomes and delete them."""
    run.snapshot_id = run.lake.snapshot_id
    report = land_parts(run.lake, run.to_row(), parts, replace=replace, keep=keep)
    run.count(report.counts)
    for part in parts:
        drop_part(part)
    give_back_memory()


def _write_failure(run: Run, order: WorkOrder, failed: Failed) -> Path:
    """A part that quarantines one input that could not be worked."""
    row = failed.ref.read_rows()[0]
    is_article = "input_ref" not in row
    if not is_article:
        rows, outcomes = archive_rows(order, failed.ref, [row])  # its worker can have died before that
        if outcomes:
            return _write_outcomes(run, order, failed, {"outcomes": outcome_table(outcomes, run.run_id)})
        row = rows[0]
    outcome = InputOutcome(
        input_ref=row["article_id"] if is_article else row["input_ref"],
        reason=failed.reason,
        stage="process",
        capture_id=row["capture_id"],
        detail=failed.detail,
    )
    tables = {"outcomes": outcome_table([outcome], run.run_id)}
    if not is_article:
        columns = TABLES["captures"].column_names
        tables["captures"] = TABLES["captures"].to_arrow([{name: row[name] for name in columns}])
    return _write_outcomes(run, order, failed, tables)


def _write_outcomes(run: Run, order: WorkOrder, failed: Failed, tables: Mapping[str, pa.Table]) -> Path:
    return write_part(Path(order.parts) / f"{failed.ref.key}-failed-{run.run_id}", tables)
