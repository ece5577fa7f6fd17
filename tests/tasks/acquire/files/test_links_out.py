"""Links, pipes and devices in what is loaded: nothing leaves it unasked, nothing waits, no walk is endless."""

from __future__ import annotations

import itertools
import os
import socket
from pathlib import Path

import pytest

from core.outcomes import InputOutcome, Outcome, Reason
from core.safety.plain_files import SpecialFileError, read_named
from tasks.acquire.files.listing import list_files
from tasks.acquire.files.long_paths import open_file
from tasks.acquire.files.streams import open_stream


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder beside the one that is loaded, whose name begins like it."""
    made = tmp_path / "Morning Star private"
    made.mkdir()
    (made / "x.txt").write_text("x")
    return made


def look(*paths: Path, follows_links: bool = False) -> dict[str, Reason | None]:
    """The reason by the last part of each name; None for a file that is read."""
    items = list(list_files(paths, follows_links=follows_links))
    names = [item.input_ref if isinstance(item, InputOutcome) else str(item) for item in items]
    assert len(set(names)) == len(names)
    reasons = [item.reason if isinstance(item, InputOutcome) else None for item in items]
    return {Path(name).name: reason for name, reason in zip(names, reasons, strict=True)}


def test_links_out_of_the_folder_are_refused_unless_they_are_asked_for(folder, elsewhere):
    (folder / "a.txt").write_text("a")
    (folder / "file.txt").symlink_to(elsewhere / "x.txt")
    (folder / "folder").symlink_to(elsewhere)
    (folder / "up").symlink_to("..")
    (folder / "dots.txt").symlink_to(folder / ".." / elsewhere.name / "x.txt")
    out = dict.fromkeys(("file.txt", "folder", "up", "dots.txt"), Reason.LINK_OUTSIDE)
    assert look(folder) == {"a.txt": None, **out}
    assert Reason.LINK_OUTSIDE not in look(folder, follows_links=True).values()
    assert folder / "folder" / "x.txt" in list(list_files([folder], follows_links=True))


def test_the_outcome_says_where_the_link_leads_and_how_to_follow_it(folder, elsewhere):
    (folder / "file.txt").symlink_to(elsewhere / "x.txt")
    (refused,) = list_files([folder])
    assert isinstance(refused, InputOutcome)
    assert refused.outcome is Outcome.REJECTED
    assert str(elsewhere / "x.txt") in (refused.detail or "")
    assert "--follow-links" in (refused.detail or "")


def test_a_link_to_a_link_is_judged_by_its_end(folder, elsewhere):
    (folder / "first").symlink_to("second")
    (folder / "second").symlink_to(elsewhere / "x.txt")
    (elsewhere / "back").symlink_to(folder / "a.txt")
    (folder / "a.txt").write_text("a")
    (folder / "third").symlink_to(elsewhere / "back")
    assert look(folder) == {
        "a.txt": None,
        "first": Reason.LINK_OUTSIDE,
        "second": Reason.LINK_OUTSIDE,
        "third": None,
    }


def test_links_within_what_is_loaded_are_followed(folder, elsewhere):
    (folder / "b").mkdir()
    (folder / "b" / "y.txt").write_text("y")
    (folder / "c").symlink_to("b")
    (folder / "d.txt").symlink_to(folder / "b" / "y.txt")
    (folder / "e.txt").symlink_to(elsewhere / "x.txt")
    items = [item for item in list_files([folder, elsewhere]) if isinstance(item, Path)]
    assert [str(item.relative_to(folder)) for item in items[:4]] == ["b/y.txt", "c/y.txt", "d.txt", "e.txt"]


def test_a_link_that_the_user_names_is_followed_and_bounds_what_is_in_it(folder, elsewhere, tmp_path):
    (tmp_path / "named").symlink_to(elsewhere)
    (tmp_path / "named.txt").symlink_to(elsewhere / "x.txt")
    (elsewhere / "near.txt").symlink_to("x.txt")
    (elsewhere / "out").symlink_to(folder)
    found = look(tmp_path / "named", tmp_path / "named.txt")
    assert found == {"near.txt": None, "x.txt": None, "out": Reason.LINK_OUTSIDE, "named.txt": None}


def test_what_a_pattern_finds_stays_in_the_patterns_folder(folder, elsewhere):
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text("a")
    (folder / "in" / "same.txt").symlink_to("a.txt")
    (folder / "out").symlink_to(elsewhere)
    (folder / "b.txt").symlink_to(elsewhere / "x.txt")
    assert look(folder / "*.txt") == {"b.txt": Reason.LINK_OUTSIDE}
    found = {"a.txt": None, "same.txt": None, "x.txt": Reason.LINK_OUTSIDE}
    assert look(folder / "*" / "*.txt") == found
    assert look(folder / "*" / "*.txt", follows_links=True) == dict.fromkeys(found)


@pytest.mark.parametrize("follows_links", [False, True])
def test_pipes_sockets_and_devices_are_refused_also_behind_links(folder, follows_links):
    os.mkfifo(folder / "pipe.html")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)  # the address of a socket is short
        listener.bind("socket.jsonl")
        os.chdir(here)
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "linked.csv").symlink_to("pipe.html")
    names = ("pipe.html", "socket.jsonl", "zero.txt", "linked.csv")
    assert look(folder, follows_links=follows_links) == dict.fromkeys(names, Reason.SPECIAL_FILE)
    assert look(folder / "pipe.html", Path("/dev/zero"), follows_links=follows_links) == {
        "pipe.html": Reason.SPECIAL_FILE,
        "zero": Reason.SPECIAL_FILE,
    }


@pytest.mark.parametrize(
    "name", ["a.html", "a.txt.gz", "a.jsonl", "a.json.zst", "a.csv", "a.parquet", "a.warc", "a.warc.gz"]
)
def test_a_file_that_becomes_a_pipe_while_it_waits_is_refused(name, folder, read, monkeypatch):
    os.mkfifo(folder / name)
    monkeypatch.setattr("tasks.acquire.files.read.list_files", lambda paths, **_: iter([folder / name]))
    (only,) = read(folder)
    assert only.reason is Reason.SPECIAL_FILE


def test_folders_that_link_to_each_other_are_walked_once_by_links(folder):
    names = [f"d{number}" for number in range(9)]
    for name in names:
        (folder / name).mkdir()
        (folder / name / "x.txt").write_text("x")
    for one, other in itertools.permutations(names, 2):
        (folder / one / other).symlink_to(folder / other)
    items = list(itertools.islice(list_files([folder]), 1_000))
    assert len(items) < 1_000  # there are nearly a million ways through them
    files = [item for item in items if isinstance(item, Path)]
    assert {folder / name / "x.txt" for name in names} <= set(files)
    assert len(files) <= 2 * len(names)
    assert {item.reason for item in items if isinstance(item, InputOutcome)} == {Reason.SYMLINK_LOOP}


def test_two_links_to_each_step_of_a_ladder_do_not_double_the_walk(folder):
    for step in range(30):
        (folder / f"s{step:02}").mkdir()
        for side in "ab":
            (folder / f"s{step:02}" / side).symlink_to(folder / f"s{step + 1:02}")
    (folder / "s30").mkdir()
    (folder / "s30" / "x.txt").write_text("x")
    items = list(itertools.islice(list_files([folder]), 1_000))
    assert len(items) < 1_000
    assert folder / "s30" / "x.txt" in items


def test_opening_never_waits_for_a_pipe(folder):
    os.mkfifo(folder / "pipe.gz")
    with pytest.raises(SpecialFileError):
        open_file(folder / "pipe.gz")
    with pytest.raises(SpecialFileError):
        open_stream(folder / "pipe.gz", 200, 1_000)
    with pytest.raises(SpecialFileError):
        read_named(Path("/dev/zero"))


def test_a_named_file_is_read_whole_or_not_at_all(folder):
    (folder / "list.txt").write_bytes(b"12345")
    assert read_named(folder / "list.txt", most=5) == b"12345"
    with pytest.raises(OSError, match="more than 4 bytes"):
        read_named(folder / "list.txt", most=4)


def test_what_a_shell_hands_over_is_read(folder):
    reader, writer = os.pipe()
    os.write(writer, b"https://post.example/1")
    os.close(writer)
    assert read_named(Path(f"/dev/fd/{reader}")) == b"https://post.example/1"
    os.close(reader)
    (folder / "link").symlink_to("/dev/stdin")
    (folder / "pipe").touch()
    with pytest.raises(OSError, match="not a regular file"):
        os.mkfifo(folder / "fifo")
        read_named(folder / "fifo")
