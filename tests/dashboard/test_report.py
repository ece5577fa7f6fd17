"""The report: one file that needs neither script nor network, whose links lead to places in it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.ask.report import command
from core.settings import Settings
from dashboard.report import article_report, day_report, story_report
from tests.dashboard.test_rendering import Elements, words
from warehouse.asking.ids import UnknownIdError
from warehouse.asking.pinned import PinnedReader

READ_AT = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def story(reader: PinnedReader, settings: Settings, ids: dict[str, str]) -> str:
    """The report of the story."""
    with reader.reading() as lake:
        return story_report(lake, ids["story"][:5], settings, READ_AT)


def test_the_file_loads_nothing(story: str) -> None:
    found = Elements(story).found
    assert not [tag for tag, _ in found if tag in ("script", "link", "img", "iframe", "form", "object")]
    assert not [attrs for tag, attrs in found if tag != "a" and ("src" in attrs or "href" in attrs)]
    assert not re.findall(r"@import|url\(", story)
    assert "default-src 'none'" in story


def test_every_link_inside_leads_to_a_place_that_is_there_once(story: str) -> None:
    found = Elements(story)
    places = [attrs["id"] for _, attrs in found.found if "id" in attrs]
    inside = [link for link in found.links() if link.startswith("#")]
    assert len(inside) > 10
    assert {link[1:] for link in inside} <= set(places)
    assert len(places) == len(set(places))
    assert not [link for link in found.links() if link.startswith("/")]


def test_a_number_is_followed_from_its_reading_to_its_place_in_the_article(story: str) -> None:
    target = re.search(r'More than 900 people</mark>.*?href="#(article-[0-9a-f]+-c0)"', story, re.S)
    assert target
    assert re.search(rf'<span id="{target[1]}" class="s figure"[^>]*>More than 900', story)


def test_words_stand_beside_colours_and_the_snapshot_is_named(story: str) -> None:
    assert '✕</span> <span class="word">conflict' in story
    assert re.search(r"snapshot \d+, read 5 March 2026, 08:30 UTC", words(story))


def test_an_article_alone_has_no_dead_links(
    reader: PinnedReader, settings: Settings, ids: dict[str, str]
) -> None:
    with reader.reading() as lake:
        text = article_report(lake, ids["crooked-eye"], settings, READ_AT)
    assert not [tag for tag, _ in Elements(text).found if tag in ("script", "img")]
    places = {attrs["id"] for _, attrs in Elements(text).found if "id" in attrs}
    assert all(link.startswith("https://") or link[1:] in places for link in Elements(text).links())


def test_a_day_has_its_stories_and_the_outlets(reader: PinnedReader, settings: Settings) -> None:
    with reader.reading() as lake:
        text = day_report(lake, date(2026, 3, 4), (), settings, READ_AT)
        later = day_report(lake, date(2026, 3, 5), (), settings, READ_AT)
        other = day_report(lake, date(2026, 3, 4), ("nobody",), settings, READ_AT)
    assert "More than 900 people" in text
    assert 'id="outlets"' in text
    assert "No story here" in later
    assert "No story here" in other


def test_the_verb_writes_the_file_whole_and_says_where(settings: Settings, tmp_path: Path) -> None:
    output = tmp_path / "day.html"
    done = CliRunner().invoke(
        command, ["--since", "2026-03-04", "--lake", str(settings.lake), "--output", str(output)]
    )
    assert done.exit_code == 0, done.output
    assert str(output) in done.output
    assert output.read_text().rstrip().endswith("</html>")
    assert [path.name for path in tmp_path.iterdir()] == ["day.html"]


def test_an_unknown_story_leaves_no_file(settings: Settings, tmp_path: Path) -> None:
    output = tmp_path / "story.html"
    done = CliRunner().invoke(command, ["zz", "--lake", str(settings.lake), "--output", str(output)])
    assert isinstance(done.exception, UnknownIdError)
    assert not output.exists()


@pytest.mark.parametrize("words_", [[], ["a1", "--article", "b2"], ["a1", "--outlet", "valley-post"]])
def test_the_verb_wants_one_thing_to_report_on(words_: list[str]) -> None:
    assert CliRunner().invoke(command, words_).exit_code == 2
