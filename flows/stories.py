"""Find copies and group articles into stories: over new articles only, window after window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.outcomes import Row
from core.settings import Settings
from core.tables import TABLES
from flows.runs import Run, RunReport, open_run, report_run
from flows.steps import DirectSteps, NoProgress, Progress, Steps
from warehouse.landing import land_rows
from warehouse.queries import run_query

# Articles grouped together, at the most; more are taken in order of publication.
_WINDOW_ARTICLES = 20_000


def group_lake(
    settings: Settings, *, steps: Steps | None = None, progress: Progress | None = None
) -> RunReport:
    """A run that only groups: the articles that no story holds yet."""
    with open_run(settings, "stories", {}) as run:
        (steps or DirectSteps()).run("group", group_new_articles, run, progress or NoProgress())
    return report_run(run)


def group_new_articles(run: Run, progress: Progress) -> None:
    """Group the articles this run changed and all that no story holds yet, as a killed run leaves them.

    Duplicates and stories of one window land in one transaction.
    """
    waiting = run_query(run.lake, "ungrouped_articles", run_id=run.run_id).column("article_id").to_pylist()
    progress.start("group", len(waiting))
    for window in _cut_windows(waiting):
        _group_window(run, window)
        progress.advance(len(window))


def _cut_windows(article_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(article_ids), _WINDOW_ARTICLES):
        yield article_ids[start : start + _WINDOW_ARTICLES]


def _group_window(run: Run, article_ids: Sequence[str]) -> None:
    # Here, because they load numerical libraries that a run with nothing new does not need.
    from tasks.group import DUPLICATE_COLUMNS, GROUP_COLUMNS, find_duplicates, group_stories

    candidates = run_query(run.lake, "duplicate_candidates", article_ids=list(article_ids)).to_pylist()
    new, known = _split(candidates, DUPLICATE_COLUMNS)
    duplicates = find_duplicates(new, known)
    judged = [row["article_id"] for row in new]
    originals = {row["article_id"]: row["original_article_id"] for row in duplicates}

    candidates = run_query(run.lake, "story_candidates", article_ids=list(article_ids)).to_pylist()
    for row in candidates:
        row["original_article_id"] = originals.get(row["article_id"], row["original_article_id"])
    new, known = _split(candidates, GROUP_COLUMNS)
    grouped = group_stories(new, known)
    rows = {"duplicates": duplicates, **grouped.rows}
    tables = {name: TABLES[name].to_arrow(found) for name, found in rows.items() if found}
    # An article that was corrected may be nobody's copy any more.
    land_rows(run.lake, run.to_row(), tables, delete={"duplicates": judged})


def regroup_articles(run: Run, article_ids: Sequence[str]) -> None:
    """Take these articles out of their stories and group them anew."""
    touched = run_query(run.lake, "stories_of_articles", article_ids=list(article_ids)).to_pylist()
    articles = [row["article_id"] for row in touched]
    stories = sorted({row["story_id"] for row in touched})
    land_rows(run.lake, run.to_row(), {}, delete={"story_articles": articles, "stories": stories})
    group_new_articles(run, NoProgress())


def _split(rows: Sequence[Row], columns: Sequence[str]) -> tuple[list[Row], list[Row]]:
    """New and known rows, with just these columns."""
    new = [{name: row[name] for name in columns} for row in rows if row["is_new"]]
    known = [{name: row[name] for name in columns} for row in rows if not row["is_new"]]
    return new, known
