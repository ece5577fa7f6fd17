"""What is the same for every batch of a run: what to do, with which options, and where the bytes and parts are.

Plain data. Neither an order nor a reference to a batch imports a stage.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.captures import digest_text
from tasks.clean.options import CleanOptions
from tasks.extract.options import ExtractOptions


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """What the workers of a run need to know; `work` is a key of flows.work.worker.WORK."""

    work: str
    run_id: str
    code_version: str
    archive: str
    archive_folder: str
    roll_bytes: int
    parts: str
    clean: CleanOptions
    extract: ExtractOptions

    def fingerprint(self) -> str:
        """A hash of everything in the order that changes rows; part of every batch's key."""
        return digest_text(self.work, self.code_version, repr(self.clean), repr(self.extract))
