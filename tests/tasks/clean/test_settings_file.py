"""What copydesk.toml says of one outlet's pages reaches the cleaning stage."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.captures import CaptureKind
from core.errors import ConfigError
from core.settings import load_settings
from tasks.clean.options import CleanOptions
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, clean_one, make_page, make_text, paragraphs

PAGE = make_page(
    paragraphs(
        '<div class="tide related"><p>High water at noon</p></div>',
        '<p id="oath">By the old bell.</p>',
        "<p>Share this article</p>",
    )
)


def _options(tmp_path: Path, cleaning: str, more: str = "") -> CleanOptions:
    """The options of a settings file whose one outlet has these lines."""
    file = tmp_path / "copydesk.toml"
    file.write_text(
        f'[[outlets]]\nkey = "harbour"\n{more}\n[outlets.cleaning]\n{cleaning}\n', encoding="utf-8"
    )
    return CleanOptions(outlets={outlet.key: outlet for outlet in load_settings(file).outlets})


@pytest.mark.parametrize("expression", ["div.tide", "//div[contains(@class, 'tide')]"])
def test_parts_are_kept_by_css_or_xpath(tmp_path: Path, expression: str) -> None:
    article, _, _ = clean_one(PAGE, options=_options(tmp_path, f'keep = ["{expression}"]'))
    assert article is not None
    assert "High water at noon" in article["body_text"]


@pytest.mark.parametrize("expression", ["#oath", "//p[@id='oath']"])
def test_parts_are_dropped_by_css_or_xpath(tmp_path: Path, expression: str) -> None:
    _, removed, _ = clean_one(PAGE, options=_options(tmp_path, f'drop = ["{expression}"]'))
    assert removed["By the old bell."] == "outlet_drop"


def test_more_phrases_are_removed_and_only_as_whole_lines(tmp_path: Path) -> None:
    options = _options(tmp_path, 'phrases = ["by the OLD bell"]')
    article, removed, _ = clean_one(PAGE, options=options)
    assert removed["By the old bell."] == "outlet_phrase"
    near = make_page(paragraphs("<p>By the old bell they met.</p>"))
    article, _, _ = clean_one(near, options=options)
    assert article is not None
    assert "By the old bell they met." in article["body_text"]


def test_a_rule_is_switched_off(tmp_path: Path) -> None:
    article, removed, _ = clean_one(PAGE, options=_options(tmp_path, 'disabled_rules = ["share"]'))
    assert article is not None
    assert "Share this article" in article["body_text"]
    assert removed["High water at noon"] == "related"


def test_the_title_pattern_decides(tmp_path: Path) -> None:
    article, _, _ = clean_one(PAGE, options=_options(tmp_path, "title_pattern = '^(.+) to mend'"))
    assert article is not None
    assert article["title"] == "Council agrees"


def test_a_time_without_a_zone_is_read_in_the_outlets(tmp_path: Path) -> None:
    options = _options(tmp_path, "", 'time_zone = "Europe/Dublin"')
    text = make_text(TITLE, "Published: July 3, 2025, 10:15 a.m.", *PARAGRAPHS)
    article, _, _ = clean_one(text, CaptureKind.TEXT, options)
    assert article is not None
    assert article["published_at"] == datetime(2025, 7, 3, 9, 15, tzinfo=UTC)
    page = make_page(paragraphs(), head='<time datetime="2025-07-03T10:15:00">3 July</time>')
    article, _, _ = clean_one(page, options=options)
    assert article is not None
    assert article["published_at"] == datetime(2025, 7, 3, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["title_pattern = '('", 'disabled = ["share"]', "disabled_rules = 7", "phrases = 7"]
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ConfigError, match=line.split(" ", 1)[0]):
        _options(tmp_path, line)
