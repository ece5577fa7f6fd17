"""`copydesk preview`: what would be made of an input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from cli.console.options import lake_options, settings_for
from cli.console.terminal import say, say_text
from core.errors import ConfigError
from core.safety.plain_files import opener_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.intake.arriving_lines import ArrivingLines
    from flows.preview import Preview


@click.command(
    "preview",
    epilog="""\b
Examples:
  copydesk preview page.html
  copydesk preview page.html --json | python -m json.tool
  copydesk preview - < page.html
  copydesk preview --jsonl < pages.jsonl > previews.jsonl""",
)
@click.argument("input_", metavar="[INPUT]", default="-")
@click.option(
    "--jsonl", is_flag=True, help="Work as a filter: read a JSON object per line, write a preview per line."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print whole previews as JSON, one line for each input."
)
@click.option("--url", help="Address of the page, for INPUT -.")
@click.option("--outlet", help="Outlet key; its cleaning rules and time zone apply.")
@lake_options
def command(
    input_: str,
    jsonl: bool,
    as_json: bool,
    url: str | None,
    outlet: str | None,
    lake: Path | None,
    config: Path | None,
) -> None:
    """Show what would be made of INPUT (a file, a URL or - for standard input), landing nothing.

    A folder or a file of records holds many inputs: each has a preview of its own, with --json a line of
    its own.

    With --jsonl, lines {id, html or text, url?, published_at?} come in and one line each goes out, in
    order and at once: {id, outcome, reason, article, removed_lines, sentences, mentions, figures, dates,
    quotations}, with the tables' column names.
    """
    settings = settings_for(lake, config)
    from cli.console.display import print_json
    from flows import preview

    if jsonl:
        with _open_lines(input_) as stream:
            for made in preview.preview_lines(settings, _arriving(stream), outlet=outlet):
                print_json(made)
                sys.stdout.flush()
        return
    previews: Iterable[Preview]
    if input_ == "-":
        payload = sys.stdin.buffer.read(settings.limits.max_input_bytes + 1)
        previews = [preview.preview_bytes(settings, payload, url=url, outlet=outlet)]
    elif input_.startswith(("http://", "https://")):
        previews = [preview.preview_url(settings, input_, outlet=outlet)]
    else:
        previews = preview.preview_file(settings, Path(input_), outlet=outlet)
    for made in previews:
        print_json(made) if as_json else _print_preview(made)


def _open_lines(name: str) -> IO[bytes]:
    try:
        path = Path(name)
        return sys.stdin.buffer if name == "-" else open(path, "rb", opener=opener_for(path))
    except OSError as error:
        raise ConfigError(f"{name} cannot be read: {error.strerror}") from error


def _arriving(stream: IO[bytes]) -> Iterable[bytes] | ArrivingLines:
    """The lines as they arrive, where the stream is one of the system's."""
    from flows.intake.arriving_lines import ArrivingLines

    try:
        return ArrivingLines(stream.fileno())
    except OSError:
        return stream


def _print_preview(made: Preview) -> None:
    from cli.console.display import print_mappings
    from warehouse.export.forms import format_cell

    article = made["article"]
    why = f"{made['reason']}: {made.detail}" if made.detail else made["reason"]
    say(f"{made['id']}: {made['outcome']} ({why})")
    if article is None:
        return
    for name in (
        "title",
        "social_title",
        "authors",
        "agency",
        "published_at",
        "published_source",
        "language",
        "section",
        "canonical_url",
    ):
        if article.get(name):
            say(f"{name:>16}  {format_cell(article[name])}")
    say_text(f"\n{article['body_text']}\n")
    print_mappings(
        [
            {"rule": row["rule"], "section": row["section"], "line": row["text"]}
            for row in made["removed_lines"]
        ],
        title="Lines taken out",
        empty="none",
    )
    for table, columns in _SHOWN.items():
        print_mappings(
            [{name: row.get(name) for name in columns} for row in made[table]], title=table, empty="none"
        )


_SHOWN = {
    "mentions": ("surface", "entity_type", "role", "start_char"),
    "figures": ("surface", "kind", "value", "low", "high", "bound", "unit", "counted", "suspect_reason"),
    "dates": ("surface", "starts_at", "ends_at", "granularity", "anchor"),
    "quotations": ("text", "speaker", "cue", "kind", "is_anonymous"),
}
