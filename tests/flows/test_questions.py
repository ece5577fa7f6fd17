"""Questions land with their stories, grow with them, and go with their articles."""

from __future__ import annotations

import itertools
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lakes import ask

from core.settings import EngineSettings, Settings
from flows.load import load_files
from flows.questions import ask_stale_stories
from flows.runs.run import open_run

FIRST = "Four people were killed when a gas line exploded in Halden on Monday, police said."
SECOND = "A gas line exploded in Halden on Monday and killed six people, the mayor of Halden said."
THIRD = "The gas line that exploded in Halden on Monday killed six people."


MOMENTS = itertools.count(1_900_000_000, 60)


def tell(settings: Settings, outlet: str, text: str) -> None:
    """Load an outlet's report of the explosion."""
    more = f"{text} The Halden gas line ran under the old market hall. Halden firefighters came from three towns."
    record = {
        "url": f"https://{outlet}.example/gas",
        "title": "Gas line explodes in Halden",
        "text": more,
    }
    file = settings.lake.with_name(f"{outlet}.jsonl")
    file.write_text(json.dumps(record) + "\n", encoding="utf-8")
    moment = next(MOMENTS)  # a file's time is that of its capture: the newest wins
    os.utime(file, (moment, moment))
    load_files(settings, [file], outlet=outlet, published=datetime(2031, 5, 5, tzinfo=UTC))


@pytest.fixture(scope="module")
def one_told(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Path:
    """A lake with one outlet's report, to read and to copy."""
    lake = tmp_path_factory.mktemp("one") / "lake"
    shutil.copytree(empty_lake, lake)
    tell(Settings(lake=lake, engine=EngineSettings(name="inline")), "ash", FIRST)
    return lake


@pytest.fixture(scope="module")
def two_told(one_told: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with the reports of two outlets, which differ, to copy."""
    lake = tmp_path_factory.mktemp("two") / "lake"
    shutil.copytree(one_told, lake)
    tell(Settings(lake=lake, engine=EngineSettings(name="inline")), "birch", SECOND)
    return lake


@pytest.fixture
def told(two_told: Path, tmp_path: Path) -> Settings:
    """Settings of such a lake, to change."""
    shutil.copytree(two_told, tmp_path / "lake")
    return Settings(lake=tmp_path / "lake", engine=EngineSettings(name="inline"))


def killed(settings: Settings) -> list[tuple]:
    return ask(
        settings,
        "SELECT question_id, outlet_count, verdict FROM questions WHERE label = 'people killed' AND outlet_count > 1",
    )


def test_one_article_answers_nobody(one_told: Path) -> None:
    assert ask(one_told, "FROM questions") == []


def test_a_question_keeps_its_id_when_a_later_load_adds_an_outlet(told: Settings) -> None:
    ((question_id, outlets, verdict),) = killed(told)
    assert (outlets, verdict) == (2, "conflict of sources")
    tell(told, "cedar", THIRD)
    assert [row[:2] for row in killed(told)] == [(question_id, 3)]


def test_a_corrected_article_answers_anew(told: Settings) -> None:
    tell(told, "birch", SECOND.replace("six", "four"))
    assert [row[1:] for row in killed(told)] == [(2, "agree")]
    assert ask(
        told, "SELECT count(*) FROM readings ANTI JOIN figures USING (article_id, start_char, end_char)"
    ) == [(0,)]


def test_a_stale_story_is_asked_again(told: Settings) -> None:
    before = killed(told)
    with open_run(told, "stories", {}) as run:
        run.lake.connection.execute("UPDATE lake.main.stories SET has_stale_questions = TRUE")
        run.lake.connection.execute("DELETE FROM lake.main.readings")
        ask_stale_stories(run)
    assert killed(told) == before
    assert ask(told, "SELECT count(*) FROM stories WHERE has_stale_questions") == [(0,)]
    assert ask(told, "SELECT count(*) > 0 FROM readings") == [(True,)]
