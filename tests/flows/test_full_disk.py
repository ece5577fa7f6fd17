"""A disk that fills up fails the run in one clear line; the lake is whole, and room is all it needs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from kills import COPYDESK
from lakes import ask, find_bad_checks, read_tables

from core.errors import ConfigError, TransientError
from core.settings import Settings
from flows.load import load_files
from flows.runs.run import explain_system_fault

# A lake of the three articles takes some hundred kilobytes; the random bytes do not compress.
_SMALL = 3_000_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of three megabytes, or a skip: only root may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_SMALL}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no small disk here: only root may mount a tmpfs")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, left: int) -> Path:
    """A file that leaves so many bytes free."""
    ballast = folder / "ballast"
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    ballast.write_bytes(b"\0" * (free - left))
    return ballast


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("left", [0, 150_000])
def test_a_run_on_a_full_disk_fails_cleanly_and_succeeds_once_there_is_room(
    small_disk: Path, settings: Settings, articles: Path, left: int
) -> None:
    small = settings.model_copy(update={"lake": small_disk / "lake"})
    load_files(small, [articles / "courier"])
    before = read_tables(small)
    ballast = fill(small_disk, left)
    with pytest.raises(TransientError, match="is full") as caught:
        load_files(small, [articles])
    assert "\n" not in str(caught.value)
    assert "Make room" in str(caught.value)
    assert find_bad_checks(small) == []
    assert read_tables(small, "articles")["articles"] == before["articles"]
    ballast.unlink()
    load_files(small, [articles])
    load_files(settings, [articles / "courier"])
    load_files(settings, [articles])
    assert read_tables(small, "articles")["articles"] == read_tables(settings, "articles")["articles"]
    assert find_bad_checks(small) == []
    assert ask(small, "SELECT count(*) FROM runs WHERE state = 'running'") == [(0,)]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_command_says_it_in_one_line(small_disk: Path, articles: Path) -> None:
    fill(small_disk, 60_000)
    words = [COPYDESK, "load", articles, "--engine", "inline", "--lake", small_disk / "lake"]
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    (line,) = [text for text in done.stderr.splitlines() if text.startswith("copydesk:")]
    assert "is full" in line
    assert "Traceback" not in done.stderr


def test_other_errors_stay_what_they_are(settings: Settings) -> None:
    other, denied = ValueError("other"), ConfigError("cannot make a lake")
    denied.__cause__ = PermissionError(13, "denied")
    assert explain_system_fault(other, settings) is other
    assert explain_system_fault(denied, settings) is denied
    full = OSError(28, "No space left on device")
    wrapped = TransientError("cannot work the batches")
    wrapped.__cause__ = full
    for error in (full, wrapped):
        assert "is full" in str(explain_system_fault(error, settings))
