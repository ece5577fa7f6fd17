"""What a DuckDB error means for the run: its CopydeskError, with one clear line and no password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb

from core.errors import ConfigError, ContractError, CopydeskError, PermanentError, TransientError
from warehouse.extensions import first_line

if TYPE_CHECKING:
    from warehouse.location import LakeLocation

# What DuckDB, SQLite, PostgreSQL and S3 say when waiting may help; compared without case.
_PASSING = (
    "database is locked",
    "database table is locked",
    "transaction conflict",
    "could not serialize",
    "connection refused",
    "could not connect",
    "connection to server",
    "server closed the connection",
    "terminating connection",
    "the database system is",
    "timeout",
    "timed out",
    "http 5",
    "(http 500",
    "(http 503",
    "could not establish connection",
)
_BROKEN = ("file is not a database", "database disk image is malformed", "not a valid sqlite")
_SECRETS = re.compile(r"(?i)(password|secret|token|key_id)(\s*[=:]?\s*)('[^']*'|[^\s,;)']+)")
_URL_PASSWORD = re.compile(r"(//[^/:@\s]{1,100}:)[^@\s]{1,200}@")


def explain_fault(error: duckdb.Error, location: LakeLocation) -> CopydeskError:
    """The error to raise instead: transient, permanent, a wrong setting, or a broken promise."""
    said = redact(first_line(error), location)
    lower = said.lower()
    if "ducklake" in lower and "version" in lower and "supported" in lower:
        return PermanentError(f"the lake at {location} is of another DuckLake format: {said}")
    if any(words in lower for words in _BROKEN):
        return PermanentError(
            f"the catalog of the lake at {location} is damaged; restore it from a backup ({said})"
        )
    if is_conflict(error) or any(words in lower for words in _PASSING):
        return TransientError(f"the lake at {location} is busy or away; try again ({said})")
    if "no space left" in lower:
        return PermanentError(f"the disk of the lake at {location} is full; nothing of this step was landed")
    if "authentication failed" in lower or "http 403" in lower or "access denied" in lower:
        return ConfigError(f"the lake at {location} refuses the credentials ({said})")
    if isinstance(error, (duckdb.IOException, duckdb.HTTPException)):
        return PermanentError(f"the lake at {location} cannot be read or written: {said}")
    return ContractError(f"the lake at {location} refused a statement: {said}")


def is_conflict(error: BaseException) -> bool:
    """Whether another writer came first, so that the same transaction may succeed when repeated."""
    return isinstance(error, duckdb.TransactionException) and "conflict" in str(error).lower()


def redact(text: str, location: LakeLocation) -> str:
    """The text without any password."""
    password = location.catalog_parameters.get("password") if location.catalog_url else None
    if password:
        text = text.replace(password, "***")
    return _URL_PASSWORD.sub(r"\1***@", _SECRETS.sub(r"\1\2***", text))
