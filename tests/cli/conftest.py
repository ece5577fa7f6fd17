"""A small lake to ask from the command line."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "flows"))
from core.settings import EngineSettings, Settings
from flows.load import load_files
from tests.invented import ARTICLES


@pytest.fixture(scope="session", autouse=True)
def _quick(quick_sessions: None) -> None:
    """Every test here opens lakes."""


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with three articles, to read only."""
    folder = tmp_path_factory.mktemp("cli")
    for name, text in ARTICLES.items():
        file = folder / "articles" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    load_files(Settings(lake=folder / "lake", engine=EngineSettings(name="inline")), [folder / "articles"])
    return folder / "lake"


@pytest.fixture
def own_lake(lake: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    shutil.copytree(lake, tmp_path / "lake")
    return tmp_path / "lake"
