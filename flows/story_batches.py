"""Questions of many stories, found by the workers: they read the articles from the lake as it was, what they find are parts."""
# Why: see docs/decisions.md, "Workers find the questions of many stories".

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet as pq

from core.outcomes import Row
from core.settings import EngineSettings
from core.tables import TABLES
from flows.runs.run import Run
from flows.story_articles import choose_members, list_members, query_story_articles, tell_stories
from flows.work.batches import BatchRef
from flows.work.engine import Done
from flows.work.process import LOADED_FIRST, are_workers_here, has_workers, make_engine
from warehouse.catalog.copying import FrozenLake, freeze_for_readers
from warehouse.catalog.session import Lake
from warehouse.landing.parts import part_files, write_part

ASKED_TABLES = ("questions", "readings")
# Articles in stories of several from which on workers are worth their start.
_ENOUGH_ARTICLES = 300
# Articles of a batch whose worker does not read the lake. One that does takes ten times as many: to open the lake costs as much
# as the questions of a hundred.
BATCH_ARTICLES = 50
StoryMembers = Mapping[str, Sequence[Row]]


def are_worth_workers(settings: EngineSettings, article_count: int) -> bool:
    """Whether workers find the questions of so many articles: some of this machine, or those of the user's cluster."""
    return article_count >= _ENOUGH_ARTICLES and has_workers(settings)


def ask_workers(run: Run, chunks: Iterable[StoryMembers], copies: Mapping[str, bool]) -> dict[str, pa.Table]:
    """Rows of ASKED_TABLES for the stories (rows with article_id and month by story), some stories at a time.

    The questions of a story for which its worker dies, takes too long or cannot see the lake are found in this process.
    """
    folder = Path(mkdtemp(prefix="stories-", dir=run.folder))
    is_here = are_workers_here(run.settings.engine)
    lake = freeze_for_readers(run.lake, folder / "catalog.sqlite", on_this_machine=is_here)
    ask = partial(ask_batch, lake)
    engine = make_engine(run.settings.engine, LOADED_FIRST)
    parts: dict[tuple[str, int], Path] = {}
    for result in engine.run(ask, _stage(None if lake else run.lake, folder, chunks, copies)):
        part = (isinstance(result, Done) and result.part) or ask(result.ref)
        parts[result.ref.file, result.ref.first] = Path(part)
    ordered = [parts[place] for place in sorted(parts)]
    found = {name: _read_parts(name, ordered) for name in ASKED_TABLES}
    shutil.rmtree(folder)
    return {name: table for name, table in found.items() if table.num_rows}


def ask_batch(lake: FrozenLake | None, ref: BatchRef) -> str:
    """Find the questions of the stories that begin in a batch of staged members; returns the folder of the part, empty on a
    machine that has the staged files and not the lake's data. Without a `lake` the articles are staged too."""
    from tasks.group.questions import find_questions  # loads numerical libraries

    if lake and not lake.is_visible:
        return ""
    folder = Path(ref.file)
    members = choose_members(pq.read_table(folder / "members.parquet"), ref.first, ref.count)
    # A half of one large story can have no story's beginning.
    told, known = tell_stories(members, _read_articles(lake, folder, members)) if members else ({}, {})
    found = [find_questions(story_id, articles, known) for story_id, articles in told.items()]
    rows = {name: [row for one in found for row in getattr(one, name)] for name in ASKED_TABLES}
    return str(
        write_part(folder / ref.key, {name: TABLES[name].to_arrow(some) for name, some in rows.items()})
    )


def _read_articles(lake: FrozenLake | None, folder: Path, members: pa.Table) -> dict[str, pa.Table]:
    if lake is None:
        return {file.stem: pq.read_table(file) for file in folder.glob("*.parquet")}
    with lake.open() as opened:
        return query_story_articles(opened, members)


def _stage(
    lake: Lake | None, folder: Path, chunks: Iterable[StoryMembers], copies: Mapping[str, bool]
) -> Iterator[BatchRef]:
    """Batches of whole stories, with their articles from the `lake` for workers that cannot read it. A half of a batch
    has the stories that begin in it, so each story is worked once."""
    for number, stories in enumerate(chunks):
        place = folder / f"{number:05d}"
        place.mkdir()
        members = list_members(stories, copies)
        tables = query_story_articles(lake, members) if lake else {}
        for name, table in {**tables, "members": members}.items():
            pq.write_table(table, place / f"{name}.parquet", compression="zstd")
        for rows in (
            _cut_batches([len(some) for some in stories.values()]) if lake else [range(members.num_rows)]
        ):
            yield BatchRef(f"part-{rows.start:05d}", str(place), rows.start, len(rows))


def _cut_batches(sizes: Sequence[int]) -> Iterator[range]:
    """Row ranges of stories that follow each other, some BATCH_ARTICLES articles in each."""
    start = end = 0
    for size in sizes:
        end += size
        if end - start >= BATCH_ARTICLES:
            yield range(start, end)
            start = end
    if start < end:
        yield range(start, end)


def _read_parts(table: str, parts: Sequence[Path]) -> pa.Table:
    empty = TABLES[table].schema.empty_table()
    return pa.concat_tables([empty, *(pq.read_table(file) for file in part_files(parts, table))])
