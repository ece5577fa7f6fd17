"""What a dead run left is taken as far as it can be read, and never ends the run that finds it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import Mock

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.outcomes import InputOutcome, Reason, Row
from core.tables import TABLES
from flows.intake.leftovers import Leftovers, write_cursors
from flows.runs.run import Run
from flows.work.batches import STAGED_CAPTURES, StagedFile, outcome_table
from warehouse.landing.parts import write_part

NOW = datetime(2026, 3, 2, tzinfo=UTC)


VALUES = {pa.string(): "post", pa.int64(): 1, pa.timestamp("us", "UTC"): NOW, pa.date32(): date(2026, 3, 1)}


def fill(schema: pa.Schema, **values: object) -> dict[str, object]:
    """A row with something in each column that has to hold something."""
    return {field.name: None if field.nullable else VALUES.get(field.type, 1) for field in schema} | values


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run beside which a dead one left two staged files, an outcome and a cursor."""
    dead, parts = tmp_path / "runs" / "dead", tmp_path / "parts"
    dead.mkdir(parents=True)
    staged = StagedFile(dead, STAGED_CAPTURES, "test")
    for name in "ab":
        staged.stage([fill(STAGED_CAPTURES, input_ref=name, capture_id=name)], [name], [range(1)])
    write_cursors(Mock(folder=dead), [fill(TABLES["feed_cursors"].schema)])
    told = outcome_table([InputOutcome("https://post.example/1", Reason.HTTP_STATUS, "acquire")], "dead")
    write_part(parts / "outcomes-dead-00000", {"outcomes": told})
    living = tmp_path / "runs" / "living"
    living.mkdir()
    return Mock(folder=living, parts_folder=parts)


def find(run: Run, recorded: Sequence[Row] = ()) -> tuple[list[str], int, int]:
    """The inputs of the captures, how many outcomes, how many cursors."""
    left = Leftovers.find(run, lambda _: recorded)
    for lock in left.locks:
        lock.release()
    return [row["input_ref"] for row in left.captures], left.outcome_count, len(left.cursors)


def test_all_that_is_whole_is_taken(run: Run) -> None:
    assert find(run) == (["a", "b"], 1, 1)
    assert list((run.folder.parent / "dead").glob("*.unfinished")) == []


@pytest.mark.parametrize("damage", ["cut", "emptied", "of another shape"])
def test_a_staged_file_that_cannot_be_read_costs_itself_and_its_listings_are_followed_anew(
    damage: str, run: Run
) -> None:
    file = run.folder.parent / "dead" / "staged-00000.parquet"
    if damage == "of another shape":
        pq.write_table(pa.table({"other": [1]}), file)
    else:
        file.write_bytes(file.read_bytes()[: 0 if damage == "emptied" else -40])
    assert find(run) == (["b"], 1, 0)


def test_an_outcome_or_cursor_that_cannot_be_read_costs_itself(run: Run) -> None:
    part = run.parts_folder / "outcomes-dead-00000" / "outcomes.parquet"
    part.write_bytes(b"PAR1")
    assert find(run) == (["a", "b"], 0, 0)


def test_a_cursor_that_is_cut_off_leaves_the_captures(run: Run) -> None:
    (file,) = (run.folder.parent / "dead").glob("cursors-*.parquet")
    file.write_bytes(file.read_bytes()[:20])
    assert find(run) == (["a", "b"], 1, 0)


def test_what_the_dead_run_landed_is_not_taken_again(run: Run) -> None:
    landed = {"run_id": "dead", "input_ref": "a", "capture_id": "a"}
    assert find(run, [landed]) == (["b"], 1, 1)
    refused = {"run_id": "dead", "input_ref": "https://post.example/1", "capture_id": None}
    assert find(run, [landed, refused]) == (["b"], 0, 1)
    assert list(run.parts_folder.iterdir()) == []
