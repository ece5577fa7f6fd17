"""`copydesk explain`: one article's whole life."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from cli.console.options import chosen_form, lake_options, part_option, settings_for, table_options
from cli.console.terminal import say, say_text
from core.errors import ConfigError
from core.settings import Settings

_PARTS = ("articles", "captures", "changes", "outcomes", "removed_by_rule", "removed_lines", "rows")
_OF_ARTICLE = ("removed_by_rule", "removed_lines", "rows")


@click.command(
    "explain",
    epilog="""\b
Examples:
  copydesk explain https://harbour-post.example/2026/11/ferry
  copydesk explain articles/ferry.txt
  copydesk explain 4be06
  copydesk explain 4be06 --part removed_lines --output removed.csv
  copydesk explain --figure 4be06:1204
  copydesk explain --figure "4be06:two people\"""",
)
@click.argument("name", metavar="URL-OR-ID", required=False)
@click.option(
    "--figure",
    metavar="ARTICLE:START",
    help="Explain why a figure is compared with those of other outlets: ARTICLE is an id or address, START an offset in"
    " the figure, or its words.",
)
@part_option(*_PARTS)
@table_options
@lake_options
def command(
    name: str | None,
    figure: str | None,
    part: str | None,
    output: Path | None,
    lake: Path | None,
    config: Path | None,
    **forms: Any,
) -> None:
    """Show everything about one article or input: captures, lines removed by rule, outcomes, rows, runs, and moves from one story to another.

    The lines were visible beside the body, each with the rule that removed it; without a rule's name they
    are `outside_body`. A rule that removed a line by mistake can be switched off for the outlet, with `disabled_rules` in copydesk.toml.
    """
    if (name is None) == (figure is None):
        raise click.UsageError("Name an article, or a figure with --figure ARTICLE:START.")
    settings = settings_for(lake, config)
    if name is None:
        _explain_figure(settings, str(figure), part, output, forms)
    else:
        _print_life(_read_life(settings, name), part, output, forms)


def _explain_figure(
    settings: Settings, name: str, part: str | None, output: Path | None, forms: Mapping[str, Any]
) -> None:
    if part or output or chosen_form(forms) not in (None, "json", "table"):
        raise click.UsageError("--figure prints its explanation as text or with --json, not as a table.")
    from cli.ask.figure import print_figure
    from cli.console.display import print_json
    from flows.explain import explain_named_figure
    from warehouse.catalog.open import open_lake

    with open_lake(settings, read_only=True) as opened:
        found = explain_named_figure(opened, name)
    (print_json if chosen_form(forms) == "json" else print_figure)(found)


def _read_life(settings: Settings, name: str) -> dict[str, Any]:
    """Everything about the article or input."""
    from warehouse.catalog.open import open_lake
    from warehouse.catalog.sql_files import run_query

    with open_lake(settings, read_only=True) as opened:
        found = (
            run_query(opened, "explain_find", asked=name).to_pylist()
            or _find_path(opened, name)
            or _find_beginning(opened, name)
        )
        if not found:
            if outcomes := run_query(opened, "explain_inputs", asked=name).to_pylist():
                return {"captures": [], "changes": [], "outcomes": outcomes, "articles": []}
            raise ConfigError(
                f"found no capture, article or input called {name!r}: give an address, a path or an id"
            )
        captures = sorted({row["capture_id"] for row in found if row["capture_id"]})
        life: dict[str, Any] = {
            "captures": run_query(opened, "explain_captures", capture_ids=captures).to_pylist(),
            "changes": _read_changes(settings, run_query(opened, "captures_by_id", ids=captures).to_pylist()),
            "outcomes": run_query(opened, "explain_outcomes", capture_ids=captures).to_pylist(),
            "articles": [],
        }
        for article_id in sorted({row["article_id"] for row in found if row["article_id"]}):
            article = run_query(opened, "articles_by_id", ids=[article_id]).to_pylist()
            if article:
                life["articles"].append(
                    {
                        **article[0],
                        "removed_by_rule": run_query(
                            opened, "explain_removed_rules", article_id=article_id
                        ).to_pylist(),
                        "removed_lines": run_query(
                            opened, "explain_removed", article_id=article_id
                        ).to_pylist(),
                        "rows": run_query(opened, "explain_rows", article_id=article_id).to_pylist(),
                        "moves": run_query(opened, "explain_moves", article_id=article_id).to_pylist(),
                    }
                )
    return life


def _read_changes(settings: Settings, captures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(captures) < 2:
        return []
    from dataclasses import asdict

    from flows.history import read_changes

    return [asdict(change) for change in read_changes(settings, captures)]


def _find_path(opened: Any, name: str) -> list[dict[str, Any]]:
    from warehouse.catalog.sql_files import run_query

    path = Path(name)
    found: list[dict[str, Any]] = []
    if path.exists():
        found = run_query(opened, "explain_find", asked=path.resolve().as_uri()).to_pylist()
    return found


def _find_beginning(opened: Any, name: str) -> list[dict[str, Any]]:
    """What the only article is called whose id begins so; ConfigError where several do."""
    from warehouse.asking.ids import UnknownIdError, find_id
    from warehouse.catalog.sql_files import run_query

    try:
        article_id = find_id(opened, "article", name)
    except UnknownIdError:
        return []
    found: list[dict[str, Any]] = run_query(opened, "explain_find", asked=article_id).to_pylist()
    return found


def _part_rows(life: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The tables of --part; rows of an article begin with its id."""
    articles = life["articles"]
    bare = [{name: one[name] for name in one if name not in _OF_ARTICLE} for one in articles]
    parts = {name: life[name] for name in ("captures", "changes", "outcomes")}
    return {
        "articles": bare,
        **parts,
        **{
            name: [{"article_id": one["article_id"], **row} for one in articles for row in one[name]]
            for name in _OF_ARTICLE
        },
    }


def _print_life(
    life: dict[str, Any], part: str | None, output: Path | None, forms: Mapping[str, Any]
) -> None:
    from cli.console.display import print_json, print_mappings
    from cli.console.formats import print_part_as
    from warehouse.export.forms import format_cell

    if print_part_as(forms, output, _part_rows(life), part):
        return
    if chosen_form(forms) == "json":
        print_json(life)
        return
    shown = (
        "article_id",
        "outlet",
        "url",
        "title",
        "social_title",
        "authors",
        "agency",
        "published_at",
        "published_source",
        "language",
        "word_count",
        "is_truncated",
        "code_version",
        "run_id",
    )
    for article in life["articles"]:
        for name in shown:
            say(f"{name:>17}  {format_cell(article[name])}")
        print_mappings(article["removed_by_rule"], title="\nLines taken out, by rule", empty="none")
        print_mappings(article["removed_lines"], title="Lines taken out", empty="none")
        print_mappings(article["rows"], title="Rows", empty="none")
        if article["moves"]:
            print_mappings(article["moves"], title="Moved from one story to another")
    if life["captures"]:
        print_mappings(life["captures"], title="Captures")
    print_mappings(life["outcomes"], title="Outcomes", empty="none")
    for change in life["changes"]:
        say(f"Changed by capture {change['capture_id']} of {format_cell(change['fetched_at'])}")
        for line in change["lines"]:
            say_text(line)
