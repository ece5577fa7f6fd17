"""From articles to duplicates and stories.

Its parts are imported when they are first asked for: who only hands out batches loads none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tasks.group.duplicates import DUPLICATE_COLUMNS, NEAR_DAYS, find_duplicates
    from tasks.group.signatures import sign_articles
    from tasks.group.stories import GROUP_COLUMNS, LONGEST_DAYS, group_stories

__all__ = [
    "DUPLICATE_COLUMNS",
    "GROUP_COLUMNS",
    "LONGEST_DAYS",
    "NEAR_DAYS",
    "find_duplicates",
    "group_stories",
    "sign_articles",
]
_HOMES = {
    "DUPLICATE_COLUMNS": "tasks.group.duplicates",
    "GROUP_COLUMNS": "tasks.group.stories",
    "LONGEST_DAYS": "tasks.group.stories",
    "NEAR_DAYS": "tasks.group.duplicates",
    "find_duplicates": "tasks.group.duplicates",
    "group_stories": "tasks.group.stories",
    "sign_articles": "tasks.group.signatures",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
