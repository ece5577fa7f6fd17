"""Bad input at a whole load, by real workers: each costs exactly its own input, and says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from bad_inputs import Expected, make_page, write_bad_inputs
from lakes import ask, find_bad_checks

from core.safety.plain_files import open_plain
from core.settings import EngineSettings, Settings
from flows.load import load_files


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, dict[str, Expected]]:
    """A lake into which the folder was loaded, and what is expected of each input."""
    folder = tmp_path_factory.mktemp("bad")
    expected = write_bad_inputs(folder / "in" / "harbour")
    settings = Settings(lake=folder / "lake", engine=EngineSettings(name="local", workers=2))
    load_files(settings, [folder / "in"])
    return settings, expected


@pytest.mark.slow
def test_each_input_has_the_one_outcome_that_says_what_is_wrong_with_it(
    loaded: tuple[Settings, dict[str, Expected]],
) -> None:
    settings, expected = loaded
    rows = ask(
        settings,
        "SELECT parse_filename(input_ref, false, 'forward_slash'), outcome, reason, detail FROM outcomes",
    )
    assert sorted(row[0] for row in rows) == sorted(expected)
    for name, outcome, reason, detail in rows:
        assert (name, outcome, reason) == (name, expected[name].outcome, expected[name].reason), detail
        assert expected[name].detail in (detail or ""), name


@pytest.mark.slow
def test_what_is_good_beside_it_lands_whole(loaded: tuple[Settings, dict[str, Expected]]) -> None:
    settings, expected = loaded
    taken = [name for name, wanted in expected.items() if wanted.outcome == "accepted"]
    bodies = [body for (body,) in ask(settings, "SELECT body_text FROM articles")]
    assert len(bodies) == len(taken)
    assert all(
        "“Nobody was hurt and nobody was frightened,” said Captain Idris Vale" in body for body in bodies
    )
    assert all("lollol" not in body and "\0" not in body for body in bodies)
    assert find_bad_checks(settings) == []


def test_a_file_that_vanishes_or_may_not_be_read_meanwhile_costs_only_itself(
    settings: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The listing has seen both when the first of them goes and the right to the second is taken."""
    gone, secret = articles / "a-gone.html", articles / "b-secret.html"
    for file in (gone, secret):
        file.write_text(make_page(file.stem))

    def open_or_fail(name: str, flags: int, *, dir_fd: int | None = None) -> int:
        if Path(name).name == gone.name:
            gone.unlink(missing_ok=True)
        if Path(name).name == secret.name:
            raise PermissionError(13, "Permission denied", name)
        return open_plain(name, flags, dir_fd=dir_fd)

    monkeypatch.setattr("tasks.acquire.files.long_paths.open_plain", open_or_fail)
    report = load_files(settings, [articles])
    assert report.counts["accepted"] == 3
    reasons = dict(ask(settings.lake, "SELECT parse_filename(input_ref), reason FROM outcomes"))
    assert (reasons["a-gone.html"], reasons["b-secret.html"]) == ("vanished", "unreadable")
