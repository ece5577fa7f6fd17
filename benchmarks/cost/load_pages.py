"""What loading costs: against trafilatura plus the model's NER alone, a second time, and in memory.

    python -m benchmarks.cost.load_pages                  the figures of README, some ten minutes
    python -m benchmarks.cost.load_pages --only memory --pages 20000 --shortest 0.1
    python -m benchmarks.cost.load_pages --only reader --pages 500      with a reader in a loop beside
    python -m benchmarks.cost.load_pages --only worker                  memory of a worker of its own
    python -m benchmarks.cost.load_pages --only size --articles 100000 --folder KEPT     many short texts, twice
    python -m benchmarks.cost.load_pages --only peers --peers-python PATH     other extractors on the same pages

Pages are those of the evaluation corpora (COPYDESK_CORPORA or ../shared/corpora); more than there are
repeat under new addresses. `--shortest 0.1` takes the tenth of them that has the shortest texts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.corpora import CORPORA, read_rows
from benchmarks.cost.loads.measure import COPYDESK, Cost, measure
from tests.flows.kills import load
from tests.flows.readers import read_beside

BASELINE = """
import gzip, json, sys
import spacy, trafilatura
from tasks.extract.language_model.models import english_model
nlp = spacy.load(english_model(), disable=["tagger", "parser", "attribute_ruler", "lemmatizer", "tok2vec"])
def texts():
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            yield trafilatura.extract(json.loads(line)["html"]) or ""
for doc in nlp.pipe(texts(), batch_size=16):
    doc.ents
"""


def write_pages(file: Path, count: int, shortest: float = 1.0) -> None:
    """`count` pages as JSON lines with their address and HTML."""
    rows = [
        row for name in ("wcxb_dev", "fundus_dev", "aeb_dev") for row in read_rows(CORPORA / f"{name}.jsonl")
    ]
    if shortest < 1:
        rows = sorted(rows, key=lambda row: len(row["gold_text"]))[: round(len(rows) * shortest)]
    with file.open("w", encoding="utf-8") as lines:
        for number in range(count):
            row, turn = rows[number % len(rows)], number // len(rows)
            html = gzip.decompress((CORPORA / row["html_path"]).read_bytes()).decode("utf-8", "replace")
            url = row["url"] if not turn else f"https://turn{turn}.example/{number}"
            if turn:  # a page under a new address is another article only when it does not name the old one
                html = html.replace("canonical", "copied").replace("og:url", "og:copied")
            lines.write(json.dumps({"url": url, "html": html}) + "\n")


def measure_cpu(folder: Path, count: int) -> None:
    """CPU of a first and a second load against trafilatura and NER alone, one process each."""
    pages = folder / f"pages-{count}.jsonl"
    write_pages(pages, count)
    base = measure([sys.executable, "-c", BASELINE, str(pages)])
    lake = str(folder / "lake-cpu")
    first = measure([COPYDESK, "load", str(pages), "--lake", lake])
    second = measure([COPYDESK, "load", str(pages), "--lake", lake])
    print(f"{count} pages, CPU seconds of all processes")
    print(f"  trafilatura + NER alone  {base.cpu_seconds:8.1f}")
    print(
        f"  copydesk load            {first.cpu_seconds:8.1f}   {first.cpu_seconds / base.cpu_seconds:.2f} x"
    )
    print(
        f"  the same again           {second.cpu_seconds:8.1f}   {second.cpu_seconds / first.cpu_seconds:.1%}"
    )


def measure_cores(folder: Path, count: int) -> None:
    """Wall time against CPU time: how busy the cores are."""
    pages = folder / f"pages-{count}.jsonl"
    write_pages(pages, count)
    cost = measure([COPYDESK, "load", str(pages), "--lake", str(folder / "lake-cores")])
    print(
        f"{count} pages: {cost.wall_seconds:.1f} s wall, {cost.cpu_seconds:.1f} s CPU, "
        f"wall/CPU {cost.wall_seconds / cost.cpu_seconds:.2f}, {count / cost.wall_seconds:.1f} pages/s, "
        f"coordinator {cost.peak_megabytes(root=True):.0f} MB, largest worker {cost.peak_megabytes(root=False):.0f} MB"
    )


def measure_memory(folder: Path, count: int, shortest: float) -> None:
    """Peak memory of the coordinator and of the largest worker, after each tenth of the pages."""
    pages = folder / f"pages-{count}.jsonl"
    write_pages(pages, count, shortest)
    cost = measure([COPYDESK, "load", str(pages), "--lake", str(folder / f"lake-{count}")])
    print(
        f"{count} pages: coordinator {cost.peak_megabytes(root=True):.0f} MB, "
        f"largest worker {cost.peak_megabytes(root=False):.0f} MB, {cost.wall_seconds:.0f} s"
    )
    _print_growth(cost)


def measure_reader(folder: Path, count: int) -> None:
    """Answers that a reader in a loop got from another process during a load, and those of no whole snapshot."""
    pages, lake = folder / f"pages-{count}.jsonl", folder / "lake-read"
    write_pages(pages, count)
    process = load(pages, lake, COPYDESK_ENGINE__LANDING_SIZE="50")
    seen = read_beside(process, lake)
    process.communicate()
    print(
        f"{count} pages loaded with exit code {process.returncode} beside a reader in a loop: {seen.answers} answers "
        f"of {len(seen.counts)} snapshots, {len(seen.torn)} of no whole one"
    )


def _print_growth(cost: Cost) -> None:
    tenths = [0.0] * 10
    for now, size in cost.rss[cost.root]:
        place = min(9, int(10 * now / cost.wall_seconds))
        tenths[place] = max(tenths[place], size / 1e6)
    print("  coordinator, peak MB in each tenth of the run:", " ".join(f"{size:.0f}" for size in tenths))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=["cpu", "cores", "memory", "reader", "worker", "size", "peers"])
    parser.add_argument("--pages", type=int)
    parser.add_argument("--articles", type=int, default=100_000, help="short texts of --only size [100000]")
    parser.add_argument(
        "--folder", type=Path, help="where --only size keeps texts, lake and figures [temporary]"
    )
    parser.add_argument(
        "--shortest", type=float, default=1.0, help="share of the pages, those of shortest text"
    )
    parser.add_argument(
        "--peers-python", type=Path, help="Python with fundus, newspaper4k and news-please, for --only peers"
    )
    given = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.only in (None, "cpu"):
            measure_cpu(folder, given.pages or 500)
        if given.only in (None, "cores"):
            measure_cores(folder, given.pages or 2_000)
        if given.only in (None, "memory"):
            for count in [given.pages] if given.pages else [1_000, 5_000]:
                measure_memory(folder, count, given.shortest)
        if given.only == "worker":
            from benchmarks.cost.loads.worker_memory import measure_worker  # it loads the stages

            measure_worker()
        if given.only == "size":
            from benchmarks.cost.loads.size import measure_size

            measure_size(given.folder or folder, given.articles)
        if given.only == "peers":
            from benchmarks.cost.loads.peers import measure_peers

            measure_peers(folder, given.pages or 500, given.peers_python)
        if given.only == "reader":
            measure_reader(folder, given.pages or 500)


if __name__ == "__main__":
    main()
