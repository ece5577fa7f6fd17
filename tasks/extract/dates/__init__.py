"""Dates."""
from __future__ import annotations
from core.outcomes import Row
from tasks.extract.document import Document
def find_dates(document: Document) -> list[Row]:
    return []
