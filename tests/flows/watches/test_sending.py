"""Watches: new rows are sent once, to each recipient; what could not be sent is sent by the next run."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import ValidationError
from receivers import receiving_posts

from cli.work.watches import command
from core.settings import NoticeSettings, Settings, Watch
from flows.load import load_files
from flows.watches.sending import run_watches, send_test

TEXT = (
    "The old mill at Sorn burned down on Monday night. Forty people watched from the bridge, the mayor said. "
)
pytestmark = pytest.mark.slow
NAMES = {"query": "latest_articles"}


def load(settings: Settings, folder: Path, *names: str) -> None:
    """Load an article of each name."""
    for name in names:
        file = folder / "mill-post" / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Mill {name}\n\n" + TEXT.replace("Monday", f"{name} day") * 3)
    load_files(settings, [folder / "mill-post"])


def watching(settings: Settings, **asks: Any) -> Settings:
    return settings.model_copy(update={"watches": (Watch(name="mill", **asks),)})


@pytest.mark.parametrize(
    "asks",
    [{"query": "latest_articles"}, {"search": "mill"}, {"sql": "select title, article_id from articles"}],
)
def test_new_rows_are_sent_once_after_each_load(
    settings: Settings, tmp_path: Path, asks: dict[str, str]
) -> None:
    with receiving_posts() as (address, posts):
        watched = watching(settings, to=(address,), **asks)
        load(watched, tmp_path, "one")
        load(watched, tmp_path, "two")
        load(watched, tmp_path)
    told = [post["message"] for post in posts]
    assert len(told) == 2
    assert "Mill one" in told[0]
    assert "Mill two" in told[1]
    assert "Mill one" not in told[1]


def test_rows_that_could_not_be_sent_are_sent_later_and_the_address_stays_secret(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    load(settings, tmp_path, "one")
    dead = watching(settings, to=("json://user:hush-hush@127.0.0.1:9/hook",), **NAMES)
    with caplog.at_level(logging.WARNING):
        (report,) = run_watches(dead)
    assert (report.new_count, report.reached_count, len(report.failures)) == (1, 0, 1)
    assert "recipient 1 of [[watches]] mill could not be reached" in caplog.text
    assert "hush" not in caplog.text + report.failures[0]
    assert run_watches(dead)[0].new_count == 1
    with receiving_posts() as (address, posts):
        assert run_watches(watching(settings, to=(address,), **NAMES))[0].reached_count == 1
    assert "Mill one" in posts[0]["message"]
    assert "hush" not in (settings.lake / "watches" / "mill.json").read_text()


def test_a_watch_that_cannot_be_answered_breaks_no_run(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        load(watching(settings, sql="selec 1"), tmp_path, "one")
    assert "the watch mill could not be answered" in caplog.text


def test_a_test_message_is_remembered_by_nobody(settings: Settings, tmp_path: Path) -> None:
    load(settings, tmp_path, "one")
    with receiving_posts() as (address, posts):
        watched = watching(settings, to=(address,), **NAMES)
        send_test(watched, watched.watches[0])
        run_watches(watched)
        run_watches(watched)
    assert ["This is a test" in post["message"] for post in posts] == [True, False]


def test_the_recipients_of_notices_are_told_where_a_watch_names_none(
    settings: Settings, tmp_path: Path
) -> None:
    with receiving_posts() as (address, posts):
        told = settings.model_copy(update={"notices": NoticeSettings(to=(address,))})
        load(watching(told, **NAMES), tmp_path, "one")
    assert len(posts) == 1


@pytest.mark.parametrize("asks", [{}, {"sql": "x", "search": "y"}, {"sql": "x", "values": {"a": 1}}])
def test_a_watch_asks_one_thing(asks: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Watch(name="mill", **asks)


def test_the_verb_lists_services_and_no_address(settings: Settings, tmp_path: Path) -> None:
    load(settings, tmp_path, "one")
    config = tmp_path / "copydesk.toml"
    config.write_text(
        '[[watches]]\nname = "mill"\nquery = "latest_articles"\nto = ["json://user:hush-hush@127.0.0.1:9/"]\n'
    )
    words = ["--config", str(config), "--lake", str(settings.lake)]
    listed = CliRunner().invoke(command, ["list", *words])
    assert "json" in listed.output
    assert "hush" not in listed.output
    shown = CliRunner().invoke(command, ["run", "--dry-run", *words])
    assert "Mill one" in shown.output
    sent = CliRunner().invoke(command, ["run", *words])
    assert (sent.exit_code, "hush" in sent.output) == (1, False)
