"""What is the same for every batch of a run, and the call that a worker gets.

Nothing here imports a stage: the process that only hands out batches never loads a language model.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module

from core.captures import digest_text
from flows.work.batches import BatchRef
from flows.work.self_test import blame
from tasks.clean.options import CleanOptions
from tasks.extract.options import ExtractOptions


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """What the workers of a run have to know; `work` names a function of flows.work.worker."""

    work: str
    run_id: str
    code_version: str
    archive: str
    parts: str
    clean: CleanOptions
    extract: ExtractOptions

    def fingerprint(self) -> str:
        """What of the order changes the rows; part of every batch's key."""
        return digest_text(self.work, self.code_version, repr(self.clean), repr(self.extract))


def run_order(order: WorkOrder, ref: BatchRef) -> str:
    """Do the order's work on one batch; returns the folder of its part.

    An error of the system or of an import at a single input is raised as InputError where a plain article can be
    worked: then it is the input's, and no broken installation's.
    """
    worker = import_module("flows.work.worker")
    try:
        part: str = getattr(worker, order.work)(order, ref)
    except (OSError, ImportError) as error:
        if ref.count > 1:
            raise
        found = blame(error, partial(worker.work_plain_article, order))
        if found is error:
            raise
        raise found from error
    return part
