"""What the system refuses a command is one line that says what to do, and not a defect of Copydesk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run


def test_a_lake_that_the_user_cannot_write_is_no_defect(
    own_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(own_lake / "staging"))

    monkeypatch.setattr(Path, "mkdir", deny)
    code, _, error = run("maintain", lake=own_lake)
    assert code == 2
    assert error == (
        f"copydesk: {own_lake / 'staging'}: Permission denied; give the user who runs Copydesk the right to it, "
        "or name another place\n"
    )


def test_a_workbook_that_cannot_be_written_is_no_defect(lake: Path, tmp_path: Path) -> None:
    file = tmp_path / "missing" / "answer.xlsx"
    code, _, error = run("sql", "from articles", "--output", str(file), lake=lake)
    assert (code, error) == (2, f"copydesk: {file} cannot be written: No such file or directory\n")
