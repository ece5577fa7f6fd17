"""What the system refused, as errors of a run."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from core.errors import ConfigError, TransientError, explain_refusal


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left"), sqlite3.OperationalError("database or disk is full")]
)
def test_a_full_disk_is_worth_another_try(error: Exception) -> None:
    explained = explain_refusal(error, "the disk of /srv/lake")
    assert isinstance(explained, TransientError)
    assert str(explained).startswith("the disk of /srv/lake is full")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_missing_right_is_the_users_to_give_and_names_the_file(number: int) -> None:
    explained = explain_refusal(OSError(number, "Permission denied", "/srv/lake/writer.lock"))
    assert isinstance(explained, ConfigError)
    assert str(explained).startswith("/srv/lake/writer.lock: Permission denied; give the user")


def test_the_cause_of_an_error_counts_and_other_errors_are_left_alone() -> None:
    outer = RuntimeError("cannot go on")
    assert explain_refusal(outer) is None
    outer.__cause__ = PermissionError(errno.EACCES, "Permission denied", "x")
    assert isinstance(explain_refusal(outer), ConfigError)
    assert explain_refusal(FileNotFoundError(errno.ENOENT, "No such file", "x")) is None
