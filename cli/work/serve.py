"""`copydesk serve`: the schedules of copydesk.toml, in this process."""

from __future__ import annotations

from pathlib import Path

import click

from cli.console.options import lake_options, settings_for
from cli.console.terminal import say_text


@click.command(
    "serve",
    epilog="\b\nExamples:\n  copydesk serve\n  copydesk serve --port 4300\n"
    "  copydesk --log-file copydesk.log --log-format json serve\n"
    "  PREFECT_API_URL=http://127.0.0.1:4200/api PREFECT_API_AUTH_STRING=... copydesk serve",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Port of the Prefect server on 127.0.0.1.  [default: 4207, or a free one if that is taken]",
)
@lake_options
def command(port: int | None, lake: Path | None, config: Path | None) -> None:
    """Run the schedules of copydesk.toml until Ctrl-C.

    Without PREFECT_API_URL a Prefect server of its own starts beside the lake, on this machine only,
    and ends with this command. Its address is printed, and the file that logs your browser in; each start
    has a new password. Runs that would overlap wait for each other.
    """
    settings = settings_for(lake, config)
    from flows.scheduling.serve import serve_schedules

    serve_schedules(settings, say_text, config=config, port=port)
