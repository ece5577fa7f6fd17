"""Many articles are grouped window after window, as if they came on one day after the other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lakes import ask, find_bad_checks

from core.settings import EngineSettings, Settings
from flows.load import load_files
from flows.runs.steps import DirectSteps
from flows.stories import group_new_articles
from tests.readme_blocks import REPOSITORY

OUTLETS = REPOSITORY / "examples" / "outlets"


class InWindows(DirectSteps):
    """Runs the steps of a load, grouping in windows of this size."""

    def __init__(self, window: int) -> None:
        self._window = window

    def run(self, name: str, function: Callable[..., Any], *args: Any, **more: Any) -> Any:
        if function is group_new_articles:
            more["window_articles"] = self._window
        return super().run(name, function, *args, **more)


def load_in_windows(lake: Path, articles: Path, window: int) -> Settings:
    settings = Settings(lake=lake, engine=EngineSettings(name="inline"))
    load_files(settings, [articles], steps=InWindows(window))
    return settings


def partition(settings: Settings) -> set[frozenset[str]]:
    """The stories as the addresses of their dated articles. One without a time joins what its window holds."""
    query = (
        "SELECT list(url) FROM story_articles JOIN articles USING (article_id)"
        " WHERE published_at IS NOT NULL GROUP BY story_id"
    )
    return {frozenset(urls) for (urls,) in ask(settings, query)}


@pytest.mark.slow  # two whole loads
@pytest.mark.parametrize("outlets", ["*-[cl]*", "*"])
def test_small_windows_find_the_stories_and_copies_of_a_large_one(tmp_path: Path, outlets: str) -> None:
    articles = tmp_path / "articles"
    for outlet in OUTLETS.glob(outlets):
        shutil.copytree(outlet, articles / outlet.name)
    copied = min(articles.rglob("*.txt"))
    copy = articles / "copier" / "copy.txt"
    copy.parent.mkdir()
    shutil.copy(copied, copy)
    copy.write_text(copy.read_text(encoding="utf-8") + "\nThe copier's own last line says little.\n", "utf-8")
    whole = load_in_windows(tmp_path / "whole", articles, 1_000)
    parts = load_in_windows(tmp_path / "parts", articles, 4)
    assert len(partition(whole)) > 1
    assert partition(parts) == partition(whole)
    query = "SELECT article_id, original_article_id, relation FROM duplicates ORDER BY ALL"
    assert ask(parts, query) == ask(whole, query) != []
    assert find_bad_checks(parts) == []
