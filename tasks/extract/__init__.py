"""From an article's text to names, figures, dates and quotations.

Its parts are imported when they are first asked for: who only hands out batches loads none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tasks.extract.options import ExtractOptions
    from tasks.extract.stage import extract_articles

__all__ = ["ExtractOptions", "extract_articles"]
_HOMES = {
    "ExtractOptions": "tasks.extract.options",
    "extract_articles": "tasks.extract.stage",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
