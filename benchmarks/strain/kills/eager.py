"""`copydesk` whose workers pack the articles of every window, group it and find the questions of every story, as in large loads.

python -m benchmarks.strain.kills.eager load ARGUMENTS...
"""

from __future__ import annotations

import sys

from core.settings import EngineSettings
from flows import stories, story_batches
from flows.grouping import packing


def have_workers(settings: EngineSettings) -> bool:
    """Also those of a cluster that the run starts itself."""
    return settings.name != "inline"


def main() -> None:
    from cli.main import main as run_command

    stories._ENOUGH_FOR_WORKER = story_batches._ENOUGH_ARTICLES = packing.ENOUGH_TO_PACK = 1
    packing.PACK_ARTICLES = 8
    for module in (stories, story_batches):
        module.has_workers = have_workers  # type: ignore[attr-defined]
    sys.argv[0] = "copydesk"
    run_command()


if __name__ == "__main__":
    main()
