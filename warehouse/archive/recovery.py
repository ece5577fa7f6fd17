"""Recovery after a crash: which records of half-written WARC files are kept, and what is cut off or set aside."""

from __future__ import annotations

import os
import time
from pathlib import Path

from core.errors import PermanentError
from warehouse.archive.journal import JOURNAL_SUFFIX, DeadJournal, Entry, JournalState, Pointer
from warehouse.archive.reader import PayloadReader

BROKEN_SUFFIX = ".broken"
_TRIES = 5
_PAUSE_SECONDS = 0.2


def recover(folder: Path, prefix: str = "") -> dict[str, Pointer]:
    """Captures by id that dead writers archived and that never landed, each read back and checked.

    A file's tail after its last whole journalled capture is cut off. A file whose records are damaged
    before whole ones is set aside as `<name>.broken` when nothing of it has landed; otherwise it is
    cut at the damage. Files of living writers are left alone. The journals stay, so that the pointers
    are found again if the next load is killed, too. With `prefix` only files of that prefix are looked at.
    """
    pointers: dict[str, Pointer] = {}
    for path in sorted(folder.glob(f"*-{prefix}*{JOURNAL_SUFFIX}")):
        journal = DeadJournal.take(path)
        if journal is None:
            continue
        found = _recover_file(journal.warc_path, journal.read())
        journal.close(remove=not found)
        pointers.update(found)
    return pointers


def find_shards(folder: Path, run: str) -> list[Path]:
    """Finished files that the workers of a run wrote, and that have a journal. One whose writer lives is left out."""
    found = []
    for path in sorted(folder.glob(f"*-{shard_prefix(run)}*{JOURNAL_SUFFIX}")):
        if journal := _take_patiently(path):
            found.append(journal.warc_path)
            journal.close(remove=False)
    return found


def shard_prefix(run_id: str, batch: str = "") -> str:
    """The prefix of files that a run's workers write: of all its batches, or of one."""
    return f"{run_id[-8:]}w{batch}"


def _take_patiently(path: Path) -> DeadJournal | None:
    """The journal, also if another load is just looking at it."""
    for _ in range(_TRIES):
        if journal := DeadJournal.take(path):
            return journal
        time.sleep(_PAUSE_SECONDS)
    return None


def discard(folder: Path, capture_ids: set[str]) -> list[Path]:
    """Remove the journals of dead writers whose captures have all landed; returns their WARC files."""
    landed = []
    for path in sorted(folder.glob(f"*{JOURNAL_SUFFIX}")):
        journal = DeadJournal.take(path)
        if journal is not None:
            left = {entry.capture_id for entry in journal.read().entries} - capture_ids
            journal.close(remove=not left)
            if not left:
                landed.append(journal.warc_path)
    return landed


def _recover_file(path: Path, state: JournalState) -> dict[str, Pointer]:
    if not path.is_file():
        return {}
    with PayloadReader(path.parent) as reader:
        size = path.stat().st_size
        whole = [entry.end <= size and _is_whole(reader, path, entry) for entry in state.entries]
    good = next((n for n, is_good in enumerate(whole) if not is_good), len(whole))
    if any(whole[good:]) and state.settled == 0:
        path.rename(path.with_name(path.name + BROKEN_SUFFIX))
        return {}
    kept = state.entries[:good]
    _cut(path, kept[-1].end if kept else state.settled)
    return {e.capture_id: Pointer(path.name, e.offset, e.length) for e in kept}


def _is_whole(reader: PayloadReader, path: Path, entry: Entry) -> bool:
    try:
        reader.read(Pointer(path.name, entry.offset, entry.length), entry.sha256)
    except PermanentError:
        return False
    return True


def _cut(path: Path, end: int) -> None:
    """Shorten the file to `end` bytes, or remove it when nothing in it counts."""
    if end == 0:
        path.unlink()
    elif path.stat().st_size > end:
        os.truncate(path, end)
