"""The end of a load names the columns that were not read, and why."""

from __future__ import annotations

import json
from pathlib import Path

from flows.intake.hints import tell_unread
from tasks.acquire.base.fields import UnreadColumns
from tasks.acquire.files.read import FileOptions, iterate_inputs


def read(folder: Path, *records: dict[str, object]) -> UnreadColumns:
    """What was not read of a file with these records."""
    (folder / "records.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    unread = UnreadColumns()
    assert len(list(iterate_inputs([folder / "records.jsonl"], FileOptions(), unread=unread))) == len(records)
    return unread


def test_a_column_of_no_known_name_is_named(tmp_path: Path) -> None:
    unread = read(
        tmp_path,
        {"text": "The ferry waited.", "wave_height": 3, "mood": ""},
        {"text": "It left.", "mood": None},
    )
    assert unread.counts == {"wave_height": 1}
    (line,) = tell_unread(unread)
    assert line.startswith(
        "Columns that were not read. 'wave_height': no field of an article has such a name. "
    )


def test_a_column_behind_a_better_one_is_told_with_the_better_one(tmp_path: Path) -> None:
    unread = read(tmp_path, {"body": "The ferry waited.", "text": "The ferry waited for the tide."})
    (line,) = tell_unread(unread)
    assert "another column of the same meaning was read: 'text' for 'body'" in line


def test_a_file_whose_columns_are_all_read_has_no_line(tmp_path: Path) -> None:
    assert (
        tell_unread(read(tmp_path, {"title": "Ferry", "text": "The ferry waited.", "author": "Ida Lund"}))
        == []
    )


def test_names_are_few_short_and_harmless(tmp_path: Path) -> None:
    strange = {f"column\x1b[31m{number}" + "x" * 99: number for number in range(500)}
    unread = read(tmp_path, {"text": "The ferry waited.", **strange})
    assert len(unread.counts) == 200
    (line,) = tell_unread(unread)
    assert "and 192 more" in line
    assert "\x1b" not in line
    assert len(line) < 1_000
