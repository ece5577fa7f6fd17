"""A wheel holds everything that the commands need: SQL files, word lists and the sample of settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow


def environment() -> dict[str, str]:
    """This process's environment without a path that leads back to this folder."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def _copy_sources(folder: Path) -> Path:
    """What a wheel is built from, copied: a folder `build` of an earlier version would end up in the wheel."""
    for name in ("core", "tasks", "warehouse", "flows", "dashboard", "copydesk", "cli", "sql"):
        shutil.copytree(
            REPOSITORY / name,
            folder / "source" / name,
            symlinks=True,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    for name in ("pyproject.toml", "README.md", "LICENSE", "copydesk.toml"):
        shutil.copy(REPOSITORY / name, folder / "source")
    return folder / "source"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `copydesk` of a wheel, in an environment that has our dependencies and nothing of this folder."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    offline = ["--no-deps", "--no-index", "--no-cache-dir"]
    build = ["wheel", *offline, "--no-build-isolation", "--wheel-dir", folder, _copy_sources(folder)]
    subprocess.run([*pip, *build], env=environment(), check=True)
    (wheel,) = folder.glob("copydesk-*.whl")
    place = folder / "place"
    venv.create(place, with_pip=False, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(place)}))
    install = ["--python", place / "bin" / "python", "install", *offline, wheel]
    subprocess.run([*pip, *install], env=environment(), check=True)
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return place / "bin" / "copydesk"


def ask(command: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What an installed command answers, far from this folder."""
    return subprocess.run(
        [command, *words], cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )


def test_the_modules_are_those_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "import cli.main, warehouse; print(cli.main.__file__, warehouse.__file__)"
    python = installed.with_name("python")
    found = subprocess.run(
        [python, "-c", code], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True
    ).stdout.split()
    assert all(path.startswith(str(installed.parents[1])) for path in found)


def test_a_program_of_the_reader_is_checked_against_the_types_of_the_wheel(
    installed: Path, tmp_path: Path
) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import copydesk\n\nlake = copydesk.connect('lake')\nreveal_type(lake.query('most_quoted').rows())\n"
        "reveal_type(lake.story('96').page.title)\nreveal_type(copydesk.read_page('x').figures)\ncopydesk.conect('lake')\n",
        encoding="utf-8",
    )
    words = ["--python-executable", str(installed.with_name("python")), "--no-incremental", program.name]
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", *words],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert 'Revealed type is "list[dict[str, Any]]"' in checked.replace("builtins.", "")
    assert 'Revealed type is "str | None"' in checked.replace("builtins.", "")
    assert 'Revealed type is "copydesk.answer.AnswerTable"' in checked
    assert 'Module has no attribute "conect"' in checked


def test_an_installed_wheel_loads_asks_and_is_whole(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "harbour").mkdir()
    (tmp_path / "harbour" / "a.txt").write_text(
        "Ferry waits for the tide\n\nThe ferry waited 40 minutes for the tide, its captain, Ilse Tarrant, said on"
        " Monday. It carried 120 passengers and left the quay after dark with all of them on board.\n",
        encoding="utf-8",
    )
    loaded = ask(installed, tmp_path, "load", "harbour", "--lake", "lake")
    assert loaded.returncode == 0, loaded.stderr
    counts = ask(installed, tmp_path, "query", "outcomes_by_reason", "--lake", "lake", "--json")
    assert counts.returncode == 0, counts.stderr
    assert '"accepted"' in counts.stdout
    doctor = ask(installed, tmp_path, "doctor", "--lake", "lake")
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert ask(installed, tmp_path, "init").returncode == 0
    sample = (REPOSITORY / "copydesk.toml").read_text(encoding="utf-8")
    assert (tmp_path / "copydesk.toml").read_text(encoding="utf-8") == sample
