"""Questions of many stories, found by the workers: what they read is staged as tables, what they find are parts."""
# Why: see docs/decisions.md, "Workers find the questions of many stories".

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet as pq

from core.outcomes import Row
from core.settings import EngineSettings
from core.tables import TABLES
from flows.runs.run import Run
from flows.story_articles import query_story_articles, tell_stories
from flows.work.batches import BatchRef
from flows.work.engine import Done
from flows.work.process import LOADED_FIRST, has_workers, make_engine
from warehouse.landing.parts import part_files, write_part

ASKED_TABLES = ("questions", "readings")
# Articles in stories of several from which on workers are worth their start.
_ENOUGH_ARTICLES = 300
BATCH_ARTICLES = 50
StoryMembers = Mapping[str, Sequence[Row]]


def are_worth_workers(settings: EngineSettings, article_count: int) -> bool:
    """Whether workers find the questions of so many articles: some of this machine, or those of the user's cluster."""
    return article_count >= _ENOUGH_ARTICLES and has_workers(settings)


def ask_workers(run: Run, chunks: Iterable[StoryMembers], copies: Mapping[str, bool]) -> dict[str, pa.Table]:
    """Rows of ASKED_TABLES for the stories (rows with article_id and month by story), some stories at a time.

    The questions of a story for which its worker dies or takes too long are found in this process.
    """
    engine = make_engine(run.settings.engine, LOADED_FIRST)
    parts: dict[tuple[str, int], Path] = {}
    for result in engine.run(ask_batch, _stage(run, chunks, copies)):
        part = result.part if isinstance(result, Done) else ask_batch(result.ref)
        parts[result.ref.file, result.ref.first] = Path(part)
    ordered = [parts[place] for place in sorted(parts)]
    found = {name: _read_parts(name, ordered) for name in ASKED_TABLES}
    for folder in {file for file, _ in parts}:
        shutil.rmtree(folder)
    return {name: table for name, table in found.items() if table.num_rows}


def ask_batch(ref: BatchRef) -> str:
    """Find the questions of the stories that begin in a batch of staged articles; returns the folder of the part."""
    from tasks.group.questions import find_questions  # loads numerical libraries

    folder = Path(ref.file)
    tables = {file.stem: pq.read_table(file) for file in folder.glob("*.parquet")}
    told, known = tell_stories(tables, ref.first, ref.count)
    found = [find_questions(story_id, articles, known) for story_id, articles in told.items()]
    rows = {name: [row for one in found for row in getattr(one, name)] for name in ASKED_TABLES}
    return str(
        write_part(folder / ref.key, {name: TABLES[name].to_arrow(some) for name, some in rows.items()})
    )


def _stage(run: Run, chunks: Iterable[StoryMembers], copies: Mapping[str, bool]) -> Iterator[BatchRef]:
    """Batches of whole stories. A half of one has the stories that begin in it, so each story is worked once."""
    for number, stories in enumerate(chunks):
        folder = mkdtemp(prefix=f"stories-{number:05d}-", dir=run.folder)
        for name, table in query_story_articles(run.lake, stories, copies).items():
            pq.write_table(table, Path(folder, f"{name}.parquet"), compression="zstd")
        for rows in _cut_batches([len(some) for some in stories.values()]):
            yield BatchRef(f"part-{rows.start:05d}", folder, rows.start, len(rows))


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
