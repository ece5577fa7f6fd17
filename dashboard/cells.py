"""Cells of an answer: links where a value names a page, times and numbers as people read them."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape

from core.safety.visible import show_text
from dashboard.model.answers import AnswerPage

_PAGES = {
    "story_id": "stories",
    "question_id": "questions",
    "article_id": "articles",
    "original_article_id": "articles",
    "other_article_id": "articles",
    "entity_id": "entities",
    "speaker_entity_id": "entities",
    "source_entity_id": "entities",
}
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}(?:\.\d+)?(?:\+00:00)?\Z")
_ID = re.compile(r"[0-9a-f]{8,64}\Z")
_WEB = re.compile(r"https?://\S+\Z")
_SPAN = re.compile(r"⟦(.*?)⟧", re.DOTALL)
_SHOWN_ID = 8
# A cell shows some lines; a saved file has the whole text.
_LONGEST = 2_000


def table_cell(column: str, value: object) -> Markup:
    """The table cell of a value: an id links to its page, an address to its place, a marked span is marked."""
    if value is None:
        return Markup("<td></td>")
    if isinstance(value, bool):
        return Markup("<td>{}</td>").format("yes" if value else "no")
    if isinstance(value, int | float):
        return Markup('<td class="n">{}</td>').format(_tell(value))
    text = str(value) if not isinstance(value, list | tuple) else ", ".join(map(str, value))
    if column in _PAGES and _ID.match(text):
        linked = Markup('<td><a href="/{}/{}" title="{}">{}</a></td>')
        return linked.format(_PAGES[column], text, text, text[:_SHOWN_ID])
    if _WEB.match(text):
        return Markup('<td><a href="{}" rel="noreferrer noopener">at the outlet</a></td>').format(text)
    time = _TIME.match(text)
    if time:
        return Markup('<td class="at">{}</td>').format(
            time[1] if time[2] == "00:00" else f"{time[1]} {time[2]}"
        )
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return Markup('<td dir="auto"><div class="fit">{}</div></td>').format(mark_hit(shown))


def mark_hit(text: str | None) -> Markup:
    """The text with each span between ⟦ and ⟧ marked."""
    pieces = _SPAN.split(show_text(text or ""))
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


def number_places(page: AnswerPage) -> set[int]:
    """Places of the columns that hold nothing but numbers."""
    return {
        place
        for place in range(len(page.columns))
        if any(_is_number(row[place]) for row in page.rows)
        and all(row[place] is None or _is_number(row[place]) for row in page.rows)
    }


@lru_cache(maxsize=256)
def form_address(path: str, form: str) -> str:
    """The address of the same page in another form: `.csv` before the question mark."""
    before, mark, behind = path.partition("?")
    return f"{quote(before, safe='/%')}.{form}{mark}{behind}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _tell(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4f}".rstrip("0").rstrip(".")
