"""Announcements remembered between runs, for pages to fetch after their listing has moved on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tasks.acquire.base.announcements import Announcement

_TEXTS = ("title", "language", "section", "published_said", "modified_said")
_TIMES = ("published_at", "modified_at")


def note_announcement(entry: Announcement) -> dict[str, Any]:
    """The remembered part of an announcement: all but its text, without empty values."""
    said: dict[str, Any] = {"url": entry.url, "wording": entry.said, "authors": list(entry.authors)}
    said |= {name: getattr(entry, name) for name in _TEXTS}
    said |= {name: moment.isoformat() for name in _TIMES if (moment := getattr(entry, name))}
    return {name: value for name, value in said.items() if value}


def read_entry_note(note: Mapping[str, Any]) -> Announcement:
    """The announcement that `note_announcement` wrote; its key and its marker are the same."""
    values: dict[str, Any] = {name: note.get(name) for name in ("wording", *_TEXTS)}
    values |= {name: datetime.fromisoformat(note[name]) for name in _TIMES if name in note}
    return Announcement(note["url"], authors=tuple(note.get("authors", ())), **values)


def noted_time(note: Mapping[str, Any]) -> str:
    """The time of the entry's edit or publication, to sort by; "" if unknown."""
    return str(note.get("modified_at") or note.get("published_at") or "")
