"""Generated inputs, for a time, against what must always hold.

    python -m benchmarks.strain.fuzz readers --seconds 600     odd and mutated inputs through each reader
    python -m benchmarks.strain.fuzz sql --seconds 600         generated SQL against the fences of users' SQL

`fuzzing` holds the parts; each says what a find is. Exit code 1 if there is one.
"""

from __future__ import annotations

import sys

from benchmarks.parts import run_part
from benchmarks.strain.fuzzing import readers, sql

if __name__ == "__main__":
    sys.exit(run_part(__doc__, {"readers": readers.main, "sql": sql.main}))
