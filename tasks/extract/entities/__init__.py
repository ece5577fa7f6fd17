"""One id per real thing: in the article by who is meant, over the corpus by its fullest name."""

from __future__ import annotations

from collections.abc import Iterable

from core.outcomes import Row
from tasks.extract.entities.identity import Identity, identify_names
from tasks.extract.names.frame import Candidate, Frame

__all__ = ["Identity", "entity_rows", "identify_names", "merge_entities"]


def entity_rows(frame: Frame, names: list[Candidate], identities: list[Identity]) -> list[Row]:
    """A row of `entities` for each thing of the article, with the forms met here among its aliases."""
    rows: dict[str, Row] = {}
    for one, identity in zip(names, identities, strict=True):
        row = rows.setdefault(identity.entity_id, identity.to_row())
        row["aliases"].append(frame.text(one.start, one.end))
    return merge_entities(rows.values())


def merge_entities(rows: Iterable[Row]) -> list[Row]:
    """One row per entity_id, aliases united and sorted, other values from the fullest name's row.

    In the order of first appearance. The result does not depend on the order of rows of one entity.
    """
    merged: dict[str, Row] = {}
    aliases: dict[str, set[str]] = {}
    for row in rows:
        key = row["entity_id"]
        aliases.setdefault(key, set()).update(row["aliases"] or ())
        if key not in merged or _fullness(row) < _fullness(merged[key]):
            merged[key] = {**row} if key not in merged else {**merged[key], **row}
    for key, row in merged.items():
        row["aliases"] = sorted(aliases[key] - {row["name"]})
    return list(merged.values())


def _fullness(row: Row) -> tuple[int, bool, str]:
    """The longest name first; of equal ones a form that is not in capitals, as datelines are."""
    return -len(row["name"]), row["name"] == row["name"].upper(), row["name"]
