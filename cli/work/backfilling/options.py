"""The options of `copydesk backfill`: one for each of a request, and those that come before or after an action's name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from cli.console.options import Day, settings_for
from core.settings import Settings
from flows.backfill.request import Option, iterate_options

F = TypeVar("F", bound=Callable[..., Any])
SHARED_OPTIONS = ("lake", "config", "as_json")  # options that an action takes before its name as well


def request_options(function: F) -> F:
    """One option for each option of a backfill."""
    for option in reversed(list(iterate_options())):
        function = click.option(
            f"--{option.flag}",
            option.name,
            type=_find_type(option),
            multiple=option.type == tuple[str, ...],
            default=option.default,
            show_default=option.default not in (None, ()),
            metavar="SQL" if option.name == "where" else None,
            help=option.help,
        )(function)
    return function


def _find_type(option: Option) -> click.ParamType[Any]:
    if option.choices:
        return click.Choice(option.choices)
    if option.type == (date | None):
        return Day()
    if option.type is int:
        return click.IntRange(option.least, option.most)
    if option.type is float:
        return click.FloatRange(option.least, option.most, min_open=option.is_above)
    return click.STRING


def _need_id(context: click.Context, _: click.Parameter, backfill_id: str | None) -> str:
    if backfill_id is None and not context.resilient_parsing:
        raise click.UsageError(
            f"copydesk backfill {context.info_name}: the id is missing; `copydesk backfill list` shows the ids"
        )
    return str(backfill_id)


id_argument = click.argument("backfill_id", metavar="ID", required=False, callback=_need_id)


def settings_of_action(lake: Path | None, config: Path | None) -> Settings:
    """Settings of an action, whose --lake and --config can come before its name as well."""
    given = find_given()
    return settings_for(lake or given["lake"], config or given["config"])


def find_given() -> dict[str, Any]:
    """--lake, --config and --json of this call, given before or after the action's name."""
    context = click.get_current_context()
    is_action = not isinstance(context.command, click.Group)
    outer = context.parent.params if is_action and context.parent else {}
    return {name: context.params.get(name) or outer.get(name) for name in SHARED_OPTIONS}
