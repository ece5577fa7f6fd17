"""A writer may die at any moment: what it archived is found again, once, and nothing torn is trusted."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from core.captures import Capture, CaptureKind, make_capture_id
from warehouse.archive.writer import ArchiveWriter, Pointer, read_payload, recover

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
REPOSITORY = Path(__file__).resolve().parents[3]
COUNT = 400
WRITE_ALL = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_recovery import COUNT, make_numbered
from warehouse.archive.writer import ArchiveWriter, recover
folder = Path(sys.argv[1])
with ArchiveWriter(folder, 60_000, "load", reuse=recover(folder)) as writer:
    for n in range(COUNT):
        pointer = writer.append(make_numbered(n))
        print(n, flush=True)
    writer.secure()
    if len(sys.argv) > 2:
        writer.settle()
"""


def make_numbered(n: int) -> Capture:
    rng = random.Random(n)
    payload = f"<p>Report {n}</p>".encode() + rng.randbytes(rng.randrange(200, 3000))
    url = f"https://velmar-post.example/{n}"
    capture_id = make_capture_id(url, hashlib.sha256(payload).hexdigest(), NOON)
    # Every seventh has a title that no header has room for, and so a metadata record of its own.
    hints = {"title": f"Report {n} " * 900} if n % 7 == 6 else {}
    return Capture(capture_id, url, "velmar-post", url, CaptureKind.HTML, payload, NOON, hints=hints)


def sha256_of(capture: Capture) -> str:
    return hashlib.sha256(capture.payload).hexdigest()


def count_records(folder: Path) -> Counter[str]:
    """How often each address is archived, by a reader that is not ours and checks every digest."""
    found: Counter[str] = Counter()
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                if record.rec_type != "metadata":
                    found[record.rec_headers.get_header("WARC-Target-URI")] += 1
                record.raw_stream.read()
    del found[None]  # the warcinfo records
    return found


def write_and_crash(folder: Path, count: int = 5) -> list[Pointer]:
    """Archive captures and leave things as a killed process does."""
    writer = ArchiveWriter(folder, 10**9, "load")
    pointers = [writer.append(make_numbered(n)) for n in range(count)]
    writer.close()
    return pointers


def only(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


@pytest.mark.slow
def test_killed_at_random_moments_nothing_is_lost_and_nothing_archived_twice(tmp_path: Path) -> None:
    rng = random.Random(20261122)
    for turn in range(4):
        folder = tmp_path / str(turn)
        folder.mkdir()
        said = run_and_kill(folder, rng.uniform(0, 0.06))
        again = run_and_kill(folder, rng.uniform(0, 0.06))
        pointers = recover(folder)
        for n in range(max(said, again)):
            capture = make_numbered(n)
            pointer = pointers[capture.capture_id]
            assert read_payload(folder, pointer, sha256=sha256_of(capture)) == capture.payload
        subprocess.run([sys.executable, "-c", WRITE_ALL, str(folder), "settle"], check=True, cwd=REPOSITORY)
        assert count_records(folder) == {f"https://velmar-post.example/{n}": 1 for n in range(COUNT)}
        assert list(folder.glob("*.journal")) == []


def run_and_kill(folder: Path, seconds: float) -> int:
    """How many captures the writer said it had archived before it was killed, in the middle of its work."""
    command = [sys.executable, "-c", WRITE_ALL, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPOSITORY) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        lines += process.stdout.readlines()
    return sum(1 for line in lines if line.endswith(b"\n"))


def test_what_was_archived_and_never_landed_is_found_and_not_archived_again(tmp_path: Path) -> None:
    pointers = write_and_crash(tmp_path)
    found = recover(tmp_path)
    assert [found[make_numbered(n).capture_id] for n in range(5)] == pointers
    with ArchiveWriter(tmp_path, 10**9, "load", reuse=found) as writer:
        assert [writer.append(make_numbered(n)) for n in range(6)][:5] == pointers
        writer.settle()
    assert count_records(tmp_path) == {f"https://velmar-post.example/{n}": 1 for n in range(6)}
    assert recover(tmp_path) == {}
    assert list(tmp_path.glob("*.journal")) == []


def test_found_captures_are_found_again_when_the_next_load_is_killed_too(tmp_path: Path) -> None:
    write_and_crash(tmp_path)
    assert len(recover(tmp_path)) == 5
    assert len(recover(tmp_path)) == 5


def test_what_landed_is_not_offered_again(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, 10**9, "load")
    writer.append(make_numbered(0))
    writer.settle()
    writer.append(make_numbered(1))
    writer.close()
    assert list(recover(tmp_path)) == [make_numbered(1).capture_id]


def test_a_clean_end_leaves_no_journal(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, 4_000, "load") as writer:
        for n in range(20):
            writer.append(make_numbered(n))
    assert len(list(tmp_path.glob("*.journal"))) > 1
    writer.settle()
    assert list(tmp_path.glob("*.journal")) == []


def test_a_half_written_record_is_cut_off(tmp_path: Path) -> None:
    write_and_crash(tmp_path)
    path = only(tmp_path, "*.warc.gz")
    whole = path.read_bytes()
    path.write_bytes(whole + whole[200:900])
    assert len(recover(tmp_path)) == 5
    assert path.read_bytes() == whole


def test_a_record_lost_by_a_power_cut_is_not_offered(tmp_path: Path) -> None:
    pointers = write_and_crash(tmp_path)
    path = only(tmp_path, "*.warc.gz")
    os.truncate(path, pointers[3].warc_offset + 50)
    assert set(recover(tmp_path)) == {make_numbered(n).capture_id for n in range(3)}
    assert path.stat().st_size == pointers[3].warc_offset


def test_a_journal_line_cut_off_by_the_crash_does_not_count(tmp_path: Path) -> None:
    pointers = write_and_crash(tmp_path)
    journal = only(tmp_path, "*.journal")
    journal.write_bytes(journal.read_bytes()[:-20])
    assert set(recover(tmp_path)) == {make_numbered(n).capture_id for n in range(4)}
    assert only(tmp_path, "*.warc.gz").stat().st_size == pointers[4].warc_offset


def test_a_file_damaged_before_whole_records_is_set_aside_when_nothing_of_it_landed(tmp_path: Path) -> None:
    pointers = write_and_crash(tmp_path)
    damage(only(tmp_path, "*.warc.gz"), pointers[1])
    assert recover(tmp_path) == {}
    assert only(tmp_path, "*.warc.gz.broken").stat().st_size > 0
    assert list(tmp_path.glob("*.journal")) == []


def test_a_damaged_file_keeps_what_has_landed(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, 10**9, "load")
    landed = writer.append(make_numbered(0))
    writer.settle()
    pointers = [writer.append(make_numbered(n)) for n in range(1, 4)]
    writer.close()
    damage(only(tmp_path, "*.warc.gz"), pointers[0])
    assert recover(tmp_path) == {}
    capture = make_numbered(0)
    assert read_payload(tmp_path, landed, sha256=sha256_of(capture)) == capture.payload
    assert only(tmp_path, "*.warc.gz").stat().st_size == pointers[0].warc_offset


def damage(path: Path, pointer: Pointer) -> None:
    data = bytearray(path.read_bytes())
    data[pointer.warc_offset + pointer.warc_length // 2] ^= 0xFF
    path.write_bytes(data)


def test_the_files_of_a_living_writer_are_left_alone(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, 10**9, "load") as writer:
        writer.append(make_numbered(0))
        assert recover(tmp_path) == {}
        code = "import sys; from pathlib import Path; from warehouse.archive.writer import recover\n"
        code += "print(len(recover(Path(sys.argv[1]))))"
        command = [sys.executable, "-c", code, str(tmp_path)]
        other = subprocess.run(command, check=True, capture_output=True, cwd=REPOSITORY)
        assert other.stdout == b"0\n"
        pointer = writer.append(make_numbered(1))
    assert read_payload(tmp_path, pointer, sha256=sha256_of(make_numbered(1))) == make_numbered(1).payload
    assert len(recover(tmp_path)) == 2


def test_a_file_that_holds_nothing_but_its_first_record_goes(tmp_path: Path) -> None:
    write_and_crash(tmp_path, count=1)
    journal = only(tmp_path, "*.journal")
    journal.write_bytes(b"")
    assert recover(tmp_path) == {}
    assert list(tmp_path.iterdir()) == []
