"""How wide the columns of a table are on a terminal, where long texts wrap."""

from __future__ import annotations

from collections.abc import Sequence

# A narrower column breaks nearly every line of a text.
NARROWEST = 24
GAP = 3


def fit_widths(widths: Sequence[int], room: int) -> list[int] | None:
    """The widths of columns that need `widths` on one line and share `room`; None if long texts have no place.

    Columns of at most NARROWEST keep their width; the others share what is left, the shorter first.
    """
    left = room - GAP * (len(widths) - 1)
    fitted = [min(width, NARROWEST) for width in widths]
    if sum(fitted) > left:
        return None
    spare = left - sum(fitted)
    waiting = sorted((width, place) for place, width in enumerate(widths) if width > NARROWEST)
    for number, (width, place) in enumerate(waiting):
        share = spare // (len(waiting) - number)
        given = min(width - NARROWEST, share)
        fitted[place] += given
        spare -= given
    return fitted


def put_ids_last(columns: Sequence[str]) -> list[int]:
    """The places of the columns with those of ids and hashes last, which people read least.

    Ids of runs and backfills stay where they are: they begin with a time, and people type them.
    """
    return sorted(range(len(columns)), key=lambda place: _is_hash(columns[place]))


def _is_hash(column: str) -> bool:
    return column.endswith(("_id", "_sha256")) and column not in ("run_id", "backfill_id")
