"""Data checks beside a load and a backfill: what others write meanwhile is no alarm."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from core.settings import EngineSettings, Settings
from flows.backfill.request import BackfillRequest
from flows.backfill.work import begin_backfill
from flows.load import load_files
from tests.readme_blocks import REPOSITORY
from warehouse.asking.checks import run_checks
from warehouse.catalog.open import open_lake

ROUNDS = 100
CHECKS = (
    "stories_key_unique",
    "story_articles_have_story",
    "backfill_chunks_key_unique",
    "articles_key_unique",
    "mentions_article_exists",
    "run_sums_match",
)


@pytest.mark.slow
def test_a_hundred_rounds_of_checks_beside_writers_raise_no_alarm(tmp_path: Path) -> None:
    settings = Settings(lake=tmp_path / "lake", engine=EngineSettings(name="inline"))
    outlets = REPOSITORY / "examples" / "outlets"
    load_files(settings, [outlets / "harbour-ledger"])
    done = threading.Event()
    errors: list[Exception] = []

    def write() -> None:
        try:
            while not done.is_set():
                begin_backfill(settings, BackfillRequest(stage="stories"))
                load_files(settings, [outlets / "reachlight"])
        except Exception as error:  # noqa: BLE001 - the test shows it
            errors.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    alarms: list[str] = []
    try:
        for _ in range(ROUNDS):
            with open_lake(settings, read_only=True) as lake:
                alarms += [result.name for result in run_checks(lake, *CHECKS) if not result.is_good]
    finally:
        done.set()
        writer.join()
    assert errors == []
    assert alarms == []
