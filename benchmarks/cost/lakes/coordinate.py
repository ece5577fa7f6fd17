"""What a coordinator still does for articles that workers have worked: landing, handing out stories and questions.

    python -m benchmarks.cost.grow_lake coordinate --articles 3000

Lands synthetic articles (five neighbours tell one story) from parts of --batch each, then groups them in one window with two worker
processes. Printed: the coordinator's CPU seconds, by part (benchmarks/cost/loads/coordinator.py), less those of starting.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.cost.loads.coordinator import Clock, watch_parts
from benchmarks.inputs.synthetic_lake import make_parts
from core.settings import EngineSettings, Settings
from flows import stories
from flows.runs.run import open_run
from flows.runs.steps import NoProgress
from flows.work import process
from warehouse.catalog.open import open_lake


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=3_000)
    parser.add_argument("--batch", type=int, default=88, help="articles in a part")
    given = parser.parse_args()
    clock = Clock()
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(lake=Path(name) / "lake", engine=EngineSettings(workers=2))
        with open_lake(settings, create=True) as lake:
            parts = make_parts(lake, settings.staging / "made", 0, given.articles, given.batch)
        with open_run(settings, "load", {}) as run:
            watch_parts(clock)
            process.land_and_count(run, parts)
            stories.group_new_articles(run, NoProgress())
    for part in ("landing", "stories", "copies", "questions", "landing stories"):
        print(f"{part:16} {clock.seconds.get(part, 0.0):7.2f}")
