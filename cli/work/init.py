"""`copydesk init`: write a commented settings file."""

from __future__ import annotations

from pathlib import Path

import click

from cli.console.terminal import say
from core.errors import ConfigError

SAMPLE = Path(__file__).with_name("copydesk.toml")


@click.command("init", epilog="\b\nExample:\n  copydesk init && $EDITOR copydesk.toml")
@click.argument("path", type=click.Path(path_type=Path), default=Path("copydesk.toml"))
@click.option("--force", is_flag=True, help="Replace an existing file.")
def command(path: Path, force: bool) -> None:
    """Write a commented copydesk.toml (or PATH)."""
    if path.exists() and not force:
        raise ConfigError(f"{path} already exists; --force replaces it")
    try:
        path.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}") from error
    say(f"wrote {path}; `copydesk doctor` checks it")
