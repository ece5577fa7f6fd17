"""Correct stories by hand: split one, merge several, take a correction back. Every later grouping keeps to it."""
# Why: see docs/decisions.md, "A person's correction is kept by every later grouping".

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.outcomes import Row
from core.settings import Settings
from flows.correcting.plans import (
    Correction,
    Decision,
    plan_merge,
    plan_split,
    plan_undo,
    read_members,
)
from flows.runs.run import Run, open_run
from flows.stories import StoriesChangedError, StoryLanding, land_stories
from warehouse.asking.ids import find_id
from warehouse.catalog.open import Lake, open_lake
from warehouse.catalog.sql_files import run_query


def split_story(
    settings: Settings, story: str, articles: Sequence[str], decision: Decision, *, dry_run: bool = False
) -> Correction:
    """Take articles out of a story into one of their own. The rest keeps the story's id; exact copies go along.

    Story and articles are named by the beginning of their ids, articles also by their address. Raises ConfigError for unknown
    ids, for an article of another story, and if nothing would stay.
    """
    return work_correction(
        settings, lambda lake: plan_split(lake, story, articles, decision), "split", dry_run
    )


def merge_stories(
    settings: Settings, stories: Sequence[str], decision: Decision, *, dry_run: bool = False
) -> Correction:
    """Make one story of several; it has the id of the first one. Raises ConfigError for unknown ids, or for fewer than two stories."""
    return work_correction(settings, lambda lake: plan_merge(lake, stories, decision), "merge", dry_run)


def undo_correction(
    settings: Settings, correction: str, decision: Decision, *, dry_run: bool = False
) -> Correction:
    """Take a correction back: the articles of its stories are grouped as if nobody had made it.

    Raises ConfigError for an unknown one, and for one that was taken back already.
    """
    return work_correction(settings, lambda lake: plan_undo(lake, correction, decision), "undo", dry_run)


def list_corrections(settings: Settings, story: str | None = None) -> list[Row]:
    """All corrections, the newest first, or those of one story, named by the beginning of its id."""
    with open_lake(settings, read_only=True) as lake:
        story_id = find_id(lake, "story", story) if story else None
        rows: list[Row] = run_query(lake, "story_corrections", story_id=story_id).to_pylist()
        return rows


def work_correction(
    settings: Settings, plan: Callable[[Lake], Correction], what: str, dry_run: bool
) -> Correction:
    """Plan a correction and, unless it is a dry run, land it. A plan that cannot be made, or has no rows, begins no run."""
    with open_lake(settings) as lake:  # not read_only: a lake of an older release gets the table
        planned = plan(lake)
    if dry_run or not planned.rows:
        return planned
    with open_run(settings, "stories", {"correction": planned.correction_id, "what": what}) as run:
        planned = plan(run.lake)
        if planned.rows:
            _land(run, planned)
    return planned


def _land(run: Run, planned: Correction) -> None:
    touched = sorted(set(planned.before.values()))
    gone = planned.ended
    asked = run_query(run.lake, "questions_of_stories", story_ids=gone).to_pylist()
    landing = StoryLanding(
        {**planned.after, "story_corrections": list(planned.rows)},
        {"stories": gone, "questions": [row["question_id"] for row in asked]},
        {},
    )

    def check() -> None:
        if read_members(run.lake, touched) != planned.before:
            raise StoriesChangedError(
                "another run changed these stories at the same time, so nothing was corrected; try again"
            )

    land_stories(run, landing, check)
