"""A small lake to ask from the command line."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "flows"))


@pytest.fixture(scope="session", autouse=True)
def _quick(quick_sessions: None) -> None:
    """Every test here opens lakes."""


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory, three_loaded: Path) -> Path:
    """A lake with three articles, to read only."""
    return Path(shutil.copytree(three_loaded, tmp_path_factory.mktemp("cli") / "lake"))


@pytest.fixture
def own_lake(lake: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    shutil.copytree(lake, tmp_path / "lake")
    return tmp_path / "lake"
