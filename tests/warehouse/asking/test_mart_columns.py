"""Every column of every view is explained, by its header or by the table that it comes from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import ContractError
from warehouse.asking import mart_columns
from warehouse.asking.mart_columns import describe_marts
from warehouse.asking.marts_page import render_marts_page
from warehouse.catalog.migrations import list_marts

PAGE = Path(__file__).resolve().parents[3] / "docs" / "marts.md"


def test_a_columns_meaning_is_the_headers_or_the_tables() -> None:
    columns = {column.name: column.meaning for column in describe_marts()["figure_comparison"]}
    assert columns["verdict"].startswith("How the reading compares with the nearest reading of another")
    assert columns["counted"] == "Head noun phrase of what is counted, as written"
    assert columns["thing"] == "The question in words"  # from the view that this view reads


def test_headers_explain_no_column_that_is_not_there() -> None:
    described = describe_marts()
    for mart in list_marts():
        assert set(mart.columns) <= {column.name for column in described[mart.name]}, mart.name


def test_a_column_that_nobody_explains_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = tuple(replace(mart, columns={}) for mart in list_marts())
    monkeypatch.setattr(mart_columns, "list_marts", lambda: bare)
    with pytest.raises(ContractError, match="does not explain the column"):
        describe_marts()


def test_the_page_of_views_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == render_marts_page(), "run: .venv/bin/python -m warehouse.asking.marts_page > docs/marts.md"
