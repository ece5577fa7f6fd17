"""Whether an input or the installation causes an error: a plain article is worked in the same way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from core.captures import Capture, CaptureKind, make_capture_id
from core.errors import is_disk_full

_TEXT = (
    "Ferry stops in fog\n\nBy Mara Quill\n\n"
    "The ferry Elin Star stopped in thick fog on Monday with 200 passengers on board, the harbour office said. "
    "Two tugs brought it back to Port Lowen after nearly four hours.\n\n"
    "“Nobody was hurt,” said Captain Idris Vale, who has sailed the route for 20 years. He thanked the crews."
)
_ADDRESS = "file:///self-test.txt"


class InputError(Exception):
    """An error that looks like one of the machine, but a plain article could be worked."""


def plain_article() -> Capture:
    """A short article in English that every installation can work."""
    payload = _TEXT.encode()
    at = datetime(2026, 3, 2, tzinfo=UTC)
    capture_id = make_capture_id(_ADDRESS, "0" * 64, at)
    return Capture(capture_id, "self-test", "self-test", _ADDRESS, CaptureKind.TEXT, payload, at)


def blame(error: Exception, work_plain: Callable[[], object]) -> Exception:
    """The error to raise for one input: InputError if `work_plain` succeeds, else the error itself.

    A full disk is never the input's fault, even if a short article still finds room.
    """
    if is_disk_full(error):
        return error
    try:
        work_plain()
    except Exception:
        return error
    return InputError(f"{type(error).__name__}: {error}")
