"""The command `copydesk`: its verbs, each loaded only when it is used."""

from __future__ import annotations

import io
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path

import click

from cli.console.groups import NearGroup
from cli.console.terminal import say, say_text
from core import __version__
from core.errors import CopydeskError, explain_refusal
from core.lean import collect_seldom, leave_out_pandas

# verb -> (module, one line for --help); the module holds a click command named `command`
VERBS = {
    "init": ("cli.work.init", "Write a commented copydesk.toml."),
    "run": ("cli.work.run", "Fetch what is new at your outlets, once and now."),
    "load": ("cli.work.load", "Load files and folders of articles into the lake."),
    "preview": (
        "cli.work.preview",
        "Show what would be extracted from one page or a stream; nothing is stored.",
    ),
    "backfill": ("cli.work.backfill", "Work archived articles again with today's code; never the network."),
    "serve": ("cli.work.serve", "Run the schedules of copydesk.toml in this process."),
    "deploy": ("cli.work.deploy", "Create the deployments on a Prefect server, for workers."),
    "watches": (
        "cli.work.watches",
        "List, test and run the watches, whose new rows are sent after each run.",
    ),
    "stories": ("cli.work.stories", "Split and merge stories by hand; every later grouping keeps to it."),
    "outlets": ("cli.work.outlets", "List, check, add, import and export outlets."),
    "sql": ("cli.ask.sql", "Query the lake in SQL, read-only; without a query, open a shell."),
    "query": ("cli.ask.query", "Run a named query; without a name, list them."),
    "search": ("cli.ask.search", "Search the articles' full text, best first."),
    "tables": ("cli.ask.tables", "Show the tables and columns with their meaning."),
    "explain": ("cli.ask.explain", "Show one article's whole history: captures, removed lines, rows, runs."),
    "report": ("cli.ask.report", "Write one HTML file of a story, an article or a day, to share."),
    "dashboard": ("cli.ask.dashboard", "Show the same pages in a browser, live, on this machine."),
    "mcp": ("cli.ask.mcp", "Serve the lake to an assistant (Model Context Protocol, reading only)."),
    "status": ("cli.ask.status", "Show freshness, the last runs and the outcomes of their inputs."),
    "archive": ("cli.keep.archive", "Verify and index the WARC files."),
    "check": ("cli.keep.check", "Run the data checks."),
    "maintain": ("cli.keep.maintain", "Compact and expire files of the lake."),
    "lake": ("cli.keep.lake", "Back the lake up, restore it, export it as Parquet, or move it to a server."),
    "models": ("cli.keep.models", "List and install language models that find names in other languages."),
    "doctor": ("cli.keep.doctor", "Check this installation and print the ATTACH line for other clients."),
}

EPILOG = """\b
Examples:
  copydesk load articles/ --outlet harbour-post
  copydesk sql "from figures limit 5"
  copydesk query side_by_side
  copydesk backfill --stage extract --only stale --dry-run

Exit codes: 0 success, 1 a check failed, 2 wrong use, 3 try again."""


def find_section(verb: str) -> str:
    """The section of a verb in --help: Work, Ask or Keep, as the folder of its module is called."""
    return VERBS[verb][0].split(".")[1].capitalize()


class LazyGroup(NearGroup):
    """A group that imports a verb's module only when the verb is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order of the table above."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The verb's command, or None."""
        if name not in VERBS:
            return None
        command: click.Command = import_module(VERBS[name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs by section, from the table above, so that --help imports no verb."""
        for section in dict.fromkeys(map(find_section, VERBS)):
            lines = [(name, line) for name, (_, line) in VERBS.items() if find_section(name) == section]
            with formatter.section(section):
                formatter.write_dl(lines)


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="copydesk")
@click.option("-v", "--verbose", count=True, help="Show log lines: runs, steps, warnings; -vv shows more.")
@click.option(
    "--log-file", type=click.Path(path_type=Path, dir_okay=False), help="Append all log lines to this file."
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines of text, or of JSON.",
)
def copydesk(verbose: int, log_file: Path | None, log_format: str) -> None:
    """News articles in; names, figures, dates, quotations and stories out, side by side in SQL."""
    if verbose or log_file:
        from cli.console.log_output import start_logs

        start_logs(verbose, log_file, log_format)


def main() -> None:
    """Run the command line. An expected error is one line on stderr and an exit code."""
    leave_out_pandas()
    collect_seldom()
    try:
        code = copydesk.main(standalone_mode=False)
    except click.exceptions.Abort:
        say("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        _show(error)
        sys.exit(2)
    except CopydeskError as error:
        say_text(f"copydesk: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output (head, less) has closed it, so no message could arrive.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as error:
        if refusal := explain_refusal(error):
            say_text(f"copydesk: {refusal}", err=True)
            sys.exit(refusal.exit_code)
        if os.environ.get("COPYDESK_DEBUG"):
            say_text("".join(traceback.format_exception(error)), err=True, ends=False)
            sys.exit(1)
        say_text(
            f"copydesk: internal error: {type(error).__name__}: {error} "
            "(a defect of Copydesk; set COPYDESK_DEBUG=1 to see where)",
            err=True,
        )
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _show(error: click.ClickException) -> None:
    """The usage error as click words it, with what was typed made visible."""
    worded = io.StringIO()
    error.show(file=worded)
    say_text(worded.getvalue(), err=True, ends=False)
