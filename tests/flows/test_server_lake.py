"""The same verbs on a lake whose catalog is on PostgreSQL and whose Parquet and WARC files are on S3."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import boto3
import fsspec
import psycopg
import pytest
from click.testing import CliRunner
from kills import COPYDESK, load, load_to_the_end
from lakes import ask, find_bad_checks, read_tables, work_backfill
from processes import wait_for

from cli.main import copydesk
from core.errors import ConfigError, TransientError
from core.settings import ArchiveSettings, EngineSettings, Settings
from flows import questions, stories, story_batches
from flows.archive import verify
from flows.backfill.request import BackfillRequest
from flows.correcting.correct import split_story, undo_correction
from flows.correcting.plans import Decision
from flows.grouping import windows
from flows.load import load_files
from flows.runs.run import open_run
from tests.servers import free_port
from warehouse.catalog.copying import FrozenLake, freeze_for_readers
from warehouse.catalog.open import Lake
from warehouse.catalog.sql_files import SqlFile, find_sql, numbered_files
from warehouse.landing import land as landing

pytestmark = [pytest.mark.servers, pytest.mark.slow, pytest.mark.timeout(600)]
SECRET_KEY = "desk-secret-key"


@pytest.fixture
def server_settings(
    tmp_path: Path, postgres_url: str, s3_url: str, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """A server lake that is not there yet; its passwords are in the environment alone."""
    password = urlsplit(postgres_url).password or ""
    monkeypatch.setenv("PGPASSWORD", unquote(password))
    return Settings(
        lake=tmp_path / "server",
        catalog_url=postgres_url.replace(f":{password}@", "@"),
        data_url=s3_url,
        engine=EngineSettings(name="inline"),
    )


def list_keys(settings: Settings) -> list[str]:
    """The objects of the lake's bucket."""
    bucket = str(settings.data_url).split("/")[2]
    listed = boto3.client("s3").list_objects_v2(Bucket=bucket).get("Contents", [])
    return [item["Key"] for item in listed]


def has_key(settings: Settings, prefix: str) -> bool:
    return any(key.startswith(prefix) for key in list_keys(settings))


def place_environment(settings: Settings) -> dict[str, str]:
    """What tells a process where the server lake is."""
    return {
        "COPYDESK_LAKE": str(settings.lake),
        "COPYDESK_CATALOG_URL": str(settings.catalog_url),
        "COPYDESK_DATA_URL": str(settings.data_url),
        "COPYDESK_ENGINE__WORKERS": "1",
    }


def test_a_load_gives_the_tables_of_an_embedded_lake(
    settings: Settings, server_settings: Settings, articles: Path
) -> None:
    load_files(settings, [articles])
    report = load_files(server_settings, [articles])
    assert report.counts == {"accepted": 3}
    assert read_tables(server_settings) == read_tables(settings)
    assert find_bad_checks(server_settings) == []
    keys = list_keys(server_settings)
    assert [key for key in keys if key.startswith("lake/archive/") and key.endswith(".warc.gz")]
    assert list(server_settings.archive_folder.iterdir()) == []
    again = load_files(server_settings, [articles])
    assert again.reasons == {("unchanged", "same_bytes"): 3}
    assert read_tables(server_settings) == read_tables(settings)


def test_workers_bring_what_they_archive_to_s3(
    settings: Settings, server_settings: Settings, articles: Path
) -> None:
    load_files(settings, [articles])
    engine, archive = EngineSettings(workers=2, batch_size=2), ArchiveSettings(workers_from=0)
    server_settings = server_settings.model_copy(update={"engine": engine, "archive": archive})
    load_files(server_settings, [articles])
    assert read_tables(server_settings) == read_tables(settings)
    assert verify(server_settings) == []
    kept = [key for key in list_keys(server_settings) if "/archive/" in f"/{key}"]
    assert sorted(key.endswith(".sha256") for key in kept) == [False, False, True, True]
    assert list(server_settings.archive_folder.iterdir()) == []


def test_workers_of_this_machine_group_and_ask_from_the_lake_as_it_was(
    settings: Settings,
    server_settings: Settings,
    articles: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frozen: list[FrozenLake | None] = []

    def freeze(lake: Lake, file: Path, on_this_machine: bool) -> FrozenLake | None:
        frozen.append(freeze_for_readers(lake, file, on_this_machine=on_this_machine))
        return frozen[-1]

    monkeypatch.setattr(stories, "is_worth_a_worker", lambda engine, count: engine.name == "local")
    monkeypatch.setattr(questions, "are_worth_workers", lambda engine, count: engine.name == "local")
    monkeypatch.setattr(windows, "freeze_for_readers", freeze)
    monkeypatch.setattr(story_batches, "freeze_for_readers", freeze)
    copied = shutil.copytree(articles, tmp_path / "copied")
    for file in copied.rglob("*.txt"):
        file.write_text(file.read_text("utf-8") + "\nA line of its own.\n", "utf-8")
    load_files(settings, [articles, copied])
    server_settings = server_settings.model_copy(update={"engine": EngineSettings(workers=2)})
    load_files(server_settings, [articles, copied])
    assert [lake.snapshot_id is not None for lake in frozen if lake] == [True, True]
    assert read_tables(server_settings)["readings"] != []
    assert read_tables(server_settings) == read_tables(settings)


def test_a_backfill_reads_the_archive_on_s3_and_changes_nothing(
    server_settings: Settings, articles: Path
) -> None:
    load_files(server_settings, [articles])
    before = read_tables(server_settings)
    report = work_backfill(server_settings, BackfillRequest())
    assert (report.state, report.done_count) == ("completed", 1)
    assert read_tables(server_settings) == before
    assert find_bad_checks(server_settings) == []


def test_a_story_is_split_by_hand_and_the_split_is_taken_back(
    server_settings: Settings, articles: Path
) -> None:
    load_files(server_settings, [articles])
    before = read_tables(server_settings, "story_articles")["story_articles"]
    ((story, article),) = ask(
        server_settings,
        "SELECT story_id, min(article_id) FROM story_articles GROUP BY ALL HAVING count(*) > 1",
    )
    found = split_story(server_settings, story, [article], Decision("Ana"))
    work_backfill(server_settings, BackfillRequest(stage="stories"))
    assert len(read_tables(server_settings, "stories")["stories"]) == 3
    undo_correction(server_settings, found.correction_id, Decision("Ana"))
    assert read_tables(server_settings, "story_articles")["story_articles"] == before
    assert find_bad_checks(server_settings) == []


def test_every_verb_works_on_it_and_none_tells_a_password(
    server_settings: Settings,
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name, value in place_environment(server_settings).items():
        monkeypatch.setenv(name, value)
    # In a process of its own, with worker processes: they find the credentials in the environment too.
    loaded = subprocess.run(
        [COPYDESK, "load", str(articles)],
        cwd=articles.parent,
        env={**os.environ, "COPYDESK_LOG_LEVEL": "DEBUG"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert loaded.returncode == 0, loaded.stderr
    said = [loaded.stdout, loaded.stderr]
    for words in (
        ["sql", "select count(*) as n from articles", "--format", "csv"],
        ["backfill", "--stage", "extract"],
        ["check"],
        ["maintain"],
        ["doctor"],
        ["status"],
    ):
        done = CliRunner().invoke(copydesk, words, standalone_mode=False)
        assert done.exit_code == 0, (words, done.output, done.exception)
        said.append(done.output)
    assert "\n3\n" in said[2]
    said += [caplog.text, str(ask(server_settings, "SELECT * FROM runs"))]
    for secret in (os.environ["PGPASSWORD"], SECRET_KEY):
        assert not [text for text in said if secret in text]


def test_a_store_that_is_away_fails_the_run_and_the_next_one_completes_it(
    server_settings: Settings, settings: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_files(server_settings, [articles / "harbour" / "bridge.txt"])
    with monkeypatch.context() as patch:
        patch.setattr(fsspec.filesystem("s3"), "put_file", _refuse)
        with pytest.raises(TransientError, match=r"cannot store archive file copydesk-"):
            load_files(server_settings, [articles])
    assert ask(server_settings, "SELECT state FROM runs ORDER BY started_at")[-1] == ("failed",)
    load_files(server_settings, [articles])
    load_files(settings, [articles])
    assert (
        read_tables(server_settings, "articles")["articles"] == read_tables(settings, "articles")["articles"]
    )
    assert find_bad_checks(server_settings) == []
    assert list(server_settings.archive_folder.iterdir()) == []


@pytest.mark.parametrize("moment", ["all files have run", "the run is recorded"])
def test_a_catalog_that_restarts_during_a_landing_costs_that_run_and_nothing_else(
    server_settings: Settings,
    settings: Settings,
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    load_files(server_settings, [articles / "courier"])
    before = read_tables(server_settings)

    def iterate_files(room: str) -> Iterator[SqlFile]:
        yield from numbered_files(room)
        if moment == "all files have run":
            _end_sessions(server_settings)

    def find_file(name: str, room: str) -> SqlFile:
        if moment == "the run is recorded" and name == "landed_counts":
            _end_sessions(server_settings)
        return find_sql(name, room)

    with monkeypatch.context() as patch:
        patch.setattr(landing, "numbered_files", iterate_files)
        patch.setattr(landing, "find_sql", find_file)
        with pytest.raises(TransientError):
            load_files(server_settings, [articles])
    assert read_tables(server_settings) == before
    load_files(server_settings, [articles])
    load_files(settings, [articles / "courier"])
    load_files(settings, [articles])
    assert (
        read_tables(server_settings, "mentions")["mentions"] == read_tables(settings, "mentions")["mentions"]
    )
    assert find_bad_checks(server_settings) == []


def test_a_store_that_goes_away_during_a_landing_costs_that_run_and_nothing_else(
    server_settings: Settings, settings: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_files(server_settings, [articles / "courier"])
    before = read_tables(server_settings)
    port = free_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    store = start_store(port)

    def go_away(room: str) -> Iterator[SqlFile]:
        yield from numbered_files(room)
        store.stop()

    with monkeypatch.context() as patch:
        patch.setattr(landing, "numbered_files", go_away)
        with pytest.raises(TransientError, match="cannot reach the lake"):
            load_files(server_settings, [articles])
    store = start_store(port)
    assert read_tables(server_settings) == before
    load_files(server_settings, [articles])
    load_files(settings, [articles / "courier"])
    load_files(settings, [articles])
    assert (
        read_tables(server_settings, "mentions")["mentions"] == read_tables(settings, "mentions")["mentions"]
    )
    assert find_bad_checks(server_settings) == []
    store.stop()


def test_a_load_killed_while_it_lands_is_completed_by_the_next(
    server_settings: Settings, settings: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in place_environment(server_settings).items():
        monkeypatch.setenv(name, value)
    process = load(articles, server_settings.lake)
    wait_for(
        lambda: process.poll() is not None or has_key(server_settings, "lake/data/main/articles/"),
        240,
        "file of articles on S3",
    )
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    load_to_the_end(articles, server_settings.lake)
    load_files(settings, [articles])
    assert (
        read_tables(server_settings, "mentions")["mentions"] == read_tables(settings, "mentions")["mentions"]
    )
    assert find_bad_checks(server_settings) == []
    assert ask(server_settings, "SELECT count(*) FROM runs WHERE state = 'running'") == [(0,)]
    assert list(server_settings.archive_folder.iterdir()) == []


def test_a_run_of_another_machine_is_left_alone(server_settings: Settings, articles: Path) -> None:
    elsewhere = server_settings.model_copy(update={"lake": server_settings.lake.with_name("elsewhere")})
    with open_run(elsewhere, "load", {}) as other:
        load_files(server_settings, [articles / "courier"])
        states = dict(ask(server_settings, "SELECT run_id, state FROM runs"))
    assert states.pop(other.run_id) == "running"
    assert list(states.values()) == ["completed"]


def test_refused_credentials_are_named_and_not_shown(
    server_settings: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "wr0ng-word")
    with pytest.raises((ConfigError, TransientError)) as caught:
        load_files(server_settings, [articles])
    assert "wr0ng-word" not in str(caught.value)


def test_a_missing_bucket_is_a_wrong_setting(server_settings: Settings, articles: Path) -> None:
    nowhere = server_settings.model_copy(update={"data_url": "s3://no-such-bucket/lake"})
    with pytest.raises(ConfigError, match=r"bucket .* does not exist"):
        load_files(nowhere, [articles])


def start_store(port: int) -> Any:
    """The same S3 stand-in at another port; its buckets are those of this process."""
    store = pytest.importorskip("moto.server").ThreadedMotoServer(
        ip_address="127.0.0.1", port=port, verbose=False
    )
    store.start()
    return store


def _end_sessions(settings: Settings) -> None:
    """End every session on the lake's database, as a restart of PostgreSQL does."""
    with psycopg.connect(str(settings.catalog_url), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _refuse(*_args: object, **_more: object) -> None:
    raise OSError("503 Slow Down")
