"""`copydesk backfill`: what it could not read is said, and a request that cannot be meant is refused."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from lakes import work_backfill

from cli.main import copydesk
from cli.work.backfill import command
from cli.work.backfilling.printing import print_backfill
from core.errors import ConfigError
from core.settings import EngineSettings, Settings
from flows.backfill.plan import plan_backfill
from flows.backfill.report import report_backfill, sample_changes
from flows.backfill.request import BackfillRequest, iterate_options
from tests.cli.command import run
from warehouse.catalog.open import open_lake
from warehouse.catalog.transactions import write_transaction


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
    report = work_backfill(settings, BackfillRequest(stage="clean"))
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
    with pytest.raises(
        ConfigError, match=r"first day \(2026-12-01\) is after the last \(2026-01-01\); swap them"
    ):
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


def test_a_long_report_says_how_much_of_it_is_shown_and_show_prints_all(
    own_lake: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(lake=own_lake, engine=EngineSettings(name="inline"))
    report = work_backfill(settings, BackfillRequest(stage="extract"))
    assert len(report.changes) > 3
    print_backfill(report, as_json=False, most=3)
    told = capsys.readouterr().out
    line = f"No count changed; `copydesk backfill show {report.backfill_id}` prints every outlet and table"
    assert line in told
    command.main(["show", report.backfill_id, "--lake", str(own_lake)], standalone_mode=False)
    told = capsys.readouterr().out
    assert "prints every" not in told
    assert all(f"{row['outlet']}   " in told and row["table"] in told for row in report.changes)
    assert told.count("\n") >= len(report.changes) + 6


@pytest.fixture(scope="module")
def changed(lake: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A lake whose figures a backfill brought back, and the backfill's id; to read only."""
    copy = tmp_path_factory.mktemp("changed") / "lake"
    shutil.copytree(lake, copy)
    settings = Settings(lake=copy, engine=EngineSettings(name="inline"))
    with open_lake(settings) as opened:
        write_transaction(opened, "test", lambda: opened.connection.execute("DELETE FROM figures"))
    return copy, work_backfill(settings, BackfillRequest(stage="extract", chunk_size=2)).backfill_id


def test_one_part_of_a_report_is_a_table_in_every_form(
    changed: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    lake, backfill_id = changed
    words = ["show", backfill_id, "--lake", str(lake)]
    command.main([*words, "--part", "changes", "--format", "csv"], standalone_mode=False)
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    every = report_backfill(Settings(lake=lake), backfill_id).changes
    assert [(row["outlet"], row["table"], int(row["change"])) for row in rows] == [
        (row["outlet"], row["table"], row["change"]) for row in every
    ]
    with pytest.raises(click.UsageError, match="add --part, one of changes, outcomes"):
        command.main([*words, "--format", "csv"], standalone_mode=False)


def test_a_diff_is_cut_where_the_user_says_and_says_so(
    changed: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    lake, backfill_id = changed
    command.main(["diff", backfill_id, "--limit", "2", "--lake", str(lake)], standalone_mode=False)
    told = capsys.readouterr().out
    assert told.count("figures") == 2 and "The first 2 rows; --limit shows more" in told
    command.main(["diff", backfill_id, "--lake", str(lake)], standalone_mode=False)
    told = capsys.readouterr().out
    assert told.count("figures") > 2 and "The first" not in told


def test_a_diff_of_one_article_shows_its_rows_alone(changed: tuple[Path, str]) -> None:
    lake, backfill_id = changed
    settings = Settings(lake=lake)
    article_id = sample_changes(settings, backfill_id)[-1]["article_id"]
    rows = sample_changes(settings, backfill_id, article_id=article_id)
    assert rows and {row["article_id"] for row in rows} == {article_id}
    every = sample_changes(settings, backfill_id)
    assert rows == [row for row in every if row["article_id"] == article_id] and len(every) > len(rows)
    with pytest.raises(ConfigError, match=r"no finished chunk of backfill .* holds article 'nothing'"):
        sample_changes(settings, backfill_id, article_id="nothing")


def test_options_of_a_diff_are_refused_elsewhere(lake: Path) -> None:
    with pytest.raises(click.UsageError, match="No such option '--limit'"):
        command.main(["--limit", "5", "--lake", str(lake)], standalone_mode=False)


def call(*words: str) -> Result:
    return CliRunner().invoke(copydesk, ["backfill", *words])


def test_options_of_a_new_backfill_are_refused_with_an_action(own_lake: Path) -> None:
    lake = ["--lake", str(own_lake)]
    for words in (
        ["--stage", "extract", "list"],
        ["--dry-run", "show", "x"],
        ["--from", "2026-01-01", "list"],
    ):
        told = call(*words, *lake)
        assert told.exit_code == 2 and f"{words[0]} belongs to a new backfill" in told.output
    assert call("list", *lake).exit_code == 0


def test_the_lake_and_json_can_be_given_before_or_after_the_action(own_lake: Path) -> None:
    lake = ["--lake", str(own_lake)]
    told = [call(*words).output for words in ([*lake, "--json", "list"], ["list", *lake, "--json"])]
    assert told == ["[]\n", "[]\n"]


@pytest.mark.parametrize("action", ["show", "pause", "resume", "cancel", "diff"])
def test_an_action_without_an_id_says_where_the_ids_are(action: str) -> None:
    told = call(action)
    assert told.exit_code == 2
    assert f"backfill {action}: the id is missing; `copydesk backfill list` shows the ids" in told.output


def test_every_option_of_a_backfill_is_in_help_with_its_meaning_and_default() -> None:
    told = " ".join(call("--help").output.split())
    for option in iterate_options():
        assert f"--{option.flag} " in told and option.help in told
        if option.default:
            assert f"[default: {option.default}" in told


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"stage": "group"}, "stage is 'group'; use one of clean, extract, stories"),
        ({"only": "old"}, "only is 'old'; use one of stale, failed, missing, all"),
        ({"chunk_size": 0}, "chunk_size is 0; use at least 1"),
        ({"core_share": 0}, "core_share is 0; use more than 0"),
        ({"core_share": 1.5}, "core_share is 1.5; use at most 1"),
    ],
)
def test_a_value_that_an_option_does_not_take_is_refused_with_those_that_it_takes(
    given: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ConfigError, match=f"^backfill: {problem}$"):
        BackfillRequest(**given)
    ((name, value),) = given.items()
    flag = next(option.flag for option in iterate_options() if option.name == name)
    assert call(f"--{flag}", str(value)).exit_code == 2


def test_values_at_the_edge_are_taken() -> None:
    assert BackfillRequest(chunk_size=1, core_share=1).core_share == 1
    assert BackfillRequest(core_share=0.01, date_from=date(2026, 1, 1), date_to=date(2026, 1, 1)).date_to
