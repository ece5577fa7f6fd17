"""`copydesk dashboard`: the pages, live on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from cli.console.options import lake_options, settings_for
from cli.console.terminal import say, show_in_browser


@click.command(
    "dashboard",
    epilog="\b\nExamples:\n  copydesk dashboard --open\n  copydesk dashboard --port 8800 --lake my-lake",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address; any other than loopback needs --token."
)
@click.option(
    "--token",
    envvar="COPYDESK_DASHBOARD_TOKEN",
    help="Password that readers must give, with any user name.  [COPYDESK_DASHBOARD_TOKEN]",
)
@click.option("--open", "opens", is_flag=True, help="Open the front page in your browser.")
@lake_options
def command(
    port: int, host: str, token: str | None, opens: bool, lake: Path | None, config: Path | None
) -> None:
    """Show stories, questions, articles, names and outlets in a browser, until Ctrl-C.

    Pages only read. Each shows one snapshot of the lake, so a load can run at the same time. Every address
    is there with .json at its end as well; /openapi.json describes them.
    """
    settings = settings_for(lake, config)
    from dashboard.serving import serve_dashboard

    def tell(address: str) -> None:
        say(f"Dashboard at {address} (Ctrl-C ends it)")
        if opens:
            show_in_browser(address)

    serve_dashboard(settings, host=host, port=port, token=token, tell=tell)
