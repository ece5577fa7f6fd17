"""`copydesk search`: ranked full text."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from cli.console.options import chosen_form, export_options, json_option, lake_options, settings_for


@click.command(
    "search", epilog='\b\nExamples:\n  copydesk search ferry fog\n  copydesk search "steel works" --limit 5'
)
@click.argument("words", nargs=-1, required=True)
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
    **forms: Any,
) -> None:
    """Search titles and texts for WORDS, best match first (BM25)."""
    settings = settings_for(lake, config)
    from cli.console.formats import print_rows_as
    from warehouse.asking.search import search
    from warehouse.catalog.open import open_lake

    with open_lake(settings, read_only=True) as opened:
        hits = [asdict(hit) for hit in search(opened, " ".join(words), limit)]
    print_rows_as(chosen_form(forms), output, hits, empty="no article has these words")
