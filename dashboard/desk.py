"""Reading the lake for the pages of a dashboard."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from threading import Lock
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse

from core.settings import Settings
from dashboard.rendering import PagePlace, Snapshot, render
from warehouse.asking.pinned import PinnedLake, PinnedReader

T = TypeVar("T")
_KEPT = 256


class Desk:
    """Reads the lake for pages, each at the newest snapshot; what a snapshot shows is kept, since it never changes."""

    def __init__(self, settings: Settings, reader: PinnedReader) -> None:
        self.settings = settings
        self._reader = reader
        self._kept: OrderedDict[tuple[object, ...], Any] = OrderedDict()
        self._lock = Lock()

    def read(self, read: Callable[..., T], *values: Any, **constants: Any) -> tuple[T, int]:
        """What `read` makes of a lake and these values, and the snapshot that it shows.

        `constants` are the same for every request, so what is kept does not depend on them.
        """
        with self.reading() as lake:
            key = (lake.snapshot_id, read, *values)
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key], lake.snapshot_id
            made = read(lake, *values, **constants)
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return made, lake.snapshot_id

    def reading(self) -> AbstractContextManager[PinnedLake]:
        """A lake for one request."""
        return self._reader.reading()

    def newest(self) -> int:
        """The newest snapshot."""
        with self.reading() as lake:
            return lake.snapshot_id

    def show(self, template: str, snapshot_id: int, **values: Any) -> HTMLResponse:
        """A page as HTML."""
        place = PagePlace(is_live=True, snapshot=Snapshot(snapshot_id, datetime.now(UTC)))
        return HTMLResponse(render(template, place, **values))


def find_desk(request: Request) -> Desk:
    """The desk of the application that was asked."""
    desk: Desk = request.app.state.desk
    return desk
