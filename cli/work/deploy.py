"""`copydesk deploy`: the flows as deployments on a Prefect server."""

from __future__ import annotations

from pathlib import Path

import click

from cli.console.options import lake_options, settings_for
from cli.console.terminal import say_text


@click.command(
    "deploy",
    epilog="\b\nExample:\n"
    "  PREFECT_API_URL=http://127.0.0.1:4200/api PREFECT_API_AUTH_STRING=... copydesk deploy --pool copydesk",
)
@click.option("--pool", default="copydesk", show_default=True, help="Work pool; created if it is missing.")
@lake_options
def command(pool: str, lake: Path | None, config: Path | None) -> None:
    """Create or update the deployments ingest, stories, maintain and backfill, with their schedules.

    Repeat it after each change of copydesk.toml.
    """
    settings = settings_for(lake, config)
    from flows.scheduling.serve import deploy_flows

    deploy_flows(settings, pool, say_text)
