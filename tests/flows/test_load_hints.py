"""A folder of texts from several outlets: the load says how to tell them apart, and what is then compared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lakes import ask

from cli.console.display import print_report
from core.settings import Settings
from flows.load import load_files


@pytest.fixture
def texts(articles: Path, tmp_path: Path) -> Path:
    """Three articles of two outlets in one folder, two of them about one event."""
    folder = tmp_path / "My texts"
    folder.mkdir()
    for file in articles.rglob("*.*"):
        shutil.copy(file, folder / file.name)
    return folder


def test_one_folder_of_several_outlets_is_told_and_what_to_do(
    settings: Settings, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = load_files(settings, [texts])
    (hint,) = report.hints
    assert hint.startswith(
        "One story is covered by several articles of outlet 'my-texts', which is the name of"
    )
    assert "a folder for each outlet, or again with --outlet NAME FILE..." in hint
    print_report(report)
    assert capsys.readouterr().out.endswith(f"{hint}\n")
    assert ask(settings, "FROM figure_comparison") == []
    assert load_files(settings, [texts]).hints == [], "said once, not at every load"
    said = load_files(settings, [texts / "ferry-fog.html"], outlet="courier")
    assert (said.reasons, said.hints) == ({("accepted", "updated"): 1}, [])
    compared = ask(settings, "SELECT DISTINCT outlet FROM figure_comparison ORDER BY ALL")
    assert compared == [("courier",), ("my-texts",)]


def test_a_folder_for_each_outlet_needs_no_hint(settings: Settings, articles: Path) -> None:
    assert load_files(settings, [articles]).hints == []
    assert ask(settings, "SELECT count(DISTINCT outlet) FROM figure_comparison") == [(2,)]


def test_an_outlet_that_was_given_is_no_default(settings: Settings, texts: Path) -> None:
    assert load_files(settings, [texts], outlet="my-texts").hints == []


def test_a_folder_without_files_is_told_and_what_is_read(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    (hint,) = load_files(settings, [tmp_path / "bare"]).hints
    assert hint.startswith(
        f"NOTHING WAS FOUND in {tmp_path / 'bare'}; hidden files are passed over. Files are read"
    )
    assert ".html," in hint
    assert ".jsonl," in hint
    assert "\n" not in hint


def test_a_folder_of_other_files_is_told_what_is_read(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "ferry.png").write_bytes(b"no picture")
    (hint,) = load_files(settings, [tmp_path / "photos"]).hints
    assert hint.startswith("NOTHING WAS LOADED. The only input was rejected")
    assert "Files are read that end in .html" in hint
