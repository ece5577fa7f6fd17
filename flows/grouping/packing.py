"""Packs of the articles that wait in a long run: the workers make them before the first window is grouped."""
# Why: see docs/decisions.md, "Workers pack what a window is compared by".

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from core.outcomes import Row
from flows.grouping.candidates import query_unpacked
from flows.runs.run import Run
from flows.work.batches import BatchRef
from flows.work.engine import Done
from flows.work.process import LOADED_FIRST, are_workers_here, make_engine
from warehouse.catalog.copying import FrozenLake, freeze_for_readers

# Waiting articles from which on packing is worth opening the lake in several workers.
ENOUGH_TO_PACK = 2_000
# A worker that opens the lake needs as long for that as for a hundred articles.
PACK_ARTICLES = 500
# A window's neighbours are within ten days of it, and so are the other articles of their stories. What is further away, or has no time,
# is read from the lake.
_REACH = timedelta(days=20)


class _Packed(NamedTuple):
    """The folder of a pack, and the first and last time of publication in it; None if an article of it has no time."""

    folder: str
    first: datetime | None
    last: datetime | None


class PackedRun:
    """The packs of a run."""

    def __init__(self, packs: Sequence[_Packed] = ()) -> None:
        self._packs = packs

    def find_near(self, articles: Sequence[Row]) -> tuple[str, ...]:
        """The packs of these articles and of those before them that they can be compared with."""
        moments = [row["published_at"] for row in articles]
        dated = [moment for moment in moments if moment]
        found = []
        for pack in self._packs:
            if pack.first is None or pack.last is None:
                is_near = len(dated) < len(moments)
            else:
                is_near = bool(dated) and min(dated) - _REACH <= pack.last and pack.first <= max(dated)
            found += [pack.folder] * is_near
        return tuple(found)


@contextmanager
def pack_waiting(run: Run, waiting: pa.Table) -> Iterator[PackedRun]:
    """Have the workers pack the articles that wait; nothing is packed of few, or where workers cannot read the lake.

    What a worker could not pack is read from the lake when its window is grouped.
    """
    if waiting.num_rows < ENOUGH_TO_PACK:
        yield PackedRun()
        return
    folder = Path(mkdtemp(prefix="packs-", dir=run.folder))
    is_here = are_workers_here(run.settings.engine)
    lake = freeze_for_readers(run.lake, folder / "catalog.sqlite", on_this_machine=is_here)
    yield _pack_all(run, lake, waiting, folder) if lake else PackedRun()
    shutil.rmtree(folder)


def _pack_all(run: Run, lake: FrozenLake, waiting: pa.Table, folder: Path) -> PackedRun:
    file = folder / "waiting.parquet"
    pq.write_table(waiting, file)
    firsts = range(0, waiting.num_rows, PACK_ARTICLES)
    refs = [
        BatchRef(f"pack-{first:07d}", str(file), first, min(PACK_ARTICLES, waiting.num_rows - first))
        for first in firsts
    ]
    engine = make_engine(run.settings.engine, LOADED_FIRST)
    return PackedRun(
        [
            _Packed(result.part, *_find_times(waiting.slice(result.ref.first, result.ref.count)))
            for result in engine.run(partial(pack_batch, lake), refs)
            if isinstance(result, Done) and result.part
        ]
    )


def _find_times(waiting: pa.Table) -> tuple[datetime | None, datetime | None]:
    """The first and the last time of these, which are in order of publication; undated ones come last."""
    first, last = (waiting["published_at"][place].as_py() for place in (0, -1))
    return (first, last) if last else (None, None)


def pack_batch(lake: FrozenLake, ref: BatchRef) -> str:
    """Pack a batch of the waiting articles; returns the folder of the pack, empty on a machine that cannot read the lake."""
    from flows.grouping.packs import (
        pack_articles,  # loads numerical libraries, which the coordinator does without
    )

    if not lake.is_visible:
        return ""
    folder = Path(mkdtemp(prefix=f"{ref.key}-", dir=Path(ref.file).parent))  # a batch can be worked twice
    with lake.open() as opened:
        pack_articles(query_unpacked(opened, ref.read_rows()), folder)
    return str(folder)
