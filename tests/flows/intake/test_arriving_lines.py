"""Lines of a pipe in groups: what is there, never waiting for what is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.intake.arriving_lines import ArrivingLines


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    yield reader, writer
    os.close(reader)


def test_lines_that_wait_come_together_and_a_lone_one_by_itself(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    groups = ArrivingLines(reader).groups(3)
    os.write(writer, b"1\n2\n3\n4\nhalf of ")
    assert next(groups) == [b"1\n", b"2\n", b"3\n"]
    assert next(groups) == [b"4\n"]
    os.write(writer, b"five\n\n")
    assert next(groups) == [b"half of five\n", b"\n"]
    os.write(writer, b"no end")
    os.close(writer)
    assert list(groups) == [[b"no end"]]


def test_a_line_longer_than_any_read_is_whole(tmp_path: Path) -> None:
    long = b"x" * 3_000_000 + b"\n"
    (tmp_path / "lines").write_bytes(long + b"short\n")
    with (tmp_path / "lines").open("rb") as file:
        assert list(ArrivingLines(file.fileno()).groups(16)) == [[long, b"short\n"]]
