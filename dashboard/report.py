"""One static HTML file of stories, an article or a day: no script, no network, to mail and to print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.settings import Settings
from core.versions import code_version
from dashboard.model.articles import ArticlePage
from dashboard.model.stories import StoryPage
from dashboard.reading.article import ARTICLE_QUERIES, add_spellings, read_article, read_known_articles
from dashboard.reading.front import read_front
from dashboard.reading.outlets import read_outlets
from dashboard.reading.story import STORY_QUERIES, read_known_story
from dashboard.rendering import PagePlace, Snapshot, render
from warehouse.asking.excerpt import excerpt
from warehouse.asking.ids import find_id
from warehouse.catalog.session import Lake

_MOST_STORIES = 20
_MOST_ARTICLES = 40


def story_report(lake: Lake, prefix: str, settings: Settings, read_at: datetime) -> str:
    """A story with its articles behind it, so that a number leads to its place in the text."""
    stories, articles = _read_stories(lake, [find_id(lake, "story", prefix)], settings)
    story = stories[0]
    return _render(lake, read_at, story.title or "(no headline)", stories=stories, articles=articles)


def article_report(lake: Lake, prefix: str, settings: Settings, read_at: datetime) -> str:
    """One article."""
    article = read_article(lake, prefix, settings)
    return _render(lake, read_at, article.title or "(no headline)", articles=[article])


def day_report(lake: Lake, since: date, outlets: Sequence[str], settings: Settings, read_at: datetime) -> str:
    """The stories since a day, those in dispute first; the first ones whole; how the outlets do.

    If they are few enough, all their articles follow the stories, so that numbers can link to them.
    """
    front = read_front(lake, since=since, outlets=outlets)
    told_twice = [line for line in front.stories if len(line.outlets) > 1]
    shown = [line.story_id for line in told_twice[:_MOST_STORIES]]
    stories, articles = _read_stories(lake, shown, settings, _MOST_ARTICLES)
    title = f"Stories since {since:%-d %B %Y}" + (f": {', '.join(outlets)}" if outlets else "")
    return _render(
        lake, read_at, title, front=front, stories=stories, articles=articles, page=read_outlets(lake)
    )


def _read_stories(
    lake: Lake, story_ids: Sequence[str], settings: Settings, most_articles: int | None = None
) -> tuple[list[StoryPage], list[ArticlePage]]:
    """The stories, and all their articles unless there are more than that."""
    with excerpt(lake, (*STORY_QUERIES, *ARTICLE_QUERIES), story_ids=story_ids) as part:
        stories = [read_known_story(part, one) for one in story_ids]
        if most_articles is not None and sum(len(story.tellings) for story in stories) > most_articles:
            return stories, []
        names = {one.article_id: story.spelled_names for story in stories for one in story.tellings}
        articles = read_known_articles(part, list(names), settings)
        return stories, [add_spellings(page, names[page.article_id]) for page in articles]


def _render(lake: Lake, read_at: datetime, title: str, **parts: object) -> str:
    stories, articles = parts.get("stories") or [], parts.get("articles") or []
    place = PagePlace(
        is_live=False,
        snapshot=Snapshot(lake.snapshot_id, read_at),
        made_by=f"Made by Copydesk {code_version()}.",
        articles_here=frozenset(article.article_id for article in articles),  # type: ignore[attr-defined]
        stories_here=frozenset(story.story_id for story in stories),  # type: ignore[attr-defined]
    )
    empty: dict[str, object] = {"front": None, "stories": [], "articles": [], "page": None}
    return render("report.html", place, title=title, **{**empty, **parts})
