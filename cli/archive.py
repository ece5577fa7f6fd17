"""`copydesk archive`: the WARC files verified and indexed."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import json_option, lake_options, settings_for
from cli.terminal import say


@click.group("archive", epilog="\b\nExamples:\n  copydesk archive verify\n  copydesk archive index")
def command() -> None:
    """Look after the archive of everything that was fetched or loaded."""


@command.command("verify")
@json_option
@lake_options
def verify(as_json: bool, lake: Path | None, config: Path | None) -> None:
    """Read every WARC file from end to end and every capture back, and compare all digests.

    Tells what is missing, cut off or altered, and then exits with code 1.
    """
    settings = settings_for(lake, config)
    from cli.display import print_json
    from cli.progress import ProgressBar
    from flows import archive

    with ProgressBar() as progress:
        problems = archive.verify(settings, progress)
    if as_json:
        print_json(
            [
                {"file": p.pointer.warc_file, "offset": p.pointer.warc_offset, "detail": p.problem}
                for p in problems
            ]
        )
    else:
        for problem in problems:
            say(problem.problem)
        say(
            f"{len(problems)} problems: not all of the archive is as it was"
            if problems
            else "every capture and every WARC file is as it was"
        )
    raise SystemExit(1 if problems else 0)


@command.command("index")
@lake_options
def index(lake: Path | None, config: Path | None) -> None:
    """Write CDXJ indexes, so that pywb and the like can replay what was fetched."""
    from flows import archive

    written = archive.index(settings_for(lake, config))
    for file in written:
        say(f"wrote {file}")
    if not written:
        say("every WARC file has a current index")
