"""`copydesk mcp`: the lake for an assistant."""

from __future__ import annotations

from pathlib import Path

import click

from cli.console.options import lake_options, settings_for


@click.command(
    "mcp",
    epilog="""\b
Examples:
  copydesk mcp --lake my-lake         an assistant starts it with this command
  claude mcp add copydesk -- copydesk mcp --lake /data/my-lake""",
)
@lake_options
def command(lake: Path | None, config: Path | None) -> None:
    """Serve the lake to an assistant, by the Model Context Protocol on standard input and output; reading only.

    It lists and searches stories and articles, shows a story side by side and an article's facts with their
    places, asks named questions and SQL with the fences and limits of the dashboard, and explains the tables.
    Texts of outlets are marked as quoted material. See docs/assistant.md; needs `copydesk[mcp]`.
    """
    settings = settings_for(lake, config)
    from copydesk.assistant.mcp_server import serve_assistant

    serve_assistant(settings)
