"""Fixtures for every test: where the evaluation corpora and the seed articles are, if they are here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of evaluation corpora, or a skip that says how to give one."""
    return _find_folder("COPYDESK_CORPORA", "corpora")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five seed articles, or a skip that says how to give one."""
    return _find_folder("COPYDESK_SEEDS", "seeds")


def _find_folder(variable: str, name: str) -> Path:
    folder = Path(os.environ.get(variable) or REPOSITORY.parent / "shared" / name)
    if not folder.is_dir():
        pytest.skip(f"no {name} here: put them in ../shared/{name} or set {variable} to their folder")
    return folder
