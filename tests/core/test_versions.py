"""A stage is another when its rules are, or a package that its rows depend on."""

from __future__ import annotations

import pytest

from core import versions
from core.versions import STAGES, code_version, stage_version


def read_versions(monkeypatch: pytest.MonkeyPatch, releases: dict[str, str]) -> dict[str, str]:
    """The version of each stage where these packages have these releases."""
    monkeypatch.setattr(versions, "version", lambda package: releases.get(package, "1.0"))
    stage_version.cache_clear()
    found = {stage: stage_version(stage) for stage in STAGES}
    stage_version.cache_clear()
    return found


def test_another_release_of_a_package_makes_its_stage_stale_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = read_versions(monkeypatch, {"trafilatura": "2.0"})
    after = read_versions(monkeypatch, {"trafilatura": "2.1"})
    assert [stage for stage in STAGES if before[stage] != after[stage]] == ["clean"]


def test_a_code_version_names_every_stage() -> None:
    code_version.cache_clear()
    assert [f"{stage}.{stage_version(stage)}" in code_version() for stage in STAGES] == [True, True, True]
