"""Tables of texts as spreadsheets write them: whatever parts the fields, and told when there is nothing to take."""

from __future__ import annotations

import json

import pytest

from core.captures import Capture
from core.outcomes import InputOutcome, Reason
from tasks.acquire.files.csv_header import choose_delimiter
from tasks.acquire.files.read import FileOptions, iterate_inputs
from tasks.acquire.follow.url_lists import read_url_list


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
def test_fields_are_parted_by_what_the_header_is_parted_by(delimiter, folder, read):
    rows = (("title", "url", "text"), ("Ferry", "https://orsay-mail.example/1", '"It sailed, in fog; late."'))
    (folder / "a.csv").write_text("\n".join(delimiter.join(row) for row in rows))
    (capture,) = read(folder)
    assert capture.input_ref.endswith("a.csv#line-2")
    assert json.loads(capture.payload) == {
        "title": "Ferry",
        "url": "https://orsay-mail.example/1",
        "text": "It sailed, in fog; late.",
    }


def test_known_names_count_for_more_than_the_number_of_columns():
    assert choose_delimiter("text,a;b;c;d\n", {}) == ","
    assert choose_delimiter("Kop;Verhaal\n", {"text": "Verhaal"}) == ";"
    assert choose_delimiter("text\n", {}) == ","
    assert choose_delimiter("text\n", {}, usual="\t") == "\t"
    assert choose_delimiter("", {}) == ","


def test_a_first_line_of_excel_says_the_delimiter_and_is_no_header(folder, read):
    (folder / "a.csv").write_text("sep=;\ntitle;text\nFerry;It sailed.\n")
    (capture,) = read(folder)
    assert json.loads(capture.payload) == {"title": "Ferry", "text": "It sailed."}
    assert capture.input_ref.endswith("#line-3")


def test_lines_before_the_header_are_counted(folder, read):
    (folder / "a.csv").write_text("\n\ntitle;text\nFerry;It sailed.\n")
    (capture,) = read(folder)
    assert capture.input_ref.endswith("#line-4")


def test_a_table_with_nothing_to_take_is_refused_once_with_what_it_has(folder, read):
    (folder / "a.csv").write_text("Nr;Kop;Verhaal\n" + "1;Ferry;It sailed.\n" * 5)
    (problem,) = read(folder)
    assert problem.reason is Reason.BAD_RECORD
    assert "no column is known as that of the text, the html or the url" in problem.detail
    assert "'Nr', 'Kop', 'Verhaal'. Name yours: --columns text=" in problem.detail
    assert all(isinstance(item, Capture) for item in read(folder, columns={"text": "Verhaal"}))


def test_a_first_line_past_the_limit_is_told(folder, read):
    (folder / "a.csv").write_text("x" * 5000 + "\ntitle,text\na,b\n")
    first, second = read(folder, max_input_bytes=1000)
    assert first.reason is Reason.TOO_LARGE and first.input_ref.endswith("#line-1")
    assert second.input_ref.endswith("#line-3")


@pytest.mark.parametrize("lines", ["Title;Url\nFerry;{}\n", "sep=;\nTitle;Url\nFerry;{}\n"])
def test_a_list_of_addresses_may_be_parted_by_semicolons(lines):
    (found,) = read_url_list(lines.format("https://orsay-mail.example/1").encode(), "zotero.csv")
    assert (found.url, found.title) == ("https://orsay-mail.example/1", "Ferry")


def refs(items: list) -> list[str]:
    return [item.input_ref.rpartition("/")[2] for item in items]


def test_a_row_of_csv_is_named_by_the_line_where_it_begins(folder, read):
    (folder / "a.csv").write_text(
        'title,text\nFerry,"It\ndid\nnot sail."\n\nBridge,It opened.\nToo,many,fields\nshort\n'
    )
    items = read(folder)
    assert refs(items) == ["a.csv#line-2", "a.csv#line-6", "a.csv#line-7", "a.csv#line-8"]
    assert json.loads(items[0].payload) == {"title": "Ferry", "text": "It\ndid\nnot sail."}
    assert items[2].reason is Reason.BAD_RECORD
    assert "3 fields, but the header has 2" in items[2].detail
    assert json.loads(items[3].payload) == {"title": "short"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_comes_in_the_encodings_of_spreadsheets(encoding, folder, read):
    (folder / "a.csv").write_bytes("title,text\nFähre “Ida”,Sie fuhr nicht.\n".encode(encoding))
    (capture,) = read(folder)
    assert json.loads(capture.payload) == {"title": "Fähre “Ida”", "text": "Sie fuhr nicht."}


def test_tabs_part_the_fields_of_tsv(folder, read):
    (folder / "a.tsv").write_text("title\ttext\nFerry, stopped\tIt did not sail.\n")
    (capture,) = read(folder)
    assert json.loads(capture.payload)["title"] == "Ferry, stopped"


def test_a_csv_line_past_the_limit_costs_only_itself(folder, read):
    (folder / "a.csv").write_text("title,text\na,b\nc," + "x" * 5000 + "\nd,e\n")
    items = read(folder, max_input_bytes=1000)
    assert refs(items) == ["a.csv#line-2", "a.csv#line-3", "a.csv#line-4"]
    assert [getattr(item, "reason", None) for item in items] == [None, Reason.TOO_LARGE, None]


def test_a_row_of_many_lines_past_the_limit_is_refused_and_those_around_it_are_taken(folder, read):
    long = '"' + "word\n" * 15_000 + '"'
    (folder / "a.csv").write_text(f"title,text\nfirst,It sailed.\nsecond,{long},{long}\nthird,It sank.\n")
    items = read(folder, max_input_bytes=50_000)
    reasons = [getattr(item, "reason", None) for item in items]
    assert reasons[0] is None
    assert Reason.TOO_LARGE in reasons
    assert any(b"It sank." in item.payload for item in items if isinstance(item, Capture))


def test_names_of_columns_are_not_multiplied_without_end(folder):
    """A name of 100 kB stands in the record of each row of two bytes."""
    (folder / "a.csv").write_text("text," + "n" * 100_000 + "\n" + ",x\n" * 50_000)
    items = list(iterate_inputs([folder], FileOptions(max_input_bytes=1_000_000)))
    assert isinstance(items[-1], InputOutcome)
    assert items[-1].reason is Reason.COMPRESSION_BOMB
    assert sum(len(item.payload) for item in items if isinstance(item, Capture)) < 200 * 300_000


def test_many_short_rows_under_long_names_are_no_bomb(folder):
    names = ["text", *(f"a_column_of_a_spreadsheet_{n}" for n in range(30))]
    (folder / "a.csv").write_text(",".join(names) + "\n" + (",".join("x" * 31) + "\n") * 3_000)
    assert all(
        isinstance(item, Capture) for item in iterate_inputs([folder], FileOptions(max_input_bytes=100_000))
    )


@pytest.mark.parametrize("field", ["a\0b", "x" * 200_000, '"unclosed', "\ufffd\u202e", "=1+1"])
def test_fields_of_odd_bytes_keep_one_outcome_for_each_row(field, folder, read):
    (folder / "a.csv").write_text(f"title,text\nfirst,It sailed.\n{field},It sank.\n")
    first, *others = read(folder)
    assert isinstance(first, Capture)
    assert len(others) == 1
