"""A thing named: where, and what it is quoted with."""

from __future__ import annotations

from typing import Any

from dashboard.model.entities import EntityMention, EntityPage, EntityQuotation
from dashboard.reading.marked import part_marked
from warehouse.asking.ids import find_id
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query


def read_entity(lake: Lake, prefix: str) -> EntityPage:
    """The only entity whose id begins so."""
    entity_id = find_id(lake, "entity", prefix)
    (row,) = run_query(lake, "page_entity", entity_id=entity_id).to_pylist()
    mentions = run_query(lake, "page_entity_mentions", entity_id=entity_id).to_pylist()
    quotations = run_query(lake, "page_entity_quotations", entity_id=entity_id).to_pylist()
    aliases = tuple(alias for alias in row.pop("aliases") or () if alias != row["name"])
    return EntityPage(
        **row,
        aliases=aliases,
        mentions=tuple(_make_mention(each) for each in mentions),
        quotations=tuple(EntityQuotation(**each) for each in quotations),
    )


def _make_mention(row: dict[str, Any]) -> EntityMention:
    sentence = part_marked(row.pop("marked"), row["surface"])
    return EntityMention(**row, sentence=sentence)
