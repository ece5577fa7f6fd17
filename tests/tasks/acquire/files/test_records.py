"""Records in JSON and lines of JSON: one capture each, and a bad record costs only itself."""

from __future__ import annotations

import gzip
import json
import random
import tracemalloc
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.captures import Capture, CaptureKind
from core.outcomes import InputOutcome, Reason
from tasks.acquire.base.fields import find_fields
from tasks.acquire.files.read import FileOptions, iterate_inputs
from tasks.acquire.files.records import parse_json

GOOD = {"url": "https://www.orsay-mail.example/ferry", "title": "Ferry stopped", "text": "It did not sail."}


LINE = json.dumps(GOOD).encode()


def refs(items: list) -> list[str]:
    return [item.input_ref.rpartition("/")[2] for item in items]


def test_a_line_of_json_is_a_capture_of_its_own_bytes_under_its_own_address(folder, read):
    (folder / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + LINE + b"  \r\n")
    (capture,) = read(folder)
    assert capture.kind is CaptureKind.RECORD
    assert capture.payload == LINE
    assert capture.url == GOOD["url"]
    assert capture.outlet == "orsay-mail.example"
    assert capture.hints == {"title": "Ferry stopped", "url": GOOD["url"]}
    assert capture.input_ref == f"{folder}/a.jsonl#line-1"


def test_a_record_without_an_address_is_known_by_file_and_line(folder, read):
    (folder / "a.jsonl").write_bytes(b'\n{"text": "It sailed."}')
    (capture,) = read(folder)
    assert capture.url == (folder / "a.jsonl").as_uri() + "#line-2"
    assert capture.outlet == "morning-star"
    assert capture.web_url is None


@pytest.mark.parametrize(
    "url", ["not a url", "javascript:alert(1)", "file:///etc/passwd", "https://", "http://[x"]
)
def test_an_address_that_is_none_on_the_web_is_not_taken_as_one(url, folder, read):
    (folder / "a.jsonl").write_text(json.dumps({"url": url, "text": "x"}))
    (capture,) = read(folder)
    assert capture.url.endswith("a.jsonl#line-1")
    assert capture.outlet == "morning-star"


BAD_LINES = {
    b'{"title": "cut off': "no JSON: Unterminated string",
    b"nonsense": "no JSON: Expecting value",
    b"[1, 2]": "a JSON list, not an object",
    b'"a text"': "a text",
    b"null": "a JSON NoneType, not an object",
    b'{"title": "F\xe4hre"}': "no UTF-8",
    b"[" * 100_000: "nested too deeply",
    b'{"n": ' + b"1" * 10_000 + b"}": "no JSON that can be read",
}


@pytest.mark.parametrize("line", BAD_LINES, ids=range(len(BAD_LINES)))
def test_a_broken_line_among_good_ones_costs_only_itself(line, folder, read):
    (folder / "a.jsonl").write_bytes(LINE + b"\n" + line + b"\n" + LINE + b"\n")
    good, bad, last = read(folder)
    assert isinstance(good, Capture)
    assert isinstance(last, Capture)
    assert bad.reason is Reason.BAD_RECORD
    assert bad.input_ref.endswith("a.jsonl#line-2")
    assert BAD_LINES[line] in bad.detail


def test_a_line_of_ten_megabytes_among_good_ones_costs_only_itself_and_no_memory(folder):
    with (folder / "a.jsonl").open("wb") as file:
        file.write(LINE + b'\n{"text": "')
        for _ in range(100):
            file.write(b"x" * 100_000)
        file.write(b'"}\n' + LINE)
    tracemalloc.start()
    items = list(iterate_inputs([folder], FileOptions(max_input_bytes=500_000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refs(items) == ["a.jsonl#line-1", "a.jsonl#line-2", "a.jsonl#line-3"]
    assert isinstance(items[1], InputOutcome)
    assert items[1].reason is Reason.TOO_LARGE
    assert "500,000 bytes" in (items[1].detail or "")
    assert peak < 5_000_000


@pytest.mark.parametrize("ending", [b"", b"\n"])
def test_a_line_of_just_the_limit_is_taken_and_one_byte_more_is_not(ending, folder, read):
    (folder / "a.jsonl").write_bytes(LINE + ending)
    assert isinstance(read(folder, max_input_bytes=len(LINE))[0], Capture)
    assert read(folder, max_input_bytes=len(LINE) - 1)[0].reason is Reason.TOO_LARGE


@pytest.mark.parametrize("data", [b"", b"\n \n\n"])
def test_a_file_without_records_is_empty(data, folder, read):
    for name in ("a.jsonl", "b.json", "c.csv"):
        (folder / name).write_bytes(data)
    assert {(item.input_ref[-6:], item.reason) for item in read(folder)} == {
        (".jsonl", Reason.EMPTY),
        ("b.json", Reason.EMPTY),
        ("/c.csv", Reason.EMPTY),
    }


@pytest.mark.parametrize(("suffix", "compress"), [(".gz", gzip.compress), (".zst", zstandard.compress)])
def test_compressed_lines_are_read_and_those_before_a_cut_stand(suffix, compress, folder, read):
    rng = random.Random(5)
    lines = [json.dumps({"text": rng.randbytes(20_000).hex()}).encode() for _ in range(20)]
    data = compress(b"\n".join(lines))
    (folder / f"a.jsonl{suffix}").write_bytes(data)
    assert [item.payload for item in read(folder)] == lines
    (folder / f"a.jsonl{suffix}").write_bytes(data[: len(data) * 9 // 10])
    *before, cut = read(folder)
    assert cut.reason is Reason.BROKEN_ARCHIVE
    assert cut.input_ref.endswith(f"a.jsonl{suffix}")
    assert [item.payload for item in before] == lines[: len(before)]
    assert len(before) > 8


def test_a_bomb_of_lines_stops_early_and_the_records_before_stand(folder, read):
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(LINE + b"\n" + b"\n" * 4_000_000))
    first, bomb = read(folder, max_input_bytes=1_000_000)
    assert isinstance(first, Capture)
    assert bomb.reason is Reason.COMPRESSION_BOMB
    assert "stopped after 1 inputs" in bomb.detail


def test_json_is_an_object_an_array_or_lines(folder, read):
    (folder / "a.json").write_text(json.dumps(GOOD, indent=2))
    (folder / "b.json").write_text(json.dumps([GOOD, 3]))
    (folder / "c.json").write_bytes(LINE + b"\n" + LINE + b"\n")
    (folder / "d.json").write_bytes(LINE[:-5])
    items = read(folder)
    assert refs(items) == [
        "a.json",
        "b.json#item-1",
        "b.json#item-2",
        "c.json#line-1",
        "c.json#line-2",
        "d.json",
    ]
    assert [getattr(item, "reason", None) for item in items] == [
        None,
        None,
        *[Reason.BAD_RECORD, None, None, Reason.BAD_RECORD],
    ]


@pytest.mark.parametrize("wrapper", ["articles", "items", "results"])
def test_an_object_that_wraps_articles_is_as_many_records(wrapper, folder, read):
    (folder / "a.json").write_text(json.dumps({"status": "ok", wrapper: [GOOD, GOOD | {"title": "Fog"}]}))
    assert [item.hints["title"] for item in read(folder)] == ["Ferry stopped", "Fog"]
    assert refs(read(folder)) == ["a.json#item-1", "a.json#item-2"]


def test_an_article_that_lists_articles_beside_its_text_is_one_record(folder, read):
    (folder / "a.json").write_text(json.dumps(GOOD | {"articles": [{"title": "See also"}]}))
    assert refs(read(folder)) == ["a.json"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=400),
    name=st.sampled_from(["a.jsonl", "a.json", "a.csv", "a.parquet", "a.warc.gz"]),
)
def test_any_bytes_give_outcomes_and_never_an_error(data, name, tmp_path_factory):
    path: Path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(data)
    items = list(iterate_inputs([path], FileOptions()))
    assert items
    assert len({item.input_ref for item in items}) == len(items)


def test_memory_stays_flat_over_many_records(folder):
    with (folder / "a.jsonl").open("wb") as file:
        for n in range(5_000):
            file.write(b'{"id": %d, "text": "%s"}\n' % (n, b"x" * 500))
    tracemalloc.start()
    count = sum(1 for _ in iterate_inputs([folder], FileOptions()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 2_000_000


def test_a_field_of_lists_in_each_other_costs_no_load_and_gives_no_text(folder, read):
    deep = '{"text": "It sailed.", "title": ' + "[" * 600 + '"x"' + "]" * 600 + "}"
    nested = json.dumps({"text": "It sailed.", "title": {"rendered": ["Ferry stopped"]}})
    (folder / "a.jsonl").write_text(f"{deep}\n{nested}")
    (folder / "b.json").write_text(f"[{deep},{nested}]")
    items = read(folder)
    assert [item.hints.get("title") for item in items] == [None, "Ferry stopped"] * 2


def test_an_error_that_nobody_expected_costs_its_record_and_says_where_it_was(folder, read, monkeypatch):
    def find_or_fail(record, *more):
        if record.get("title") == "bad":
            raise ArithmeticError("nobody thought of it")
        return find_fields(record, *more)

    monkeypatch.setattr("tasks.acquire.files.record_file.find_fields", find_or_fail)
    bad = json.dumps({**GOOD, "title": "bad"}).encode()
    (folder / "a.jsonl").write_bytes(LINE + b"\n" + bad + b"\n" + LINE)
    (folder / "b.csv").write_text("title,text\ngood,It sailed.\nbad,It sailed.\ngood,It sank.\n")
    items = read(folder)
    assert [getattr(item, "reason", None) for item in items] == [None, Reason.STAGE_ERROR, None] * 2
    assert "ArithmeticError: nobody thought of it (test_records.py, line" in items[1].detail
    assert items[4].input_ref.endswith("b.csv#line-3")


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
_ODD = [
    "-0",
    "-Infinity",
    "1e400",
    '{"a": 1, "a": 2}',
    '"\\ud800"',
    "[" * 300 + "]" * 300,
    '"\\ud83d\\ude00"',
    "[1,]",
    "01",
]


def read_with_json(data: bytes) -> object:
    """What the standard library reads; an error's class where it reads nothing."""
    try:
        return json.loads(data)
    except ValueError as error:
        return type(error)


@given(_VALUES, st.booleans(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_a_value_is_read_as_the_standard_library_reads_it(value, is_ascii, encoding):
    data = json.dumps(value, ensure_ascii=is_ascii).encode(encoding, "surrogatepass")
    assert repr(parse_json(data)) == repr(read_with_json(data))


@given(st.one_of(st.sampled_from(_ODD), st.text('{}[]",:0123456789.-+eE \\utrfalsn\t')))
def test_odd_json_is_read_or_refused_as_by_the_standard_library(text):
    expected, found = read_with_json(text.encode()), parse_json(text.encode())
    if isinstance(expected, type):
        assert isinstance(found, str) and found.startswith("no JSON")
    else:
        assert repr(found) == repr(expected)
