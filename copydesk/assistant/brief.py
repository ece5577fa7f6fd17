"""A short form of a story for assistants, whose input is limited: nothing is said twice."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any

from dashboard.model.questions import Marked
from dashboard.model.stories import StoryPage

# An article's headline stands with its telling, a story's id at the top, and the pieces of a quotation are its text.
_SAID_ELSEWHERE = {
    "questions": ("story_id",),
    "readings": ("title",),
    "versions": ("pieces",),
}


def brief_story(story: StoryPage) -> dict[str, Any]:
    """The story as dicts without empty values; a sentence is one text with its span between ⟦ and ⟧."""
    told = _shorten(story, "")
    assert isinstance(told, dict)
    return told


def _shorten(value: Any, name: str) -> Any:
    if isinstance(value, Marked):
        return f"{value.before}⟦{value.span}⟧{value.after}"
    if is_dataclass(value) and not isinstance(value, type):
        value = {field: getattr(value, field) for field in value.__dataclass_fields__}
        left_out = _SAID_ELSEWHERE.get(name, ())
        return {
            one: _shorten(item, one) for one, item in value.items() if one not in left_out and _is_said(item)
        }
    if isinstance(value, list | tuple):
        return [_shorten(item, name) for item in value]
    return value


def _is_said(value: Any) -> bool:
    return value is not None and value is not False and value not in ((), [])
