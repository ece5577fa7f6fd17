"""`copydesk outlets`: list, check, add, import and export."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from cli.console.groups import NearGroup
from cli.console.options import chosen_form, settings_for, table_options
from cli.console.terminal import say, say_text
from core.errors import ConfigError
from core.safety.visible import escape_xml

_file_option = click.option(
    "--config", type=click.Path(path_type=Path), help="Settings file [default: ./copydesk.toml]."
)


@click.group(
    "outlets",
    cls=NearGroup,
    epilog="""\b
Examples:
  copydesk outlets add https://harbour-post.example/
  copydesk outlets check
  copydesk outlets import feeds.opml""",
)
def command() -> None:
    """List, check and add outlets of copydesk.toml."""


@command.command(
    "list", epilog="\b\nExamples:\n  copydesk outlets list\n  copydesk outlets list --format csv"
)
@table_options
@_file_option
def list_outlets(output: Path | None, config: Path | None, **forms: Any) -> None:
    """List the outlets, what is followed of each, and how often."""
    from cli.console.formats import print_rows_as

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
    print_rows_as(chosen_form(forms), output, rows, empty="no outlet yet; `copydesk outlets add URL`")


@command.command(
    "check", epilog="\b\nExamples:\n  copydesk outlets check\n  copydesk outlets check harbour-post --json"
)
@click.argument("keys", nargs=-1)
@table_options
@_file_option
def check(keys: tuple[str, ...], output: Path | None, config: Path | None, **forms: Any) -> None:
    """Request every feed, sitemap and section once and report its state.

    Mistakes in the settings of outlets are listed first. Exit code 2 if there are mistakes, 1 if a listing
    cannot be followed.
    """
    from cli.console.formats import print_rows_as
    from flows.outlets import check_outlets

    found = check_outlets(config, keys)
    rows = [{"outlet": key, **asdict(result)} for key, result in found]
    print_rows_as(chosen_form(forms), output, rows, empty="nothing")
    if any(result.kind == "settings" for _, result in found):
        raise SystemExit(ConfigError.exit_code)
    raise SystemExit(1 if any(result.problem for _, result in found) else 0)


@command.command(
    "add",
    epilog="""\b
Examples:
  copydesk outlets add https://harbour-post.example/
  copydesk outlets add https://harbour-post.example/ --key post""",
)
@click.argument("url")
@click.option("--key", help="What every table will call the outlet [default: from its host].")
@_file_option
def add(url: str, key: str | None, config: Path | None) -> None:
    """Find the feeds and sitemaps of the outlet at URL and add a block for it to the settings file.

    Articles keep the key that they were fetched under, so choose it before the first run.
    """
    from flows.outlets import add_outlets, survey

    outlet = survey(settings_for(None, config), url, key)
    file = _find_file(config)
    additions = add_outlets(file, [outlet])
    what = ", ".join([*outlet.feeds, *outlet.sitemaps, *outlet.sections])
    for added in additions.added:
        say(f"added {added} to {file}: {what}")
    for known in additions.known:
        say(f"{file} already has it, as {known}")


@command.command("import", epilog="\b\nExample:\n  copydesk outlets import feeds.opml")
@click.argument("opml", type=click.Path(path_type=Path))
@_file_option
def import_(opml: Path, config: Path | None) -> None:
    """Add the outlets of an OPML file, as feed readers export them."""
    from flows.outlets import import_opml

    file = _find_file(config)
    additions = import_opml(file, opml)
    known = f"; {len(additions.known)} were there already" if additions.known else ""
    say(f"added {len(additions.added)} outlets to {file}{known}")


def _find_file(config: Path | None) -> Path:
    """The settings file that is read, or would be: --config, COPYDESK_CONFIG, ./copydesk.toml."""
    return config or Path(os.environ.get("COPYDESK_CONFIG") or "copydesk.toml")


@command.command("export", epilog="\b\nExample:\n  copydesk outlets export > feeds.opml")
@_file_option
def export(config: Path | None) -> None:
    """Print the outlets' feeds as OPML."""
    from flows.outlets import export_opml

    say_text(escape_xml(export_opml(settings_for(None, config)).decode("utf-8")), ends=False)
