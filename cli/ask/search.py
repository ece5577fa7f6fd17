"""`copydesk search`: ranked full text."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cli.console.options import json_option, lake_options, settings_for


@click.command(
    "search", epilog='\b\nExamples:\n  copydesk search ferry fog\n  copydesk search "steel works" --limit 5'
)
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Show at most N articles."
)
@json_option
@lake_options
def command(
    words: tuple[str, ...], limit: int, as_json: bool, lake: Path | None, config: Path | None
) -> None:
    """Search titles and texts for WORDS, best match first (BM25)."""
    settings = settings_for(lake, config)
    from cli.console.display import print_json, print_mappings
    from warehouse.asking.search import search
    from warehouse.catalog.open import open_lake

    with open_lake(settings, read_only=True) as opened:
        hits = [asdict(hit) for hit in search(opened, " ".join(words), limit)]
    print_json(hits) if as_json else print_mappings(hits, empty="no article has these words")
