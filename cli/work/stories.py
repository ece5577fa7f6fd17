"""`copydesk stories`: split and merge stories by hand, and take that back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cli.console.groups import NearGroup
from cli.console.options import chosen_form, dry_run_option, lake_options, settings_for, table_options
from cli.console.terminal import say

if TYPE_CHECKING:
    from flows.correcting.plans import Correction, Decision

F = TypeVar("F", bound=Callable[..., Any])


def _decision_options(function: F) -> F:
    """--by and --why, on verbs that record a decision."""
    function = click.option("--why", metavar="TEXT", help="Record why, in your words.")(function)
    return click.option(
        "--by", metavar="NAME", help="Record who decides.  [default: your name on this machine]"
    )(function)


@click.group(
    "stories",
    cls=NearGroup,
    epilog="""\b
Examples:
  copydesk stories split 96c4 4be06 --why "another march, a week earlier"
  copydesk stories merge 96c4 a3b0 --dry-run
  copydesk stories undo 5d1e""",
)
def command() -> None:
    """Correct stories by hand: split one, merge several. Later loads and backfills keep to what you decide."""


@command.command(
    "split",
    epilog="""\b
Examples:
  copydesk stories split 96c4 4be06 81fd2 --why "another march, a week earlier"
  copydesk stories split 96c4 https://harbour-post.example/2026/11/march --dry-run""",
)
@click.argument("story")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@_decision_options
@dry_run_option
@table_options
@lake_options
def split(
    story: str,
    articles: tuple[str, ...],
    output: Path | None,
    lake: Path | None,
    config: Path | None,
    **words: Any,
) -> None:
    """Take the ARTICLEs out of STORY: they report another event and become a story of their own.

    Name story and articles by the beginning of their ids, or articles by their address; `copydesk query story story_id=STORY` lists
    them. The rest keeps the story's id. Articles with the very same text go along.
    """
    from flows.correcting.correct import split_story

    decision, dry_run = _decide(words), words["dry_run"]
    found = split_story(settings_for(lake, config), story, articles, decision, dry_run=dry_run)
    _show(found, dry_run, output, words)


@command.command(
    "merge",
    epilog="""\b
Examples:
  copydesk stories merge 96c4 a3b0 --by "Ilse Tarrant" --why "one march, two squares"
  copydesk stories merge 96c4 a3b0 --dry-run""",
)
@click.argument("stories", nargs=-1, required=True, metavar="STORY STORY...")
@_decision_options
@dry_run_option
@table_options
@lake_options
def merge(
    stories: tuple[str, ...],
    output: Path | None,
    lake: Path | None,
    config: Path | None,
    **words: Any,
) -> None:
    """Make one story of several that report one event. The first one named keeps its id, the ids of the others end.

    Articles that come later join the story if they are near one of those that were merged.
    """
    from flows.correcting.correct import merge_stories

    decision, dry_run = _decide(words), words["dry_run"]
    found = merge_stories(settings_for(lake, config), stories, decision, dry_run=dry_run)
    _show(found, dry_run, output, words)


@command.command(
    "undo", epilog="\b\nExamples:\n  copydesk stories undo 5d1e\n  copydesk stories undo 5d1e --dry-run"
)
@click.argument("correction")
@click.option("--by", metavar="NAME", help="Record who takes it back.  [default: your name on this machine]")
@dry_run_option
@table_options
@lake_options
def undo(
    correction: str,
    output: Path | None,
    lake: Path | None,
    config: Path | None,
    **words: Any,
) -> None:
    """Take CORRECTION back: its stories are grouped again without it.

    `copydesk stories corrections` lists corrections with their ids. The record stays, with who took it back and when.
    """
    from flows.correcting.correct import undo_correction

    decision, dry_run = _decide(words), words["dry_run"]
    found = undo_correction(settings_for(lake, config), correction, decision, dry_run=dry_run)
    _show(found, dry_run, output, words)


@command.command(
    "corrections",
    epilog="\b\nExamples:\n  copydesk stories corrections\n  copydesk stories corrections --story 96c4 --json",
)
@click.option("--story", metavar="STORY", help="Only corrections of this story: the beginning of its id.")
@table_options
@lake_options
def corrections(
    story: str | None, output: Path | None, lake: Path | None, config: Path | None, **forms: Any
) -> None:
    """List who split or merged stories, when and why, the newest first; those taken back too."""
    from cli.console.formats import print_rows_as
    from flows.correcting.correct import list_corrections

    rows = list_corrections(settings_for(lake, config), story)
    print_rows_as(chosen_form(forms), output, rows, empty="no story was corrected by hand yet")


@command.command("export", epilog="\b\nExample:\n  copydesk stories export --output corrections.jsonl")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file.  [default: standard output]",
)
@lake_options
def export_file(output: Path | None, lake: Path | None, config: Path | None) -> None:
    """Write all corrections as JSON lines, to keep them or to import them into another lake.

    The archive does not hold them: a lake that is built anew from its WARC files needs this file.
    """
    from cli.console.formats import print_rows_as
    from flows.correcting.exchange import export_corrections

    print_rows_as("jsonl", output, export_corrections(settings_for(lake, config)), empty="")


@command.command("import", epilog="\b\nExample:\n  copydesk stories import corrections.jsonl --lake new-lake")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@dry_run_option
@table_options
@lake_options
def import_file(
    file: Path, dry_run: bool, output: Path | None, lake: Path | None, config: Path | None, **forms: Any
) -> None:
    """Take over the corrections of FILE, written by `copydesk stories export`; known ones are left out.

    Articles of theirs that the lake does not have yet are put where they belong when they are loaded. Those that it has under
    another id are not recognised.
    """
    from flows.correcting.exchange import import_corrections

    found = import_corrections(settings_for(lake, config), file, dry_run=dry_run)
    if found is None:
        say(f"nothing in {file} is new")
        return
    _show(found, dry_run, output, forms)
    if found.missing_count and not (chosen_form(forms) or output):
        say(
            f"{found.missing_count:,} of the articles are not in a story of this lake; they follow the corrections once they are"
            " loaded under the same id"
        )


def _decide(words: Mapping[str, Any]) -> Decision:
    """Who decides, and why."""
    from flows.correcting.plans import Decision

    return Decision(words["by"] or _own_name(), words.get("why"))


def _own_name() -> str:
    """The user's name on this machine. Raises ConfigError if the user has no name, as in some containers."""
    from core.errors import ConfigError

    try:
        return getuser()
    except (KeyError, OSError, ImportError) as error:
        raise ConfigError(
            "your user has no name on this machine, and a correction records who decides; say who with --by NAME"
        ) from error


def _show(found: Correction, dry_run: bool, output: Path | None, forms: Mapping[str, Any]) -> None:
    """The touched stories as they are now, and how to take the correction back."""
    from cli.console.formats import print_rows_as

    form = chosen_form(forms)
    print_rows_as(form, output, found.describe(), empty="no story changes")
    if form or output:
        return
    articles = "1 article" if found.moved_count == 1 else f"{found.moved_count:,} articles"
    moved = f"{articles} {'would move' if dry_run else 'moved'}"
    if dry_run:
        say(f"{moved}; nothing was changed (--dry-run)")
    elif found.rows[0].get("undone_at"):
        say(f"{moved}; correction {found.correction_id} is taken back")
    else:
        say(f"{moved}; take it back with `copydesk stories undo {found.correction_id[:8]}`")
