"""Deployments: overlapping runs wait for each other, and what a sleeping machine missed is done once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from prefect.utilities.callables import parameter_schema

from core.errors import ConfigError
from core.outlets import Outlet
from core.settings import Settings
from flows.backfill.report import list_backfills
from flows.backfill.request import BackfillRequest, iterate_options
from flows.backfill.work import begin_backfill
from flows.intake.report import IngestReport
from flows.load import load_files
from flows.runs.run import open_run
from flows.runs.steps import DirectSteps
from flows.scheduling import deployments
from flows.scheduling.deploy import make_deployments
from flows.scheduling.deployments import _find_later_run
from flows.scheduling.overdue import PastRuns
from warehouse.catalog.open import open_lake
from warehouse.landing.land import record_run


@pytest.fixture
def followed(settings: Settings) -> Settings:
    outlets = tuple(
        Outlet(key=key, feeds=(f"https://{key}.example/rss",), schedule=schedule)
        for key, schedule in (("harbour", "20m"), ("courier", "20m"), ("ledger", "0 6 * * *"))
    )
    return settings.model_copy(update={"outlets": outlets})


@pytest.fixture
def due(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """When this flow run was due: ten minutes ago."""
    moment = datetime.now(UTC) - timedelta(minutes=10)
    monkeypatch.setattr(deployments.flow_run, "get_scheduled_start_time", lambda: moment, raising=False)
    return moment


def test_an_ingest_that_could_read_no_listing_is_a_failed_flow_run(
    followed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = [0, 2]

    def report_ingest(*_: object, **__: object) -> IngestReport:
        return IngestReport("r1", "ingest", "completed", {}, {}, 1.0, followed_count=counts.pop(0))

    monkeypatch.setattr(deployments, "load_settings", lambda: followed)
    monkeypatch.setattr(deployments, "ingest_outlets", report_ingest)
    monkeypatch.setattr(deployments, "publish_report", lambda _: None)
    failed = deployments.ingest.fn()
    assert failed.is_failed()
    assert failed.message == "no listing could be read; run r1 completed in 1.0 s: no input"
    assert deployments.ingest.fn() == "run r1 completed in 1.0 s: no input"


def run_ingest(settings: Settings, *keys: str) -> str:
    with open_run(settings, "ingest", {"outlets": list(keys)}) as run:
        return run.run_id


def test_without_a_lake_nothing_has_caught_up(followed: Settings, due: datetime) -> None:
    assert _find_later_run(followed, ["harbour"]) is None


def test_a_later_run_of_the_same_outlets_has_done_the_work_of_a_missed_one(
    followed: Settings, due: datetime
) -> None:
    run_id = run_ingest(followed, "harbour", "courier")
    assert _find_later_run(followed, ["harbour", "courier"]) == run_id
    assert _find_later_run(followed, ["ledger"]) is None


def test_a_failed_run_has_done_nothings_work(followed: Settings, due: datetime) -> None:
    with pytest.raises(ValueError, match="no luck"), open_run(followed, "ingest", {"outlets": ["harbour"]}):
        raise ValueError("no luck")
    assert _find_later_run(followed, ["harbour"]) is None


def test_a_stopped_run_and_one_that_was_cut_off_have_done_nothings_work(
    followed: Settings, due: datetime
) -> None:
    with pytest.raises(KeyboardInterrupt), open_run(followed, "ingest", {"outlets": ["harbour"]}):
        raise KeyboardInterrupt
    assert _find_later_run(followed, ["harbour"]) is None
    with open_run(followed, "ingest", {"outlets": ["harbour"]}) as run:
        assert _find_later_run(followed, ["harbour"]) == run.run_id
        recorded = run.to_row()
    with open_lake(followed) as lake:
        record_run(lake, recorded)  # running, and its process is gone
    assert _find_later_run(followed, ["harbour"]) is None


def test_a_run_that_ended_before_this_one_was_due_is_not_later(
    followed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_ingest(followed, "harbour")
    soon = datetime.now(UTC) + timedelta(minutes=1)
    monkeypatch.setattr(deployments.flow_run, "get_scheduled_start_time", lambda: soon, raising=False)
    assert _find_later_run(followed, ["harbour"]) is None


def test_runs_of_one_kind_queue_and_outlets_share_a_schedule(followed: Settings) -> None:
    made = {
        deployment.flow_name: deployment
        for deployment in make_deployments(followed, PastRuns(), datetime.now(UTC))
    }
    assert set(made) == {"ingest", "stories", "maintain", "backfill"}
    for deployment in made.values():
        assert deployment.concurrency_limit == 1
        assert deployment.concurrency_options.collision_strategy == "ENQUEUE"
    parameters = [schedule.parameters["outlets"] for schedule in made["ingest"].schedules]
    assert parameters == [["harbour", "courier"], ["ledger"]]


def test_every_schedule_of_prefect_yaml_has_a_slug_as_the_server_wants_once_there_is_one() -> None:
    written = yaml.safe_load((Path(__file__).parents[3] / "prefect.yaml").read_text())
    schedules = [one for deployment in written["deployments"] for one in deployment.get("schedules", [])]
    assert [schedule.get("slug") for schedule in schedules] == ["all", "maintain"]


def find_interval(settings: Settings, past: PastRuns, now: datetime, *, for_workers: bool) -> datetime:
    """From when the first schedule of ingest is counted."""
    made = make_deployments(settings, past, now, for_workers=for_workers)
    (anchor,) = [
        deployment.schedules[0].schedule.anchor_date
        for deployment in made
        if deployment.flow_name == "ingest"
    ]
    return anchor


@pytest.mark.parametrize("for_workers", [False, True])
def test_an_interval_goes_on_from_the_last_ingest_whenever_we_start(
    followed: Settings, for_workers: bool
) -> None:
    now = datetime.now(UTC)
    past = PastRuns([(frozenset({"harbour", "courier", "ledger"}), now - timedelta(minutes=15))])
    assert find_interval(followed, past, now, for_workers=for_workers) == now - timedelta(minutes=15)


def test_an_interval_that_is_over_begins_now_or_when_a_worker_has_started(followed: Settings) -> None:
    now = datetime.now(UTC)
    past = PastRuns([(frozenset({"harbour", "courier"}), now - timedelta(hours=8))])
    assert find_interval(followed, past, now, for_workers=False) == now
    assert find_interval(followed, past, now, for_workers=True) == now - timedelta(minutes=15)
    assert find_interval(followed, PastRuns(), now, for_workers=True) == now - timedelta(minutes=15)


def test_the_form_of_a_backfill_says_what_each_field_means() -> None:
    fields = parameter_schema(deployments.backfill).properties
    assert {"resume", "dry_run"} <= fields.keys()
    assert [name for name, field in fields.items() if not field.get("description")] == []
    for option in iterate_options():
        field = fields[option.name]
        assert field["description"] == option.help
        assert tuple(field.get("enum", ())) == option.choices
        assert field.get("default") == (list(option.default) if option.default == () else option.default)


def test_a_backfill_of_the_form_takes_no_outlet_for_all(
    settings: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_files(settings, [articles])
    monkeypatch.setattr(deployments, "load_settings", lambda: settings)
    monkeypatch.setattr(deployments, "create_table_artifact", lambda *_args, **_more: None)
    for outlets, count in ((None, 3), ([], 3), (["courier"], 1)):
        line = deployments.backfill.fn(outlets=outlets, dry_run=True)
        assert line.startswith(f"dry run: {count} items")


def test_a_dry_run_publishes_the_plan_and_begins_no_backfill(
    settings: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_files(settings, [articles])
    published: list[tuple[list[dict[str, object]], str]] = []
    monkeypatch.setattr(deployments, "load_settings", lambda: settings)
    monkeypatch.setattr(
        deployments,
        "create_table_artifact",
        lambda rows, key, description: published.append((rows, description)),
    )
    line = deployments.backfill.fn(dry_run=True)
    assert line == "dry run: 3 items in 1 chunks; nothing was done"
    ((rows, description),) = published
    assert sum(int(str(row["items"])) for row in rows) == 3
    assert description == line
    assert list_backfills(settings) == []
    with pytest.raises(ConfigError, match="leave `resume` empty"):
        deployments.backfill.fn(resume="20260504T081500-a1b2c3", dry_run=True)


@pytest.mark.slow  # a whole backfill
def test_a_backfill_is_resumed_by_its_id_and_no_new_one_is_made(
    settings: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_files(settings, [articles])
    backfill_id = begin_backfill(settings, BackfillRequest(stage="stories"))
    monkeypatch.setattr(deployments, "load_settings", lambda: settings)
    monkeypatch.setattr(deployments, "PrefectSteps", DirectSteps)
    monkeypatch.setattr(deployments, "create_table_artifact", lambda *_args, **_more: None)
    assert deployments.backfill.fn(resume=backfill_id).startswith(f"backfill {backfill_id} completed: 1 of 1")
    assert len(list_backfills(settings)) == 1
