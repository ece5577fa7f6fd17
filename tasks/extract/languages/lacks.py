"""What a language's folder lacks: `python -m tasks.extract.languages.lacks sv`; without a code, of all."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from tasks.extract.languages.words import known_codes, read_table

# What every language has that is read in full. Word order and spelling rules depend on the language.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "numbers": ("cardinals", "scales", "ordinals|ordinal_stems|made_ordinals|rank_after|rank_before", "fractions|parts_of", "minus", "half", "over|parts_of"),
    "figures": ("percent", "hedges_before.at_least", "hedges_before.at_most", "hedges_before.about", "hedges_before.almost",
                "hedges_after.at_least", "range_to", "currencies", "units", "nouns|capital_nouns", "stops|counters", "labels"),
    "dates": ("days", "day_parts", "parts", "units", "which", "seasons", "holidays", "to", "weekend", "start", "end",
              "ago_before|ago_after", "in_before|later"),
    "speech": ("verbs.forms|verbs.stems", "according|according_after|according_before|according_behind", "he", "articles|order", "stops|order"),
    "people": ("honorifics", "offices", "people", "collectives"),
    "meanings": ("words", "clause_ends"),
    "names": ("connectors", "organization_heads|organization_words", "never", "aliases", "peoples", "forms"),
}  # fmt: skip


def lacking(code: str) -> list[str]:
    """The tables and lists that the folder of the language does not have, as "file: name"."""
    missing: list[str] = []
    for file in NEEDED:
        table = read_table(code, file)
        missing += [f"{file}.toml: {name}" for name in NEEDED[file] if not _has(table, name, code)]
    return missing


def _has(table: Mapping[str, Any], names: str, code: str) -> bool:
    """One of the names is in the table; numerals in characters are cardinals and scales as well."""
    for name in names.split("|"):
        found: Any = table
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        if found:
            return True
    return names in ("cardinals", "scales") and "characters" in table


def main(codes: list[str]) -> None:
    """Print what each language lacks."""
    for code in codes or known_codes():
        missing = lacking(code)
        sys.stdout.write(f"{code}: {', '.join(missing) or 'nothing'}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
