"""Pages that a list names are fetched like those of an outlet: each once, each with its outcome, kills survived."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lakes import ask, find_bad_checks

from core.errors import ConfigError
from core.outlets import FetchLimits, Outlet
from core.settings import EngineSettings, FetchSettings, Settings
from flows.intake.fetching import Timekeeping
from flows.listed import find_outlets, load_listed, read_lists
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.outlet_sites import OutletSite, PlayedArticle, write_rss
from tests.fixtureweb.server import FixtureWeb
from tests.fixtureweb.thread import ADDRESSES, serve_web

START = datetime(2026, 3, 2, tzinfo=UTC)
COUNT = 8


def build(web: FixtureWeb) -> None:
    articles = [PlayedArticle(f"story-{n}-of-the-harbour", START, START) for n in range(COUNT)]
    for host in ADDRESSES[:2]:
        web.sites[host] = OutletSite(host, web.url(host, "").rstrip("/"), articles, write_rss)


def make_settings(folder: Path, web: FixtureWeb) -> Settings:
    mail = Outlet(key="mail", home_url=web.url(ADDRESSES[0], "/"), limits=FetchLimits(delay_seconds=2.0))
    return Settings(
        lake=folder / "lake",
        engine=EngineSettings(name="inline"),
        fetch=FetchSettings(open_hosts=ADDRESSES),
        outlets=(mail,),
    )


def write_lists(folder: Path, web: FixtureWeb) -> list[Path]:
    """A plain list with a missing page, one forbidden and one twice, and what Zotero exports as CSV."""
    urls = [web.url(ADDRESSES[0], f"/news/story-{n}-of-the-harbour") for n in range(COUNT)]
    more = [web.url(ADDRESSES[0], "/news/no-such-page"), web.url(ADDRESSES[0], "/private/plan"), urls[0]]
    plain = folder / "urls.txt"
    plain.write_text("# to read\n" + "\n".join([*urls, *more]) + "\n")
    zotero = folder / "zotero.csv"
    other = web.url(ADDRESSES[1], "/news/story-1-of-the-harbour")
    zotero.write_text(
        f'"Key","Title","Author","Url","Date"\n"A1","Harbour plan","Lund, Ida","{other}","2026-03-01"\n'
    )
    return [plain, zotero]


@pytest.mark.slow
def test_every_address_of_the_lists_is_asked_for_once_and_has_its_outcome(tmp_path: Path) -> None:
    clock = SimulatedClock(START)
    with serve_web(clock, build) as web:
        settings, lists = make_settings(tmp_path, web), write_lists(tmp_path, web)
        times = Timekeeping(clock.seconds, clock.now, clock.sleep, random.Random(1))
        report = load_listed(settings, lists, timekeeping=times)
    assert report.reasons == {
        ("accepted", "new"): COUNT + 1,
        ("rejected", "http_status"): 1,
        ("rejected", "robots_forbid"): 1,
    }
    paths = [(request.host, request.path) for request in web.log]
    assert len(set(paths)) == len(paths)
    assert (ADDRESSES[0], "/private/plan") not in paths
    outlets = dict(ask(settings.lake, "SELECT outlet, count(*) FROM articles GROUP BY outlet"))
    assert outlets == {"mail": COUNT, ADDRESSES[1]: 1}
    zotero = ask(settings.lake, f"SELECT hints FROM captures WHERE outlet = '{ADDRESSES[1]}'")
    assert json.loads(zotero[0][0])["title"] == "Harbour plan"
    assert {row["host"]: row["request_count"] for row in report.fetches} == {
        ADDRESSES[0]: COUNT + 2,
        ADDRESSES[1]: 2,
    }


@pytest.mark.slow
def test_a_killed_load_of_a_list_is_completed_without_asking_for_its_pages_again(tmp_path: Path) -> None:
    clock = SimulatedClock(START)
    with serve_web(clock, build) as web:
        settings, lists = make_settings(tmp_path, web), write_lists(tmp_path, web)
        file = tmp_path / "settings.json"
        file.write_text(settings.model_dump_json())
        script = str(Path(__file__).with_name("killed_ingest.py"))
        command = [sys.executable, script, str(file), START.isoformat(), "fetched", *map(str, lists)]
        assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
        times = Timekeeping(clock.seconds, clock.now, clock.sleep, random.Random(1))
        report = load_listed(settings, lists, timekeeping=times)
    pages = [(request.host, request.path) for request in web.log if request.path != "/robots.txt"]
    assert len(set(pages)) == len(pages) == COUNT + 2
    assert report.counts == {"accepted": COUNT + 1, "rejected": 2}
    assert find_bad_checks(settings.lake) == []


def test_an_address_belongs_to_the_outlet_of_its_host_or_to_the_one_that_is_named() -> None:
    outlets = (
        Outlet(key="mail", home_url="https://www.orsay-mail.example/", hosts=("mail-live.example",)),
        Outlet(key="post", home_url="https://velmar-post.example/"),
        Outlet(key="here", home_url="http://127.0.0.1:8801/"),
        Outlet(key="there", home_url="http://127.0.0.1:8802/"),
    )
    find = find_outlets(Settings(outlets=outlets), None)
    assert find("https://orsay-mail.example/a").key == "mail"
    assert find("https://www.mail-live.example/a").key == "mail"
    assert find("https://velmar-post.example/a").key == "post"
    assert find("http://127.0.0.1:8802/a").key == "there"
    assert find("https://dunmore.example/a").key == "dunmore.example"
    assert find_outlets(Settings(outlets=outlets), "post")("https://dunmore.example/a").key == "post"


def test_a_list_that_cannot_be_read_or_has_no_address_is_the_users_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.txt cannot be read"):
        read_lists([tmp_path / "nowhere.txt"])
    empty = tmp_path / "empty.txt"
    empty.write_text("# nothing yet\n")
    with pytest.raises(ConfigError, match="no web address in"):
        read_lists([empty])
