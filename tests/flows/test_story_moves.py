"""A story that grew wrong in the lake: the move is a row, its questions and counts are right, and `explain` shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lakes import ask, find_bad_checks, work_backfill

from core.settings import EngineSettings, Settings
from flows.backfill.request import BackfillRequest
from flows.load import load_files
from tests.cli.command import answer
from tests.twin_events import make_reports
from warehouse.catalog.open import open_lake
from warehouse.catalog.transactions import write_transaction

pytestmark = pytest.mark.slow  # a load a day, then whole backfills
STORIES = "SELECT url, story_id FROM story_articles JOIN articles USING (article_id)"


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, dict[str, str]]:
    """A lake after a load a day, and the story of each address before the last day."""
    folder = tmp_path_factory.mktemp("parted")
    settings = Settings(lake=folder / "lake", engine=EngineSettings(name="inline"))
    reports = make_reports(1)
    before: dict[str, str] = {}
    for day in sorted({row["published_at"].date() for row in reports}):
        before = dict(ask(settings, STORIES)) if before or settings.lake.exists() else {}
        lines = [
            {
                "url": f"https://{row['name'][0]}.example/{row['name']}",
                "title": row["title"],
                "text": row["text"],
                "published_at": row["published_at"].isoformat(),
            }
            for row in reports
            if row["published_at"].date() == day
        ]
        file = folder / f"{day}.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        load_files(settings, [file])
    return settings, before


def test_moved_articles_are_rows_that_say_from_where_to_where_when_and_why(
    parted: tuple[Settings, dict[str, str]],
) -> None:
    settings, before = parted
    after = dict(ask(settings, STORIES))
    moved = {url: (story, after[url]) for url, story in before.items() if after[url] != story}
    assert moved
    rows = ask(
        settings,
        "SELECT url, from_story_id, to_story_id, reason, log_odds < 0, moved_at = started_at"
        " FROM story_moves JOIN articles USING (article_id) JOIN runs ON runs.run_id = story_moves.run_id",
    )
    assert {url: (left, joined) for url, left, joined, *_ in rows} == moved
    assert {tuple(rest) for *_, rest in ((*row[:3], row[3:]) for row in rows)} == {("parted", True, True)}
    assert find_bad_checks(settings) == []


def test_explain_shows_the_moves_of_an_article(parted: tuple[Settings, dict[str, str]]) -> None:
    settings, _ = parted
    ((url, left),) = ask(
        settings, "SELECT url, from_story_id FROM story_moves JOIN articles USING (article_id) LIMIT 1"
    )
    (article,) = json.loads(answer("explain", url, "--json", lake=Path(settings.lake)))["articles"]
    assert [(move["from_story_id"], move["reason"]) for move in article["moves"]] == [(left, "parted")]
    assert "Moved from one story to another" in answer("explain", url, lake=Path(settings.lake))


def test_grouping_again_finds_the_same_stories_and_tells_no_move(
    parted: tuple[Settings, dict[str, str]],
) -> None:
    settings, _ = parted
    before, told = ask(settings, STORIES), ask(settings, "SELECT count(*) FROM story_moves")
    work_backfill(settings, BackfillRequest(stage="stories"))
    assert sorted(ask(settings, STORIES)) == sorted(before)
    assert ask(settings, "SELECT count(*) FROM story_moves") == told


def test_what_a_backfill_puts_into_another_story_is_told(parted: tuple[Settings, dict[str, str]]) -> None:
    settings, _ = parted
    found = dict(ask(settings, STORIES))
    statement = (
        "UPDATE story_articles SET story_id = 'elsewhere'"
        " WHERE article_id IN (SELECT article_id FROM articles WHERE url LIKE '%/a3_')"
    )
    with open_lake(settings) as lake:
        write_transaction(lake, "change", lambda: lake.connection.execute(statement))
    work_backfill(settings, BackfillRequest(stage="stories"))
    assert dict(ask(settings, STORIES)) == found
    rows = ask(
        settings,
        "SELECT url, from_story_id, to_story_id, log_odds FROM story_moves JOIN articles USING (article_id)"
        " WHERE reason = 'regrouped'",
    )
    assert sorted(rows) == sorted(
        (url, "elsewhere", story, None) for url, story in found.items() if "/a3" in url
    )
    assert find_bad_checks(settings) == []
