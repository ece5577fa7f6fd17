"""What `make` runs: every target is one, and the example goes to the lake that it is told."""

from __future__ import annotations

import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def test_every_target_with_a_help_line_is_run_even_beside_a_file_of_its_name() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    listed = set(re.findall(r"(?m)^([a-z-]+):.*## ", makefile))
    (phony,) = re.findall(r"(?m)^\.PHONY: (.*)$", makefile)
    assert {"test-slow", "eval"} <= listed == set(phony.split())


@pytest.mark.parametrize(("given", "lake"), [([], "example-lake"), (["--lake", "my lake"], "my lake")])
def test_the_example_loads_and_asks_the_lake_it_is_told(
    given: list[str], lake: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", ["examples/run.py", *given])
    monkeypatch.setattr(subprocess, "run", lambda command, **_: commands.append(command))
    runpy.run_path(str(REPOSITORY / "examples" / "run.py"), run_name="__main__")
    assert [command[command.index("--lake") + 1] for command in commands] == [lake] * 5
    assert f"copydesk sql --lake {shlex.quote(lake)} " in capsys.readouterr().out
