"""Find copies and group articles into stories, for new articles only, window after window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from types import MappingProxyType

import pyarrow as pa

from core.captures import digest_text
from core.errors import TransientError
from core.outcomes import Row
from core.settings import Settings
from core.tables import TABLES
from flows.edits import compare_edits
from flows.questions import ask_stale_stories, ask_stories
from flows.runs.run import Run, RunReport, open_run, report_run
from flows.runs.steps import DirectSteps, NoProgress, Progress, RunSteps
from flows.work.memory import give_back_memory
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_rows

# The most articles that are grouped together; more are taken window after window, in order of publication.
WINDOW_ARTICLES = 5_000
# The most rows that are Python objects at a time: an article takes ten times the memory it takes in a table.
_ROWS_AT_ONCE = 500
# How often a window is grouped if people correct stories meanwhile.
_ATTEMPTS = 3


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
    waiting = run_query(run.lake, "ungrouped_articles", run_id=run.run_id).to_pylist()
    progress.start("stories", len(waiting))
    for window in _cut_windows(waiting, window_articles):
        _group_window(run, window, former)
        give_back_memory()
        progress.advance(len(window))
    ask_stale_stories(run)
    compare_edits(run)


def _cut_windows(articles: Sequence[Row], most: int) -> Iterator[Sequence[Row]]:
    """Windows of whole days, in order of publication: a day that is cut would form other stories."""
    window: list[Row] = []
    for _, day in groupby(articles, key=_day_of):
        day_articles = list(day)
        if window and len(window) + len(day_articles) > most:
            yield window
            window = []
        window += day_articles
    if window:
        yield window


def _day_of(article: Row) -> date | None:
    return article["published_at"].date() if article["published_at"] else None


def _group_window(run: Run, window: Sequence[Row], former: Mapping[str, str]) -> None:
    duplicates = _find_copies(run, window)
    give_back_memory()
    for _ in range(_ATTEMPTS - 1):
        try:
            return _group_and_land(run, window, duplicates, former)
        except StoriesChangedError:
            continue  # a person corrected a story meanwhile
    return _group_and_land(run, window, duplicates, former)


def _group_and_land(
    run: Run, window: Sequence[Row], duplicates: Sequence[Row], former: Mapping[str, str]
) -> None:
    decided = run_query(run.lake, "corrections_in_force").to_pylist()
    new, known = find_story_candidates(run.lake, window, decided)
    grouped = group_rows(new, known, decided, duplicates)
    give_back_memory()
    moves = find_regrouped(grouped["story_articles"], former, "regrouped")
    # A corrected article can have ceased to be a copy.
    copies = dict.fromkeys(_ids(window), False) | {row["article_id"]: True for row in duplicates}
    landing = StoryLanding(
        {**grouped, "duplicates": list(duplicates), "story_moves": [*grouped["story_moves"], *moves]},
        {"duplicates": _ids(window)},
        copies,
    )
    land_stories(run, landing, lambda: check_corrections(run, decided))


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


def _ids(window: Sequence[Row]) -> list[str]:
    return [row["article_id"] for row in window]


def _find_copies(run: Run, window: Sequence[Row]) -> list[Row]:
    """Rows of `duplicates` for the window's articles. Their signatures are freed on return."""
    # Loaded here: a run with nothing new does not need its numerical libraries.
    from tasks.group.duplicates import DUPLICATE_COLUMNS, find_duplicates

    return find_duplicates(*_split(_find_copy_candidates(run, window), DUPLICATE_COLUMNS))


def _find_copy_candidates(run: Run, window: Sequence[Row]) -> pa.Table:
    """The window's articles and the known ones that can be copies of them, with the columns to compare."""
    from tasks.group.duplicates import NEAR_DAYS

    first, last = _span(window, NEAR_DAYS)
    months = {"first_month": first.date().replace(day=1), "last_month": last.date()}
    return run_query(run.lake, "duplicate_candidates", article_ids=_ids(window), **months)


def group_rows(
    new: Iterable[Row], known: Iterable[Row], decided: Sequence[Row], duplicates: Sequence[Row] = ()
) -> dict[str, list[Row]]:
    """Rows of the tables of stories that new articles form or join. `decided` are the corrections in force; `duplicates` are not in
    the lake yet."""
    from tasks.group.corrections import Corrections
    from tasks.group.stories import group_stories

    originals = {row["article_id"]: row["original_article_id"] for row in duplicates}

    def name_originals(rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            yield {**row, "original_article_id": originals.get(row["article_id"], row["original_article_id"])}

    found = group_stories(name_originals(new), name_originals(known), corrections=Corrections(decided))
    return {name: list(rows) for name, rows in found.rows.items()}


def find_story_candidates(
    lake: Lake, window: Sequence[Row], decided: Sequence[Row]
) -> tuple[Iterator[Row], Iterator[Row]]:
    """The window's articles, and the articles of every story that is near them, holds one of them, or one that a person put
    together with them."""
    from tasks.group.linkage import LONGEST_DAYS
    from tasks.group.stories import GROUP_COLUMNS

    first, last = _span(window, timedelta(days=LONGEST_DAYS))
    months = {"first_month": first.date().replace(day=1), "last_month": last.date()}
    span = {"first_at": first, "last_at": last, **months}
    ids = _ids(window)
    wanted, named = _find_decided(ids, decided)
    stories = run_query(lake, "near_stories", article_ids=wanted, story_ids=named, **span).to_pylist()
    found = run_query(
        lake,
        "story_candidates",
        article_ids=ids,
        story_ids=[row["story_id"] for row in stories],
        first_month=min([months["first_month"], *(row["first_month"] for row in stories)]),
        last_month=max([months["last_month"], *(row["last_month"] for row in stories)]),
    )
    return _split(found, GROUP_COLUMNS)


def _find_decided(ids: Sequence[str], decided: Sequence[Row]) -> tuple[list[str], list[str]]:
    """These articles with those that corrections name beside them, and the ids of stories that new stories of theirs could get."""
    asked = set(ids)
    touched = {row["correction_id"] for row in decided if row["article_id"] in asked}
    beside = [row for row in decided if row["correction_id"] in touched]
    own = [digest_text("story", article_id) for article_id in ids]
    articles = dict.fromkeys([*ids, *(row["article_id"] for row in beside)])
    return list(articles), list(dict.fromkeys([*own, *(row["story_id"] for row in beside)]))


def _span(window: Sequence[Row], margin: timedelta) -> tuple[datetime, datetime]:
    """The time from the first article to the last, and a margin on both sides; an undated article fills its month."""
    moments = [row["published_at"] for row in window if row["published_at"]]
    months = [_begin(row["month"]) for row in window if not row["published_at"]]
    ends = [month + timedelta(days=31) for month in months]
    return min(moments + months) - margin, max(moments + ends) + margin


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


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


def _split(found: pa.Table, columns: Sequence[str]) -> tuple[Iterator[Row], Iterator[Row]]:
    """New and known articles with these columns only, read one after the other; each table is freed once it is read."""
    import pyarrow.compute as pc  # loaded here, as above

    is_new, found = found.column("is_new"), found.select(columns)
    return _iterate(found.filter(is_new)), _iterate(found.filter(pc.invert(is_new)))


def _iterate(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=_ROWS_AT_ONCE):
        yield from batch.to_pylist()
