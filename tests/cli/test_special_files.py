"""Commands given a pipe or an endless device end with an error; what a shell hands over is read."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import COPYDESK, answer, run, run_process

SECONDS = 240


@pytest.fixture(params=["pipe", "zero", "linked pipe"])
def special(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A path where reading would never end."""
    path = tmp_path / "special"
    if request.param == "zero":
        path.symlink_to("/dev/zero")
    else:
        os.mkfifo(tmp_path / "pipe")
        path.symlink_to(tmp_path / "pipe")
    return tmp_path / "pipe" if request.param == "pipe" else path


@pytest.mark.parametrize(
    "words",
    [
        ("load", "SPECIAL", "--urls", "--lake", "LAKE"),
        ("preview", "--jsonl", "SPECIAL"),
        ("outlets", "import", "SPECIAL", "--config", "CONFIG"),
        ("outlets", "list", "--config", "SPECIAL"),
        ("preview", "-", "--config", "SPECIAL"),
    ],
    ids=" ".join,
)
def test_a_pipe_or_device_is_refused(words: tuple[str, ...], special: Path, tmp_path: Path) -> None:
    places = {
        "SPECIAL": str(special),
        "LAKE": str(tmp_path / "lake"),
        "CONFIG": str(tmp_path / "copydesk.toml"),
    }
    code, _, error = run(*(places.get(word, word) for word in words))
    assert code == 2, error
    assert "not a regular file" in error
    assert str(special) in error


def test_a_default_settings_file_that_is_a_pipe_is_not_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "copydesk.toml")
    code, _, error = run("outlets", "list", cwd=tmp_path)
    assert code == 2
    assert "copydesk.toml is not a regular file" in error


def test_a_preview_of_a_pipe_says_so_and_goes_on(special: Path, tmp_path: Path) -> None:
    assert "rejected (special_file" in answer("preview", str(special))


def test_an_endless_standard_input_is_too_large() -> None:
    with Path("/dev/zero").open("rb") as zero:
        done = subprocess.run(
            [COPYDESK, "preview", "-"], stdin=zero, capture_output=True, timeout=SECONDS, check=False
        )
    assert b"rejected (too_large: more than 20,000,000 bytes)" in done.stdout


def test_lists_of_feeds_and_lines_come_by_standard_input(tmp_path: Path) -> None:
    config = tmp_path / "copydesk.toml"
    opml = '<opml><body><outline xmlUrl="https://tide.example/feed" text="Tide"/></body></opml>'
    code, _, error = run_process("outlets", "import", "/dev/stdin", "--config", str(config), stdin=opml)
    assert code == 0, error
    assert "https://tide.example/feed" in config.read_text()
    line = '{"id": 7, "text": "The ferry did not sail on Friday, the harbour office said."}\n'
    assert answer("preview", "--jsonl", "-", stdin=line).startswith('{"id": 7,')
    code, output, error = run_process("preview", "--jsonl", "/dev/stdin", stdin=line)
    assert code == 0, error
    assert output.startswith('{"id": 7,')


def test_a_load_refuses_links_out_and_says_how_to_follow_them(tmp_path: Path) -> None:
    loaded, private = tmp_path / "tide", tmp_path / "private"
    loaded.mkdir()
    private.mkdir()
    (private / "diary.txt").write_text("The harbour master did not sail on Friday.\n" * 40)
    (loaded / "diary.txt").symlink_to(private / "diary.txt")
    code, output, error = run("load", str(loaded), lake=tmp_path / "lake")
    assert code == 2, "it was the only input"
    assert "link_outside" in output
    assert (
        "One link leads out of what was loaded; if you trust them, follow them with `copydesk load" in output
    )
    code, output, error = run("load", str(loaded), "--follow-links", lake=tmp_path / "lake")
    assert code == 0, error
    assert "link_outside" not in output
    assert "accepted" in output
