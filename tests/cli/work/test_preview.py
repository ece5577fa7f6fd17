"""`copydesk preview` in scripts and in diagnosis: answers at once, mistakes in one line, reasons in words."""

from __future__ import annotations

import json
import select
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import COPYDESK, answer, run
from tests.invented import ARTICLES

LINE = json.dumps({"id": "a", "text": ARTICLES["harbour/bridge.txt"]}) + "\n"


@pytest.mark.slow  # a process that loads the model
def test_a_script_that_sends_one_line_and_waits_gets_its_preview() -> None:
    with subprocess.Popen(
        [COPYDESK, "preview", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout
        for _ in range(2):
            process.stdin.write(LINE)
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 120)[0], "no answer while the input stays open"
            assert json.loads(process.stdout.readline())["outcome"] == "accepted"
        process.stdin.close()
        assert process.wait(timeout=240) == 0


def test_a_file_of_lines_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    code, output, error = run("preview", "--jsonl", str(tmp_path / "nope.jsonl"))
    assert (code, output) == (2, "")
    assert error == f"copydesk: {tmp_path / 'nope.jsonl'} cannot be read: No such file or directory\n"


def test_people_read_why_an_input_is_of_no_use(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"\x00\x01\x02" * 400)
    told = answer("preview", str(tmp_path / "page.html"))
    (made,) = map(json.loads, answer("preview", str(tmp_path / "page.html"), "--json").splitlines())
    assert told.startswith(f"{tmp_path / 'page.html'}: {made['outcome']} ({made['reason']}: ")
    assert "detail" not in made


def test_each_input_of_a_folder_is_a_line_of_json(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(ARTICLES["harbour/bridge.txt"])
    lines = answer("preview", str(tmp_path), "--json").splitlines()
    assert [Path(json.loads(line)["id"]).name for line in lines] == ["a.txt", "b.txt"]
    assert "one line for each input" in " ".join(answer("preview", "--help").split())
