"""A full disk, told in one line; the lake stays as the last landing left it."""

from __future__ import annotations

import errno

from core.errors import TransientError
from core.settings import Settings

# No room on the disk, in the user's share of it, or above the greatest size of a file.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def explain_full_disk(error: Exception, settings: Settings) -> Exception:
    """The TransientError that says that the disk is full, or the error itself when it is another."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in FULL:
            return TransientError(
                f"the disk of {settings.lake.absolute()} is full; what has landed stands. Make room and start again"
            )
        cause = cause.__cause__
    return error
