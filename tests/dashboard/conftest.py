"""A lake on which two outlets disagree and a third is hostile, and a client that reads its pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from core.settings import EngineSettings, Settings
from dashboard.app import make_app
from dashboard.guards import Guard
from warehouse.asking.pinned import PinnedReader


@pytest.fixture(scope="session", autouse=True)
def _quick(quick_sessions: None) -> None:
    """Every test here opens lakes."""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, dam_loaded: Path) -> Settings:
    """A lake with three articles of three outlets about one dam, to read only."""
    lake = shutil.copytree(dam_loaded, tmp_path_factory.mktemp("dashboard") / "lake")
    return Settings(lake=lake, engine=EngineSettings(name="inline"))


@pytest.fixture(scope="session")
def reader(settings: Settings) -> Iterator[PinnedReader]:
    """Gives snapshots of that lake."""
    with closing(PinnedReader(settings)) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(settings: Settings, reader: PinnedReader) -> Iterator[TestClient]:
    """A browser without a window."""
    app = make_app(settings, reader, Guard())
    with TestClient(app, base_url="http://127.0.0.1:8765", raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="session")
def ids(reader: PinnedReader) -> dict[str, str]:
    """The story, and an article of each outlet by the outlet's name."""
    with reader.reading() as lake:
        found = dict(lake.fetch("SELECT outlet, article_id FROM articles"))
        ((story_id,),) = lake.fetch(
            "SELECT story_id FROM stories ORDER BY article_count DESC, story_id LIMIT 1"
        )
        return {**found, "story": story_id}
