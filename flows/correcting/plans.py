"""What a correction would change: the rows of the decision, and the stories before and after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from core.captures import digest_text
from core.errors import ConfigError
from core.outcomes import Row
from flows.grouping.candidates import find_story_candidates, group_rows
from flows.stories import find_regrouped
from warehouse.asking.ids import find_id
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides, why, and when."""

    by: str
    why: str | None = None
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction changes: its rows of `story_corrections`, the touched stories before, and rows of the tables of stories after."""

    rows: Sequence[Row]
    before: Mapping[str, str]  # article -> story
    after: Mapping[str, list[Row]]

    @property
    def correction_id(self) -> str:
        """The id of the decision."""
        return str(self.rows[0]["correction_id"])

    @property
    def moved_count(self) -> int:
        """The articles that change their story."""
        return len(self.after["story_moves"])

    @property
    def missing_count(self) -> int:
        """The articles that the decision names and that are in no story of this lake, as after an import."""
        named = {row["article_id"] for row in self.rows if row.get("undone_at") is None}
        return len(named - self.before.keys())

    @property
    def ended(self) -> list[str]:
        """The stories that lose all of their articles."""
        joined = _by_article(self.after["story_articles"])
        return sorted(set(self.before.values()) - set({**self.before, **joined}.values()))

    def describe(self) -> list[Row]:
        """The stories that it changes, with how many articles come and go; one that ends has no title."""
        come = Counter(row["to_story_id"] for row in self.after["story_moves"])
        go = Counter(row["from_story_id"] for row in self.after["story_moves"])
        stories = {row["story_id"]: row for row in self.after["stories"]}
        return [
            {
                "title": stories.get(story, {}).get("title"),
                "article_count": stories.get(story, {}).get("article_count", 0),
                "come_count": come[story],
                "go_count": go[story],
                "story_id": story,
                "correction_id": self.correction_id,
            }
            for story in [*stories, *self.ended]
        ]


def plan_split(lake: Lake, story: str, articles: Sequence[str], decision: Decision) -> Correction:
    """Articles, with their exact copies, leave a story for one of their own."""
    story_id = find_id(lake, "story", story)
    members = read_members(lake, [story_id])
    named = dict.fromkeys(find_id(lake, "article", article) for article in articles)
    if strangers := [article_id for article_id in named if article_id not in members]:
        raise ConfigError(
            f"article {strangers[0]} is not in story {story_id}; `copydesk query story story_id={story}` lists its articles"
        )
    leaving = _add_copies(lake, sorted(members), set(named))
    if len(leaving) == len(members):
        raise ConfigError(
            f"all {len(members)} articles of story {story_id} would leave it (those with the same words go together); name fewer"
        )
    after = {**members, **dict.fromkeys(leaving, _choose_id(lake, leaving, decision))}
    return plan_rows(lake, _make_rows("split", members, after, decision))


def _add_copies(lake: Lake, members: Sequence[str], named: set[str]) -> set[str]:
    """The named articles with those members that are the same word by word."""
    pairs = run_query(lake, "exact_copies", article_ids=list(members)).to_pylist()
    families = {row["article_id"]: row["original_article_id"] for row in pairs}
    roots = {families.get(name, name) for name in named}
    return {name for name in members if families.get(name, name) in roots}


def _choose_id(lake: Lake, leaving: Iterable[str], decision: Decision) -> str:
    """An id for the new story that no story has, or had when a correction was made."""
    own = [digest_text("story", row["article_id"]) for row in _read_moments(lake, leaving)]
    used = run_query(lake, "story_corrections").to_pylist()
    taken = set(read_members(lake, own).values()).union(*(row["story_ids"] for row in used))
    fallback = digest_text("story", *own, decision.at.isoformat())
    return next((name for name in own if name not in taken), fallback)


def plan_merge(lake: Lake, stories: Sequence[str], decision: Decision) -> Correction:
    """All articles of several stories come into the first one."""
    ids = list(dict.fromkeys(find_id(lake, "story", story) for story in stories))
    if len(ids) < 2:
        raise ConfigError("name two different stories or more; the first one keeps its id")
    members = read_members(lake, ids)
    return plan_rows(lake, _make_rows("merge", members, dict.fromkeys(members, ids[0]), decision))


def _make_rows(
    kind: str, before: Mapping[str, str], after: Mapping[str, str], decision: Decision
) -> list[Row]:
    correction_id = digest_text("correction", kind, decision.at.isoformat(), *sorted(before))
    return [
        {
            "correction_id": correction_id,
            "article_id": article_id,
            "kind": kind,
            "from_story_id": before[article_id],
            "story_id": after[article_id],
            "decided_at": decision.at,
            "decided_by": decision.by,
            "why": decision.why,
        }
        for article_id in sorted(before)
    ]


def read_members(lake: Lake, story_ids: Sequence[str]) -> dict[str, str]:
    """The articles of these stories, each with its story."""
    return _by_article(run_query(lake, "story_members", story_ids=list(story_ids)).to_pylist())


def _read_stories(lake: Lake, rows: Sequence[Row]) -> dict[str, str]:
    """The stories that the articles of these rows are in."""
    ids = [row["article_id"] for row in rows]
    return _by_article(run_query(lake, "stories_of_articles", article_ids=ids).to_pylist())


def _by_article(rows: Iterable[Row]) -> dict[str, str]:
    return {row["article_id"]: row["story_id"] for row in rows}


def plan_rows(lake: Lake, rows: Sequence[Row]) -> Correction:
    """The stories of these articles after new corrections."""
    in_force = [row for row in rows if row.get("undone_at") is None]
    before = _read_stories(lake, in_force)
    decided = [*run_query(lake, "corrections_in_force").to_pylist(), *in_force]
    return Correction(rows, before, group_rows([], _read_known(lake, before), decided))


def _read_known(lake: Lake, before: Mapping[str, str]) -> list[Row]:
    """The articles as grouping reads them, with the stories that they are in."""
    from tasks.group.stories import GROUP_COLUMNS  # loads numerical libraries

    months = [row["month"] for row in _read_moments(lake, before)]
    if not months:
        return []
    span = {"first_month": min(months), "last_month": max(months)}
    stories = sorted(set(before.values()))
    found = run_query(lake, "story_candidates", article_ids=[], story_ids=stories, packed_keys=[], **span)
    rows: list[Row] = found.select(GROUP_COLUMNS).to_pylist()
    return rows


def _read_moments(lake: Lake, article_ids: Iterable[str]) -> list[Row]:
    rows: list[Row] = run_query(lake, "moments_of_articles", article_ids=sorted(article_ids)).to_pylist()
    return rows


def plan_undo(lake: Lake, correction: str, decision: Decision) -> Correction:
    """The stories of a correction's articles are grouped afresh, without it."""
    correction_id = find_id(lake, "correction", correction)
    rows = run_query(lake, "correction_rows", ids=[correction_id]).to_pylist()
    if rows[0]["undone_at"] is not None:
        raise ConfigError(
            f"correction {correction_id} was taken back already, by {rows[0]['undone_by']} on {rows[0]['undone_at']:%Y-%m-%d}"
        )
    undone = [{**row, "undone_at": decision.at, "undone_by": decision.by} for row in rows]
    decided = [
        row
        for row in run_query(lake, "corrections_in_force").to_pylist()
        if row["correction_id"] != correction_id
    ]
    before = _read_stories(lake, rows)
    return Correction(undone, before, _group_afresh(lake, before, decided))


def _group_afresh(lake: Lake, before: Mapping[str, str], decided: Sequence[Row]) -> dict[str, list[Row]]:
    """The articles grouped as if they were new, among the stories near them."""
    moments = _read_moments(lake, before)
    new, known = find_story_candidates(lake, moments, decided) if moments else (iter(()), iter(()))
    grouped = group_rows(({**row, "story_id": None} for row in new), known, decided)
    moves = find_regrouped(grouped["story_articles"], before, "corrected")
    return {**grouped, "story_moves": [*grouped["story_moves"], *moves]}
