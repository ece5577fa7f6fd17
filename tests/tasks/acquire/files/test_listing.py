"""Which files are read, in which order, under which name."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import ConfigError
from core.outcomes import InputOutcome, Reason
from tasks.acquire.files.listing import list_files


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def names_in(folder: Path, *paths: Path) -> list[str]:
    return [str(Path(item).relative_to(folder)) for item in list_files(paths)]


def test_folders_are_walked_in_sorted_order_and_hidden_entries_left_out(folder):
    make(folder, "b.txt", "a/z.txt", "a/b/c.txt", ".hidden.txt", ".git/x.txt", "c.txt")
    assert names_in(folder, folder) == ["a/b/c.txt", "a/z.txt", "b.txt", "c.txt"]


def test_a_file_is_named_as_its_path_was_given(folder, monkeypatch):
    make(folder, "in/a.txt")
    monkeypatch.chdir(folder)
    assert [str(path) for path in list_files([Path("in")])] == ["in/a.txt"]


def test_a_file_given_twice_or_inside_a_given_folder_is_read_once(folder):
    make(folder, "a.txt", "b/c.txt")
    paths = (folder / "b" / "c.txt", folder, folder / "a.txt", folder / "b" / ".." / "a.txt")
    assert names_in(folder, *paths) == ["b/c.txt", "a.txt"]


def test_globs_are_expanded(folder):
    make(folder, "2026/01/a.txt", "2026/02/b.txt", "2026/02/c.html")
    assert names_in(folder, folder / "2026" / "*" / "*.txt") == ["2026/01/a.txt", "2026/02/b.txt"]
    assert names_in(folder, folder / "**" / "c.*") == ["2026/02/c.html"]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(folder):
    make(folder, "a[1].txt", "a1.txt")
    assert names_in(folder, folder / "a[1].txt") == ["a[1].txt"]


@pytest.mark.parametrize(("name", "why"), [("gone.txt", "is not there"), ("*.warc", "nothing matches")])
def test_a_path_that_is_not_there_is_said_before_anything_is_read(name, why, folder):
    make(folder, "a.txt")
    with pytest.raises(ConfigError, match=why):
        list_files([folder, folder / name])


def test_a_folder_without_files_gives_nothing(folder):
    assert list(list_files([folder])) == []


def problems(folder: Path) -> dict[str, Reason]:
    items = [item for item in list_files([folder]) if isinstance(item, InputOutcome)]
    return {str(Path(item.input_ref).relative_to(folder)): item.reason for item in items}


def test_links_that_lead_back_are_loops_and_what_is_beside_them_is_read(folder):
    make(folder, "a/x.txt", "b/y.txt")
    (folder / "a" / "up").symlink_to(folder)
    (folder / "b" / "self").symlink_to(folder / "b")
    (folder / "itself").symlink_to("itself")
    expected = dict.fromkeys(("a/up", "b/self", "itself"), Reason.SYMLINK_LOOP)
    assert problems(folder) == expected
    files = [item for item in list_files([folder]) if isinstance(item, Path)]
    assert [path.name for path in files] == ["x.txt", "y.txt"]


def test_a_dangling_link_is_named(folder):
    (folder / "nowhere.txt").symlink_to("not-there")
    (only,) = list_files([folder])
    assert isinstance(only, InputOutcome)
    assert only.reason is Reason.VANISHED
    assert "leads to nothing" in (only.detail or "")


def test_a_folder_that_may_not_be_read_costs_only_itself(folder, monkeypatch):
    make(folder, "a/x.txt", "b/y.txt")
    real = os.listdir

    def listdir(path: Path) -> list[str]:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "listdir", listdir)
    closed, other = list_files([folder])
    assert isinstance(closed, InputOutcome)
    assert closed.reason is Reason.UNREADABLE
    assert other == folder / "b" / "y.txt"


TREES = st.lists(st.lists(st.sampled_from(["a", "b", "c.d", "ü"]), min_size=1, max_size=3), max_size=8)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=TREES)
def test_every_file_is_listed_once_whatever_the_tree(tree, tmp_path_factory):
    root = tmp_path_factory.mktemp("tree")
    for parts in tree:
        make(root, "/".join([*parts, "file.txt"]))
    listed = list(list_files([root, root / "."]))
    assert sorted(listed) == sorted(root.rglob("file.txt"))
    assert len(set(listed)) == len(listed)


def dig(folder: Path, depth: int, name: str = "a") -> int:
    """Folders within each other, made from within; gives the innermost one, open."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=here)
        there = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = there
    return here


@pytest.fixture
def deep(folder):
    """A folder that is emptied afterwards without a path that is too long."""
    yield folder
    subprocess.run(["rm", "-rf", folder], check=True)


def write_at(folder: int, name: str, text: str) -> None:
    with open(name, "w", opener=lambda path, flags: os.open(path, flags, 0o600, dir_fd=folder)) as file:
        file.write(text)
    os.close(folder)


def test_no_depth_of_folders_is_too_deep(deep, read):
    write_at(dig(deep, 1_500), "x.txt", "A text at the bottom.")
    make(deep, "z.txt")
    first, last = read(deep)
    assert (first.payload, last.payload) == (b"A text at the bottom.", b"x")
    assert first.input_ref == str(deep) + "/a" * 1_500 + "/x.txt"


@pytest.mark.parametrize("is_relative", [True, False])
def test_a_path_longer_than_the_system_takes_is_read_all_the_same(is_relative, deep, read, monkeypatch):
    bottom = dig(deep, 40, "a" * 250)
    write_at(os.dup(bottom), "x.jsonl", '{"text": "A record at the bottom."}')
    os.symlink("nowhere", "y.txt", dir_fd=bottom)
    os.symlink("../../..", "up", dir_fd=bottom)
    os.close(bottom)
    monkeypatch.chdir(deep)
    up, record, dangling = read(Path() if is_relative else deep)
    assert (up.reason, dangling.reason) == (Reason.SYMLINK_LOOP, Reason.VANISHED)
    assert record.payload == b'{"text": "A record at the bottom."}'
    assert len(record.input_ref) > 10_000


def test_files_and_folders_beside_a_deep_one_are_read_in_sorted_order(deep, read):
    make(deep, "a/b.txt", "b/c.txt", "b/d/e.txt", "c.txt")
    os.close(dig(deep / "b" / "d", 1_200))
    assert [Path(item.input_ref).name for item in read(deep)] == ["b.txt", "c.txt", "e.txt", "c.txt"]


def test_a_pattern_through_folders_too_deep_for_it_says_what_to_give_instead(deep):
    os.close(dig(deep, 1_500))
    with pytest.raises(ConfigError, match="give the folder itself"):
        list_files([deep / "**" / "x.txt"])
