"""Answers as XLSX workbooks: what a spreadsheet program finds in them."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cli.console.formats import choose_format, print_rows_as, write_answer
from core.errors import ConfigError
from warehouse.export.forms import RowAnswer
from warehouse.export.spreadsheet import LONGEST_TEXT

ROW = {
    "title": "=1+1",
    "steered": "tide\u202egnp.exe\x1b[31m",
    "count": 450,
    "ratio": 0.25,
    "nothing": None,
    "published_at": datetime(2026, 10, 6, 11, 5, tzinfo=UTC),
    "day": date(2026, 10, 6),
    "url": "https://ledger.example/a",
    "authors": ["Ida Brook", "Jonas Peel"],
    "huge": 10**20,
    "long": "x" * (LONGEST_TEXT + 5),
}


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    write_answer(RowAnswer([ROW]), "xlsx", tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def cell(sheet: str, place: str) -> str:
    found = re.search(rf'<c r="{place}"[^>]*?(?:/>|>.*?</c>)', sheet, re.DOTALL)
    return found[0] if found else ""


def test_no_cell_is_a_formula_and_nothing_steers_the_reading(sheet: str) -> None:
    assert "<f>" not in sheet
    assert "<t>=1+1</t>" in cell(sheet, "A2")
    assert "&lt;U+202E&gt;" in cell(sheet, "B2")
    assert "\u202e" not in sheet and "\x1b" not in sheet


def test_numbers_and_times_are_true_ones(sheet: str) -> None:
    assert "<v>450</v>" in cell(sheet, "C2") and 't="' not in cell(sheet, "C2")
    assert "<v>0.25</v>" in cell(sheet, "D2")
    assert cell(sheet, "E2") == ""
    assert re.search(r"<v>46301\.46\d+</v>", cell(sheet, "F2")), "days since 1899-12-30"
    assert "<v>46301</v>" in cell(sheet, "G2")
    assert 't="inlineStr"' in cell(sheet, "J2"), "as a number it would lose digits"


def test_the_header_stays_links_lead_somewhere_and_long_texts_are_cut_visibly(sheet: str) -> None:
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:K2"/>' in sheet
    assert 'ref="H2"' in sheet
    assert "Ida Brook" in cell(sheet, "I2")
    assert "x…</t>" in cell(sheet, "K2")


def test_a_workbook_needs_a_file_and_is_known_by_its_name() -> None:
    assert choose_format(None, Path("a.xlsx")) == "xlsx"
    with pytest.raises(ConfigError, match=r"--format xlsx needs --output FILE\.xlsx"):
        choose_format("xlsx", None)


@pytest.mark.parametrize("form", ["csv", "jsonl", "markdown", "parquet", "xlsx"])
def test_rows_of_a_named_query_are_written_in_every_format(tmp_path: Path, form: str) -> None:
    file = tmp_path / f"out.{'md' if form == 'markdown' else form}"
    print_rows_as(None, file, [{"outlet": "ledger", "count": 2}], empty="no rows")
    assert file.stat().st_size > 10
