"""Loads among hostile inputs: one outcome each, and the good ones are taken.

    python -m benchmarks.strain.load_hostile cost --inputs 10000        what hostile inputs cost the good ones
    python -m benchmarks.strain.load_hostile languages --inputs 1000    pages in thirty languages, one input of each hostile kind

`hostile` holds the parts. Exit code 1 if an input has no outcome or more than one, or a good one is not taken.
"""

from __future__ import annotations

import sys

from benchmarks.parts import run_part
from benchmarks.strain.hostile import cost, languages

if __name__ == "__main__":
    sys.exit(run_part(__doc__, {"cost": cost.main, "languages": languages.main}))
