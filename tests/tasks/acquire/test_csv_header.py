"""Tables of texts as spreadsheets write them: whatever parts the fields, and told when there is nothing to take."""

from __future__ import annotations

import json

import pytest

from core.captures import Capture
from core.outcomes import Reason
from tasks.acquire.files.csv_header import choose_delimiter
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
