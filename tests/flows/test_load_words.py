"""What a load says of its inputs (--outlet, --published) holds for what landed without it, or with other words."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lakes import ask, find_bad_checks, read_tables, work_backfill

from core.settings import EngineSettings, Settings
from flows.backfill.request import BackfillRequest
from flows.intake.options import FileChoice
from flows.load import load_files
from flows.work.batches import StagedFile
from tests.invented import ARTICLES

DAY = datetime(2026, 5, 4, tzinfo=UTC)
UPDATED = {("accepted", "updated"): 1}
UNCHANGED = {("unchanged", "same_bytes"): 1}


@pytest.fixture(scope="module")
def bridge_loaded(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Path:
    """A lake with one article, of the file beside it; tests work on copies of the lake."""
    folder = tmp_path_factory.mktemp("bridge")
    shutil.copytree(empty_lake, folder / "lake")
    file = folder / "harbour" / "bridge.txt"
    file.parent.mkdir()
    file.write_text(ARTICLES["harbour/bridge.txt"], encoding="utf-8")
    load_files(Settings(lake=folder / "lake", engine=EngineSettings(name="inline")), [file])
    return folder / "lake"


@pytest.fixture
def bridge(bridge_loaded: Path) -> Path:
    """The file of the article."""
    return bridge_loaded.with_name("harbour") / "bridge.txt"


@pytest.fixture
def loaded(bridge_loaded: Path, tmp_path: Path) -> Settings:
    """Settings of a lake that has the article, loaded without a word."""
    shutil.copytree(bridge_loaded, tmp_path / "lake")
    return Settings(lake=tmp_path / "lake", engine=EngineSettings(name="inline"))


def test_an_outlet_given_later_is_the_articles_outlet(three_loaded: Path, settings: Settings) -> None:
    articles = three_loaded.with_name("articles")
    shutil.copytree(three_loaded, settings.lake, dirs_exist_ok=True)
    begun = ask(settings, "SELECT article_id FROM articles ORDER BY ALL")
    report = load_files(settings, [articles / "harbour"], outlet="Tarn Post")
    assert report.reasons == {("accepted", "updated"): 2}
    counted = "SELECT outlet, count(*) FROM {} GROUP BY ALL ORDER BY ALL"
    expected = [("courier", 1), ("tarn-post", 2)]
    assert ask(settings, counted.format("articles")) == expected == ask(settings, counted.format("captures"))
    assert ask(settings, "SELECT article_id FROM articles ORDER BY ALL") == begun
    assert find_bad_checks(settings) == []


@pytest.mark.slow  # four whole loads
def test_the_same_call_again_changes_nothing_and_works_nothing(
    loaded: Settings, bridge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_files(loaded, [bridge], outlet="tarn-post", published=DAY).reasons == UPDATED
    before = read_tables(loaded)
    monkeypatch.setattr(StagedFile, "stage", lambda *_: pytest.fail("something is worked again"))
    assert load_files(loaded, [bridge], outlet="tarn-post", published=DAY).reasons == UNCHANGED
    assert load_files(loaded, [bridge], outlet="Tarn Post").reasons == UNCHANGED
    assert load_files(loaded, [bridge]).reasons == UNCHANGED
    assert read_tables(loaded) == before


def test_what_a_later_call_leaves_out_stays_as_it_was_said(settings: Settings, bridge: Path) -> None:
    load_files(settings, [bridge], published=DAY)
    assert load_files(settings, [bridge], outlet="tarn-post").reasons == UPDATED
    assert ask(settings, "SELECT outlet, published_at FROM articles") == [("tarn-post", DAY)]


def test_another_time_of_publication_takes_the_place_of_the_first(settings: Settings, bridge: Path) -> None:
    load_files(settings, [bridge], published=DAY)
    other = DAY.replace(day=9)
    assert load_files(settings, [bridge], published=other).reasons == UPDATED
    assert ask(settings, "SELECT published_at FROM articles") == [(other,)]


@pytest.mark.slow  # a whole load and a backfill
def test_a_backfill_and_the_archive_know_what_was_said_last(loaded: Settings, bridge: Path) -> None:
    files = sorted(loaded.archive_folder.glob("*.warc.gz"))
    sizes = [file.stat().st_size for file in files]
    load_files(loaded, [bridge], outlet="tarn-post", published=DAY)
    before = read_tables(loaded)
    work_backfill(loaded, BackfillRequest(stage="clean"))
    assert read_tables(loaded) == before
    assert ask(loaded, "SELECT count(*) FROM captures") == [(1,)]
    now = sorted(loaded.archive_folder.glob("*.warc.gz"))
    assert [file.stat().st_size for file in now if file in files] == sizes


def test_a_touched_file_is_still_the_capture_that_landed(loaded: Settings, bridge: Path) -> None:
    bridge.touch()
    assert load_files(loaded, [bridge], outlet="tarn-post").reasons == UPDATED
    assert ask(loaded, "SELECT outlet FROM captures") == [("tarn-post",)]


def test_an_articles_own_time_stays_where_another_is_given(settings: Settings, articles: Path) -> None:
    page = articles / "courier"
    load_files(settings, [page])
    (own,) = ask(settings, "SELECT published_at FROM articles")
    assert load_files(settings, [page], published=DAY.replace(year=2020)).counts == {"unchanged": 1}
    assert ask(settings, "SELECT published_at FROM articles") == [own]


def test_records_of_a_file_are_restated_too(settings: Settings, tmp_path: Path, bridge: Path) -> None:
    import json

    lines = tmp_path / "export.jsonl"
    lines.write_text(json.dumps({"text": bridge.read_text(), "url": "https://tarn.example/1"}) + "\n")
    choice = FileChoice()
    load_files(settings, [lines], choice=choice)
    assert load_files(settings, [lines], outlet="tarn-post", choice=choice).reasons == UPDATED
    assert ask(settings, "SELECT outlet FROM articles") == [("tarn-post",)]


def test_a_killed_loads_parts_do_not_stand_for_one_that_says_otherwise(
    settings: Settings, bridge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def die(*_args: object, **_more: object) -> None:
            raise KeyboardInterrupt

        patch.setattr("flows.work.process.land_and_count", die)
        with pytest.raises(KeyboardInterrupt):
            load_files(settings, [bridge])
    assert list(settings.staging.glob("parts/*")), "the part stands"
    load_files(settings, [bridge], outlet="tarn-post")
    assert ask(settings, "SELECT DISTINCT outlet FROM articles") == [("tarn-post",)]
