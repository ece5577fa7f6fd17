"""`copydesk load`: files into the lake."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from cli.options import Moment, json_option, lake_options, settings_for


@click.command(
    "load",
    epilog="""\b
Examples:
  copydesk load articles/                     a folder, with its folders below
  copydesk load page.html --outlet harbour-post
  copydesk load crawl.warc.gz export.jsonl.zst --workers 4
  copydesk load notes/*.txt --published 2026-11-20""",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--outlet", help="The outlet's key, for inputs that do not say one.")
@click.option("--published", type=Moment(), help="Time of publication, for articles whose own is not found.")
@click.option("--workers", type=click.IntRange(1), help="Worker processes [default: all cores].")
@click.option("--engine", type=click.Choice(["local", "inline", "dask"]), help="What carries the batches.")
@click.option("--scheduler", metavar="tcp://HOST:PORT", help="The Dask scheduler, with --engine dask.")
@json_option
@lake_options
def command(
    paths: tuple[Path, ...],
    outlet: str | None,
    published: datetime | None,
    as_json: bool,
    lake: Path | None,
    config: Path | None,
    **engine: object,
) -> None:
    """Load PATHS: folders, .html, .txt, .md, .jsonl(.gz, .zst), .csv, .parquet, .warc(.gz).

    Every input is archived byte for byte, cleaned, read for names, figures, dates and quotations, and
    landed; each gets one outcome. Loading the same again changes nothing. If it is stopped, the same
    command goes on where it was.
    """
    settings = settings_for(lake, config, **_engine_options(**engine))
    from cli.display import print_report
    from cli.progress import ProgressBar
    from flows.direct_or_prefect import run_flow
    from flows.load import load_files

    with ProgressBar() as progress:
        report = run_flow(
            "load", load_files, settings, paths, outlet=outlet, published=published, progress=progress
        )
    print_report(report, as_json)


def _engine_options(workers: int | None, engine: str | None, scheduler: str | None) -> dict[str, object]:
    return {"workers": workers, "name": engine, "scheduler": scheduler}
