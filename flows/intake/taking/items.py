"""Inputs on their way into the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from core.captures import Capture
from core.http.exchanges import Exchange
from core.outcomes import InputOutcome

_CHUNK_INPUTS = 1_000
_LATER_CHUNK_INPUTS = 4_000  # the lake is asked once for each chunk what it knows of it
_CHUNK_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """A capture on its way into the archive; fetched pages have an `exchange`."""

    capture: Capture
    exchange: Exchange | None = None

    def renamed(self, input_ref: str) -> Taken:
        """The capture under another reference."""
        return Taken(replace(self.capture, input_ref=input_ref), self.exchange)


IntakeItem = Taken | InputOutcome


def cut_chunks(items: Iterable[IntakeItem]) -> Iterator[list[IntakeItem]]:
    """The items in lists, each short and small enough for memory."""
    chunk: list[IntakeItem] = []
    size, most = 0, _CHUNK_INPUTS
    for item in items:
        chunk.append(item)
        size += len(item.capture.payload) if isinstance(item, Taken) else 0
        if len(chunk) >= most or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size, most = [], 0, _LATER_CHUNK_INPUTS
    if chunk:
        yield chunk
