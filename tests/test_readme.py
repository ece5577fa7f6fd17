"""What README shows is what its commands print, on a lake of the bundled examples."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import COPYDESK
from tests.readme_blocks import README, REPOSITORY, Shown, mask, read_shown, run_shown

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SHOWN = [
    shown for shown in read_shown(README.read_text(encoding="utf-8")) if "follow-lake" not in shown.command
]
LOAD = "copydesk load examples/outlets --lake example-lake"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, which `make run` has loaded once."""
    place = tmp_path_factory.mktemp("readme")
    (place / "examples").symlink_to(REPOSITORY / "examples")
    run_shown(Shown(LOAD, ()), place, os.environ)
    return place


@pytest.mark.parametrize("shown", SHOWN, ids=[shown.command.split("\n")[0][:60] for shown in SHOWN])
def test_a_command_prints_what_readme_says(shown: Shown, folder: Path) -> None:
    said, printed = mask(shown.lines), mask(run_shown(shown, folder, os.environ))
    if said[-1] == "...":  # README shows the beginning
        said, printed = said[:-1], printed[: len(said) - 1]
    assert printed == said


def test_the_macro_of_readme_cuts_the_printed_words_out_of_every_row(folder: Path) -> None:
    spans = " union all ".join(
        f"select article_id, month, start_char, end_char, {words} as words from {table}"
        for table, words in {
            "mentions": "surface",
            "figures": "surface",
            "dates": "surface",
            "quotations": "text",
        }.items()
    )
    query = (
        f"select count(*) > 1000 as many, count(*) filter (not contains(span_of(body_text, start_char, end_char), words)) as wrong,"
        f" count(*) filter (length(words) > end_char - start_char) as longer from ({spans}) join articles using (article_id, month)"
    )
    printed = run_shown(Shown(f'copydesk sql --json --lake example-lake "{query}"', ()), folder, os.environ)
    assert json.loads(printed[0] if printed[0].startswith("{") else "".join(printed)) in (
        {"many": True, "wrong": 0, "longer": 0},
        [{"many": True, "wrong": 0, "longer": 0}],
    )


def test_the_first_thing_to_do_with_articles_of_ones_own_works_as_it_stands(folder: Path) -> None:
    top = README.read_text(encoding="utf-8").split("make run")[0].splitlines()
    (line,) = [line for line in top if line.startswith("copydesk load ")]
    (folder / "my-articles").symlink_to(REPOSITORY / "examples/outlets/reachlight")
    path = f"{COPYDESK.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        line,
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "accepted" in done.stdout and "1,450 jobs" in done.stdout


def test_readme_shows_the_main_job_and_the_uses_that_need_no_network() -> None:
    verbs = {shown.command.split()[1] for shown in SHOWN}
    assert {"load", "sql", "query", "backfill", "explain"} <= verbs


def test_a_result_comes_within_120_words_and_the_command_and_its_model_are_installed_in_a_line_each() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.split("```")[0].split()) <= 120
    assert "$ copydesk sql" in text.split("```")[1]
    for tool in ("pip", "pipx", "uv tool"):
        assert f"\n{tool} install .\n" in text
    assert "\ncopydesk models add en\n" in text
