"""Terms of an article that are the same in all languages: ids of entities, numbers, days of events, acronyms."""

from __future__ import annotations

import re

from core.outcomes import Row

LEAD_CHARS = 2500
# Counts up to a dozen are in reports on any event.
SMALL_COUNT = 12
_ACRONYM = re.compile(r"\b(?:[A-Z][A-Z0-9-]{2,}|[A-Z][a-z]+[A-Z]\w+)\b")


def count_free_terms(row: Row) -> dict[str, float]:
    """Each term of an article that is the same in all languages, once."""
    terms = [f"entity {entity}" for entity in sorted(set(row.get("entity_ids") or ()))]
    for number in row.get("numbers") or ():
        if number["kind"] != "count" or number["value"] > SMALL_COUNT:
            terms.append(f"number {round(number['value'], 4)}")
    terms += [f"day {day.isoformat()[:10]}" for day in row.get("event_dates") or ()]
    terms += [f"acronym {word}" for word in _ACRONYM.findall((row.get("body_text") or "")[:LEAD_CHARS])]
    return dict.fromkeys(terms, 1.0)
