"""Copydesk for Python and notebooks: ask a lake, load into it, work it again, read one page without it.

`connect` opens a lake; docs/python.md shows the rest. Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from core import __version__
from core.errors import ConfigError, CopydeskError

if TYPE_CHECKING:
    from copydesk.answer import AnswerTable
    from copydesk.lake_reader import ArticleAnswer, LakeReader, StoryAnswer, connect
    from copydesk.single import PageRows, read_page
    from copydesk.writing import backfill, load
    from flows.backfill.plan import BackfillPlan
    from flows.backfill.report import BackfillReport
    from flows.backfill.request import BackfillRequest
    from flows.intake.options import FileChoice
    from flows.runs.run import RunReport

__all__ = [
    "AnswerTable",
    "ArticleAnswer",
    "BackfillPlan",
    "BackfillReport",
    "BackfillRequest",
    "ConfigError",
    "CopydeskError",
    "FileChoice",
    "LakeReader",
    "PageRows",
    "RunReport",
    "StoryAnswer",
    "__version__",
    "backfill",
    "connect",
    "load",
    "read_page",
]
_HOMES = {
    "copydesk.answer": ("AnswerTable",),
    "copydesk.lake_reader": ("ArticleAnswer", "LakeReader", "StoryAnswer", "connect"),
    "copydesk.single": ("PageRows", "read_page"),
    "copydesk.writing": ("backfill", "load"),
    "flows.backfill.plan": ("BackfillPlan",),
    "flows.backfill.report": ("BackfillReport",),
    "flows.backfill.request": ("BackfillRequest",),
    "flows.intake.options": ("FileChoice",),
    "flows.runs.run": ("RunReport",),
}

if not TYPE_CHECKING:  # a type checker sees the imports above, and reports every other name

    def __getattr__(name: str) -> object:
        """The exported thing, loaded on first use."""
        for home, names in _HOMES.items():
            if name in names:
                globals()[name] = getattr(import_module(home), name)
                return globals()[name]
        raise AttributeError(f"module 'copydesk' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
