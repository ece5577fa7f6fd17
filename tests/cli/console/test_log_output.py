"""Log lines: -v shows them, --log-file keeps them, as text or as lines of JSON."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.console.log_output import start_logs
from cli.main import copydesk
from core.errors import ConfigError
from core.safety.log_files import FILE_VARIABLE, FORM_VARIABLE, keep_lines_of_call
from core.safety.logs import get_log
from tests.cli.command import run


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    """The log as it was before the test."""
    log = get_log()
    before, level = list(log.handlers), log.level
    with pytest.MonkeyPatch.context() as patch:
        for name in (FILE_VARIABLE, FORM_VARIABLE):  # what a call sets is gone again afterwards
            patch.setenv(name, "")
        yield
    for handler in set(log.handlers) - set(before):
        log.removeHandler(handler)
        handler.close()
    log.setLevel(level)


def test_a_process_that_the_call_started_writes_to_the_same_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "copydesk.log"
    get_log().info("without a file in the environment")
    keep_lines_of_call()
    monkeypatch.setenv(FILE_VARIABLE, str(file))
    monkeypatch.setenv(FORM_VARIABLE, "json")
    for _ in range(2):
        keep_lines_of_call()
    get_log().info("a run begins")
    (line,) = file.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["message"] == "a run begins"


def test_a_verb_shows_its_lines_with_v_and_none_without(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Too short.", encoding="utf-8")
    words = ("load", str(tmp_path / "note.txt"))
    _, _, quiet = run(*words, lake=tmp_path / "quiet")
    file = tmp_path / "copydesk.log"
    _, _, told = run("-v", "--log-file", str(file), "--log-format", "json", *words, lake=tmp_path / "told")
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert lines
    assert {"at", "level", "message"} <= lines[0].keys()
    for line in (line for line in lines if line["level"] != "debug"):
        assert line["message"] in told
        assert line["message"] not in quiet


@pytest.mark.parametrize(("verbosity", "shown"), [(1, ["begun"]), (2, ["looked", "begun"])])
def test_one_v_shows_info_and_two_show_debug(
    capsys: pytest.CaptureFixture[str], verbosity: int, shown: list[str]
) -> None:
    start_logs(verbosity, None, "text")
    get_log().debug("looked")
    get_log().info("begun")
    assert [line.split()[-1] for line in capsys.readouterr().err.splitlines()] == shown


def test_a_log_file_has_every_line_behind_those_of_before(tmp_path: Path) -> None:
    file = tmp_path / "copydesk.log"
    file.write_text("an older line\n", encoding="utf-8")
    start_logs(0, file, "text")
    get_log().debug("looked")
    get_log().warning("a feed of %s has moved", "Harbour Ledger")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "an older line"
    assert [line.split(maxsplit=2)[2] for line in lines[1:]] == [
        "DEBUG looked",
        "WARNING a feed of Harbour Ledger has moved",
    ]


def test_a_line_of_json_has_time_level_message_and_error(tmp_path: Path) -> None:
    file = tmp_path / "copydesk.jsonl"
    start_logs(0, file, "json")
    try:
        raise ValueError("the tide\nwas out")
    except ValueError:
        get_log().exception("a page\nfailed \x1b[31m")
    (line,) = file.read_text(encoding="ascii").splitlines()
    told = json.loads(line)
    assert datetime.fromisoformat(told["at"]).utcoffset() is not None
    assert told["level"] == "error"
    assert "\x1b" not in told["message"]
    assert "ValueError: the tide" in told["error"]


def test_a_log_file_that_cannot_be_written_ends_the_command(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        start_logs(0, tmp_path / "none" / "copydesk.log", "text")
    done = CliRunner().invoke(copydesk, ["--log-file", str(tmp_path), "tables"])
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)


def test_other_packages_do_not_reach_the_file(tmp_path: Path) -> None:
    start_logs(0, tmp_path / "copydesk.log", "text")
    logging.getLogger("somebody.else").warning("not ours")
    assert (tmp_path / "copydesk.log").read_text(encoding="utf-8") == ""
