"""What work costs as a lake grows: landing, reading, and grouping.

    python -m benchmarks.cost.grow_lake land --sizes 10000 100000 1000000    landing, backfills, queries, maintenance
    python -m benchmarks.cost.grow_lake landings --rounds 5                  landing alone, statement by statement
    python -m benchmarks.cost.grow_lake read --only search                   searches and pages of a large lake
    python -m benchmarks.cost.grow_lake group                                signing, finding copies and grouping
    python -m benchmarks.cost.grow_lake windows                              grouping a window, with packs and without
    python -m benchmarks.cost.grow_lake coordinate                           what is left to a coordinator with workers

`lakes` holds the parts; each says what it prints.
"""

from __future__ import annotations

import sys

from benchmarks.cost.lakes import coordinate, group, land, landings, read, windows
from benchmarks.parts import run_part

if __name__ == "__main__":
    parts = {
        "land": land.main,
        "landings": landings.main,
        "read": read.main,
        "group": group.main,
        "windows": windows.main,
        "coordinate": coordinate.main,
    }
    sys.exit(run_part(__doc__, parts))
