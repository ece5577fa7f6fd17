"""What is read in which language, found from the languages' folders: `python -m tasks.extract.languages.served` prints the table."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tasks.extract.languages.words import known_codes, read_table

EVERY_OTHER = "every other language"
SPEAKERS = "speaker and cue"


class LanguageSupport(NamedTuple):
    """How names, figures, dates and quotations are read in a language."""

    names: str
    figures: str
    dates: str
    quotations: str


def reading_of(code: str, models: Iterable[str] = ("en",)) -> LanguageSupport:
    """What is read in a language such as "pt-BR"; `models` are the codes that have a language model."""
    base = code.split("-")[0].lower()
    base = "nb" if base in ("no", "nn") else base
    if base == "en":
        return LanguageSupport("model, tables", "words and digits", "in words and figures", SPEAKERS)
    numbers, dates = read_table(base, "numbers"), read_table(base, "dates")
    return LanguageSupport(
        _names(base, models),
        "words and digits" if numbers.get("cardinals") or numbers.get("characters") else "digits",
        "in words and figures" if dates.get("days") else "day, month and year",
        SPEAKERS if read_table(base, "speech") else "words in marks",
    )


def _names(base: str, models: Iterable[str]) -> str:
    names = read_table(base, "names")
    if base in models:
        return "model, tables"
    if names.get("connectors"):
        return "tables, titles, verbs of saying, given names"
    if "titled_name" in read_table(base, "people"):
        return "tables, titles"
    return "tables" if names else "countries and large cities"


def readings(models: Iterable[str] = ("en",)) -> Mapping[LanguageSupport, list[str]]:
    """The languages of each kind of reading, English first; those without a folder are EVERY_OTHER."""
    found: dict[LanguageSupport, list[str]] = {}
    for code in ("en", *sorted(known_codes(), key=lambda code: (-_served(code), code)), EVERY_OTHER):
        found.setdefault(reading_of(code, models), []).append(code)
    return found


def _served(code: str) -> int:
    """How many of its files a language's folder has."""
    return sum(bool(read_table(code, name)) for name in ("numbers", "figures", "dates", "speech", "names"))


def render_table() -> str:
    """The table of README, as Markdown."""
    lines = ["| languages | names | figures | dates | quotations |", "|---|---|---|---|---|"]
    lines += [f"| {' '.join(codes)} | {' | '.join(reading)} |" for reading, codes in readings().items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render_table())
