"""`copydesk backfill`: what it could not read is said, and a request that cannot be meant is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cli.backfill import command
from core.errors import ConfigError
from core.settings import EngineSettings, Settings
from flows.backfill import start_backfill
from flows.backfill_plan import BackfillRequest, plan_backfill
from flows.backfill_report import report_backfill
from tests.cli.command import run


def break_the_archive(lake: Path) -> None:
    """Flip a byte in the middle of the last record."""
    (file,) = lake.rglob("*.warc.gz")
    content = bytearray(file.read_bytes())
    content[-60] ^= 0xFF
    file.write_bytes(content)


def test_items_that_cannot_be_read_are_counted_by_reason_and_told(
    own_lake: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_the_archive(own_lake)
    settings = Settings(lake=own_lake, engine=EngineSettings(name="inline"))
    report = start_backfill(settings, BackfillRequest(stage="clean"))
    assert [(row["outcome"], row["reason"], row["inputs"]) for row in report.outcomes] == [
        ("accepted", "reprocessed", 2),
        ("quarantined", "broken_archive", 1),
    ]
    assert report.quarantined_count == 1
    assert report_backfill(settings, report.backfill_id) == report
    command.main(["show", report.backfill_id, "--lake", str(own_lake)], standalone_mode=False)
    told = capsys.readouterr()
    assert "broken_archive" in told.out
    assert "Quarantined: 1." in told.err and "copydesk archive verify" in told.err


def test_days_the_wrong_way_round_are_the_users_error(lake: Path) -> None:
    with pytest.raises(ConfigError, match="2026-12-01, is after the last, 2026-01-01"):
        BackfillRequest(date_from=date(2026, 12, 1), date_to=date(2026, 1, 1))
    assert run("backfill", "--from", "2026-12-01", "--to", "2026-01-01", "--dry-run", lake=lake)[0] == 2


def test_an_outlet_that_nobody_knows_is_the_users_error(lake: Path) -> None:
    settings = Settings.model_validate(
        {
            "lake": lake,
            "outlets": [{"key": "tarn-post", "name": "Tarn Post", "home_url": "https://tarn.example/"}],
        }
    )
    with pytest.raises(ConfigError, match="no outlet is called 'couriers'; did you mean 'courier'"):
        plan_backfill(settings, BackfillRequest(outlets=("harbour", "couriers")))
    # one of the settings of which nothing has been fetched yet is no mistake
    assert plan_backfill(settings, BackfillRequest(outlets=("tarn-post",))).item_count == 0
