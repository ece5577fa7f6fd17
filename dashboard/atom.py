"""Atom feeds of named questions and searches (RFC 4287): an entry for each row, whose id stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response

from core.errors import ConfigError
from core.safety.visible import show_text
from dashboard import answer_pages
from dashboard.desk import Desk
from flows.watches.answer_lines import AnswerRow, tell_row
from warehouse.asking.named_questions import find_question

_ATOM = "http://www.w3.org/2005/Atom"
_TYPE = "application/atom+xml"
_DESCRIBED: dict[int | str, dict[str, object]] = {200: {"content": {_TYPE: {}}}}


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed is of: its title, the path of its page, its own path."""

    title: str
    page: str
    path: str


def add_feeds(app: FastAPI, desk: Desk) -> None:
    """Add `/queries/NAME.atom` and `/search.atom?q=`."""

    @app.get("/queries/{name}.atom", summary="A named question as an Atom feed", responses=_DESCRIBED)
    def query(name: str, request: Request) -> Response:
        with desk.reading() as lake:
            page = answer_pages.answer_named(desk.settings, lake, name, dict(request.query_params))
        if page.problem or not page.columns:
            raise ConfigError(page.problem or f"{name} needs values; see /queries/{name}")
        base = str(request.base_url).rstrip("/")
        rows = [
            tell_row(page.columns, row, find_question(desk.settings, name).key, base) for row in page.rows
        ]
        feed = Feed(name.replace("_", " "), page.link, page.link.replace(name, f"{name}.atom", 1))
        return _send(feed, rows, base)

    @app.get("/search.atom", summary="A search as an Atom feed", responses=_DESCRIBED)
    def search(request: Request, q: Annotated[str, Query(min_length=1, max_length=2_000)]) -> Response:
        with desk.reading() as lake:
            page = answer_pages.answer_search(lake, q)
        if page.problem:
            raise ConfigError(page.problem)
        base = str(request.base_url).rstrip("/")
        columns = ("title", "outlet", "published_at", "snippet", "article_id")
        rows = [
            tell_row(columns, [getattr(hit, name) for name in columns], ("article_id",), base)
            for hit in page.hits
        ]
        asked = request.url.query
        return _send(Feed(f"Search: {q}", f"/search?{asked}", f"/search.atom?{asked}"), rows, base)


def write_feed(feed: Feed, rows: Sequence[AnswerRow], base: str, read_at: datetime) -> bytes:
    """The feed as XML. Ids are of the question and the row, so that they stay when the address changes."""
    times = [_read_time(row.at) for row in rows]
    newest = max((at for at in times if at), default=read_at)
    root = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", uuid5(NAMESPACE_URL, f"copydesk:{feed.page}").urn)
    _add(root, "title", feed.title)
    _add(root, "updated", newest.isoformat())
    _add(_add(root, "author", ""), "name", "Copydesk")
    _add(root, "link", "", rel="self", type=_TYPE, href=base + feed.path)
    _add(root, "link", "", rel="alternate", type="text/html", href=base + feed.page)
    for row, at in zip(rows, times, strict=True):
        entry = _add(root, "entry", "")
        _add(entry, "id", uuid5(NAMESPACE_URL, f"copydesk:{feed.page}:{row.key}").urn)
        _add(entry, "title", row.head)
        _add(entry, "updated", (at or newest).isoformat())
        _add(entry, "content", row.words, type="text")
        for link in row.links[-1:] or (base + feed.page,):
            _add(entry, "link", "", rel="alternate", href=link)
    ElementTree.register_namespace("", _ATOM)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _send(feed: Feed, rows: Sequence[AnswerRow], base: str) -> Response:
    return Response(write_feed(feed, rows, base, datetime.now(UTC)), media_type=f"{_TYPE}; charset=utf-8")


def _add(parent: ElementTree.Element, name: str, words: str, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = show_text(words) or None
    return element


def _read_time(text: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return at if at is None or at.tzinfo else at.replace(tzinfo=UTC)
