"""The call that crosses to a worker: an order carried out on one batch."""

from __future__ import annotations

from functools import partial

from flows.work.batches import BatchRef
from flows.work.orders import WorkOrder
from flows.work.self_test import blame


def run_order(order: WorkOrder, ref: BatchRef) -> str:
    """Do the order's work on one batch; returns the folder of its part.

    Raises InputError for an error of the system or of an import at a single input, if a plain article can be worked:
    the input is to blame then, and not the installation.
    """
    # Imported in the worker only: the coordinator, which hands out batches, must not load spaCy.
    from flows.work.worker import WORK, work_plain_article

    try:
        return WORK[order.work](order, ref)
    except (OSError, ImportError) as error:
        if ref.count > 1:
            raise
        found = blame(error, partial(work_plain_article, order))
        if found is error:
            raise
        raise found from error
