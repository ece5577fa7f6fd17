"""Options that several verbs share, and the settings they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from copydesk.place import check_rules
from core.settings import Settings, load_settings

F = TypeVar("F", bound=Callable[..., Any])


def lake_options(function: F) -> F:
    """--lake and --config, on every verb that opens a lake."""
    function = click.option(
        "--config", type=click.Path(path_type=Path), help="Settings file [default: ./copydesk.toml]."
    )(function)
    return click.option(
        "--lake",
        type=click.Path(path_type=Path),
        help="Folder of the lake [default: ./lake, or COPYDESK_LAKE].",
    )(function)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")


def export_options(function: F) -> F:
    """--format and --output, on verbs that print rows; --vertical and --excel are short for two of the forms."""
    for option in (
        click.option("--excel", is_flag=True, help="Write CSV that Excel opens as UTF-8."),
        click.option("--vertical", is_flag=True, help="Print each row as a block, with whole texts."),
        click.option(
            "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the answer to this file."
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(
                ["table", "vertical", "csv", "excel", "json", "jsonl", "markdown", "xlsx", "parquet"]
            ),
            help="[default: table; by the name with --output]",
        ),
    ):
        function = option(function)
    return function


def table_options(function: F) -> F:
    """--json, --format and --output, on verbs that print one table."""
    return export_options(json_option(function))


def part_option(*names: str) -> Callable[[F], F]:
    """--part, on verbs that print several tables."""
    return click.option(
        "--part", type=click.Choice(names), help="Only this table; needed for a file and for forms of rows."
    )


def chosen_form(options: Mapping[str, Any]) -> str | None:
    """The format that --json, --vertical, --excel or --format asks for, None for none of them.

    Raises a usage error if they contradict each other.
    """
    flags = {"json": options["as_json"], "vertical": options["vertical"], "excel": options["excel"]}
    asked = [name for name, is_given in flags.items() if is_given]
    forms = dict.fromkeys([*asked, *([options["form"]] if options["form"] else [])])
    if "excel" in forms:
        forms.pop("csv", None)
    if len(forms) > 1:
        raise click.UsageError(f"choose one form: {' or '.join(forms)}")
    return next(iter(forms), None)


dry_run_option = click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
as_of_option = click.option(
    "--as-of",
    metavar="TIME",
    help="An earlier state of the lake: a time such as 2026-11-20T08:00, or the number of a snapshot.",
)


def settings_for(lake: Path | None, config: Path | None, **engine: Any) -> Settings:
    """Settings of this call: file, environment, then the options given."""
    settings = load_settings(config, lake=lake)
    check_rules(settings, config)
    given = {key: value for key, value in engine.items() if value is not None}
    if given:
        settings = settings.model_copy(update={"engine": settings.engine.model_copy(update=given)})
    return settings


class MomentType(click.ParamType[datetime]):
    """A date or time, ISO 8601; without a zone it is UTC."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment as an aware datetime."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write 2026-11-20 or 2026-11-20T08:00+01:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Day(click.ParamType[date]):
    """A calendar day, ISO 8601."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write 2026-11-20", param, ctx)
