"""A backfill of one stage says of that stage alone that it is fresh; chunks tell how they stand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lakes import ask, work_backfill

from core.errors import ConfigError, TransientError
from core.settings import EngineSettings, Settings
from core.versions import code_version, renew_stage, stage_version
from flows.backfill import work as flow
from flows.backfill.plan import plan_backfill
from flows.backfill.report import list_backfills, report_backfill, sample_changes
from flows.backfill.request import BackfillRequest
from flows.backfill.work import begin_backfill, resume_backfill
from warehouse.catalog.open import open_lake
from warehouse.catalog.transactions import write_transaction
from warehouse.landing.backfills import mark_grouped

OLD = "0.1.0+clean.00000001.extract.00000002.group.00000003"


@pytest.fixture(scope="module")
def of_older_code(three_loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with three articles that older code made; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("older") / "lake"
    shutil.copytree(three_loaded, folder)
    change(Settings(lake=folder), f"UPDATE articles SET code_version = '{OLD}'")
    return folder


@pytest.fixture
def loaded(of_older_code: Path, tmp_path: Path) -> Settings:
    """Settings of such a lake, to change."""
    shutil.copytree(of_older_code, tmp_path / "lake")
    return Settings(lake=tmp_path / "lake", engine=EngineSettings(name="inline"))


def change(settings: Settings, statement: str) -> None:
    with open_lake(settings) as lake:
        write_transaction(lake, "test", lambda: lake.connection.execute(statement))


def count_stale(settings: Settings) -> dict[str, int]:
    stages = ("clean", "extract", "stories")
    return {
        stage: plan_backfill(settings, BackfillRequest(stage=stage, only="stale")).item_count
        for stage in stages
    }


def test_a_stage_renews_its_own_part_of_the_version_only() -> None:
    new = "0.2.0+clean.aaaaaaaa.extract.bbbbbbbb.stories.cccccccc"
    assert renew_stage(OLD, new, "extract") == "0.1.0+clean.00000001.extract.bbbbbbbb.group.00000003"
    assert renew_stage(OLD, new, "stories") == "0.1.0+clean.00000001.extract.00000002.stories.cccccccc"
    assert renew_stage("0.0.1", new, "extract") == new


def test_rows_that_name_the_third_stage_as_older_releases_did_are_as_stale_as_before(
    loaded: Settings,
) -> None:
    old = code_version().replace(".stories.", ".group.")
    assert old != code_version()
    change(loaded, f"UPDATE articles SET code_version = '{old}'")
    assert count_stale(loaded) == {"clean": 0, "extract": 0, "stories": 0}
    change(loaded, f"UPDATE articles SET code_version = '{old[:-1]}{'0' if old[-1] != '0' else '1'}'")
    assert count_stale(loaded) == {"clean": 0, "extract": 0, "stories": 3}
    change(loaded, f"UPDATE articles SET code_version = '{old}0'")  # longer than a fingerprint is
    assert count_stale(loaded)["stories"] == 3


@pytest.mark.slow  # two whole backfills
def test_grouping_old_rows_again_writes_the_new_name_and_leaves_fresh_ones(loaded: Settings) -> None:
    work_backfill(loaded, BackfillRequest(stage="stories"))
    expected = f"0.1.0+clean.00000001.extract.00000002.stories.{stage_version('stories')}"
    assert ask(loaded, "SELECT DISTINCT code_version FROM articles") == [(expected,)]
    fresh = expected.replace(".stories.", ".group.")
    change(loaded, f"UPDATE articles SET code_version = '{fresh}'")
    work_backfill(loaded, BackfillRequest(stage="stories"))
    assert ask(loaded, "SELECT DISTINCT code_version FROM articles") == [(fresh,)]


@pytest.mark.parametrize(
    ("stage", "left"),
    [
        ("extract", {"clean": 3, "extract": 0, "stories": 3}),
        ("stories", {"clean": 3, "extract": 3, "stories": 0}),
        pytest.param("clean", {"clean": 0, "extract": 0, "stories": 0}, marks=pytest.mark.slow),
    ],
)
def test_what_other_stages_made_stays_stale(loaded: Settings, stage: str, left: dict[str, int]) -> None:
    assert count_stale(loaded) == {"clean": 3, "extract": 3, "stories": 3}
    work_backfill(loaded, BackfillRequest(stage=stage, only="stale"))
    assert count_stale(loaded) == left


def test_articles_that_say_so_already_are_not_written_again(loaded: Settings) -> None:
    work_backfill(loaded, BackfillRequest(stage="stories"))
    with open_lake(loaded) as lake:
        ids = [row[0] for row in lake.execute("SELECT article_id FROM articles").fetchall()]
        before = lake.execute("SELECT sum(file_count) FROM ducklake_table_info('lake')").fetchall()
        mark_grouped(lake, ids)
        assert lake.execute("SELECT sum(file_count) FROM ducklake_table_info('lake')").fetchall() == before


def test_articles_in_no_story_are_missing_and_grouping_them_is_told(loaded: Settings) -> None:
    change(loaded, "DELETE FROM story_articles")
    assert plan_backfill(loaded, BackfillRequest(stage="stories", only="missing")).item_count == 3
    report = work_backfill(loaded, BackfillRequest(stage="stories", only="missing"))
    added = {row["outlet"]: row["change"] for row in report.changes if row["table"] == "story_articles"}
    assert sum(added.values()) == 3
    rows = sample_changes(loaded, report.backfill_id)
    assert {(row["change"], row["table"]) for row in rows} == {("+", "story_articles")}


@pytest.mark.slow  # two whole backfills
def test_a_diff_shows_what_its_own_backfill_changed_also_after_a_later_one(loaded: Settings) -> None:
    first = work_backfill(loaded, BackfillRequest(stage="extract"))
    assert sample_changes(loaded, first.backfill_id) == []
    change(loaded, "DELETE FROM figures")
    second = work_backfill(loaded, BackfillRequest(stage="extract"))
    assert {row["table"] for row in sample_changes(loaded, second.backfill_id)} == {"figures"}
    assert sample_changes(loaded, first.backfill_id) == []


def test_a_chunk_that_fails_says_why_and_is_worked_again(
    loaded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise TransientError("the archive is away")

    backfill_id = begin_backfill(loaded, BackfillRequest(stage="extract", chunk_size=2))
    with monkeypatch.context() as patch:
        patch.setitem(flow.STAGE_WORK, "extract", fail)
        with pytest.raises(TransientError):
            resume_backfill(loaded, backfill_id)
    states = "SELECT state, error FROM backfill_chunks ORDER BY chunk_number"
    assert ask(loaded, states) == [("failed", "the archive is away"), ("pending", None)]
    assert resume_backfill(loaded, backfill_id).state == "completed"
    assert ask(loaded, states) == [("done", None), ("done", None)]
    assert len(list_backfills(loaded)) == 1


def test_a_backfill_whose_process_is_gone_is_told_as_stopped(loaded: Settings) -> None:
    backfill_id = begin_backfill(loaded, BackfillRequest(stage="extract"))
    assert list_backfills(loaded)[0]["state"] == "stopped"
    assert report_backfill(loaded, backfill_id).state == "stopped"
    assert resume_backfill(loaded, backfill_id).state == "completed"


def test_a_run_that_was_killed_after_its_last_chunk_is_closed_when_the_backfill_is_resumed(
    loaded: Settings,
) -> None:
    backfill_id = begin_backfill(loaded, BackfillRequest(stage="extract"))
    resume_backfill(loaded, backfill_id)
    change(loaded, "UPDATE runs SET state = 'running', finished_at = NULL WHERE flow = 'backfill'")
    change(loaded, "UPDATE backfills SET state = 'running'")
    assert resume_backfill(loaded, backfill_id).state == "completed"
    assert ask(loaded, "SELECT count(*) FROM runs WHERE state = 'running'") == [(0,)]


@pytest.mark.parametrize("state", ["completed", "cancelled"])
def test_what_has_ended_is_not_resumed(loaded: Settings, state: str) -> None:
    backfill_id = begin_backfill(loaded, BackfillRequest(stage="extract"))
    change(loaded, f"UPDATE backfills SET state = '{state}'")
    with pytest.raises(ConfigError, match=f"is {state} already"):
        resume_backfill(loaded, backfill_id)


@pytest.mark.parametrize(
    ("workers", "share", "used"), [(2, 0.05, 1), (2, 1.0, 2), (None, 0.5, 4), (64, 0.5, 4)]
)
def test_a_backfill_uses_its_share_of_the_cores(
    monkeypatch: pytest.MonkeyPatch, workers: int | None, share: float, used: int
) -> None:
    monkeypatch.setattr("flows.backfill.work.os.cpu_count", lambda: 8)
    settings = Settings(engine=EngineSettings(workers=workers))
    shared = flow.share_cores(settings, {"parameters": f'{{"core_share": {share}}}'})
    assert shared.engine.workers == used


def test_a_new_article_has_the_whole_version(three_loaded: Path) -> None:
    assert ask(three_loaded, "SELECT DISTINCT code_version FROM articles") == [(code_version(),)]
