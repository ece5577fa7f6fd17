"""The lake for many readers at once: each is given one snapshot, the newest when it comes, and keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from threading import Lock

from core.errors import CopydeskError
from core.settings import Settings
from warehouse.asking.user_limits import Deadline, QueryLimits, page_limits
from warehouse.catalog.attach import ALIAS, attach_session
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake
from warehouse.catalog.session import Lake


@dataclass(slots=True)
class _Pinned:
    """A session at one snapshot, and how many readers it has."""

    lake: Lake
    snapshot_id: int
    reader_count: int = 0
    is_old: bool = False


class PinnedLake(Lake):
    """An open lake that stays at one snapshot, whatever lands meanwhile."""

    def __init__(self, lake: Lake, snapshot_id: int) -> None:
        super().__init__(lake.location, lake.connection.cursor(), read_only=True)
        self.connection.execute(f"USE {ALIAS}")
        self._pinned_id = snapshot_id
        self._branches: list[Lake] = []

    @property
    def snapshot_id(self) -> int:
        """The snapshot that it shows."""
        return self._pinned_id

    @contextmanager
    def branch(self) -> Iterator[Lake]:
        """A second connection to the session; the time limit of this one counts for it too."""
        with super().branch() as branch:
            self._branches.append(branch)
            try:
                yield branch
            finally:
                self._branches.remove(branch)

    def interrupt(self) -> None:
        """Stop what it is asked at the moment."""
        for each in (self, *self._branches):
            each.connection.interrupt()

    def close(self) -> None:
        """Close this reader's own connection; the session stays for others."""
        self.connection.close()


class PinnedReader:
    """Gives readers the newest snapshot, from one session as long as nothing lands; close it at the end."""

    def __init__(self, settings: Settings, limits: QueryLimits | None = None) -> None:
        self._settings = settings
        self._limits = limits or page_limits(settings)
        location = LakeLocation.of(settings)
        # not pinned itself: it finds out which snapshot is the newest
        self._watch = Lake(location, attach_session(location, read_only=True), read_only=True)
        self._lock = Lock()
        self._current: _Pinned | None = None

    @contextmanager
    def reading(self) -> Iterator[PinnedLake]:
        """A lake at the newest snapshot, for one thread; its queries together can take the seconds of the limits."""
        pinned = self._enter()
        try:
            with closing(PinnedLake(pinned.lake, pinned.snapshot_id)) as lake:
                deadline = Deadline(lake, self._limits)
                try:
                    with deadline.running():
                        yield lake
                except CopydeskError:
                    deadline.check()  # report an interruption as what it is
                    raise
        finally:
            self._leave(pinned)

    def close(self) -> None:
        """Close every session without a reader."""
        with self._lock:
            if self._current:
                self._retire(self._current)
                self._current = None
            self._watch.close()

    def _enter(self) -> _Pinned:
        with self._lock:
            newest = self._watch.snapshot_id
            if self._current is None or self._current.snapshot_id != newest:
                fresh = _Pinned(open_lake(self._settings, read_only=True, as_of=newest), newest)
                fresh.lake.use_one_core()  # readers come side by side; a user's SQL has a process of its own
                if self._current:
                    self._retire(self._current)
                self._current = fresh
            self._current.reader_count += 1
            return self._current

    def _leave(self, pinned: _Pinned) -> None:
        with self._lock:
            pinned.reader_count -= 1
            if pinned.is_old and not pinned.reader_count:
                pinned.lake.close()

    def _retire(self, pinned: _Pinned) -> None:
        pinned.is_old = True
        if not pinned.reader_count:
            pinned.lake.close()
