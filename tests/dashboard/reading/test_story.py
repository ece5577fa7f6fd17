"""What a story's page says of edits and of spellings."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.inputs.synthetic_lake import article_id, fill_lake, story_id
from core.settings import Settings
from dashboard.model.articles import ArticlePage
from dashboard.model.stories import StoryPage
from dashboard.reading.article import read_article
from dashboard.reading.story import read_story
from dashboard.rendering import PagePlace, Snapshot, render
from warehouse.catalog.open import open_lake

PLACE = PagePlace(is_live=True, snapshot=Snapshot(1, datetime(2026, 11, 29, tzinfo=UTC)))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, quick_sessions: None) -> tuple[StoryPage, ArticlePage]:
    """A story whose fourth article was edited and spells its person otherwise, and that article."""
    settings = Settings(lake=tmp_path_factory.mktemp("story") / "lake")
    with open_lake(settings, create=True) as lake:
        fill_lake(lake, 0, 5)
        (usual,) = {row[0] for row in lake.fetch("SELECT surface FROM mentions WHERE entity_type = 'person'")}
        spell = "UPDATE mentions SET surface = $name WHERE surface = $usual AND ($one IS NULL OR article_id = $one)"
        lake.execute(spell, {"name": "Ida Orlensky", "usual": usual, "one": article_id(3)})
        lake.execute(spell, {"name": "Ida Orlinsky", "usual": usual, "one": None})
    with open_lake(settings, read_only=True, as_of="now") as lake:
        return read_story(lake, story_id(0)), read_article(lake, article_id(3))


def test_a_number_that_was_changed_is_shown_before_and_after(pages: tuple[StoryPage, ArticlePage]) -> None:
    story, article = pages
    assert [(one.outlet, one.change, one.printed_before, one.printed_after) for one in story.changes] == [
        ("outlet-3", "changed", "99", "103")
    ]
    assert article.changes == story.changes
    for html in (
        render("story.html", PLACE, story=story),
        render("article.html", PLACE, article=article),
    ):
        assert "<del>99</del> → <ins>103</ins>" in html
        assert f'href="/articles/{article_id(3)}#c31"' in html


def test_a_name_that_outlets_spell_in_several_ways_is_shown_with_the_outlets(
    pages: tuple[StoryPage, ArticlePage],
) -> None:
    story, article = pages
    (name,) = story.spelled_names
    assert [(one.spelling == name.person, one.is_usual, one.outlet) for one in name.spellings] == [
        *((True, True, f"outlet-{number}") for number in (0, 1, 2, 4)),
        (False, False, "outlet-3"),
    ]
    assert article.spelled_names == story.spelled_names
    for html in (
        render("story.html", PLACE, story=story),
        render("article.html", PLACE, article=article),
    ):
        assert '<mark class="other">Ida Orlensky</mark>' in html
