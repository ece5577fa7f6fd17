"""A lake moves with all its rows and WARC files, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from lakes import ask, find_bad_checks, read_tables, work_backfill

from cli.keep.lake import command
from core.errors import ConfigError, ContractError
from core.settings import Settings
from flows.backfill.report import report_backfill, sample_changes
from flows.backfill.request import BackfillRequest
from flows.load import load_files
from flows.moving import move_lake, plan_move
from warehouse.upkeep import moving

pytestmark = [pytest.mark.slow]


@pytest.fixture
def there(tmp_path: Path, settings: Settings) -> Settings:
    return settings.model_copy(update={"lake": tmp_path / "there"})


def test_the_moved_lake_holds_the_same_and_can_be_worked_again(
    settings: Settings, there: Settings, articles: Path
) -> None:
    load_files(settings, [articles])
    before = read_tables(settings)
    moved = move_lake(settings, there)
    assert moved.failed_checks == []
    assert moved.report.row_counts["articles"] == 3
    assert moved.report.archive_file_count == 1
    assert read_tables(there) == before == read_tables(settings)
    assert load_files(there, [articles]).reasons == {("unchanged", "same_bytes"): 3}
    assert work_backfill(there, BackfillRequest()).state == "completed"
    assert read_tables(there) == before


def test_a_backfill_of_before_the_move_has_no_diff_at_the_new_place(
    settings: Settings, there: Settings, articles: Path
) -> None:
    load_files(settings, [articles / "courier"])
    worked = work_backfill(settings, BackfillRequest(stage="extract"))
    move_lake(settings, there)
    with pytest.raises(ConfigError, match=r"worked before this lake was moved here.*--lake OLD"):
        sample_changes(there, worked.backfill_id)
    assert sample_changes(settings, worked.backfill_id) == []
    assert report_backfill(there, worked.backfill_id) == worked
    assert ask(there, "SELECT count(*), count(snapshot_id) FROM runs") == [(2, 0)]
    again = work_backfill(there, BackfillRequest(stage="extract"))
    assert sample_changes(there, again.backfill_id) == []


def test_a_place_with_rows_is_refused(settings: Settings, there: Settings, articles: Path) -> None:
    load_files(settings, [articles / "courier"])
    move_lake(settings, there)
    with pytest.raises(ConfigError, match="already has rows"):
        move_lake(settings, there)


def test_a_difference_leaves_the_new_place_empty_and_the_next_try_goes_on(
    settings: Settings, there: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_files(settings, [articles / "courier"])
    measure = moving.measure_rows
    with monkeypatch.context() as patch:
        patch.setattr(
            moving,
            "measure_rows",
            lambda connection, alias, name, columns: (
                (0, 1)
                if (alias, name) == ("origin", "outcomes")
                else measure(connection, alias, name, columns)
            ),
        )
        with pytest.raises(ContractError, match="rows of outcomes differ"):
            move_lake(settings, there)
    assert set(plan_move(there).row_counts.values()) == {0}
    moved = move_lake(settings, there)
    assert moved.report.archive_file_count == 0  # the WARC file was there already
    assert read_tables(there) == read_tables(settings)


def test_the_verb_says_what_to_write_into_the_settings(settings: Settings, tmp_path: Path) -> None:
    load_files(settings, [_write_note(tmp_path)])
    words = ["move", "--lake", str(settings.lake), "--to-lake", str(tmp_path / "there")]
    planned = CliRunner().invoke(command, [*words, "--dry-run"])
    assert "1 WARC files" in planned.output and "would be copied" in planned.output
    assert not (tmp_path / "there").exists()
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 0, done.output
    assert f'lake = "{tmp_path / "there"}"' in done.output


@pytest.mark.servers
def test_a_lake_moves_to_postgresql_and_s3(
    settings: Settings, articles: Path, postgres_url: str, s3_url: str
) -> None:
    load_files(settings, [articles])
    words = ["move", "--lake", str(settings.lake), "--to-catalog", postgres_url, "--to-data", s3_url]
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 0, done.output
    password = postgres_url.split("@")[0].rpartition(":")[2]
    assert password not in done.output
    there = settings.model_copy(update={"catalog_url": postgres_url, "data_url": s3_url})
    assert read_tables(there) == read_tables(settings)
    assert work_backfill(there, BackfillRequest()).state == "completed"
    assert read_tables(there) == read_tables(settings)
    assert find_bad_checks(there) == []


def _write_note(folder: Path) -> Path:
    note = folder / "note.txt"
    note.write_text("Fair at Lowmarsh\n\n" + "The fair at Lowmarsh sold 300 cakes on its second day. " * 6)
    return note
