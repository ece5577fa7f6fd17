"""From a capture's bytes to an article: body, boilerplate, metadata.

Its parts are imported when they are first asked for: who only hands out batches loads none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tasks.clean.options import CleanOptions
    from tasks.clean.stage import clean_captures

__all__ = ["CleanOptions", "clean_captures"]
_HOMES = {
    "CleanOptions": "tasks.clean.options",
    "clean_captures": "tasks.clean.stage",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
