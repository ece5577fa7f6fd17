"""DuckDB errors as CopydeskErrors, each with one clear line and no password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from core.errors import ConfigError, ContractError, CopydeskError, PermanentError, TransientError
from warehouse.catalog.extensions import first_line

if TYPE_CHECKING:
    from warehouse.catalog.location import LakeLocation

# What DuckDB, DuckLake, SQLite, PostgreSQL and S3 say, compared without case; the first rule that
# fits decides. {lake} is the lake's place, {said} the first line of the message without passwords.
_RULES: tuple[tuple[tuple[str, ...], type[CopydeskError], str], ...] = (
    (
        ("no snapshot found",),
        ConfigError,
        "the lake at {lake} does not have this snapshot, or it has expired ({said})",
    ),
    (
        ("file is not a database", "database disk image is malformed", "not a valid sqlite"),
        PermanentError,
        "the catalog of the lake at {lake} is damaged; restore it from a backup ({said})",
    ),
    (
        ("ducklake version", "ducklake extension only supports", "unsupported ducklake"),
        PermanentError,
        "the lake at {lake} has another DuckLake format; use the Copydesk that made it ({said})",
    ),
    (
        ("no space left", "disk is full", "disk full", "file too large"),
        TransientError,
        "the disk of the lake at {lake} is full; what has landed is safe. Make room and start again",
    ),
    (
        ("nosuchbucket",),
        ConfigError,
        "the bucket of the lake at {lake} does not exist; make it, or correct data_url ({said})",
    ),
    (
        ("authentication failed", "http 403", "access denied", "no password supplied"),
        ConfigError,
        "the lake at {lake} refuses the credentials; check user, password and keys ({said})",
    ),
    (
        ("permission denied for", "must be owner of"),
        ConfigError,
        "the catalog's user has no right to do this in the lake at {lake}; connect as the user that loads ({said})",
    ),
    (
        (
            "database is locked",
            "database table is locked",
            "transaction conflict",
            "could not serialize",
            "connection refused",
            "could not connect",
            "could not establish connection",
            "connection to server",
            "server closed the connection",
            "no connection to the server",
            "connection not open",
            "could not send",
            "could not receive",
            "ssl connection has been closed",
            "terminating connection",
            "the database system is",
            'failed to execute query "rollback"',  # the catalog's server stopped in the middle
            "current transaction is aborted",  # likewise, noticed by a later statement
            "cannot rollback - no transaction is active",  # likewise, when DuckDB has given up already
            "timeout",
            "timed out",
            "http 5",
        ),
        TransientError,
        "cannot reach the lake at {lake}, or it is busy; try again ({said})",
    ),
)
_SECRETS = re.compile(r"(?i)(password|secret|token|key_id)(\s*[=:]?\s*)('[^']*'|[^\s,;)']+)")
_URL_PASSWORD = re.compile(r"(//[^/:@\s]{1,100}:)[^@\s]{1,200}@")


class MissingLakeError(ConfigError):
    """There is no lake at that place."""

    def __init__(self, location: LakeLocation) -> None:
        super().__init__(
            f"no lake at {location}; `copydesk load` or `copydesk run` makes one, --lake names another"
        )


def explain_fault(error: duckdb.Error, location: LakeLocation) -> CopydeskError:
    """The error to raise instead: transient, permanent, a wrong setting, or a broken promise."""
    said = redact(_shorten(error), location)
    lower = str(error).lower()
    if "creating a new ducklake is explicitly disabled" in lower:
        return MissingLakeError(location)
    for phrases, kind, message in _RULES:
        if any(phrase in lower for phrase in phrases):
            return kind(message.format(lake=location, said=said))
    if is_conflict(error):
        return TransientError(f"another run wrote to the lake at {location} first; try again ({said})")
    if _is_lacking(error, lower):
        return PermanentError(
            f"the lake at {location} lacks tables or columns of this Copydesk; if an older one made it,"
            f" `copydesk maintain` brings it up to date ({said})"
        )
    if isinstance(error, (duckdb.IOException, duckdb.HTTPException)):
        return PermanentError(f"cannot read or write the lake at {location}: {said}")
    return ContractError(f"the lake at {location} refused a statement: {said}")


def _is_lacking(error: duckdb.Error, lower: str) -> bool:
    """Whether a table or a column is not there: a reader cannot bring an older lake up to date."""
    if isinstance(error, duckdb.CatalogException):
        return "does not exist" in lower
    return isinstance(error, duckdb.BinderException) and "not found in from clause" in lower


def _shorten(error: duckdb.Error) -> str:
    """The first line; for a failed catalog query, which is quoted in full, also the reason after it."""
    first = first_line(error)
    query, _, reason = str(error).rpartition('": ')
    return f"{first} ... {reason.strip()}" if "\n" in query and reason.strip() else first


@contextmanager
def interruptible(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Ctrl-C while DuckDB is at work comes out as KeyboardInterrupt, and the statement is ended.

    DuckDB itself raises RuntimeError and only stops waiting: the next statement would wait for the query.
    """
    try:
        yield
    except RuntimeError as error:
        if not says_interrupted(error):
            raise
        connection.interrupt()
        raise KeyboardInterrupt from None


def says_interrupted(error: Exception) -> bool:
    """Whether DuckDB reports a signal that arrived while it was working. (Its InterruptException does not prove one:
    threads whose query fails in another thread raise it, too.)"""
    return "query interrupted" in str(error).lower()


def is_conflict(error: BaseException) -> bool:
    """Whether another writer came first, so that the same transaction can succeed when repeated.

    DuckLake calls it a conflict; SQLite says that the database is locked, since a transaction that
    began before another's commit can no longer write.
    """
    said = str(error).lower()
    return isinstance(error, duckdb.TransactionException) and ("conflict" in said or "is locked" in said)


def redact(text: str, location: LakeLocation) -> str:
    """The text without any password."""
    password = location.catalog_parameters.get("password") if location.catalog_url else None
    if password:
        text = text.replace(password, "***")
    return _URL_PASSWORD.sub(r"\1***@", _SECRETS.sub(r"\1\2***", text))
