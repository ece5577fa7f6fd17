"""Lines of a pipe as they arrive: in groups if many wait, one by one if they come one by one."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator

_CHUNK_BYTES = 262_144
_PATIENCE_SECONDS = 0.02  # a writer at work pauses less than this; a person or script waits for our answer


class ArrivingLines:
    """The lines of an open file, pipe or terminal, given by its descriptor; each line keeps its end."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._held = bytearray()
        self._searched = 0  # no line ends before this place of what is held
        self._is_over = False

    def groups(self, count: int) -> Iterator[list[bytes]]:
        """Groups of up to `count` lines: the first one, and the lines that have arrived with it."""
        while True:
            group: list[bytes] = []
            while len(group) < count and (line := self._next_line(wait=not group)):
                group.append(line)
            if not group:
                return
            yield group

    def _next_line(self, wait: bool) -> bytes | None:
        """The next line. None at the end, or, unless `wait`, if no line has arrived."""
        while (end := self._held.find(b"\n", self._searched)) < 0:
            self._searched = len(self._held)
            if self._is_over:
                return self._take(len(self._held)) or None
            if not wait and not select.select([self._handle], [], [], _PATIENCE_SECONDS)[0]:
                return None
            chunk = os.read(self._handle, _CHUNK_BYTES)
            self._held += chunk
            self._is_over = not chunk
        return self._take(end + 1)

    def _take(self, size: int) -> bytes:
        line = bytes(self._held[:size])
        del self._held[:size]
        self._searched = 0
        return line
