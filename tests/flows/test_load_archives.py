"""WARC files from elsewhere are loaded where they lie, and copied only on demand; the lake reads both alike."""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from lakes import ask, find_bad_checks, read_tables, work_backfill
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from core.errors import ConfigError
from core.outlets import Outlet
from core.settings import EngineSettings, FetchSettings, Settings
from flows import archive
from flows.backfill.request import BackfillRequest
from flows.intake.options import FileChoice, file_options
from flows.intake.taking.archiver import refers_to_records
from flows.load import load_files
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.server import Answer, Request
from tests.fixtureweb.thread import ADDRESSES, serve_web
from tests.invented import ARTICLES

PAGE = ARTICLES["courier/ferry-fog.html"]
PAGES = {
    "https://courier.example/a": ("2026-05-04T20:00:00Z", "en"),
    "https://courier.example/b": ("2026-05-09T20:00:00Z", "en"),
    "https://kurier.example/c": ("2026-05-05T20:00:00Z", "de"),
}


def write_crawl(path: Path, *, is_one_member: bool = False) -> Path:
    """A crawl of pages with a text of their own each; as one gzip member, its records cannot be read alone."""
    out = BytesIO()
    for url, (date, language) in PAGES.items():
        writer = WARCWriter(out, gzip=not is_one_member)
        body = make_page(url, language)
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": date},
        )
        writer.write_record(record)
    path.write_bytes(out.getvalue())
    return path


def make_page(url: str, language: str) -> bytes:
    page = PAGE.replace("https://courier.example/2026/05/04/ferry-fog", url).replace(
        'lang="en"', f'lang="{language}"'
    )
    return page.replace("Around 180 passengers", f"At {url[-1:]} some 180 passengers").encode()


def pointers(settings: Settings) -> list[tuple[str, int]]:
    return [
        (file, offset)
        for file, offset in ask(settings.lake, "SELECT warc_file, warc_offset FROM captures ORDER BY url")
    ]


def work_again(settings: Settings) -> Sequence[tuple[str, str, int]]:
    """Outcomes of a backfill of everything: reason, whether it has a detail, how many."""
    work_backfill(settings, BackfillRequest("clean"))
    query = (
        "SELECT outcome, reason, count(*) FROM outcomes WHERE run_id = (SELECT max(run_id) FROM runs)"
        " GROUP BY ALL ORDER BY ALL"
    )
    return ask(settings.lake, query)


@pytest.mark.slow
def test_records_stay_where_they_lie_and_everything_reads_them_there(
    settings: Settings, tmp_path: Path
) -> None:
    crawl = write_crawl(tmp_path / "crawl.warc.gz")
    report = load_files(settings, [crawl])
    assert report.counts == {"accepted": 3}
    assert {file for file, _ in pointers(settings)} == {str(crawl)}
    assert list(settings.archive_folder.glob("*.warc.gz")) == []
    assert archive.verify(settings) == []
    assert work_again(settings) == [("accepted", "reprocessed", 3)]
    assert load_files(settings, [crawl]).reasons == {("unchanged", "same_bytes"): 3}
    assert find_bad_checks(settings.lake) == []


@pytest.mark.slow
def test_a_file_that_is_gone_is_told_of_and_its_articles_stay(settings: Settings, tmp_path: Path) -> None:
    crawl = write_crawl(tmp_path / "crawl.warc.gz")
    load_files(settings, [crawl])
    crawl.rename(tmp_path / "moved.warc.gz")
    (problem,) = archive.verify(settings)
    assert f"WARC file {crawl}, which was loaded without --copy, is gone" in problem.problem
    assert "it holds 3 captures" in problem.problem
    assert work_again(settings) == [("quarantined", "broken_archive", 3)]
    assert ask(settings.lake, "SELECT count(*) FROM articles") == [(3,)]
    details = ask(settings.lake, "SELECT DISTINCT detail FROM outcomes WHERE reason = 'broken_archive'")
    assert "put it back there" in details[0][0]


@pytest.mark.slow
def test_with_copy_the_archive_holds_the_records_and_needs_the_file_no_more(
    settings: Settings, tmp_path: Path
) -> None:
    crawl = write_crawl(tmp_path / "crawl.warc.gz")
    load_files(settings, [crawl], choice=FileChoice(copies=True))
    (ours,) = settings.archive_folder.glob("*.warc.gz")
    assert {file for file, _ in pointers(settings)} == {ours.name}
    crawl.unlink()
    assert archive.verify(settings) == []


@pytest.mark.slow
def test_records_that_cannot_be_read_by_themselves_are_copied(settings: Settings, tmp_path: Path) -> None:
    crawl = write_crawl(tmp_path / "crawl.warc", is_one_member=True)
    packed = tmp_path / "crawl.warc.gz"
    packed.write_bytes(gzip.compress(crawl.read_bytes()))
    crawl.unlink()
    load_files(settings, [packed])
    (ours,) = settings.archive_folder.glob("*.warc.gz")
    assert {file for file, _ in pointers(settings)} == {ours.name}
    assert archive.verify(settings) == []


@pytest.mark.slow
@pytest.mark.parametrize("point", ["fetched", "worked"])
def test_a_load_that_is_killed_ends_as_an_undisturbed_one(
    point: str, settings: Settings, tmp_path: Path
) -> None:
    crawl = write_crawl(tmp_path / "crawl.warc.gz")
    file = tmp_path / "settings.json"
    file.write_text(settings.model_dump_json())
    script = str(Path(__file__).with_name("killed_ingest.py"))
    command = [sys.executable, script, str(file), "2026-05-10T00:00:00+00:00", point, str(crawl)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    load_files(settings, [crawl])
    other = settings.model_copy(update={"lake": tmp_path / "other"})
    load_files(other, [crawl])
    assert read_tables(settings.lake) == read_tables(other.lake)
    assert pointers(settings) == pointers(other)
    assert find_bad_checks(settings.lake) == []


def test_records_are_referenced_only_where_no_other_machine_reads_them(settings: Settings) -> None:
    on_s3 = settings.model_copy(update={"data_url": "s3://newsroom/lake"})
    cluster = settings.engine.model_copy(update={"name": "dask", "scheduler": "tcp://10.0.0.1:8786"})
    on_dask = settings.model_copy(update={"engine": cluster})
    assert refers_to_records(settings, copies=False)
    assert not refers_to_records(settings, copies=True)
    assert not refers_to_records(on_s3, copies=False)
    assert not refers_to_records(on_dask, copies=False)


def test_an_outlet_of_the_settings_stands_for_its_hosts_and_any_other_name_for_itself(
    settings: Settings,
) -> None:
    kurier = Outlet(key="kurier", home_url="https://www.kurier.example/", hosts=("kurier-live.example",))
    known = settings.model_copy(update={"outlets": (kurier,)})
    options = file_options(known, choice=FileChoice(only=("kurier", "www.courier.example")))
    assert options.hosts == {"kurier.example", "kurier-live.example", "courier.example"}


def test_a_column_for_a_field_that_there_is_none_of_is_the_users_error(settings: Settings) -> None:
    with pytest.raises(ConfigError, match="no field is called 'headline'; there are authors"):
        file_options(settings, choice=FileChoice(columns={"headline": "title"}))


@pytest.mark.slow
def test_only_what_is_wanted_of_a_crawl_is_taken(settings: Settings, tmp_path: Path) -> None:
    crawl = write_crawl(tmp_path / "crawl.warc.gz")
    choice = FileChoice(
        only=("courier.example",), languages=("en",), fetched_until=datetime(2026, 5, 9, tzinfo=UTC)
    )
    load_files(settings, [crawl], choice=choice)
    assert ask(settings.lake, "SELECT url FROM captures") == [("https://courier.example/a",)]


@pytest.mark.slow
def test_loading_begins_at_the_record_that_is_named(settings: Settings, tmp_path: Path) -> None:
    crawl = write_crawl(tmp_path / "crawl.warc.gz")
    load_files(settings, [crawl])
    refs = [ref for (ref,) in ask(settings.lake, "SELECT input_ref FROM outcomes ORDER BY capture_id")]
    offsets = sorted(int(ref.rpartition("@")[2]) for ref in refs)
    other = settings.model_copy(update={"lake": tmp_path / "other"})
    load_files(other, [crawl], choice=FileChoice(start_offset=offsets[1]))
    assert [offset for _, offset in pointers(other)] == offsets[1:]


@pytest.mark.slow
def test_a_crawl_on_the_web_is_downloaded_once_and_named_by_its_address(tmp_path: Path) -> None:
    data = write_crawl(tmp_path / "crawl.warc.gz").read_bytes()

    def shelf(request: Request) -> Answer:
        return Answer(body=data, headers={"Content-Type": "application/warc", "ETag": '"1"'})

    with serve_web(SimulatedClock(), lambda web: web.sites.update({ADDRESSES[0]: shelf})) as web:
        settings = Settings(
            lake=tmp_path / "lake",
            engine=EngineSettings(name="inline"),
            fetch=FetchSettings(open_hosts=(ADDRESSES[0],)),
        )
        url = web.url(ADDRESSES[0], "/crawl.warc.gz")
        assert load_files(settings, [url]).counts == {"accepted": 3}
        assert load_files(settings, [url]).reasons == {("unchanged", "same_bytes"): 3}
        copied = settings.model_copy(update={"lake": tmp_path / "copied"})
        assert load_files(copied, [url], choice=FileChoice(copies=True)).counts == {"accepted": 3}
    assert len(web.log) == 2  # once for each lake
    refs = ask(settings.lake, "SELECT DISTINCT input_ref FROM outcomes ORDER BY input_ref")
    assert all(ref.startswith(f"{url}@") for (ref,) in refs)
    (ours,) = settings.archive_folder.glob("*.warc.gz")
    assert {file for file, _ in pointers(settings)} == {ours.name}
    assert archive.verify(settings) == archive.verify(copied) == []
    assert list((copied.staging / "downloads").iterdir()) == []
