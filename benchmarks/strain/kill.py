"""Kill -9 and worse, again and again; the next run completes what was begun, and nothing is torn.

    python -m benchmarks.strain.kill loads --rounds 20     loads, while workers, servers and stores are struck as well
    python -m benchmarks.strain.kill verbs --rounds 10     every verb that writes, among hostile inputs, on both catalogs

`kills` holds the parts; each says what a round is. Exit code 1 if a round differs.
"""

from __future__ import annotations

import sys

from benchmarks.parts import run_part
from benchmarks.strain.kills import loads, verbs

if __name__ == "__main__":
    sys.exit(run_part(__doc__, {"loads": loads.main, "verbs": verbs.main}))
