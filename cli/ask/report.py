"""`copydesk report`: one static HTML file to share."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from cli.console.options import Day, lake_options, settings_for
from cli.console.output_file import replacing
from cli.console.terminal import say, say_text, show_in_browser


@click.command(
    "report",
    epilog="""\b
Examples:
  copydesk report 96c4 --output wexcombe.html
  copydesk report --article 3dd2 --output article.html
  copydesk report --since 2026-10-20 --outlet reachlight > day.html""",
)
@click.argument("story", required=False)
@click.option(
    "--article", metavar="ID", help="Report on this article: the beginning of its id, or its address."
)
@click.option(
    "--since", type=Day(), metavar="DAY", help="Report on the stories since this day, disputes first."
)
@click.option(
    "--outlet", "outlets", multiple=True, help="With --since: only stories that this outlet covers."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file; needed on a terminal.  [default: standard output]",
)
@click.option("--open", "opens", is_flag=True, help="Open the file in your browser; needs --output.")
@lake_options
def command(
    story: str | None,
    article: str | None,
    since: date | None,
    outlets: tuple[str, ...],
    output: Path | None,
    lake: Path | None,
    config: Path | None,
    **more: Any,
) -> None:
    """Write one HTML file of STORY (the beginning of its id will do), an article or the stories since a day.

    The file holds no script and needs no network: mail it, print it, keep it. Each number links to its
    place in the text.
    """
    if sum(given is not None for given in (story, article, since)) != 1:
        raise click.UsageError(
            "Give one of STORY, --article ID and --since DAY; `copydesk query biggest_stories` lists stories."
        )
    if outlets and since is None:
        raise click.UsageError("--outlet goes with --since.")
    if more["opens"] and output is None:
        raise click.UsageError("--open needs the name of the file: --output report.html.")
    if output is None and sys.stdout.isatty():
        raise click.UsageError(
            "Name the file: --output report.html; without it the HTML would fill the terminal."
        )
    settings = settings_for(lake, config)
    from dashboard.report import article_report, day_report, story_report
    from warehouse.catalog.open import open_lake

    read_at = datetime.now(UTC)
    with open_lake(settings, read_only=True) as opened:
        opened.use_one_core()
        if story is not None:
            text = story_report(opened, story, settings, read_at)
        elif article is not None:
            text = article_report(opened, article, settings, read_at)
        else:
            assert since is not None
            text = day_report(opened, since, outlets, settings, read_at)
    if output is None:
        say_text(text, ends=False)
        return
    with replacing(output) as unfinished:
        unfinished.write_text(text, encoding="utf-8")
    say(f"Wrote {output} ({output.stat().st_size / 1000:,.0f} kB); open it in a browser.")
    if more["opens"]:
        show_in_browser(output.resolve().as_uri())
