"""Small inputs of fictional outlets, and readers of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.captures import Capture
from core.outcomes import InputOutcome
from tasks.acquire.files.read import FileOptions, iterate_inputs

Read = Callable[..., list[Capture | InputOutcome]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder named after an outlet."""
    made = tmp_path / "Morning Star"
    made.mkdir()
    return made


@pytest.fixture
def read() -> Read:
    """Reads paths to the end and checks what holds for any input: no two share an input_ref."""

    def read_all(*paths: Path, **options: object) -> list[Capture | InputOutcome]:
        items = list(iterate_inputs(paths, FileOptions(**options)))  # type: ignore[arg-type]
        refs = [item.input_ref for item in items]
        assert len(set(refs)) == len(refs)
        return items

    return read_all
