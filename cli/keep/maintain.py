"""`copydesk maintain`: compaction and expiry."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cli.console.options import dry_run_option, json_option, lake_options, settings_for


@click.command("maintain", epilog="\b\nExamples:\n  copydesk maintain --dry-run\n  copydesk maintain")
@dry_run_option
@json_option
@lake_options
def command(dry_run: bool, as_json: bool, lake: Path | None, config: Path | None) -> None:
    """Merge small files, rewrite files with deleted rows, expire old snapshots and remove unused files.

    Readers and the schedule can continue; writers wait for the gate.
    """
    settings = settings_for(lake, config)
    from cli.console.display import print_json, print_mappings
    from flows.maintain import describe_maintenance, maintain_lake

    report = maintain_lake(settings, dry_run=dry_run)
    assert report.maintenance
    if as_json:
        print_json({"is_dry_run": dry_run, **describe_maintenance(report.maintenance)})
        return
    before, after = asdict(report.maintenance.before), asdict(report.maintenance.after)
    print_mappings([{"size": name, "before": before[name], "after": after[name]} for name in before])
    verb = "would be removed" if dry_run else "removed"
    print_mappings([{"step": step, verb: count} for step, count in report.maintenance.removed.items()])
