"""An error of the machine costs an input where a plain article can be worked, and ends the run where it cannot."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_inputs import make_page
from lakes import ask

from core.captures import Capture
from core.errors import TransientError
from core.settings import Settings
from flows.load import load_files
from flows.preview import preview_file
from flows.work import worker
from flows.work.self_test import InputError, blame
from tasks.extract import stage
from warehouse.archive.writer import ArchiveWriter, Pointer


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Three pages, the second about a ferry of another name."""
    folder = tmp_path / "in" / "harbour"
    folder.mkdir(parents=True)
    for name in ("Anna", "Berta", "Clara"):
        (folder / f"{name.lower()}.html").write_text(make_page(name))
    return folder


def fail_at(monkeypatch: pytest.MonkeyPatch, word: str, error: Exception) -> None:
    """Finding names raises the error in texts that have the word."""
    find = stage.find_names

    def find_or_fail(document: object) -> object:
        if word in document.text:  # type: ignore[attr-defined]
            raise error
        return find(document)  # type: ignore[arg-type]

    monkeypatch.setattr(stage, "find_names", find_or_fail)


ERRORS = [
    ImportError("no rules for it"),
    pytest.param(OSError(errno.ENOENT, "No such file"), marks=pytest.mark.slow),
    pytest.param(PermissionError(13, "denied"), marks=pytest.mark.slow),
]


@pytest.mark.parametrize("error", ERRORS, ids=["import", "file", "right"])
def test_an_error_of_the_machine_at_one_page_costs_that_page(
    error: Exception, pages: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, "Berta", error)
    report = load_files(settings, [pages])
    assert report.counts == {"accepted": 2, "quarantined": 1}
    rows = ask(
        settings, "SELECT parse_filename(input_ref), detail FROM outcomes WHERE reason = 'stage_error'"
    )
    assert rows == [("berta.html", f"{type(error).__name__}: {error}")]
    assert [path.name for path in (settings.staging).rglob("self-test*")] == []
    monkeypatch.undo()
    assert load_files(settings, [pages]).counts["accepted"] == 1


@pytest.mark.parametrize("error", ERRORS, ids=["import", "file", "right"])
def test_an_error_that_a_plain_article_meets_too_ends_the_run(
    error: Exception, pages: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, "", error)
    with pytest.raises(TransientError, match="cannot work the batches"):
        load_files(settings, [pages])
    assert ask(settings, "SELECT count(*) FROM articles") == [(0,)]


def test_a_full_disk_is_no_pages_fault_even_if_a_short_article_finds_room(
    pages: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, "Berta", OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(TransientError, match="is full"):
        load_files(settings, [pages])


def test_a_preview_tells_the_two_apart_as_well(
    pages: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, "Berta", ImportError("no rules for it"))
    assert [preview["reason"] for preview in preview_file(settings, pages)] == ["new", "stage_error", "new"]
    fail_at(monkeypatch, "", ImportError("no model at all"))
    with pytest.raises(TransientError, match="no model at all"):
        list(preview_file(settings, pages))


def test_blame_is_the_inputs_only_where_a_plain_article_is_worked() -> None:
    def fail() -> None:
        raise KeyError("broken")

    error = ImportError("x")
    assert isinstance(blame(error, lambda: None), InputError)
    assert blame(error, fail) is error
    for number in (errno.ENOSPC, errno.EDQUOT):
        full = OSError(number, "full")
        assert blame(full, lambda: None) is full


def test_parts_that_cannot_be_written_end_the_run(
    pages: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Path:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(worker, "write_part", refuse)
    with pytest.raises(TransientError, match="Permission denied"):
        load_files(settings, [pages])


def test_an_input_that_cannot_be_archived_costs_itself(
    pages: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    append: Callable[..., Pointer] = ArchiveWriter.append

    def append_or_fail(self: ArchiveWriter, capture: Capture, **more: str) -> Pointer:
        if "berta" in capture.input_ref:
            raise ValueError("a header that cannot be written")
        return append(self, capture, **more)

    monkeypatch.setattr(ArchiveWriter, "append", append_or_fail)
    report = load_files(settings, [pages])
    assert report.counts == {"accepted": 2, "quarantined": 1}
    shutil.rmtree(settings.lake)
