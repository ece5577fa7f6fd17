"""Fetched pages on their way into the archive, in chunks, each under a reference of its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from core.outcomes import InputOutcome
from flows.intake.acquisition import Acquisition
from flows.intake.leftovers import Leftovers
from flows.intake.taking.items import IntakeItem, Taken
from flows.runs.steps import Progress
from tasks.acquire.follow.harvest import host_of_page
from tasks.acquire.web.pages import FetchedPage

# Pages that wait in memory before they go to the archive together.
_CHUNK_PAGES = 50


class PageIntake:
    """Takes pages, and outcomes of pages that gave none; what a killed run left comes first."""

    def __init__(self, acquisition: Acquisition, leftovers: Leftovers, progress: Progress) -> None:
        self._acquisition, self._progress = acquisition, progress
        self._recorded = leftovers.told
        self._refs = set(leftovers.input_refs)
        self._waiting: list[IntakeItem] = []
        acquisition.adopt(leftovers)

    @property
    def refs(self) -> Collection[str]:
        """The references taken so far."""
        return self._refs

    @property
    def has_waiting(self) -> bool:
        """Whether pages wait to go to the archive."""
        return bool(self._waiting)

    def take(self, item: FetchedPage | InputOutcome) -> None:
        """Take one; `flush` brings it into the archive at the latest."""
        ref = item.capture.input_ref if isinstance(item, FetchedPage) else item.input_ref
        if isinstance(item, InputOutcome) and (ref, item.reason.value) in self._recorded:
            return  # the killed run recorded this outcome, and it counts for this run
        self._progress.advance(1, host_of_page(ref))
        self._waiting.append(self._name(item, ref))
        if len(self._waiting) >= _CHUNK_PAGES:
            self.flush()

    def flush(self) -> None:
        """Bring everything that waits into the archive."""
        if self._waiting:
            self._acquisition.take(self._waiting)
            self._waiting = []

    def _name(self, item: FetchedPage | InputOutcome, ref: str) -> IntakeItem:
        """The item under a reference of its own: two outlets can announce one page."""
        taken = Taken(item.capture, item.exchange) if isinstance(item, FetchedPage) else item
        count = 1
        while ref in self._refs:
            count += 1
            ref = f"{ref.partition(' ')[0]} ({count})"
        self._refs.add(ref)
        return taken.renamed(ref) if isinstance(taken, Taken) else replace(taken, input_ref=ref)
