"""What each recipient of a watch has been sent, in a file beside the lake's catalog: readers never write to the lake."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock
from pydantic import SecretStr

from core.errors import PermanentError
from core.settings import Settings

_MOST_KEYS = 100_000


@dataclass(slots=True)
class WatchState:
    """The keys of the rows sent, by recipient, and when something was last sent."""

    sent: dict[str, list[str]] = field(default_factory=dict)
    last_sent_at: str | None = None

    def is_new(self, recipient: SecretStr, key: str) -> bool:
        """Whether the recipient was not sent this row."""
        return key not in self.sent.get(_name(recipient), ())

    def add(self, recipient: SecretStr, keys: Sequence[str]) -> None:
        """Remember that the recipient was sent these rows."""
        known = self.sent.get(_name(recipient), [])
        self.sent[_name(recipient)] = [*known, *keys][-_MOST_KEYS:]
        self.last_sent_at = datetime.now(UTC).isoformat(timespec="seconds")


def read_state(settings: Settings, name: str) -> WatchState:
    """The state of a watch; a new one where none is kept. Raises PermanentError for a file that cannot be read."""
    file = _file(settings, name)
    try:
        return WatchState(**json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return WatchState()
    except (OSError, ValueError, TypeError) as error:
        raise PermanentError(
            f"{file} cannot be read ({error}); remove it, and every row of the watch is sent again"
        ) from error


def write_state(settings: Settings, name: str, state: WatchState) -> None:
    """Keep the state of a watch, whole or not at all."""
    file = _file(settings, name)
    unfinished = file.with_suffix(".unfinished")
    try:
        unfinished.write_text(
            json.dumps({"sent": state.sent, "last_sent_at": state.last_sent_at}), encoding="utf-8"
        )
        unfinished.replace(file)
    except OSError as error:
        raise PermanentError(
            f"{file} cannot be written ({error.strerror}); its rows are sent again by the next run"
        ) from error


def lock_state(settings: Settings, name: str) -> FileLock:
    """A lock: two runs that end together send nothing twice."""
    file = _file(settings, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(file.with_suffix(".lock"))


def _file(settings: Settings, name: str) -> Path:
    return settings.lake.absolute() / "watches" / f"{name}.json"


def _name(recipient: SecretStr) -> str:
    """A recipient's name in the file: a hash, since the address holds a password."""
    return hashlib.sha256(recipient.get_secret_value().strip().encode()).hexdigest()[:16]
