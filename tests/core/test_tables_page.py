"""docs/tables.md says what core/tables.py says."""

from __future__ import annotations

from pathlib import Path

from core.outcomes import Reason
from core.tables import TABLES
from core.tables_page import render_tables_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tables.md"


def test_the_page_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == render_tables_page(), "run: .venv/bin/python -m core.tables_page > docs/tables.md"


def test_the_page_names_every_table_column_and_reason() -> None:
    page = render_tables_page()
    for table in TABLES.values():
        section = page.split(f"## {table.name}\n")[1].split("\n## ")[0]
        assert [name for name in table.column_names if f"| {name} |" not in section] == []
    assert [reason for reason in Reason if reason.value not in page] == []
