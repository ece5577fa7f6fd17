"""Find copies and group articles into stories: over new articles only, window after window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

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
    waiting = run_query(run.lake, "ungrouped_articles", run_id=run.run_id).to_pylist()
    progress.start("group", len(waiting))
    for window in _cut_windows(waiting):
        _group_window(run, window)
        progress.advance(len(window))


def _cut_windows(articles: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(articles), _WINDOW_ARTICLES):
        yield articles[start : start + _WINDOW_ARTICLES]


def _group_window(run: Run, window: Sequence[Row]) -> None:
    # Here, because they load numerical libraries that a run with nothing new does not need.
    from tasks.group import group_stories

    judged, duplicates = _find_copies(run, window)
    originals = {row["article_id"]: row["original_article_id"] for row in duplicates}
    grouped = group_stories(*_find_story_candidates(run, window, originals))
    rows = {"duplicates": duplicates, **grouped.rows}
    tables = {name: TABLES[name].to_arrow(found) for name, found in rows.items() if found}
    # An article that was corrected may be nobody's copy any more.
    land_rows(run.lake, run.to_row(), tables, delete={"duplicates": judged})


def _find_copies(run: Run, window: Sequence[Row]) -> tuple[list[str], list[Row]]:
    """Ids of the articles that were judged, and rows of `duplicates`; their signatures are forgotten by then."""
    from tasks.group import find_duplicates

    new, known = _find_copy_candidates(run, window)
    return [row["article_id"] for row in new], find_duplicates(new, known)


def _find_copy_candidates(run: Run, window: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The window's articles and the known ones that may be copies of them, with what tells so."""
    from tasks.group import DUPLICATE_COLUMNS, NEAR_DAYS

    first, last = _span(window, NEAR_DAYS)
    months = {"first_month": first.date().replace(day=1), "last_month": last.date()}
    ids = [row["article_id"] for row in window]
    found = run_query(run.lake, "duplicate_candidates", article_ids=ids, **months)
    return _split(found.to_pylist(), DUPLICATE_COLUMNS)


def _find_story_candidates(
    run: Run, window: Sequence[Row], originals: Mapping[str, str]
) -> tuple[list[Row], list[Row]]:
    """The window's articles and those of every story near them or that holds one of them, with what grouping needs."""
    from tasks.group import GROUP_COLUMNS, LONGEST_DAYS

    first, last = _span(window, timedelta(days=LONGEST_DAYS))
    months = {"first_month": first.date().replace(day=1), "last_month": last.date()}
    span = {"first_at": first, "last_at": last, **months}
    ids = [row["article_id"] for row in window]
    stories = run_query(run.lake, "near_stories", article_ids=ids, **span).to_pylist()
    found = run_query(
        run.lake,
        "story_candidates",
        article_ids=ids,
        story_ids=[row["story_id"] for row in stories],
        first_month=min([months["first_month"], *(row["first_month"] for row in stories)]),
        last_month=max([months["last_month"], *(row["last_month"] for row in stories)]),
    ).to_pylist()
    for row in found:
        row["original_article_id"] = originals.get(row["article_id"], row["original_article_id"])
    return _split(found, GROUP_COLUMNS)


def _span(window: Sequence[Row], margin: timedelta) -> tuple[datetime, datetime]:
    """From the first article to the last one, and the margin on both sides; undated ones fill their month."""
    moments = [row["published_at"] for row in window if row["published_at"]]
    months = [_begin(row["month"]) for row in window if not row["published_at"]]
    ends = [month + timedelta(days=31) for month in months]
    return min(moments + months) - margin, max(moments + ends) + margin


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


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
