"""What an outlet repeats is counted in the lake, and taken out by the next run and by a backfill."""

from __future__ import annotations

from pathlib import Path

import pytest
from lakes import ask, work_backfill

from core.settings import Settings
from flows.backfill.request import BackfillRequest
from flows.load import load_files

pytestmark = pytest.mark.slow

FOOTER = "You have reached the last line of our sheet, set by hand since the great storm."
REFRAIN = "And still the bell rang over the water."
ISLANDS = ("Sorrel", "Ennis", "Tarn", "Lowen", "Aldery", "Corrin")


def _write_day(folder: Path, day: int, count: int) -> Path:
    """So many articles of one day: different paragraphs, a refrain inside, the footer at the end."""
    folder.mkdir()
    for number in range(count):
        island, other = ISLANDS[number], ISLANDS[(number + day) % len(ISLANDS)]
        paragraphs = [
            f"The council of {island} met in week {day} and asked {other} for {word} before the winter storms arrive."
            for word in ("rope", "tar", "lamps", REFRAIN, "bells", "oars", "nets", "salt", "coal", "maps", "flour")
        ]  # fmt: skip
        body = [text if REFRAIN not in text else REFRAIN for text in paragraphs]
        head = [f"{island} asks {other} for help, letter {day}", f"Published: March {day}, 2026"]
        text = "\n\n".join([*head, *body, FOOTER])
        (folder / f"{island}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def loaded(settings: Settings, tmp_path: Path) -> Settings:
    """A lake after three runs on three days."""
    for day, count in ((1, 3), (2, 3), (3, 1)):
        load_files(settings, [_write_day(tmp_path / f"day-{day}", day, count)], outlet="letters")
    return settings


def _standing(settings: Settings, line: str) -> list[tuple[int, int]]:
    """By day of publication, how many articles the line stands in."""
    return ask(
        settings.lake,
        f"SELECT day(published_at)::INTEGER, sum(contains(body_text, '{line}')::INTEGER)::INTEGER"
        " FROM articles GROUP BY 1 ORDER BY 1",
    )


def test_the_next_run_takes_out_what_the_runs_before_it_have_counted(loaded: Settings) -> None:
    counted = f"SELECT article_count, edge_count FROM line_statistics WHERE text = '{FOOTER}'"
    assert ask(loaded.lake, counted) == [(7, 7)]
    assert _standing(loaded, FOOTER) == [(1, 3), (2, 3), (3, 0)]
    removed = f"SELECT rule, section FROM removed_lines WHERE text = '{FOOTER}'"
    assert ask(loaded.lake, removed) == [("learned", "tail")]


def test_a_backfill_takes_it_out_of_the_articles_before_and_leaves_the_refrain(loaded: Settings) -> None:
    work_backfill(loaded, BackfillRequest(stage="clean"))
    assert _standing(loaded, FOOTER) == [(1, 0), (2, 0), (3, 0)]
    assert _standing(loaded, REFRAIN) == [(1, 3), (2, 3), (3, 1)]
    counted = f"SELECT article_count FROM line_statistics WHERE text = '{FOOTER}'"
    assert ask(loaded.lake, counted) == [(7,)]
