"""`copydesk search`: ranked full text."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from cli.console.options import Day, chosen_form, export_options, json_option, lake_options, settings_for
from cli.console.terminal import say


@click.command(
    "search",
    epilog="""\b
Examples:
  copydesk search ferry fog                          both words
  copydesk search '"blast furnace" OR march' --limit 5
  copydesk search 'steel* NOT ferry' --outlet reachlight
  copydesk search lamp --speaker Corrigan --since 2026-10-20
  copydesk search 'licence speaker:Hale since:2026-10-14' --output licence.xlsx""",
)
@click.argument("words", nargs=-1)
@click.option("--outlet", "outlets", multiple=True, help="Only articles of this outlet; can be repeated.")
@click.option("--since", type=Day(), metavar="DAY", help="Only articles published on this day or later.")
@click.option("--until", type=Day(), metavar="DAY", help="Only articles published on this day or earlier.")
@click.option("--speaker", metavar="NAME", help="Only articles that quote this person.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Show at most N articles."
)
@export_options
@json_option
@lake_options
def command(
    words: tuple[str, ...],
    limit: int,
    output: Path | None,
    lake: Path | None,
    config: Path | None,
    **given: Any,
) -> None:
    """Search titles and texts for WORDS, best match first (BM25); with filters alone, the newest articles.

    Words side by side: all of them. "..." is a phrase, AND, OR, NOT and brackets join, steel* is the beginning of a
    word. outlet:, since:, until: and speaker: filter like the options. Standard error says what was not
    understood. In SQL: from search('ferry NOT fog', most := 50).
    """
    chosen = {name: given.pop(name) for name in ("outlets", "since", "until", "speaker")}
    if not words and not any(chosen.values()):
        raise click.UsageError("Give at least one word to search for, or a filter such as --outlet.")
    settings = settings_for(lake, config)
    from cli.console.formats import print_rows_as
    from warehouse.asking.search import SearchFilters, SearchHit, search
    from warehouse.catalog.open import open_lake

    with open_lake(settings, read_only=True) as opened:
        hits = search(opened, " ".join(words), limit, SearchFilters(**chosen))
    for note in hits.notes:
        say(note, err=True)
    columns = tuple(SearchHit.__dataclass_fields__)
    rows = [asdict(hit) for hit in hits]
    print_rows_as(chosen_form(given), output, rows, empty="no article fits", columns=columns)
