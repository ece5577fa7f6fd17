"""`copydesk outlets`: list, check, add, import and export."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cli.options import json_option, settings_for

_file_option = click.option(
    "--config", type=click.Path(path_type=Path), help="Settings file [default: ./copydesk.toml]."
)


@click.group(
    "outlets",
    epilog="""\b
Examples:
  copydesk outlets add https://harbour-post.example/
  copydesk outlets check
  copydesk outlets import feeds.opml""",
)
def command() -> None:
    """Look at the outlets of copydesk.toml, and add some."""


@command.command("list")
@json_option
@_file_option
def list_outlets(as_json: bool, config: Path | None) -> None:
    """List the outlets with what is followed and how often."""
    from cli.display import print_json, print_mappings

    settings = settings_for(None, config)
    rows = [
        {
            "outlet": outlet.key,
            "name": outlet.name,
            "feeds": len(outlet.feeds),
            "sitemaps": len(outlet.sitemaps),
            "sections": len(outlet.sections),
            "schedule": outlet.schedule or settings.schedules.ingest,
            "why": outlet.why,
        }
        for outlet in settings.outlets
    ]
    print_json(rows) if as_json else print_mappings(rows, empty="no outlet yet; `copydesk outlets add URL`")


@command.command("check")
@click.argument("keys", nargs=-1)
@json_option
@_file_option
def check(keys: tuple[str, ...], as_json: bool, config: Path | None) -> None:
    """Ask for every feed, sitemap and section once and say how it is; exit code 1 when one cannot be followed."""
    from cli.display import print_json, print_mappings
    from flows.outlets import check_outlets

    found = check_outlets(settings_for(None, config), keys)
    rows = [{"outlet": key, **asdict(result)} for key, result in found]
    print_json(rows) if as_json else print_mappings(rows)
    raise SystemExit(1 if any(result.problem for _, result in found) else 0)


@command.command("add")
@click.argument("url")
@_file_option
def add(url: str, config: Path | None) -> None:
    """Find the feeds and sitemaps of the outlet at URL and add a block for it to the settings file."""
    from flows.outlets import add_outlets, survey

    outlet = survey(settings_for(None, config), url)
    file = config or Path("copydesk.toml")
    if add_outlets(file, [outlet]):
        what = ", ".join([*outlet.feeds, *outlet.sitemaps, *outlet.sections])
        click.echo(f"added {outlet.key} to {file}: {what}")
    else:
        click.echo(f"{outlet.key} is in {file} already")


@command.command("import")
@click.argument("opml", type=click.Path(path_type=Path))
@_file_option
def import_(opml: Path, config: Path | None) -> None:
    """Add the outlets of an OPML file, as feed readers export them."""
    from flows.outlets import import_opml

    file = config or Path("copydesk.toml")
    click.echo(f"added {len(import_opml(file, opml))} outlets to {file}")


@command.command("export")
@_file_option
def export(config: Path | None) -> None:
    """Print the outlets' feeds as OPML."""
    from flows.outlets import export_opml

    click.echo(export_opml(settings_for(None, config)).decode("utf-8"), nl=False)
