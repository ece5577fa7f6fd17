"""Half a minute of odd inputs through each reader breaks nothing."""

from __future__ import annotations

import random
from pathlib import Path

import psutil
import pytest

from benchmarks.strain.fuzzing import readers as fuzz_readers
from benchmarks.strain.fuzzing.readers import READERS, Bounds, fuzz


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("reader", READERS)
def test_odd_inputs_break_no_reader(reader: str) -> None:
    ends, finds = fuzz([reader], seed=20_311, seconds=15)
    assert finds == []
    assert ends.total() > 0


@pytest.mark.slow
def test_the_command_tells_errors_slow_inputs_and_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def raise_error(_made: object) -> str:
        raise ZeroDivisionError

    def loop(_made: object) -> str:
        while True:
            pass

    def take_memory(_made: object) -> str:
        peak, now = fuzz_readers.peak_megabytes() * 1_048_576, psutil.Process().memory_info().rss
        return f"{len(bytearray(max(int(peak * 1.1) - now, 0) + 600_000_000))} bytes"

    monkeypatch.setattr(fuzz_readers, "PARSERS", {"feed": raise_error, "sitemap": loop, "opml": take_memory})
    _, finds = fuzz(["feed", "sitemap", "opml"], seconds=0, bounds=Bounds(seconds=3), keep=tmp_path)
    problems = {find.reader: find.problem for find in finds}
    assert problems["feed"].startswith("ZeroDivisionError")
    assert problems["sitemap"].startswith("more than 3 s CPU")
    assert problems["opml"] == "it takes more than 500 MB"
    assert len(list(tmp_path.iterdir())) == 3


def test_the_same_seed_gives_the_same_input(tmp_path: Path) -> None:
    for reader in READERS:
        first, second = (fuzz_readers.make_input(reader, random.Random(7), tmp_path) for _ in range(2))
        assert first[:2] == second[:2]
