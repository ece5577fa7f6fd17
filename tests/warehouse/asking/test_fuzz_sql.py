"""Half a minute of generated SQL shows no canary, leaves no file and breaks nothing."""

from __future__ import annotations

import pytest

from benchmarks.strain.fuzzing.sql import CANARY, fuzz
from warehouse.asking import user_fence
from warehouse.asking.user_names import Judged


@pytest.mark.slow
def test_generated_sql_finds_no_way_through_the_fences() -> None:
    ends, finds = fuzz(seed=20_311, seconds=15)
    assert finds == []
    assert ends["answered"] > 5
    assert ends["refused"] > 5


@pytest.mark.slow
def test_the_generator_finds_a_fence_that_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(user_fence, "CATALOG", "nothing is called so")
    monkeypatch.setattr(user_fence, "PLACES", user_fence.PLACES | {"__ducklake_metadata_lake"})
    monkeypatch.setattr(user_fence, "judged_names", lambda kind: Everything({}, {}))
    _, finds = fuzz(seed=20_311, seconds=30, stops_at_find=True)
    assert any(CANARY not in sql and "canary" in wrong for sql, wrong in finds)


class Everything(Judged):
    """Judges every name as allowed."""

    def __getattribute__(self, name: str) -> object:
        return AnyName() if name == "allowed" else super().__getattribute__(name)


class AnyName(dict[str, str]):
    """Holds every name."""

    def __contains__(self, name: object) -> bool:
        return True
