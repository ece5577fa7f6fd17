"""docs/security.md: each promise names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
PAGE = (REPOSITORY / "docs" / "security.md").read_text(encoding="utf-8")
PROMISES = [line for line in PAGE.splitlines() if line.startswith("| ") and "| Promise |" not in line]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda line: line.split("|")[1].strip()[:60])
def test_a_promise_names_tests_that_exist(promise: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", promise.split("|")[3])
    assert named
    for file, test in named:
        text = (REPOSITORY / file).read_text(encoding="utf-8")
        assert f"def {test}(" in text if test else "def test_" in text, f"{file}::{test}"
