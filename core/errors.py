"""What can go wrong with a whole run. A bad article is an outcome, never one of these."""

import errno

# No room on the disk, in the user's share of it, or above the greatest size of a file.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)


class CopydeskError(Exception):
    """Base of all errors of a run. The message names the thing, says why, and what to do next."""

    exit_code = 3


class ConfigError(CopydeskError):
    """The settings, the command or the named thing is wrong; the user has to change something."""

    exit_code = 2


class TransientError(CopydeskError):
    """It can work later (a locked catalog, an unreachable server). The only error that is retried."""

    exit_code = 3


class PermanentError(CopydeskError):
    """It will not work however often it is tried (a corrupt archive, a lake from a newer version)."""

    exit_code = 2


class ContractError(CopydeskError):
    """One of our own parts broke its promise (rows that do not fit their table)."""

    exit_code = 1


def is_disk_full(error: BaseException) -> bool:
    """Whether the error means that the disk is full."""
    return isinstance(error, OSError) and error.errno in _FULL


def explain_refusal(error: BaseException, disk: str = "the disk") -> CopydeskError | None:
    """The error to raise instead if the system refused room or a right to a file; None for any other error.

    `disk` is what the message calls the disk.
    """
    cause: BaseException | None = error
    while cause is not None:
        is_sqlites = not isinstance(cause, CopydeskError) and "disk is full" in str(cause)
        if is_disk_full(cause) or is_sqlites:
            return TransientError(f"{disk} is full. What has landed is kept; make room and start again")
        if isinstance(cause, OSError) and cause.errno in _DENIED:
            what = f"{cause.filename}: {cause.strerror}" if cause.filename else str(cause)
            return ConfigError(
                f"{what}; give the user who runs Copydesk the right to it, or name another place"
            )
        cause = cause.__cause__
    return None
