"""`copydesk load`: files, archives and lists of addresses into the lake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cli.console.options import MomentType, json_option, lake_options, settings_for
from core.errors import ConfigError

_STOPPED = "What has landed stays; the same command goes on where it was."


class Columns(click.ParamType[Mapping[str, str]]):
    """`OURS=THEIRS,...` as a mapping of our fields to a record's own columns."""

    name = "ours=theirs,..."

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Mapping[str, str]:
        """The mapping; a usage error for any other text."""
        if isinstance(value, Mapping):
            return value
        pairs = [pair.partition("=") for pair in value.split(",")]
        if not all(ours.strip() and theirs.strip() for ours, _, theirs in pairs):
            self.fail(f"{value!r} is not a mapping; write title=headline,text=body", param, ctx)
        return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


@click.command(
    "load",
    epilog="""\b
Examples:
  copydesk load articles/                     a folder, with its folders below
  copydesk load page.html --outlet harbour-post
  copydesk load crawl.warc.gz export.jsonl.zst --workers 4
  copydesk load notes/*.txt --published 2026-11-20
  copydesk load archive.csv --columns title=headline,text=body,published_at=day
  copydesk load urls.txt --urls               fetches the pages that a list names
  copydesk load zotero.csv --urls             the same for Zotero's CSV, CSL JSON or RIS
  copydesk load https://data.example/CC-NEWS-20261101.warc.gz --only harbour-post --language en
  copydesk load crawl.warc.gz --from 2026-11-01 --to 2026-11-08 --copy""",
)
@click.argument("paths", nargs=-1, required=True)
@click.option("--outlet", help="Outlet key; overrides records and folder names.")
@click.option("--published", type=MomentType(), help="Time of publication for articles without one.")
@click.option("--urls", is_flag=True, help="PATHS are lists of addresses; fetch their pages, politely.")
@click.option(
    "--columns", type=Columns(), default={}, help="Map our fields to your column names, e.g. title=headline."
)
@click.option(
    "--only", multiple=True, metavar="OUTLET|HOST", help="Of WARC files, load only pages of this outlet ..."
)
@click.option(
    "--language", "languages", multiple=True, metavar="CODE", help="... that state this language ..."
)
@click.option("--from", "fetched_from", type=MomentType(), help="... fetched at or after this time ...")
@click.option("--to", "fetched_until", type=MomentType(), help="... and before this time.")
@click.option(
    "--start-at",
    "start_offset",
    type=click.IntRange(0),
    default=0,
    metavar="OFFSET",
    help="Of a WARC file, begin at the record at this offset (the number after @ in an input's name).",
)
@click.option("--copy", "copies", is_flag=True, help="Copy WARC records into the archive.")
@click.option(
    "--follow-links",
    "follows_links",
    is_flag=True,
    help="Follow links that lead out of the folders of PATHS.",
)
@click.option("--workers", type=click.IntRange(1), help="Worker processes [default: all cores].")
@click.option(
    "--engine", type=click.Choice(["local", "inline", "dask"]), help="Engine that works the batches."
)
@click.option("--scheduler", metavar="tcp://HOST:PORT", help="The Dask scheduler, with --engine dask.")
@json_option
@lake_options
def command(
    paths: tuple[str, ...],
    outlet: str | None,
    published: datetime | None,
    urls: bool,
    as_json: bool,
    lake: Path | None,
    config: Path | None,
    **options: Any,
) -> None:
    """Load PATHS: folders, .html, .mhtml, .txt, .md, .jsonl(.gz, .zst), .csv, .parquet, .warc(.gz), also by address.

    Every input is archived byte for byte, cleaned, read for names, figures, dates and quotations, and
    landed; each gets one outcome. Loading the same again changes nothing, unless --outlet or --published
    is new. If it is stopped, the same command goes on where it was.

    A load that rejected every input ends with exit code 2. One that found no file says so, and ends with 0.

    Links are followed within the folders that are loaded, and out of them only with --follow-links; pipes
    and devices are never read.

    WARC files stay where they are, and the lake remembers file and offset: keep them, or use --copy.
    One on the web is downloaded into the lake's archive first. JSON lines of news-please, Fundus,
    trafilatura, NewsAPI and most others are understood without options; --columns (title, authors,
    published_at, text, html, url, outlet, language, section, modified_at, id) tells how else fields are
    called. GDELT's article list and CSL JSON name pages: load them with --urls.
    """
    settings = settings_for(lake, config, **_engine_options(options))
    from cli.console.display import print_report
    from cli.console.progress import ProgressBar
    from cli.console.stopping import stoppable
    from flows.intake.options import FileChoice
    from flows.load import load_files
    from flows.scheduling.run_flow import run_flow

    if urls:
        from flows.listed import load_listed  # loaded here: it needs an HTTP client

        _refuse_useless(options)
    with stoppable(_STOPPED), ProgressBar() as progress:
        if urls:
            report = run_flow("ingest", load_listed, settings, paths, outlet=outlet, progress=progress)
        else:
            given = {"outlet": outlet, "published": published, "choice": FileChoice(**options)}
            report = run_flow("load", load_files, settings, paths, **given, progress=progress)
    print_report(report, as_json)
    if report.counts.get("rejected", 0) == sum(report.counts.values()) > 0:
        raise SystemExit(ConfigError.exit_code)


def _refuse_useless(options: dict[str, Any]) -> None:
    """A usage error for options that choose among records, where pages of a list are to be fetched."""
    names = {"only": "--only", "languages": "--language", "fetched_from": "--from", "fetched_until": "--to"}
    names |= {"columns": "--columns", "start_offset": "--start-at", "copies": "--copy"}
    names |= {"follows_links": "--follow-links"}
    if useless := [option for name, option in names.items() if options[name]]:
        raise click.UsageError(f"{useless[0]} has no effect with --urls: every page of the lists is fetched")


def _engine_options(options: dict[str, Any]) -> dict[str, object]:
    """Take the engine's options out of all of them."""
    names = {"workers": "workers", "engine": "name", "scheduler": "scheduler"}
    return {name: options.pop(option) for option, name in names.items()}
