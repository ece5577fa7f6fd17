"""One static HTML file of stories, an article or a day: no script, no network, to mail and to print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.settings import Settings
from core.versions import code_version
from dashboard.pages import PagePlace, Snapshot, render
from dashboard.reading.article import read_article, read_known_article
from dashboard.reading.front import read_front
from dashboard.reading.outlets import read_outlets
from dashboard.reading.story import read_story
from warehouse.catalog.session import Lake

_MOST_STORIES = 20
_MOST_ARTICLES = 40


def story_report(lake: Lake, prefix: str, settings: Settings, read_at: datetime) -> str:
    """A story with its articles behind it, so that a number leads to its place in the text."""
    story = read_story(lake, prefix)
    articles = [read_known_article(lake, telling.article_id, settings) for telling in story.tellings]
    return _render(lake, read_at, story.title or "(no headline)", stories=[story], articles=articles)


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
    stories = [read_story(lake, line.story_id) for line in told_twice[:_MOST_STORIES]]
    named = [telling.article_id for story in stories for telling in story.tellings]
    articles = (
        [read_known_article(lake, one, settings) for one in named] if len(named) <= _MOST_ARTICLES else []
    )
    title = f"Stories since {since:%-d %B %Y}" + (f": {', '.join(outlets)}" if outlets else "")
    return _render(
        lake, read_at, title, front=front, stories=stories, articles=articles, page=read_outlets(lake)
    )


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
