"""Batch functions for the engines' tests; in a module, so that workers can import them."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path

from flows.work.batches import BatchRef
from flows.work.engine import BatchFunction
from warehouse.catalog.copying import FrozenLake


def note_and_name(ref: BatchRef) -> str:
    """The numbers of the batch's inputs, as text."""
    return ",".join(str(row["number"]) for row in ref.read_rows())


def die_on_seven(ref: BatchRef) -> str:
    """Kill the worker, as an out-of-memory kill does, when input 7 is in the batch."""
    if any(row["number"] == 7 for row in ref.read_rows()):
        os.kill(os.getpid(), signal.SIGKILL)
    return note_and_name(ref)


def hang_on_seven(ref: BatchRef) -> str:
    """Never come back when input 7 is in the batch."""
    if any(row["number"] == 7 for row in ref.read_rows()):
        time.sleep(3600)
    return note_and_name(ref)


def spin_on_seven(ref: BatchRef) -> str:
    """Use up the CPU for ever when input 7 is in the batch."""
    while any(row["number"] == 7 for row in ref.read_rows()):
        pass
    return note_and_name(ref)


def raise_on_seven(ref: BatchRef) -> str:
    """Fail when input 7 is in the batch."""
    if any(row["number"] == 7 for row in ref.read_rows()):
        raise ValueError("seven is not wanted")
    return note_and_name(ref)


def raise_with_codes(ref: BatchRef) -> str:
    """Say what a page can hold in a line of Dask's log, and fail with it."""
    logging.getLogger("distributed.worker").warning("page %s", "tide\x1b]0;gone\u202d")
    raise ValueError(f"headline \x1b[2J\u202d of {len(ref.read_rows())}")


def kill_worker_once(ref: BatchRef) -> str:
    """Kill the first worker that gets this far; the mark beside the staged file tells the next one."""
    mark = Path(ref.file).with_suffix(".killed")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return note_and_name(ref)


def kill_worker_while(function: BatchFunction, times: int, ref: BatchRef) -> str:
    """Do the batch's work, then kill the worker before it reports, a set number of times. Marks beside the staged files count them."""
    part = function(ref)
    folder = Path(ref.file) if Path(ref.file).is_dir() else Path(ref.file).parent
    marks = len(list(folder.glob(f"killed-{ref.key}-*")))
    if marks < times:
        shutil.rmtree(part)
        Path(folder, f"killed-{ref.key}-{marks}").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return part


def hide(lake: FrozenLake) -> FrozenLake:
    """The lake as a machine has it that does not see its data."""
    return replace(lake, location=replace(lake.location, folder=lake.location.folder / "not-mounted"))
