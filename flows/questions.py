"""Make the questions of stories: what figures of several articles answer, and how the answers compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from core.outcomes import Row
from core.tables import TABLES
from flows.runs.run import Run
from flows.story_articles import read_story_articles
from flows.story_batches import ASKED_TABLES, StoryMembers, are_worth_workers, ask_workers
from flows.work.memory import give_back_memory
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_rows

# Articles whose figures, names and texts are in memory at one time.
ARTICLES_AT_ONCE = 500


@dataclass(slots=True)
class Asked:
    """Tables `questions` and `readings`, and the rows that they replace: question and article ids."""

    tables: dict[str, pa.Table] = field(default_factory=dict)
    replaced: dict[str, list[str]] = field(default_factory=lambda: {"questions": [], "readings": []})


def ask_stories(
    run: Run, stories: Sequence[Row], joined: Sequence[Row], copies: Mapping[str, bool] | None = None
) -> Asked:
    """The questions of these stories (rows of `stories`). A story of one article has none.

    `joined` are rows of `story_articles` that are not in the lake yet; `copies` says of articles whether
    they repeat another, where the lake does not know it yet.
    """
    asked = Asked()
    story_ids = [row["story_id"] for row in stories]
    if not story_ids:
        return asked
    members = _find_members(run, story_ids, joined)
    asked.replaced["questions"] = [
        row["question_id"]
        for row in run_query(run.lake, "questions_of_stories", story_ids=story_ids).to_pylist()
    ]
    asked.replaced["readings"] = [row["article_id"] for rows in members.values() for row in rows]
    told = {name: rows for name, rows in members.items() if len(rows) > 1}
    find = ask_workers if are_worth_workers(run.settings.engine, sum(map(len, told.values()))) else _ask
    asked.tables = find(run, _cut(told), copies or {})
    return asked


def ask_stale_stories(run: Run) -> None:
    """Make the questions again for stories with an article that was extracted again, moved or removed."""
    stories = run_query(run.lake, "stale_stories").to_pylist()
    if not stories:
        return
    asked = ask_stories(run, stories, ())
    fresh = TABLES["stories"].to_arrow([{**row, "has_stale_questions": False} for row in stories])
    land_rows(run.lake, run.to_row(), {**asked.tables, "stories": fresh}, delete=asked.replaced)


def _find_members(run: Run, story_ids: Sequence[str], joined: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows with article_id and month, by story."""
    landed = run_query(run.lake, "story_members", story_ids=list(story_ids)).to_pylist()
    by_article = {row["article_id"]: row for row in (*landed, *joined)}
    members: defaultdict[str, list[Row]] = defaultdict(list)
    wanted = set(story_ids)
    for row in by_article.values():
        if row["story_id"] in wanted:
            members[row["story_id"]].append(row)
    return dict(members)


def _cut(members: Mapping[str, list[Row]]) -> Iterator[dict[str, list[Row]]]:
    """Some stories at a time."""
    several: dict[str, list[Row]] = {}
    count = 0
    for name, rows in members.items():
        several[name] = rows
        count += len(rows)
        if count >= ARTICLES_AT_ONCE:
            yield several
            several, count = {}, 0
    if several:
        yield several


def _ask(run: Run, chunks: Iterable[StoryMembers], copies: Mapping[str, bool]) -> dict[str, pa.Table]:
    """Rows of ASKED_TABLES, found in this process."""
    rows: dict[str, list[Row]] = {name: [] for name in ASKED_TABLES}
    for several in chunks:
        from tasks.group.questions import find_questions  # loads numerical libraries

        told, known = read_story_articles(run.lake, several, copies)
        for story_id, articles in told.items():
            found = find_questions(story_id, articles, known)
            rows["questions"] += found.questions
            rows["readings"] += found.readings
        give_back_memory()
    return {name: TABLES[name].to_arrow(found) for name, found in rows.items() if found}
