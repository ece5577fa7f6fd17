"""Folders and files of articles, read lazily into captures; every bad input is one outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from core.captures import CaptureKind
from core.outcomes import InputOutcome, Reason
from tasks.acquire.base.fields import UnreadColumns
from tasks.acquire.base.options import PAGE_KINDS, STAGE, FileOptions
from tasks.acquire.base.unexpected import attempt, contain, describe_unexpected
from tasks.acquire.files.listing import describe_os_error, list_files
from tasks.acquire.files.record_file import Item, open_records
from tasks.acquire.files.records import READER_ERRORS, READERS
from tasks.acquire.files.single_files import read_page, stem_suffix
from tasks.acquire.files.streams import STREAM_ERRORS, CompressionBombError
from tasks.acquire.files.warc import BrokenWarcError, iterate_warc

__all__ = ["FileOptions", "iterate_inputs"]
_WARC = ".warc"
# What to do with files that people have and that are not read, by suffix.
_ADVICE = {
    **dict.fromkeys((".zip", ".7z", ".rar", ".tar", ".tgz"), "unpack it and load its folder"),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf"), "save it as .html or .txt"),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "save the sheet as .csv"),
    **dict.fromkeys((".rss", ".atom", ".xml"), "of a feed, `copydesk outlets add` follows the address"),
    ".pdf": "save its text as .txt",
}
_BROKEN = (*STREAM_ERRORS, *READER_ERRORS, BrokenWarcError)
_KNOWN = (OSError, CompressionBombError, *_BROKEN)


def iterate_inputs(
    paths: Sequence[Path],
    options: FileOptions,
    tally: Counter[str] | None = None,
    unread: UnreadColumns | None = None,
) -> Iterator[Item]:
    """A capture or an outcome for each input under the paths, in sorted order, one at a time in memory.

    Inputs are pages and texts (`input_ref` is the path), records (`path#line-N`, `path#item-N`,
    `path#row-N`) and pages in WARC files (`path@offset`). A file of many inputs that cannot be read to its
    end gives one more outcome under its own path, after the inputs that were read. `tally["skipped"]`
    counts WARC records that are not pages, `unread` the columns of records that no field took. Raises ConfigError at once for a missing path.
    """
    seen = _Seen(Counter() if tally is None else tally, UnreadColumns() if unread is None else unread)
    return _iterate(list_files(paths, follows_links=options.follows_links), options, seen)


class _Seen(NamedTuple):
    """What is counted on the way and makes no input."""

    tally: Counter[str]
    unread: UnreadColumns


def _iterate(files: Iterator[Path | InputOutcome], options: FileOptions, seen: _Seen) -> Iterator[Item]:
    for file in files:
        if isinstance(file, InputOutcome):
            yield file
        elif kind := PAGE_KINDS.get(stem_suffix(file)):
            yield _read_page(file, kind, options)
        else:
            yield from _iterate_container(file, options, seen)


def _read_page(path: Path, kind: CaptureKind, options: FileOptions) -> Item:
    item = attempt(lambda: read_page(path, kind, options))
    return describe_unexpected(str(path), item) if isinstance(item, Exception) else item


def _iterate_container(path: Path, options: FileOptions, seen: _Seen) -> Iterator[Item]:
    """The inputs of a file, and one more outcome for the file if it is empty or breaks off."""
    suffix = stem_suffix(path)
    if suffix != _WARC and suffix not in READERS:
        advice = _ADVICE.get(suffix, "see `copydesk load --help`")
        detail = f"{suffix or 'a name without suffix'} is not read; {advice}"
        yield InputOutcome(str(path), Reason.UNSUPPORTED_TYPE, STAGE, detail=detail)
        return
    count = 0
    problem: InputOutcome | None = None
    try:
        for item in contain(_open(path, suffix, options, seen), partial(_tell_stop, path), _KNOWN):
            count += 1
            yield item
    except OSError as error:
        problem = _describe(path, error)
    except CompressionBombError as error:
        problem = _outcome(path, Reason.COMPRESSION_BOMB, f"{error}; reading stopped after {count} inputs")
    except _BROKEN as error:
        problem = _outcome(path, Reason.BROKEN_ARCHIVE, f"{error}; {count} inputs before it were read")
    if problem is None and count == 0:
        problem = _outcome(path, Reason.EMPTY, "no article in it")
    if problem is not None:
        yield problem


def _open(path: Path, suffix: str, options: FileOptions, seen: _Seen) -> Iterator[Item]:
    if suffix == _WARC:
        yield from iterate_warc(path, options, seen.tally)
    else:
        yield from READERS[suffix](open_records(path, options, seen.unread))


def _tell_stop(path: Path, error: Exception, count: int) -> InputOutcome:
    return describe_unexpected(str(path), error, f"; {count} inputs before it were read")


def _describe(path: Path, error: OSError) -> InputOutcome:
    if error.errno is None:  # raised by a decoder, not by the system
        return _outcome(path, Reason.BROKEN_ARCHIVE, str(error))
    return describe_os_error(path, error)


def _outcome(path: Path, reason: Reason, detail: str) -> InputOutcome:
    return InputOutcome(str(path), reason, STAGE, detail=detail)
