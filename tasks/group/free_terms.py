"""Terms of an article that are the same in all languages: ids of entities, numbers, days of events, acronyms, and names by
their consonants."""

from __future__ import annotations

import re
from itertools import chain

from core.outcomes import Row
from tasks.group.sounds import find_name_sounds
from tasks.group.word_memory import WordMemory, split_pieces

LEAD_CHARS = 2500
# Counts up to a dozen are in reports on any event.
SMALL_COUNT = 12
# A name by its consonants may be another name, and German nouns have capitals too.
NAME_WEIGHT = 0.5
_ACRONYM = re.compile(r"\b(?:[A-Z][A-Z0-9-]{2,}|[A-Z][a-z]+[A-Z]\w+)\b")
_acronyms = WordMemory(lambda piece: tuple(_ACRONYM.findall(piece)), 100_000)


def count_free_terms(row: Row) -> dict[str, float]:
    """Each term of an article that is the same in all languages, once."""
    terms = [f"entity {entity}" for entity in sorted(set(row.get("entity_ids") or ()))]
    for number in row.get("numbers") or ():
        if number["kind"] != "count" or number["value"] > SMALL_COUNT:
            terms.append(f"number {round(number['value'], 4)}")
    terms += [f"day {day.isoformat()[:10]}" for day in row.get("event_dates") or ()]
    lead = (row.get("body_text") or "")[:LEAD_CHARS]
    acronyms = chain.from_iterable(map(_acronyms.__getitem__, split_pieces(lead)))
    terms += [f"acronym {word}" for word in acronyms]
    names = find_name_sounds(row.get("title") or "", lead)
    return {f"name {name}": NAME_WEIGHT for name in names} | dict.fromkeys(terms, 1.0)
