"""WARC files given by address, downloaded into the lake's folder before they are loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.captures import Capture
from core.outcomes import InputOutcome
from core.settings import Settings
from flows.runs.steps import Progress
from tasks.acquire.base.addresses import AddressPolicy, is_web_archive_address

if TYPE_CHECKING:
    from tasks.acquire.web.downloads import Tell

_STEP = "download"


@contextmanager
def bring_archives(
    settings: Settings, names: Sequence[Path | str], progress: Progress, *, keeps: bool
) -> Iterator[tuple[list[Path], Mapping[str, str]]]:
    """The paths to load, with every address downloaded, and the addresses by path of the download.

    With `keeps` a download stays in the archive's folder, where its records are referenced. Otherwise it goes into the
    staging folder and is deleted once the load has succeeded.
    """
    folder = settings.archive_folder if keeps else settings.staging / "downloads"
    urls = [str(name) for name in names if is_web_archive_address(str(name))]
    found: dict[str, Path] = {}
    if urls:
        import asyncio  # a load of files starts without it

        progress.start(_STEP)
        found = asyncio.run(_download(settings, urls, folder, progress))
    paths = [found[str(name)] if str(name) in found else Path(name) for name in names]
    yield paths, {str(path): url for url, path in found.items()}
    if not keeps:
        for path in found.values():
            path.unlink(missing_ok=True)


async def _download(
    settings: Settings, urls: Sequence[str], folder: Path, progress: Progress
) -> dict[str, Path]:
    """Download one after the other, since archives are large and come from few hosts."""
    # Loaded here: a load of files needs no HTTP client.
    from flows.intake.fetching import Timekeeping, open_client
    from tasks.acquire.web.downloads import Downloader

    times = Timekeeping()
    addresses = AddressPolicy(frozenset(settings.fetch.open_hosts))
    async with open_client(settings) as client:
        downloader = Downloader(client, addresses, folder, times.now, times.sleep)
        return {url: await downloader.download(url, _tell(progress, url)) for url in urls}


def _tell(progress: Progress, url: str) -> Tell:
    """A callback that reports progress in kilobytes: counts of bytes would be too long to read."""
    name = url.rpartition("/")[2][:60]
    expected = 0
    odd_bytes = 0

    def tell(count: int, total: int) -> None:
        nonlocal expected, odd_bytes
        if total and not expected:
            expected = total // 1_000
            progress.expect(name, expected)
        odd_bytes += count
        kilobytes, odd_bytes = divmod(odd_bytes, 1_000)
        if kilobytes:
            progress.advance(kilobytes, name)

    return tell


def name_by_address(item: Capture | InputOutcome, addresses: Mapping[str, str]) -> Capture | InputOutcome:
    """The input, named by the address of its file if the file was downloaded."""
    path, mark, place = item.input_ref.rpartition("@")
    if not mark:
        path, place = item.input_ref, ""
    if path not in addresses:
        return item
    return replace(item, input_ref=f"{addresses[path]}{mark}{place}")
