"""People whose name the outlets of a story spell in several ways."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dashboard.model.edits import SpelledName, Spelling
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query

SPELLING_QUERIES = ("page_spellings",)
_SAME = tuple(Spelling.__dataclass_fields__)


def read_spellings(part: Lake, story_id: str) -> tuple[SpelledName, ...]:
    """Those of a story, in an excerpt that holds it."""
    rows = run_query(part, "page_spellings", story_id=story_id).to_pylist()
    return tuple(
        SpelledName(person, tuple(Spelling(**{name: row[name] for name in _SAME}) for row in group))
        for person, group in groupby(rows, lambda row: row["person"])
    )


def spelled_by(outlet: str, names: Sequence[SpelledName]) -> tuple[SpelledName, ...]:
    """Those of the names that this outlet prints."""
    return tuple(one for one in names if any(each.outlet == outlet for each in one.spellings))
