"""A small lake to try flows on: inline engine, articles of our own invention."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.settings import EngineSettings, Settings
from tests.conftest import write_articles
from tests.invented import ARTICLES


@pytest.fixture(scope="session", autouse=True)
def _quick(quick_sessions: None) -> None:
    """Every test here opens lakes."""


@pytest.fixture
def caplog(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Copydesk's log lines, also if the test is the first to start Prefect, which replaces the root's handlers."""
    log = logging.getLogger("copydesk")
    log.addHandler(caplog.handler)
    log.propagate = False
    yield caplog
    log.propagate = True
    log.removeHandler(caplog.handler)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with three articles of two outlets."""
    return write_articles(ARTICLES, tmp_path / "articles")


@pytest.fixture
def settings(tmp_path: Path, empty_lake: Path) -> Settings:
    """Settings of an empty lake; batches are worked in this process."""
    shutil.copytree(empty_lake, tmp_path / "lake")
    return Settings(lake=tmp_path / "lake", engine=EngineSettings(name="inline"))


@pytest.fixture
def no_lake(tmp_path: Path) -> Settings:
    """Settings of a lake that is not there yet; batches are worked in this process."""
    return Settings(lake=tmp_path / "lake", engine=EngineSettings(name="inline"))


@pytest.fixture
def loaded(three_loaded: Path, tmp_path: Path) -> Settings:
    """Settings of a lake with the three articles, to change; `articles` holds the same, at another path."""
    shutil.copytree(three_loaded, tmp_path / "lake")
    return Settings(lake=tmp_path / "lake", engine=EngineSettings(name="inline"))
