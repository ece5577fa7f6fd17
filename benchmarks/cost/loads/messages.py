"""What it costs the coordinator to hand out a batch and to take it back: python -m benchmarks.cost.loads.messages ADDRESS COUNT

Batches without work go to the Dask scheduler at the address, as fast as they come back. Printed: CPU milliseconds of this
process for a batch, from a quarter of the batches and all of them, so that starting up does not count.
benchmarks/cost/scale_out.py starts it (`--messages`).
"""

from __future__ import annotations

import sys
import time

from core.settings import EngineSettings
from flows.work.batches import BatchRef
from flows.work.dask import DaskEngine


def name_part(ref: BatchRef) -> str:
    """The part of a batch that needs no work."""
    return f"/lake/staging/parts/{ref.key}"


def hand_out(address: str, count: int) -> float:
    """CPU seconds of this process for `count` batches."""
    engine = DaskEngine(EngineSettings(name="dask", scheduler=address))
    begin = time.process_time()
    done = sum(1 for _ in engine.run(name_part, (BatchRef(f"{n:020}", "staged", n, 1) for n in range(count))))
    assert done == count
    return time.process_time() - begin


def main() -> None:
    address, count = sys.argv[1], int(sys.argv[2])
    few, many = hand_out(address, count // 4), hand_out(address, count)
    print(f"{(many - few) / (count - count // 4) * 1e3:.2f} CPU milliseconds of the coordinator for a batch")


if __name__ == "__main__":
    main()
