"""What the report of a big story costs: 30 articles of 30 outlets about one event, five of them edited.

    python -m benchmarks.cost.report [--articles 30]

Loads made-up pages (inputs/pier_story.py) twice, the second time edited, into a lake of its own. Printed: the size of the
report, and the CPU and wall seconds of `copydesk report`: at first, when the texts before the edits are read from the
archive, and then the least of three further times.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.inputs.pier_story import write_story
from core.settings import Settings
from flows.load import load_files
from warehouse.catalog.open import open_lake

COMMAND = (sys.executable, "-c", "from cli.main import main; main()", "report")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        settings = Settings(lake=Path(temporary) / "lake")
        for is_edited in (False, True):
            write_story(Path(temporary) / "pages", count=given.articles, is_edited=is_edited)
            load_files(settings, [Path(temporary) / "pages"])
        with open_lake(settings, read_only=True) as lake:
            ((story_id, count),) = lake.fetch(
                "SELECT story_id, article_count FROM stories ORDER BY article_count DESC, story_id LIMIT 1"
            )
        output = Path(temporary) / "report.html"
        times = [_write(settings, story_id, output) for _ in range(4)]
        print(f"a story of {count} articles: {output.stat().st_size / 1000:,.0f} kB")
        for name, (cpu, wall) in (("at first", times[0]), ("again", min(times[1:]))):
            print(f"{name}: {cpu:.2f} CPU seconds, {wall:.2f} of wall time")


def _write(settings: Settings, story_id: str, output: Path) -> tuple[float, float]:
    """CPU and wall seconds of one report."""
    before, began = _cpu_seconds(), time.perf_counter()
    call = [*COMMAND, story_id, "--lake", str(settings.lake), "--output", str(output)]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
    return _cpu_seconds() - before, time.perf_counter() - began


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
