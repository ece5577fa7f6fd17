"""The server of the Model Context Protocol: the tools on standard input and output."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from copydesk.assistant.quoting import RULE
from copydesk.assistant.tools import LakeTools
from core import __version__
from core.errors import ConfigError, CopydeskError
from warehouse.asking.pinned import PinnedReader

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from core.settings import Settings

INSTRUCTIONS = (
    "Copydesk compares what news outlets print: names, figures, dates and quotations, each with its exact place in the"
    f" text, and stories that several outlets tell. {RULE} Quote the sentence and name the outlet for every number; a"
    " verdict such as 'conflict' says that two readings cannot both be true, not which one is."
)


def make_server(tools: LakeTools) -> MCPServer:
    """The server with its tools; they only read. Raises ConfigError if the SDK is not installed."""
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError:
        raise ConfigError('the package mcp is not installed; pip install "copydesk[mcp]"') from None
    server = MCPServer("copydesk", instructions=INSTRUCTIONS, version=__version__, log_level="ERROR")
    reading = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool in (
        tools.list_stories,
        tools.get_story,
        tools.search_articles,
        tools.get_article,
        tools.list_questions,
        tools.ask_question,
        tools.run_sql,
        tools.describe_tables,
    ):
        server.tool(annotations=reading, structured_output=False)(_explained(tool))
    return server


def serve_assistant(settings: Settings) -> None:
    """Serve one assistant on standard input and output until it goes."""
    with closing(PinnedReader(settings)) as reader:
        make_server(LakeTools(settings, reader)).run("stdio")


def _explained(tool: Callable[..., str]) -> Callable[..., str]:
    """The tool, whose expected errors come to the assistant as the words that say what to do."""
    from mcp.server.mcpserver.exceptions import ToolError

    @functools.wraps(tool)
    def call(*values: object, **named: object) -> str:
        try:
            return tool(*values, **named)
        except CopydeskError as error:
            raise ToolError(str(error)) from error

    return call
