"""Edits are compared when they land: what an article said before and says now."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lakes import ask

from core.settings import Settings
from flows.load import load_files

TEXT = (
    "Four people were killed when a gas line exploded in Halden on Monday, police said. “Nobody smelled the gas,” said"
    " Idris Vale. The gas line ran under the old market hall, and firefighters came from three towns."
)


def load(settings: Settings, folder: Path, text: str, hour: int) -> None:
    file = folder / f"{hour}.jsonl"
    record = {"url": "https://ash.example/gas", "title": "Gas line explodes in Halden", "text": text}
    file.write_text(json.dumps(record) + "\n", encoding="utf-8")
    moment = datetime(2031, 5, 5, hour, tzinfo=UTC)
    os.utime(file, (moment.timestamp(),) * 2)
    load_files(settings, [file], outlet="ash", published=datetime(2031, 5, 5, tzinfo=UTC))


@pytest.mark.slow  # three whole loads
def test_two_edits_are_each_compared_with_the_text_before(settings: Settings, tmp_path: Path) -> None:
    load(settings, tmp_path, TEXT, 8)
    load(settings, tmp_path, TEXT.replace("Four", "A correction is below. Six"), 9)
    load(settings, tmp_path, TEXT.replace("Four", "Seven").replace("smelled", "noticed"), 10)

    assert ask(
        settings,
        "SELECT hour(before_fetched_at AT TIME ZONE 'UTC'), printed_before, printed_after, hour(fetched_at AT TIME ZONE 'UTC'), thing"
        " FROM figures_changed ORDER BY fetched_at",
    ) == [
        (8, "Four people", "Six people", 9, "people killed"),
        (9, "Six people", "Seven people", 10, "people killed"),
    ]
    assert ask(settings, "SELECT change, printed_before, printed_after FROM quotations_changed") == [
        ("reworded", "Nobody smelled the gas,", "Nobody noticed the gas,")
    ]
    assert ask(settings, "SELECT count(*) FROM article_revisions WHERE NOT is_compared") == [(0,)]


@pytest.mark.slow  # the rules of both are tested with the tasks, without a lake
def test_an_edit_without_numbers_changes_none(settings: Settings, tmp_path: Path) -> None:
    load(settings, tmp_path, TEXT, 8)
    load(settings, tmp_path, TEXT.replace("old market hall", "new market hall"), 9)

    assert ask(settings, "FROM figures_changed") == []
    assert ask(settings, "SELECT count(*) FROM article_revisions") == [(2,)]
