"""Stories corrected by hand: what a person decides is kept by loads, backfills and a lake that is built anew."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from lakes import ask, find_bad_checks, read_tables, work_backfill

from core.errors import ConfigError
from core.outlets import Outlet
from core.settings import EngineSettings, Settings
from flows.backfill.request import BackfillRequest
from flows.correcting import correct
from flows.correcting.correct import list_corrections, merge_stories, split_story, undo_correction
from flows.correcting.exchange import export_corrections, import_corrections
from flows.correcting.plans import Decision
from flows.load import load_files
from flows.stories import StoriesChangedError
from warehouse.landing import land

BURNT = "A fire in the flour mill at Orrin killed {} people on Monday night, {}. The mill in Sluice Lane was built in 1911."
REPORTS = {
    "ash/mill": (
        "Four dead in fire at Orrin flour mill",
        BURNT.format("four", "the fire brigade said")
        + " Miller Idris Vale ran out with his son. Sparks flew over the weir.",
        1,
    ),
    "birch/mill": (
        "Flour mill at Orrin burns down",
        BURNT.format("six", "according to the county")
        + " Sixty firefighters pumped water from the river until dawn, and two roofs nearby caught fire.",
        1,
    ),
    "cedar/mill": (
        "Fire at Orrin flour mill kills six",
        BURNT.format("six", "county chief Berit Aune said")
        + " Nobody knows the cause yet. Flour dust can explode, engineers warned, and the silo was full.",
        2,
    ),
    "ash/quay": (
        "Storm tides break quay at Port Lowen",
        "Storm tides broke 40 metres of the quay at Port Lowen. Boats were moved to Aldery, harbour master Petra Holm said."
        " Ferries wait until the wind drops, and the county sends divers to look at the piles.",
        2,
    ),
}
LATER = {
    "dorn/mill": (
        "Orrin counts its dead after flour mill fire",
        BURNT.format("seven", "Berit Aune said on Wednesday")
        + " A seventh worker died in hospital. The valley has lost its flour and 30 jobs.",
        3,
    )
}
BY_ANA = Decision("Ana", "another fire, in May")
STORIES = "SELECT split_part(url, '/', 3) || '/' || split_part(url, '/', 4), story_id FROM story_articles JOIN articles USING (article_id)"


def load(settings: Settings, reports: dict[str, tuple[str, str, int]]) -> None:
    lines = [
        {
            "url": f"https://{name}",
            "outlet": name.split("/")[0],
            "title": title,
            "text": text,
            "published_at": f"{date(2031, 5, 4) + timedelta(days=day)}T10:00:00Z",
        }
        for name, (title, text, day) in reports.items()
    ]
    file = settings.lake.with_name(f"{len(reports)}-reports.jsonl")
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    load_files(settings, [file])


def settings_of(lake: Path) -> Settings:
    return Settings(lake=lake, engine=EngineSettings(name="inline"))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Path:
    """A lake with two stories, one of three outlets, to copy."""
    lake = tmp_path_factory.mktemp("told") / "lake"
    shutil.copytree(empty_lake, lake)
    load(settings_of(lake), REPORTS)
    return lake


@pytest.fixture
def desk(told: Path, tmp_path: Path) -> Settings:
    """Settings of such a lake, to change."""
    shutil.copytree(told, tmp_path / "lake")
    return settings_of(tmp_path / "lake")


def stories(settings: Settings) -> dict[str, str]:
    return dict(ask(settings, STORIES))


def group_names(found: dict[str, str]) -> set[frozenset[str]]:
    """Which reports are together, whatever their stories are called."""
    return {frozenset(name for name, own in found.items() if own == story) for story in found.values()}


def split(settings: Settings, *names: str, **more: Any) -> Any:
    (story,) = {stories(settings)[name] for name in names}
    return split_story(settings, story, [f"https://{name}" for name in names], BY_ANA, **more)


def merge(settings: Settings) -> Any:
    found = stories(settings)
    return merge_stories(settings, [found["ash/mill"], found["ash/quay"]], BY_ANA)


def split_off(settings: Settings) -> Any:
    return split(settings, "ash/mill")


def test_a_split_is_a_story_of_its_own_with_its_questions_moves_and_record(desk: Settings) -> None:
    before = stories(desk)
    assert len({before[name] for name in REPORTS if "mill" in name}) == 1
    found = split(desk, "ash/mill")
    after = stories(desk)
    assert after["birch/mill"] == after["cedar/mill"] == before["ash/mill"] != after["ash/mill"]
    assert ask(desk, "SELECT verdict, outlet_count FROM questions WHERE label = 'people killed'") == [
        ("agree", 2)
    ]
    assert ask(desk, "SELECT reason, from_story_id, to_story_id, log_odds FROM story_moves") == [
        ("corrected", before["ash/mill"], after["ash/mill"], None)
    ]
    (record,) = list_corrections(desk, after["ash/mill"][:6])
    assert (record["kind"], record["decided_by"], record["why"]) == ("split", "Ana", "another fire, in May")
    assert (record["correction_id"], record["moved_count"]) == (found.correction_id, 1)
    assert find_bad_checks(desk) == []


@pytest.mark.slow
def test_a_split_survives_new_articles_and_backfills_of_every_stage(desk: Settings) -> None:
    split(desk, "ash/mill")
    load(desk, LATER)
    before = stories(desk)
    assert before["ash/mill"] != before["birch/mill"]
    assert before["dorn/mill"] in (before["ash/mill"], before["birch/mill"])
    for stage in ("extract", "clean", "stories"):
        work_backfill(desk, BackfillRequest(stage=stage))
        assert stories(desk) == before
    assert find_bad_checks(desk) == []


@pytest.mark.slow
def test_a_split_survives_new_articles_and_a_new_grouping(desk: Settings) -> None:
    split(desk, "ash/mill")
    load(desk, LATER)
    before = stories(desk)
    assert before["ash/mill"] != before["birch/mill"] == before["cedar/mill"]
    assert before["dorn/mill"] in (before["ash/mill"], before["birch/mill"])
    work_backfill(desk, BackfillRequest(stage="stories"))
    assert stories(desk) == before
    assert find_bad_checks(desk) == []


@pytest.mark.slow  # a whole load and a backfill
def test_a_merge_ends_the_other_story_and_survives_new_articles_and_a_backfill(desk: Settings) -> None:
    before = stories(desk)
    merge(desk)
    load(desk, LATER)
    assert set(stories(desk).values()) == {before["ash/mill"]}
    work_backfill(desk, BackfillRequest(stage="stories"))
    assert set(stories(desk).values()) == {before["ash/mill"]}
    assert ask(desk, "SELECT story_id, article_count, outlet_count FROM stories") == [
        (before["ash/mill"], 5, 4)
    ]
    assert find_bad_checks(desk) == []


@pytest.mark.slow  # a whole load and a backfill
@pytest.mark.parametrize("kind", ["split", "merge"])
def test_a_correction_follows_articles_that_get_another_id(
    empty_lake: Path, tmp_path: Path, kind: str
) -> None:
    """Ids are made of addresses, and only later it is known that those of ash begin with `www.`"""
    shutil.copytree(empty_lake, tmp_path / "lake")
    desk = settings_of(tmp_path / "lake")
    load(desk, {name.replace("/", ".example/"): report for name, report in REPORTS.items()})
    found = stories(desk)
    mill, quay = found["ash.example/mill"], found["ash.example/quay"]
    if kind == "split":
        split_story(desk, mill, ["https://ash.example/mill"], BY_ANA)
    else:
        merge_stories(desk, [mill, quay], BY_ANA)
    before, ids = stories(desk), "SELECT article_id FROM articles"
    old = set(ask(desk, ids))
    outlet = Outlet(key="ash.example", name="Ash", home_url="https://www.ash.example/")
    work_backfill(desk.model_copy(update={"outlets": (outlet,)}), BackfillRequest(stage="clean"))
    assert len(old - set(ask(desk, ids))) == 2
    assert group_names(stories(desk)) == group_names(before)
    assert [row["missing_count"] for row in list_corrections(desk)] == [0]
    assert find_bad_checks(desk) == []


@pytest.mark.parametrize("change", [pytest.param(merge, marks=pytest.mark.slow), split_off])
def test_an_undone_correction_leaves_the_stories_as_they_were_and_a_record(
    desk: Settings, change: Callable[[Settings], Any]
) -> None:
    tables = ("stories", "story_articles", "questions")
    before = read_tables(desk, *tables)
    found = change(desk)
    assert read_tables(desk, *tables) != before
    undo_correction(desk, found.correction_id[:8], Decision("Bo"))
    assert read_tables(desk, *tables) == before
    (record,) = list_corrections(desk)
    assert record["undone_by"] == "Bo" and record["undone_at"] is not None
    with pytest.raises(ConfigError, match="was taken back already, by Bo"):
        undo_correction(desk, found.correction_id, Decision("Bo"))
    work_backfill(desk, BackfillRequest(stage="stories"))
    assert read_tables(desk, *tables) == before
    assert find_bad_checks(desk) == []


@pytest.mark.slow  # two whole loads
@pytest.mark.parametrize("is_before", [True, False])
def test_a_lake_that_is_built_anew_takes_over_the_corrections(
    desk: Settings, tmp_path: Path, empty_lake: Path, is_before: bool
) -> None:
    split(desk, "cedar/mill")
    merge(desk)
    file = tmp_path / "corrections.jsonl"
    lines = [json.dumps(row, default=lambda value: value.isoformat()) for row in export_corrections(desk)]
    file.write_text("\n".join(lines), encoding="utf-8")
    shutil.copytree(empty_lake, tmp_path / "new")
    new = settings_of(tmp_path / "new")
    work = [lambda: import_corrections(new, file), lambda: load(new, REPORTS)]
    for step in work if is_before else reversed(work):
        step()
    assert stories(new) == stories(desk)
    assert import_corrections(new, file) is None
    assert find_bad_checks(new) == []


def test_a_dry_run_says_what_would_move_and_changes_nothing(desk: Settings) -> None:
    before = read_tables(desk)
    runs = ask(desk, "SELECT count(*) FROM runs")
    found = split(desk, "ash/mill", dry_run=True)
    counts = sorted((row["article_count"], row["come_count"], row["go_count"]) for row in found.describe())
    assert counts == [(1, 1, 0), (2, 0, 1)]
    assert (read_tables(desk), ask(desk, "SELECT count(*) FROM runs")) == (before, runs)


def test_mistakes_are_told_and_begin_no_run(desk: Settings) -> None:
    found, runs = stories(desk), ask(desk, "SELECT count(*) FROM runs")
    mill = found["ash/mill"]
    with pytest.raises(ConfigError, match="is not in story"):
        split_story(desk, mill, ["https://ash/quay"], BY_ANA)
    with pytest.raises(ConfigError, match=r"all 3 articles of story .* would leave it"):
        split(desk, "ash/mill", "birch/mill", "cedar/mill")
    with pytest.raises(ConfigError, match="no story has an id that begins with 'zz'"):
        merge_stories(desk, [mill, "zz"], BY_ANA)
    with pytest.raises(ConfigError, match="two different stories"):
        merge_stories(desk, [mill, mill[:8]], BY_ANA)
    with pytest.raises(ConfigError, match="no correction has an id"):
        undo_correction(desk, "abc", BY_ANA)
    assert ask(desk, "SELECT count(*) FROM runs") == runs


def test_a_file_that_is_no_export_is_refused_with_its_line(desk: Settings, tmp_path: Path) -> None:
    file = tmp_path / "odd.jsonl"
    for text in ("{}", "[1]", "no json", '{"correction_id": "a", "colour": "red"}'):
        file.write_text(f"\n{text}\n", encoding="utf-8")
        with pytest.raises(ConfigError, match=r"line 2 of .*odd\.jsonl is no correction"):
            import_corrections(desk, file)
    with pytest.raises(ConfigError, match="cannot be read"):
        import_corrections(desk, tmp_path / "none.jsonl")


def test_nothing_is_corrected_if_another_run_changed_the_stories_meanwhile(
    desk: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_time = correct.land_stories

    def land_late(*words: Any) -> None:
        monkeypatch.setattr(correct, "land_stories", in_time)
        load(desk, LATER)  # dorn joins the story
        in_time(*words)

    monkeypatch.setattr(correct, "land_stories", land_late)
    with pytest.raises(StoriesChangedError, match="nothing was corrected; try again"):
        split(desk, "ash/mill")
    assert ask(desk, "FROM story_corrections") == []
    assert find_bad_checks(desk) == []


def test_a_correction_that_is_stopped_while_it_lands_changes_nothing(
    desk: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables, replace = read_tables(desk), land.replace_arrow

    def stop_late(connection: Any, table: str, rows: Any) -> None:
        if table == "story_corrections":
            raise KeyboardInterrupt
        replace(connection, table, rows)

    with monkeypatch.context() as patch:
        patch.setattr(land, "replace_arrow", stop_late)
        with pytest.raises(KeyboardInterrupt):
            split_off(desk)
    assert read_tables(desk) == tables
    split_off(desk)
    assert len(set(stories(desk).values())) == 3
