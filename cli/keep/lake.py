"""`copydesk lake`: the lake moved to another place, backed up, restored and exported."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from cli.console.groups import NearGroup
from cli.console.options import (
    chosen_form,
    dry_run_option,
    json_option,
    lake_options,
    settings_for,
    table_options,
)
from cli.console.terminal import say, say_text
from core.settings import Settings

if TYPE_CHECKING:
    from warehouse.upkeep.backup import CopyReport


@click.group(
    "lake",
    cls=NearGroup,
    epilog="""\b
Examples:
  copydesk lake backup /mnt/backup/lake
  copydesk lake export /srv/parquet
  copydesk lake move --to-lake /srv/lake --dry-run""",
)
def command() -> None:
    """Work on the lake as a whole."""


@command.command(
    "move",
    epilog="""\b
Examples:
  copydesk lake move --to-catalog postgresql://lake@db.example/lake --to-data s3://newsroom/lake
  copydesk lake move --to-lake /mnt/big/lake""",
)
@click.option("--to-catalog", metavar="URL", help="postgresql://... of an empty database.")
@click.option("--to-data", metavar="URL", help="s3://bucket/prefix for Parquet and WARC files.")
@click.option("--to-lake", type=click.Path(path_type=Path), help="New folder of the lake.")
@dry_run_option
@table_options
@lake_options
def move(
    to_catalog: str | None,
    to_data: str | None,
    to_lake: Path | None,
    dry_run: bool,
    output: Path | None,
    lake: Path | None,
    config: Path | None,
    **forms: Any,
) -> None:
    """Copy rows and WARC files to an empty place, compare them, and run the data checks there.

    The old lake stays as it is; runs that would write to it wait. Rows are copied all together or not at
    all. After a stop, start it again: WARC files that are there already are not copied again. Passwords
    come from the environment (PGPASSWORD, AWS_...). Snapshots of the past are not copied. A file that
    --output names holds the number of rows of each table.
    """
    source = settings_for(lake, config)
    target = _target(source, to_catalog, to_data, to_lake)
    from cli.console.display import print_json
    from cli.console.formats import choose_format, print_rows_as
    from flows.moving import move_lake, plan_move

    form = choose_format(chosen_form(forms), output)
    moved = None if dry_run else move_lake(source, target)
    report = moved.report if moved else plan_move(source)
    failed = [check.name for check in moved.failed_checks] if moved else []
    if form == "json" and output is None:
        print_json({"is_dry_run": dry_run, **asdict(report), "failed_checks": failed})
    else:
        rows = [{"table": name, "rows": count} for name, count in report.row_counts.items()]
        print_rows_as(form, output, rows, empty="no table", columns=("table", "rows"))
        is_for_program = form != "table" and output is None
        verb = "would be copied" if dry_run else "copied"
        told = f"{report.archive_file_count} WARC files, {report.archive_byte_count:,} bytes {verb}"
        say(told, err=is_for_program)
        if moved:
            say_text(_say_how(target), err=is_for_program)
    if failed:
        say(f"checks failed at the new place: {', '.join(failed)}", err=True)
        raise SystemExit(1)


@command.command("backup", epilog="\b\nExample:\n  copydesk lake backup /mnt/backup/lake")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@json_option
@lake_options
def backup(folder: Path, as_json: bool, lake: Path | None, config: Path | None) -> None:
    """Bring the backup in FOLDER up to date: catalog, Parquet and WARC files together.

    Runs can continue meanwhile. Files that FOLDER has already are not copied again.
    """
    settings = settings_for(lake, config)
    from warehouse.upkeep.backup import back_up

    _print_copied(back_up(settings, folder), as_json)


@command.command(
    "export",
    epilog="""\b
Examples:
  copydesk lake export /srv/parquet
  copydesk lake export /srv/parquet --table articles --table figures_in_context""",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--table", "names", multiple=True, help="Only this table or view [every table].")
@json_option
@lake_options
def export_lake(
    folder: Path, names: tuple[str, ...], as_json: bool, lake: Path | None, config: Path | None
) -> None:
    """Write the tables to FOLDER as plain Parquet, one file each, for programs that cannot read DuckLake.

    The rows are those of one snapshot. Earlier files of the same names are replaced. The files below the lake's data
    folder are no substitute: they also hold rows that were replaced, and only the catalog tells which.
    """
    settings = settings_for(lake, config)
    from cli.console.display import print_json, print_mappings
    from warehouse.upkeep.exporting import export_tables

    counts = export_tables(settings, folder, names)
    rows = [{"table": name, "rows": count} for name, count in counts.items()]
    if as_json:
        print_json(rows)
    else:
        print_mappings(rows)


@command.command("restore", epilog="\b\nExample:\n  copydesk lake restore /mnt/backup/lake --lake lake")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@json_option
@lake_options
def restore_lake(folder: Path, as_json: bool, lake: Path | None, config: Path | None) -> None:
    """Restore the backup in FOLDER to the lake's place, which must be empty. Then run `copydesk check`."""
    settings = settings_for(lake, config)
    from warehouse.upkeep.backup import restore

    _print_copied(restore(settings, folder), as_json)


def _print_copied(report: CopyReport, as_json: bool) -> None:
    from cli.console.display import print_json

    if as_json:
        print_json(asdict(report))
    else:
        say(
            f"{report.copied_count} files copied ({report.copied_byte_count:,} bytes),"
            f" {report.kept_count} were there already"
        )


def _target(source: Settings, catalog: str | None, data: str | None, folder: Path | None) -> Settings:
    if not (catalog or folder):
        raise click.UsageError("say where to: --to-catalog, --to-lake, or both")
    if not (data or folder):
        raise click.UsageError("without --to-data the files go to a folder of their own: add --to-lake")
    if folder and folder.resolve() == source.lake.resolve():
        raise click.UsageError(f"--to-lake {folder} is where the lake is now")
    return source.model_copy(update={"lake": folder or source.lake, "catalog_url": catalog, "data_url": data})


def _say_how(target: Settings) -> str:
    """The lines of copydesk.toml that name the new place; never a password."""
    lines = [f'lake = "{target.lake}"']
    if target.catalog_url:
        parts = urlsplit(target.catalog_url)
        user = f"{parts.username}@" if parts.username else ""
        host = f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
        lines.append(f'catalog_url = "postgresql://{user}{host}{parts.path}"')
    if target.data_url:
        lines.append(f'data_url = "{target.data_url}"')
    return "\n".join(["The lake is there. Put this into copydesk.toml:", *lines])
