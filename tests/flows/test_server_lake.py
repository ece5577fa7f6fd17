"""The same verbs on a lake whose catalog is on PostgreSQL and whose Parquet and WARC files are on S3."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import boto3
import fsspec
import pytest
from kills import COPYDESK
from lakes import ask, find_bad_checks, read_tables

from core.errors import ConfigError, TransientError
from core.settings import EngineSettings, Settings
from flows.backfill import start_backfill
from flows.backfill_plan import BackfillRequest
from flows.load import load_files
from flows.runs import open_run

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


def run_verb(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    """A verb on the server lake, in a process of its own, told by the environment."""
    places = {
        "COPYDESK_LAKE": str(settings.lake),
        "COPYDESK_CATALOG_URL": str(settings.catalog_url),
        "COPYDESK_DATA_URL": str(settings.data_url),
        "COPYDESK_ENGINE__WORKERS": "1",
    }
    return subprocess.run(
        [COPYDESK, *words],
        env={**os.environ, **places},
        cwd=settings.lake.parent,
        capture_output=True,
        text=True,
        check=False,
    )


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


def test_a_backfill_reads_the_archive_on_s3_and_changes_nothing(
    server_settings: Settings, articles: Path
) -> None:
    load_files(server_settings, [articles])
    before = read_tables(server_settings)
    report = start_backfill(server_settings, BackfillRequest())
    assert (report.state, report.done_count) == ("completed", 1)
    assert read_tables(server_settings) == before
    assert find_bad_checks(server_settings) == []


def test_every_verb_works_on_it_and_none_tells_a_password(server_settings: Settings, articles: Path) -> None:
    said = []
    for words in (
        ["load", str(articles), "--json"],
        ["sql", "select count(*) as n from articles", "--format", "csv"],
        ["backfill", "--stage", "extract"],
        ["check"],
        ["maintain"],
        ["doctor"],
        ["status"],
    ):
        done = run_verb(server_settings, *words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        said.append(done.stdout + done.stderr)
    assert "\n3\n" in said[1]
    runs = str(ask(server_settings, "SELECT * FROM runs"))
    for secret in (os.environ["PGPASSWORD"], SECRET_KEY):
        assert not [text for text in (*said, runs) if secret in text]


def test_a_store_that_is_away_fails_the_run_and_the_next_one_completes_it(
    server_settings: Settings, settings: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_files(server_settings, [articles / "harbour" / "bridge.txt"])
    with monkeypatch.context() as patch:
        patch.setattr(fsspec.filesystem("s3"), "put_file", _refuse)
        with pytest.raises(TransientError, match=r"archive file copydesk-.* cannot be stored"):
            load_files(server_settings, [articles])
    assert ask(server_settings, "SELECT state FROM runs ORDER BY started_at")[-1] == ("failed",)
    load_files(server_settings, [articles])
    load_files(settings, [articles])
    assert read_tables(server_settings)["articles"] == read_tables(settings)["articles"]
    assert find_bad_checks(server_settings) == []
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
    with pytest.raises(ConfigError, match="no bucket"):
        load_files(nowhere, [articles])


def _refuse(*_args: object, **_more: object) -> None:
    raise OSError("503 Slow Down")
