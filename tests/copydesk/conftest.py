"""A lake on which two outlets disagree, and the package that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import copydesk
from tests.invented import DAM_ARTICLES


@pytest.fixture(scope="session", autouse=True)
def _quick(quick_sessions: None) -> None:
    """Every test here opens lakes."""


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a lake with three articles of three outlets about one dam, to read only."""
    folder = tmp_path_factory.mktemp("python")
    for name, text in DAM_ARTICLES.items():
        file = folder / "articles" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    report = copydesk.load(folder / "articles", folder / "lake", workers=0)
    assert report.counts == {"accepted": 3}
    return folder / "lake"


@pytest.fixture(scope="session")
def opened(lake: Path) -> Iterator[copydesk.LakeReader]:
    """That lake, opened."""
    with copydesk.connect(lake) as reader:
        yield reader
