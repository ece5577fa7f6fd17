"""What a worker adds of its own to the memory that all workers share.

Does what the fork server of a long run does (`flows/work/warm.py`, `warm_more.py`), forks, and works batches of pages of the
evaluation corpora in the forked process. Printed, in MB: the memory of the server; after the fork and after each batch what
the worker has of its own (Private of smaps), what it shares, and the most that it had of its own while it worked.
"""

from __future__ import annotations

import gzip
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.corpora import CORPORA, read_rows
from core.captures import Capture, CaptureKind
from flows.work.memory import give_back_memory
from flows.work.orders import WorkOrder
from flows.work.self_test import plain_article
from flows.work.worker import write_result
from tasks.article import read_articles
from tasks.clean.options import CleanOptions
from tasks.extract.options import ExtractOptions

SAMPLE_SECONDS = 0.2


def measure_worker(count: int = 2, size: int = 16) -> None:
    """Print the memory of a worker that works `count` batches of `size` pages. It loads the model into this process."""
    import flows.work.warm
    import flows.work.warm_more  # noqa: F401

    print(f"server: {read_memory()['Private']:.0f} MB")
    batches = list(make_batches(count, size))
    if (worker := os.fork()) == 0:
        work(batches)
        os._exit(0)
    if os.waitpid(worker, 0)[1]:
        raise SystemExit("the worker died")


def work(batches: list[list[Capture]]) -> None:
    """Work the batches as a worker does, and print its memory after each."""
    print_memory("forked", 0.0)
    for number, captures in enumerate(batches, 1):
        most = watch(lambda captures=captures: work_batch(captures))
        give_back_memory()
        print_memory(f"batch {number}", most)


def work_batch(captures: list[Capture]) -> None:
    """Read the captures and write their rows as a part, as flows/work/worker.py does."""
    result = read_articles(captures, CleanOptions(), ExtractOptions())
    for article in result.rows.get("articles", []):
        article["code_version"] = "-"
    with tempfile.TemporaryDirectory() as folder:
        order = WorkOrder("process_batch", "-", "-", "", "", 0, folder, CleanOptions(), ExtractOptions())
        write_result(order, Path(folder, "part"), result)


def watch(function: Callable[[], object]) -> float:
    """The most private memory, in MB, while the function runs."""
    found, is_over = [read_memory()["Private"]], threading.Event()

    def sample() -> None:
        while not is_over.wait(SAMPLE_SECONDS):
            found.append(read_memory()["Private"])

    sampler = threading.Thread(target=sample)
    sampler.start()
    function()
    is_over.set()
    sampler.join()
    return max(found)


def print_memory(label: str, most: float) -> None:
    now = read_memory()
    during = f", {most:.0f} MB while it worked" if most else ""
    print(f"{label}: {now['Private']:.0f} MB of its own, {now['Shared']:.0f} MB shared{during}", flush=True)


def read_memory() -> dict[str, float]:
    """Private and shared memory of this process, in MB (Linux, smaps_rollup)."""
    sizes = {"Private": 0.0, "Shared": 0.0}
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]:
        name, size = line.split()[:2]
        kind = name.partition("_")[0]
        if kind in sizes and "Hugetlb" not in name:
            sizes[kind] += int(size) / 1024
    return sizes


def make_batches(count: int, size: int) -> Iterator[list[Capture]]:
    """Captures of pages of the corpora."""
    rows = list(read_rows(CORPORA / "wcxb_dev.jsonl"))[: count * size]
    captures = [
        replace(
            plain_article(),
            kind=CaptureKind.HTML,
            capture_id=str(number),
            url=row["url"],
            payload=gzip.decompress((CORPORA / row["html_path"]).read_bytes()),
        )
        for number, row in enumerate(rows)
    ]
    yield from (captures[first : first + size] for first in range(0, len(captures), size))
