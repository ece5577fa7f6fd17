"""A digest of every table after a load: two versions of the code that print the same lines make the same rows.

    python -m benchmarks.strain.digest_tables > before.txt
    python -m benchmarks.strain.digest_tables --pages 50 --seeds ../shared/seeds

Loads the bundled examples, the seed articles and pages of the evaluation corpora (where they are), each in its own
lake, and prints table, row count and digest. Ids of runs, times of running, versions of the code and places in the
archive are left out. The lakes are always made in the same temporary folder (--folder), because its path is part of
the captures' addresses.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.cost.load_pages import write_pages
from core.tables import TABLES
from warehouse import connect

ROOT = Path(__file__).resolve().parents[2]
COPYDESK = str(Path(sys.executable).with_name("copydesk"))
LEFT_OUT = {
    "run_id", "code_version", "warc_file", "warc_offset", "warc_length", "snapshot_id", "parameters",
    "seconds", "started_at", "finished_at", "landed_at", "grouped_at", "updated_at", "grouped_by",
}  # fmt: skip
DAY = 1_790_000_000  # a file's time decides `fetched_at`


def digest_table(lake: object, name: str) -> tuple[int, str]:
    """The number of rows and the digest of a table's rows in any order."""
    columns = [column for column in TABLES[name].column_names if column not in LEFT_OUT]
    if not columns:
        return 0, "-"
    rows = lake.sql(f"SELECT {', '.join(columns)} FROM {name}").fetchall()
    lines = sorted(json.dumps(row, default=str, ensure_ascii=False) for row in rows)
    return len(rows), hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def load(source: str, folder: Path) -> None:
    """Load a file or folder that lies in `folder` into its lake."""
    for path in [folder / source, *(folder / source).rglob("*")]:
        os.utime(path, (DAY, DAY))
    words = [COPYDESK, "load", source, "--lake", f"{source}-lake"]
    subprocess.run(words, cwd=folder, check=True, stdout=sys.stderr)


@contextmanager
def make_folder(folder: Path) -> Iterator[Path]:
    """An empty folder at this place, removed afterwards; FileExistsError if the place is taken."""
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=200, help="pages of the corpora [default: %(default)s]")
    parser.add_argument("--seeds", type=Path, default=ROOT.parent / "shared" / "seeds")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "copydesk-digests")
    options = parser.parse_args()
    with make_folder(options.folder) as folder:
        shutil.copytree(ROOT / "examples" / "outlets", folder / "examples")
        sources = ["examples"]
        if options.seeds.is_dir():
            shutil.copytree(options.seeds, folder / "seeds")
            sources.append("seeds")
        if options.pages:
            (folder / "pages").mkdir()
            write_pages(folder / "pages" / "pages.jsonl", options.pages)
            sources.append("pages")
        for source in sources:
            load(source, folder)
            with connect(folder / f"{source}-lake") as lake:
                for name in TABLES:
                    count, digest = digest_table(lake, name)
                    print(f"{source:9} {name:20} {count:7} {digest}", flush=True)


if __name__ == "__main__":
    main()
