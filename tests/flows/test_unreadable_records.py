"""Records that cannot be read back cost one input, and those of older versions are mended by the command."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from lakes import ask, find_bad_checks

from cli.keep.archive import command
from core.captures import Capture
from core.settings import Settings
from flows.load import load_files
from warehouse.archive.records import checked
from warehouse.archive.records.payloads import unpack_member
from warehouse.archive.records.warc_records import make_resource
from warehouse.archive.seal import seal_file


def test_an_input_that_cannot_be_archived_has_an_outcome_and_the_others_land(
    settings: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damage(capture: Capture, sha256: str) -> bytes:
        record = make_resource(capture, sha256)
        return record[:-20] if "bridge" in capture.url else record

    monkeypatch.setattr(checked, "make_resource", damage)
    assert load_files(settings, [articles]).reasons == {
        ("accepted", "new"): 2,
        ("quarantined", "stage_error"): 1,
    }
    details = ask(settings.lake, "SELECT input_ref, detail FROM outcomes WHERE reason = 'stage_error'")
    assert [(Path(ref).name, detail) for ref, detail in details] == [
        ("bridge.txt", "the archive's record is incomplete")
    ]
    assert find_bad_checks(settings.lake) == []
    monkeypatch.undo()
    assert load_files(settings, [articles]).reasons == {
        ("accepted", "new"): 1,
        ("unchanged", "same_bytes"): 2,
    }


def test_the_command_mends_a_lake_of_an_older_version_and_moves_nothing(
    settings: Settings, articles: Path
) -> None:
    load_files(settings, [articles])
    pointers = "SELECT warc_file, warc_offset, warc_length FROM captures ORDER BY ALL"
    before = ask(settings.lake, pointers)
    (path,) = settings.archive_folder.glob("*.warc.gz")
    # Behind what landed, a record with a header as older versions wrote it.
    name, offset, length = before[-1]
    plain = unpack_member(path.read_bytes()[offset : offset + length])
    assert plain is not None
    long = plain.replace(b'"hints": {}', b'"hints": {"title": "%s"}' % (b"Fog " * 12_000), 1)
    path.write_bytes(path.read_bytes() + zlib.compress(long, 3, wbits=31))
    seal_file(path)

    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(command, [*words, "--lake", str(settings.lake)])
        return result.exit_code, result.stdout

    code, told = run("verify")
    assert code == 1
    assert "run `copydesk archive verify --repair`" in told
    untouched = path.read_bytes()
    assert run("verify")[0] == 1
    assert path.read_bytes() == untouched, "nothing changes without --repair"
    code, told = run("verify", "--repair", "--json")
    assert code == 0
    assert [(found["file"], found["repaired"]) for found in json.loads(told)] == [(name, True)]
    assert run("verify") == (0, "every capture and every WARC file is intact\n")
    assert run("index")[0] == 0
    assert ask(settings.lake, pointers) == before
