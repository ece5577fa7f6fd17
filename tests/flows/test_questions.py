"""Questions land with their stories, grow with them, and go with their articles."""

from __future__ import annotations

import itertools
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lakes import ask

from core.settings import Settings
from flows.load import load_files
from flows.questions import ask_stale_stories
from flows.runs.run import open_run

FIRST = "Four people were killed when a gas line exploded in Halden on Monday, police said."
SECOND = "A gas line exploded in Halden on Monday and killed six people, the mayor of Halden said."
THIRD = "The gas line that exploded in Halden on Monday killed six people."


@pytest.fixture
def tell(settings: Settings, tmp_path: Path):
    """Loads an outlet's report of the explosion."""

    moments = itertools.count(1_900_000_000, 60)

    def run(outlet: str, text: str) -> None:
        more = f"{text} The Halden gas line ran under the old market hall. Halden firefighters came from three towns."
        record = {
            "url": f"https://{outlet}.example/gas",
            "title": "Gas line explodes in Halden",
            "text": more,
        }
        file = tmp_path / f"{outlet}.jsonl"
        file.write_text(json.dumps(record) + "\n", encoding="utf-8")
        moment = next(moments)  # a file's time is that of its capture: the newest wins
        os.utime(file, (moment, moment))
        load_files(settings, [file], outlet=outlet, published=datetime(2031, 5, 5, tzinfo=UTC))

    return run


def killed(settings: Settings) -> list[tuple]:
    return ask(
        settings,
        "SELECT question_id, outlet_count, verdict FROM questions WHERE label = 'people killed' AND outlet_count > 1",
    )


def test_a_question_keeps_its_id_when_a_later_load_adds_an_outlet(settings: Settings, tell) -> None:
    tell("ash", FIRST)
    assert ask(settings, "FROM questions") == [], "one article answers nobody"
    tell("birch", SECOND)
    ((question_id, outlets, verdict),) = killed(settings)
    assert (outlets, verdict) == (2, "conflict of sources")
    tell("cedar", THIRD)
    assert [row[:2] for row in killed(settings)] == [(question_id, 3)]


def test_a_corrected_article_answers_anew(settings: Settings, tell) -> None:
    tell("ash", FIRST)
    tell("birch", SECOND)
    tell("birch", SECOND.replace("six", "four"))
    assert [row[1:] for row in killed(settings)] == [(2, "agree")]
    assert ask(
        settings, "SELECT count(*) FROM readings ANTI JOIN figures USING (article_id, start_char, end_char)"
    ) == [(0,)]


def test_a_stale_story_is_asked_again(settings: Settings, tell) -> None:
    tell("ash", FIRST)
    tell("birch", SECOND)
    before = killed(settings)
    with open_run(settings, "stories", {}) as run:
        run.lake.connection.execute("UPDATE lake.main.stories SET has_stale_questions = TRUE")
        run.lake.connection.execute("DELETE FROM lake.main.readings")
        ask_stale_stories(run)
    assert killed(settings) == before
    assert ask(settings, "SELECT count(*) FROM stories WHERE has_stale_questions") == [(0,)]
    assert ask(settings, "SELECT count(*) > 0 FROM readings") == [(True,)]
