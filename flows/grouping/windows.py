"""A window of articles that a worker groups: it reads the lake as it was, and its rows come back as a part."""
# Why: see docs/decisions.md, "A worker groups a large window".

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet as pq

from core.outcomes import Row
from core.tables import TABLES
from flows.grouping.candidates import Window, group_from_lake, group_window, query_copies, query_stories
from flows.grouping.packing import PackedRun
from flows.runs.run import Run
from flows.work.batches import BatchRef
from flows.work.engine import Done
from flows.work.process import LOADED_FIRST, are_workers_here, make_engine
from warehouse.catalog.copying import FrozenLake, freeze_for_readers
from warehouse.landing.parts import part_files, write_part

GROUPED_TABLES = ("duplicates", "stories", "story_articles", "story_moves")
_ARTICLES = pa.schema(
    [("article_id", pa.string()), ("month", pa.date32()), ("published_at", pa.timestamp("us", "UTC"))]
)


@dataclass(frozen=True, slots=True)
class WindowOrder:
    """What a worker needs to group a window. Without a `lake` that it can read, the candidates are staged as tables."""

    lake: FrozenLake | None
    run_id: str
    started_at: datetime
    packs: tuple[str, ...] = ()


def group_in_worker(run: Run, packed: PackedRun, window: Window) -> dict[str, list[Row]]:
    """What group_window finds. If the worker dies of it, takes too long or cannot see the lake, it is found in this process."""
    folder = Path(mkdtemp(prefix="window-", dir=run.folder))
    lake = _stage(run, window, folder)
    order = WindowOrder(lake, run.run_id, run.started_at, packed.find_near(window.articles))
    group = partial(group_batch, order)
    engine = make_engine(run.settings.engine.model_copy(update={"workers": 1}), LOADED_FIRST)
    [result] = engine.run(group, [BatchRef("part", str(folder), 0, 1, weight=len(window.articles))])
    part = Path((isinstance(result, Done) and result.part) or group(result.ref))
    rows = {
        name: [row for file in part_files([part], name) for row in pq.read_table(file).to_pylist()]
        for name in GROUPED_TABLES
    }
    shutil.rmtree(folder)
    return rows


def _stage(run: Run, window: Window, folder: Path) -> FrozenLake | None:
    """Write the window, and what it is grouped with unless the lake that is returned has it."""
    pq.write_table(pa.Table.from_pylist(list(window.articles), _ARTICLES), folder / "articles.parquet")
    decided = pa.Table.from_pylist(list(window.decided), TABLES["story_corrections"].schema)
    pq.write_table(decided, folder / "decided.parquet")
    is_here = are_workers_here(run.settings.engine)
    lake = freeze_for_readers(run.lake, folder / "catalog.sqlite", on_this_machine=is_here)
    if lake is None:
        pq.write_table(query_copies(run.lake, window.articles), folder / "copies.parquet")
        pq.write_table(query_stories(run.lake, window.articles, window.decided), folder / "near.parquet")
    return lake


def group_batch(order: WindowOrder, ref: BatchRef) -> str:
    """Group the window that is staged in a folder; returns the folder of its part, empty on a machine that has the staged files
    and not the lake's data."""
    from flows.grouping.packs import Pack  # loads numerical libraries, which the coordinator does without

    if order.lake and not order.lake.is_visible:
        return ""
    folder = Path(ref.file)
    window = Window(
        *(pq.read_table(folder / f"{name}.parquet").to_pylist() for name in ("articles", "decided"))
    )
    if order.lake is None:
        rows = group_window(window, _reading(folder / "copies.parquet"), _reading(folder / "near.parquet"))
    else:
        with order.lake.open() as lake:
            rows = group_from_lake(lake, window, [Pack(Path(pack)) for pack in order.packs])
    of_run = {"run_id": order.run_id, "moved_at": order.started_at}
    rows["story_moves"] = [{**row, **of_run} for row in rows["story_moves"]]
    return str(
        write_part(folder / ref.key, {name: TABLES[name].to_arrow(rows[name]) for name in GROUPED_TABLES})
    )


def _reading(file: Path) -> Callable[[], pa.Table]:
    return lambda: pq.read_table(file)
