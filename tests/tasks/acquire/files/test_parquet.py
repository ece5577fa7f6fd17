"""Parquet files of any values and any weight: a bad row costs itself, a bad group of rows its rows, a bomb little memory."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.captures import Capture
from core.outcomes import Reason
from tasks.acquire.files.arrow_values import weigh
from tasks.acquire.files.parquet_pages import BrokenPagesError, read_pages

TEXTS = [f"Ferry {number} sailed to Port Lowen." for number in range(6)]
FAR = 2**62
GOOD: dict[str, pa.Array] = {
    "decimal": pa.array([Decimal("1.50"), None, *[Decimal(0)] * 4], pa.decimal256(50, 2)),
    "map": pa.array([[("a", 1)], [], None, [("b", None)], [], []], pa.map_(pa.string(), pa.int8())),
    "nested nulls": pa.array([None, [None], [[None]], [[]], [], [[1]]], pa.list_(pa.list_(pa.int8()))),
    "null": pa.nulls(6),
    "half": pa.array(np.array([1, np.nan, np.inf, 0, 1, 2], dtype="float16")),
    "nanoseconds": pa.array([1, 2, 3, 4, 5, 6], pa.timestamp("ns")),
    "time of nanoseconds": pa.array([1, 2, 3, 4, 5, 6], pa.time64("ns")),
    "a zone nobody knows": pa.array([0] * 6, pa.timestamp("us", "Mars/Olympus")),
    "bytes": pa.array([b"\xff\x00", b"", None, b"a", b"b", b"c"]),
    "fixed list": pa.array([[1, 2], None] * 3, pa.list_(pa.int8(), 2)),
    "large": pa.array([["a"], None] * 3, pa.large_list(pa.large_string())),
    "view": pa.array(["a"] * 6, pa.string_view()),
    "extension": pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"x" * 16] * 6, pa.binary(16))),
    "list of dictionary": pa.array([["a", "a"], None] * 3, pa.list_(pa.dictionary(pa.int8(), pa.string()))),
}
TWICE = pa.StructArray.from_arrays([pa.array(["a"] * 6)] * 2, ["b", "b"])
BAD: dict[str, tuple[pa.Array, set[int]]] = {
    "a time past Python's": (pa.array([0, FAR, 0, -FAR, 0, 0], pa.timestamp("us")), {2, 4}),
    "a time in a list": (pa.array([[0], [FAR], None, [], [0], []], pa.list_(pa.timestamp("us"))), {2}),
    "a day": (pa.array([0, 0, 0, 0, 0, 2**30], pa.date32()), {6}),
    "a span": (pa.array([FAR, 0, 0, 0, 0, 0], pa.duration("s")), {1}),
    "a field twice": (TWICE, {1, 2, 3, 4, 5, 6}),
}


def save(folder: Path, column: Any = None, name: str = "a.parquet", **options: Any) -> Path:
    columns = {"text": TEXTS} | ({} if column is None else {"x": column})
    pq.write_table(pa.table(columns), folder / name, **options)
    return folder / name


def rows(items: list) -> list[int]:
    return [int(item.input_ref.rpartition("-")[2]) for item in items]


@pytest.mark.parametrize("name", GOOD)
def test_values_of_any_type_cost_no_row(name, folder, read):
    items = read(save(folder, GOOD[name]))
    assert [json.loads(item.payload)["text"] for item in items] == TEXTS


@pytest.mark.parametrize("name", BAD)
def test_a_value_that_python_cannot_hold_costs_its_row_alone(name, folder, read):
    values, bad = BAD[name]
    items = read(save(folder, values))
    assert rows(items) == [1, 2, 3, 4, 5, 6]
    assert {number for number, item in enumerate(items, 1) if not isinstance(item, Capture)} == bad
    for number in bad:
        assert items[number - 1].reason is Reason.BAD_RECORD
        assert "column 'x' cannot be read" in items[number - 1].detail


def test_bytes_that_are_no_utf8_cost_their_row_alone(folder, read):
    bytes_of = [text.encode() for text in TEXTS]
    bytes_of[3] = b"F\xe4hre"
    table = pa.table({"text": pa.array(bytes_of).view(pa.string())})
    pq.write_table(table, folder / "a.parquet")
    items = read(folder)
    assert [isinstance(item, Capture) for item in items] == [True] * 3 + [False] + [True] * 2
    assert "column 'text' cannot be read: UnicodeDecodeError" in items[3].detail


def test_a_moment_in_a_zone_nobody_knows_is_told_in_utc(folder, read):
    pq.write_table(
        pa.table({"text": TEXTS[:1], "date": pa.array([0], pa.timestamp("us", "Mars/Olympus"))}),
        folder / "a.parquet",
    )
    (capture,) = read(folder)
    assert datetime.fromisoformat(capture.hints["published_at"]) == datetime(1970, 1, 1, tzinfo=UTC)


def test_the_nulls_and_infinities_of_a_table_are_no_texts(folder, read):
    columns = {
        "text": TEXTS[:2],
        "title": [float("nan"), float("inf")],
        "author": pa.array([b"Mara Quill", None]),
    }
    pq.write_table(pa.table(columns), folder / "a.parquet")
    first, second = read(folder)
    assert first.hints == {"authors": ["Mara Quill"]}
    assert second.hints == {}


def damage(path: Path, group: int, skipped: int = 0) -> None:
    """Overwrite the bytes of a group's first column."""
    chunk = pq.ParquetFile(path).metadata.row_group(group).column(0)
    start = min(chunk.dictionary_page_offset or chunk.data_page_offset, chunk.data_page_offset)
    data = bytearray(path.read_bytes())
    data[start + skipped : start + chunk.total_compressed_size] = b"\x5a" * (
        chunk.total_compressed_size - skipped
    )
    path.write_bytes(data)


@pytest.mark.parametrize("skipped", [0, 3, 30, 60])
def test_a_group_of_rows_that_is_broken_costs_its_rows_and_those_behind_it_are_read(skipped, folder, read):
    path = save(folder, row_group_size=2, compression="none", use_dictionary=False)
    damage(path, 1, skipped)
    items = read(path)
    taken = [item.input_ref[-1] for item in items if isinstance(item, Capture)]
    broken = [item for item in items if not isinstance(item, Capture)]
    assert {"1", "2", "5", "6"} <= set(taken)
    assert all(item.reason in (Reason.BROKEN_ARCHIVE, Reason.BAD_RECORD) for item in broken)
    assert broken


@pytest.mark.parametrize("cut", [-1, -8, -200, 4])
def test_a_footer_that_is_cut_off_or_encrypted_makes_one_outcome(cut, folder, read):
    path = save(folder)
    path.write_bytes(path.read_bytes()[:cut])
    sealed = save(folder, name="b.parquet")
    sealed.write_bytes(sealed.read_bytes()[:-4] + b"PARE")
    assert [item.reason for item in read(folder)] == [Reason.BROKEN_ARCHIVE] * 2


def test_a_column_whose_name_breaks_in_a_group_alone_costs_that_groups_rows(folder, read):
    path = save(folder, name="b.parquet", store_schema=False)
    start, _, end = path.read_bytes().rpartition(b"text")  # the schema has the name before the groups
    path.write_bytes(start + b"\xa6ext" + end)
    (outcome,) = read(path)
    assert (outcome.input_ref.rpartition("#")[2], outcome.reason) == ("row-1", Reason.BROKEN_ARCHIVE)
    assert "rows 1 to 6 cannot be read" in outcome.detail


def test_a_column_whose_name_is_no_utf8_costs_its_file_and_none_beside_it(folder, read):
    path = save(folder)
    path.write_bytes(path.read_bytes().replace(b"text", b"\xff\xfe\xfdt"))
    save(folder, name="b.parquet")
    first, *others = read(folder)
    assert first.reason is Reason.BROKEN_ARCHIVE
    assert "the names of its columns are no UTF-8" in first.detail
    assert len(others) == 6


MEGABYTE = "x" * 1_000_000


def repeat(value: Any, count: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), [value])


def list_of(values: pa.Array) -> pa.Array:
    """The values as one list, in the first of two rows."""
    return pa.ListArray.from_arrays(pa.array([0, len(values), len(values)], pa.int32()), values)


def count_ferries() -> list[str]:
    return [f"Ferry {number}" for number in range(3_000)]


DELTA = {"use_dictionary": False, "column_encoding": {"text": "DELTA_BYTE_ARRAY"}}
BOMBS: dict[str, tuple[Callable[[], dict[str, Any]], dict[str, Any]]] = {
    "a value in each row": (lambda: {"text": repeat(MEGABYTE, 3_000)}, {}),
    "bytes in each row": (lambda: {"text": count_ferries(), "x": repeat(MEGABYTE.encode(), 3_000)}, {}),
    "within": (
        lambda: {
            "text": count_ferries(),
            "x": pa.StructArray.from_arrays([repeat(MEGABYTE, 3_000)], ["y"]),
        },
        {},
    ),
    "a list of it": (lambda: {"text": TEXTS[:2], "x": list_of(repeat(MEGABYTE, 3_000))}, {}),
    "a list of zeros": (
        lambda: {"text": TEXTS[:2], "x": list_of(pa.array(np.zeros(30_000_000, dtype="int8")))},
        {},
    ),
    "the same beginning": (lambda: {"text": [MEGABYTE] * 100}, DELTA),
    "a packed page": (lambda: {"text": ["y" * 60_000_000]}, {"use_dictionary": False}),
    "rows of nothing": (lambda: {"text": pa.nulls(2_000_000, pa.string())}, {}),
}


@pytest.fixture
def arrow_memory() -> Iterator[pa.MemoryPool]:
    """What Arrow takes from now on."""
    usual = pa.default_memory_pool()
    counted = pa.proxy_memory_pool(usual)
    pa.set_memory_pool(counted)
    yield counted
    pa.set_memory_pool(usual)


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_stands_for_far_more_than_it_weighs_is_stopped_early(name, folder, read, request):
    make_columns, options = BOMBS[name]
    pq.write_table(pa.table(make_columns()), folder / "a.parquet", compression="zstd", **options)
    save(folder, name="b.parquet")
    arrow_memory = request.getfixturevalue("arrow_memory")  # what writing took does not count
    items = [item for item in read(folder, max_input_bytes=2_000_000) if "a.parquet" in item.input_ref]
    assert {getattr(item, "reason", None) for item in items} & {Reason.COMPRESSION_BOMB, Reason.TOO_LARGE}
    assert sum(len(item.payload) for item in items if isinstance(item, Capture)) <= 2_000_000
    assert arrow_memory.max_memory() < 70_000_000
    assert len(read(folder / "b.parquet")) == 6


def test_a_value_past_the_limit_is_refused_and_the_rows_around_it_are_taken(folder, read):
    texts = [*TEXTS[:3], "z" * 300_000, *TEXTS[3:]]
    pq.write_table(pa.table({"text": texts}), folder / "a.parquet", compression="none")
    items = read(folder, max_input_bytes=200_000)
    assert [getattr(item, "reason", None) for item in items] == [None] * 3 + [Reason.TOO_LARGE] + [None] * 3


def test_an_outlet_that_each_of_many_rows_names_is_no_bomb(folder, read):
    columns = {"text": [f"Ferry {n} sailed." for n in range(5_000)], "outlet": ["Port Lowen Post"] * 5_000}
    pq.write_table(pa.table(columns), folder / "a.parquet", compression="zstd")
    assert all(isinstance(item, Capture) for item in read(folder, max_input_bytes=100_000))


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd"])
def test_page_headers_tell_what_is_in_the_pages(version, compression, folder):
    path = folder / "a.parquet"
    table = pa.table({"text": [f"Ferry {n % 900}" for n in range(50_000)], "n": range(50_000)})
    pq.write_table(
        table,
        path,
        data_page_version=version,
        compression=compression,
        data_page_size=4_096,
        write_page_index=True,
        write_page_checksum=True,
    )
    metadata = pq.ParquetFile(path).metadata
    with path.open("rb") as file:
        for place in range(2):
            pages = list(read_pages(file, metadata.row_group(0).column(place)))
            assert sum(page.values for page in pages if not page.is_dictionary) == 50_000
            assert [page.is_dictionary for page in pages][:2] == [True, False]
            assert max(page.unpacked for page in pages) < 500_000


def test_a_page_header_of_endless_lists_is_given_up(folder, read):
    path = save(folder, compression="none", use_dictionary=False)
    start = pq.ParquetFile(path).metadata.row_group(0).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + 8] = struct.pack("8B", 0x19, 0xF3, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0)
    path.write_bytes(data)
    (item,) = read(path)
    assert item.reason is Reason.BROKEN_ARCHIVE
    assert "a list of" in item.detail


def test_a_column_of_too_many_pages_is_given_up(folder):
    path = save(folder)
    chunk = pq.ParquetFile(path).metadata.row_group(0).column(0)
    with path.open("rb") as file, pytest.raises(BrokenPagesError, match="more than 1 pages"):
        list(read_pages(file, chunk, most=1))


def test_a_slice_weighs_what_is_in_it():
    texts = pa.array(["a" * 1_000, None, "b"])
    assert weigh(texts.slice(0, 1)) > 1_000
    assert weigh(texts.slice(1, 2)) < 100
    repeated = repeat("c" * 1_000, 5)
    assert weigh(repeated) > 5_000
    assert weigh(repeated.slice(0, 1)) < 1_200
    maps = pa.array([[("k", "v" * 1_000)], [("k", "v")]], pa.map_(pa.string(), pa.string()))
    assert weigh(maps.slice(0, 1)) > 1_000
    assert weigh(maps.slice(1, 1)) < 300
    lists = pa.array([["v" * 1_000], ["v"]])
    assert weigh(lists.slice(0, 1)) > 1_000
    assert weigh(lists.slice(1, 1)) < 300


def refs(items: list) -> list[str]:
    return [item.input_ref.rpartition("/")[2] for item in items]


def test_rows_of_parquet_keep_their_times_and_leave_out_what_is_null(folder, read):
    moment = datetime(2026, 3, 1, 8, tzinfo=UTC)
    table = pa.table({"headline": ["Ferry", None], "published": [moment, None], "text": ["a", "b"]})
    pq.write_table(table, folder / "a.parquet")
    first, second = read(folder)
    assert refs([first, second]) == ["a.parquet#row-1", "a.parquet#row-2"]
    assert first.hints == {"title": "Ferry", "published_at": "2026-03-01T08:00:00+00:00"}
    assert json.loads(second.payload) == {"text": "b"}


@pytest.mark.parametrize("kept", [0, 3, 200])
def test_a_truncated_parquet_file_is_a_broken_archive(kept, folder, read):
    pq.write_table(pa.table({"text": ["a"] * 50}), folder / "a.parquet")
    path = folder / "a.parquet"
    path.write_bytes(path.read_bytes()[:kept])
    (outcome,) = read(folder)
    assert outcome.reason is Reason.BROKEN_ARCHIVE
