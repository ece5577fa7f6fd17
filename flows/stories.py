"""Find copies and group articles into stories, for new articles only, window after window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.errors import TransientError
from core.outcomes import Row
from core.settings import EngineSettings, Settings
from core.tables import TABLES
from flows.edits import compare_edits
from flows.grouping.candidates import Window, group_from_lake
from flows.questions import ask_stale_stories, ask_stories
from flows.runs.run import Run, RunReport, open_run, report_run
from flows.runs.steps import DirectSteps, NoProgress, Progress, RunSteps
from flows.work.memory import give_back_memory
from flows.work.process import has_workers
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_rows

if TYPE_CHECKING:
    import pyarrow as pa

# The most articles that are grouped together; more are taken window after window, in order of publication.
WINDOW_ARTICLES = 5_000
# Articles that wait to be grouped from which on a worker is worth its start and its reading.
_ENOUGH_FOR_WORKER = 500
# The most rows that are Python objects at a time, while windows are cut.
_ROWS_AT_ONCE = 1_000
# How often a window is grouped if people correct stories meanwhile.
_ATTEMPTS = 3
Grouper = Callable[[Window], dict[str, list[Row]]]


def group_lake(
    settings: Settings, *, steps: RunSteps | None = None, progress: Progress | None = None
) -> RunReport:
    """A run that only groups the articles that no story holds yet."""
    with open_run(settings, "stories", {}) as run:
        (steps or DirectSteps()).run("stories", group_new_articles, run, progress or NoProgress())
    return report_run(run)


def group_new_articles(
    run: Run,
    progress: Progress,
    window_articles: int = WINDOW_ARTICLES,
    former: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Group the articles that this run changed, and all others without a story, as a killed run leaves them.

    `former` has the stories of articles that were taken out of them: what comes into another one is recorded.
    Duplicates, stories and questions of one window of `window_articles` land in one transaction. Then
    edits are compared.
    """
    months = run_query(run.lake, "ungrouped_months", run_id=run.run_id).to_pylist()[0]
    waiting = run_query(run.lake, "ungrouped_articles", run_id=run.run_id, **months)
    progress.start("stories", waiting.num_rows)
    with _find_grouper(run, waiting) as group:
        for window in _cut_windows(waiting, window_articles):
            _group_window(run, window, former, group)
            give_back_memory()
            progress.advance(len(window))
    ask_stale_stories(run)
    compare_edits(run)


def _cut_windows(waiting: pa.Table, most: int) -> Iterator[Sequence[Row]]:
    """Windows of whole days, in order of publication: a day that is cut would form other stories.

    Only the rows of one window are Python objects, which take ten times the memory they take in the table.
    """
    first = count = 0
    for _, day in groupby(_list_days(waiting)):
        size = sum(1 for _ in day)
        if count and count + size > most:
            yield waiting.slice(first, count).to_pylist()
            first, count = first + count, 0
        count += size
    if count:
        yield waiting.slice(first, count).to_pylist()


def _list_days(waiting: pa.Table) -> Iterator[date | None]:
    """The day of publication of each row."""
    for batch in waiting.select(["published_at"]).to_batches(max_chunksize=_ROWS_AT_ONCE):
        for moment in batch.column(0).to_pylist():
            yield moment.date() if moment else None


@contextmanager
def _find_grouper(run: Run, waiting: pa.Table) -> Iterator[Grouper]:
    """Who groups the windows of the articles that wait: a worker or this process."""
    if is_worth_a_worker(run.settings.engine, waiting.num_rows):
        from flows.grouping.packing import pack_waiting
        from flows.grouping.windows import group_in_worker  # small loads start without these

        with pack_waiting(run, waiting) as packed:
            yield partial(group_in_worker, run, packed)
    else:
        yield partial(group_from_lake, run.lake)


def _group_window(run: Run, articles: Sequence[Row], former: Mapping[str, str], group: Grouper) -> None:
    for _ in range(_ATTEMPTS - 1):
        try:
            return _group_and_land(run, articles, former, group)
        except StoriesChangedError:
            continue  # a person corrected a story meanwhile
    return _group_and_land(run, articles, former, group)


def _group_and_land(run: Run, articles: Sequence[Row], former: Mapping[str, str], group: Grouper) -> None:
    window = Window(articles, run_query(run.lake, "corrections_in_force").to_pylist())
    grouped = group(window)
    moves = find_regrouped(grouped["story_articles"], former, "regrouped")
    # A corrected article can have ceased to be a copy.
    copies = dict.fromkeys(window.ids, False) | {row["article_id"]: True for row in grouped["duplicates"]}
    landing = StoryLanding(
        {**grouped, "story_moves": [*grouped["story_moves"], *moves]}, {"duplicates": window.ids}, copies
    )
    land_stories(run, landing, lambda: check_corrections(run, window.decided))


def is_worth_a_worker(settings: EngineSettings, waiting_count: int) -> bool:
    """Whether a worker groups the windows of a run in which so many articles wait. This process then spends no time and no
    memory on them, nor on the last window, which can be small and have thousands of neighbours."""
    return waiting_count >= _ENOUGH_FOR_WORKER and has_workers(settings)


class StoriesChangedError(TransientError):
    """Another process changed the stories between reading and writing; nothing was written."""


@dataclass(frozen=True, slots=True)
class StoryLanding:
    """Rows of stories by table, values of first key columns whose rows go, and which articles are copies where the lake does not
    know it yet."""

    rows: Mapping[str, list[Row]]
    gone: Mapping[str, Sequence[str]]
    copies: Mapping[str, bool]


def land_stories(run: Run, landing: StoryLanding, check: Callable[[], None]) -> None:
    """Land stories with their questions, made anew, in one transaction; `check` raises if what was read has changed."""
    asked = ask_stories(run, landing.rows["stories"], landing.rows["story_articles"], landing.copies)
    rows = {
        **landing.rows,
        "story_moves": [
            {**move, "moved_at": run.started_at, "run_id": run.run_id} for move in landing.rows["story_moves"]
        ],
    }
    tables = {name: TABLES[name].to_arrow(found) for name, found in rows.items() if found}
    delete: dict[str, Sequence[str]] = {**landing.gone}
    for name, values in asked.replaced.items():
        delete[name] = [*delete.get(name, ()), *values]
    land_rows(run.lake, run.to_row(), {**tables, **asked.tables}, delete=delete, check=check)


def check_corrections(run: Run, decided: Sequence[Row]) -> None:
    """Raise StoriesChangedError if other corrections are in force than these."""
    if run_query(run.lake, "corrections_in_force").to_pylist() != decided:
        raise StoriesChangedError(
            "stories were corrected by hand again and again while articles were grouped; try again"
        )


def find_regrouped(joined: Iterable[Row], former: Mapping[str, str], reason: str) -> list[Row]:
    """Rows of `story_moves` without their run, for articles that were taken out of their stories and are in others now."""
    return [
        {
            "article_id": row["article_id"],
            "from_story_id": former[row["article_id"]],
            "to_story_id": row["story_id"],
            "reason": reason,
            "log_odds": None,
        }
        for row in joined
        if former.get(row["article_id"], row["story_id"]) != row["story_id"]
    ]


def regroup_articles(run: Run, article_ids: Sequence[str]) -> None:
    """Take these articles out of their stories and group them again; what comes into another story is recorded."""
    touched = run_query(run.lake, "stories_of_articles", article_ids=list(article_ids)).to_pylist()
    articles = [row["article_id"] for row in touched]
    stories = sorted({row["story_id"] for row in touched})
    asked = run_query(run.lake, "questions_of_stories", story_ids=stories).to_pylist()
    gone = {
        "story_articles": articles,
        "stories": stories,
        "readings": articles,
        "questions": [row["question_id"] for row in asked],
    }
    land_rows(run.lake, run.to_row(), {}, delete=gone)
    former = {row["article_id"]: row["story_id"] for row in touched}
    group_new_articles(run, NoProgress(), former=former)
