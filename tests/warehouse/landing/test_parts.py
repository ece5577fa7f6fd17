"""Parts: whole or not at all, checked against the tables."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.errors import ContractError
from core.tables import TABLES
from tests.warehouse.conftest import make_rows
from warehouse.landing.parts import part_files, write_part


def tables_of(slug: str) -> dict[str, pa.Table]:
    return {name: TABLES[name].to_arrow(rows) for name, rows in make_rows(slug).items()}


def test_a_part_is_a_folder_with_a_file_for_each_table_that_has_rows(tmp_path: Path) -> None:
    tables = tables_of("a") | {"dates": TABLES["dates"].to_arrow([])}
    folder = write_part(tmp_path / "parts" / "batch-1", tables)
    assert folder == tmp_path / "parts" / "batch-1"
    assert not (folder / "dates.parquet").exists()
    assert pq.read_table(folder / "articles.parquet").num_rows == 1
    assert part_files([folder], "articles") == [folder / "articles.parquet"]
    assert [path.name for path in folder.parent.iterdir()] == ["batch-1"]


def test_a_part_that_stands_is_kept(tmp_path: Path) -> None:
    folder = write_part(tmp_path / "batch-1", tables_of("a"))
    before = (folder / "articles.parquet").read_bytes()
    write_part(tmp_path / "batch-1", tables_of("b"))
    assert (folder / "articles.parquet").read_bytes() == before


def test_what_a_killed_writer_left_is_no_part(tmp_path: Path) -> None:
    (tmp_path / ".batch-1.99.unfinished").mkdir()
    folder = write_part(tmp_path / "batch-1", tables_of("a"))
    assert (folder / "articles.parquet").is_file()


def test_two_articles_of_one_id_in_a_batch_break_the_contract(tmp_path: Path) -> None:
    tables = tables_of("a")
    tables["articles"] = pa.concat_tables([tables["articles"]] * 2)
    with pytest.raises(ContractError, match="two articles of one article_id"):
        write_part(tmp_path / "batch-1", tables)
    assert not (tmp_path / "batch-1").exists()


@pytest.mark.parametrize("left", ["none", "another"])
def test_rows_without_their_article_break_the_contract(tmp_path: Path, left: str) -> None:
    tables = tables_of("a")
    figures = tables["figures"]
    assert figures.num_rows
    articles = tables_of("b")["articles"] if left == "another" else tables["articles"].slice(0, 0)
    with pytest.raises(ContractError, match="rows of figures without their article"):
        write_part(tmp_path / "batch-1", {"articles": articles, "figures": figures})
    assert not (tmp_path / "batch-1").exists()


def test_other_columns_or_tables_break_the_contract(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="not a table"):
        write_part(tmp_path / "batch-1", {"opinions": pa.table({"a": [1]})})
    with pytest.raises(ContractError, match="other columns"):
        write_part(tmp_path / "batch-1", {"articles": pa.table({"a": [1]})})
