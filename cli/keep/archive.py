"""`copydesk archive`: the WARC files verified and indexed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.console.groups import NearGroup
from cli.console.options import chosen_form, lake_options, settings_for, table_options
from cli.console.terminal import say

if TYPE_CHECKING:
    from warehouse.archive.writer import ArchiveProblem

_ALL_GOOD = "every capture and every WARC file is intact"
_COLUMNS = ("file", "offset", "detail", "repaired")


@click.group(
    "archive", cls=NearGroup, epilog="\b\nExamples:\n  copydesk archive verify\n  copydesk archive index"
)
def command() -> None:
    """Check and index the archive of everything that was fetched or loaded."""


@command.command(
    "verify",
    epilog="\b\nExamples:\n  copydesk archive verify\n  copydesk archive verify --output problems.csv\n  copydesk archive verify --repair",
)
@click.option(
    "--repair", is_flag=True, help="First repair what can be repaired; without it nothing is changed."
)
@table_options
@lake_options
def verify_command(
    repair: bool, output: Path | None, lake: Path | None, config: Path | None, **forms: Any
) -> None:
    """Read every WARC file from end to end and every capture back, and compare all digests.

    Lists what is missing, cut off or altered, and then exits with code 1. Records that only their long
    headers keep from being read are mended with --repair: no byte of a page changes, and no record moves.
    """
    settings = settings_for(lake, config)
    from cli.console.formats import print_rows_as
    from cli.console.progress import ProgressBar
    from flows import archive

    with ProgressBar() as progress:
        repaired = archive.repair(settings, progress) if repair else []
        problems = archive.verify(settings, progress)
    form = chosen_form(forms)
    if output or form:
        rows = [_describe(found, is_repaired=True) for found in repaired]
        rows += [_describe(problem, is_repaired=False) for problem in problems]
        print_rows_as(form, output, rows, empty=_ALL_GOOD, columns=_COLUMNS)
    else:
        for found in (*repaired, *problems):
            say(found.problem)
        say(f"{len(problems)} problems: not all of the archive is intact" if problems else _ALL_GOOD)
    raise SystemExit(1 if problems else 0)


def _describe(found: ArchiveProblem, *, is_repaired: bool) -> dict[str, object]:
    values = (found.pointer.warc_file, found.pointer.warc_offset, found.problem, is_repaired)
    return dict(zip(_COLUMNS, values, strict=True))


@command.command("index", epilog="\b\nExample:\n  copydesk archive index")
@lake_options
def index_command(lake: Path | None, config: Path | None) -> None:
    """Write CDXJ indexes, so that pywb and similar programs can replay the archive.

    Records that cannot be read are skipped and listed; the exit code is then 1.
    """
    from flows import archive

    written = archive.index(settings_for(lake, config))
    for file, unread in written:
        for problem in unread:
            say(problem.problem, err=True)
        say(f"wrote {file}")
    if not written:
        say("every WARC file has a current index")
    raise SystemExit(1 if any(unread for _, unread in written) else 0)
