"""A window that a worker groups gets the rows that one process finds, whatever the worker can read and however often it dies."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pytest
from engine_work import hide, kill_worker_while
from lakes import ask, find_bad_checks, read_tables

from core.outcomes import Reason
from core.settings import EngineSettings, Settings
from flows import stories
from flows.correcting.correct import split_story
from flows.correcting.plans import Decision
from flows.grouping import candidates, packing, windows
from flows.grouping.candidates import Window, group_from_lake, query_stories
from flows.grouping.packs import Pack
from flows.load import load_files
from flows.runs.run import open_run
from flows.runs.steps import DirectSteps, NoProgress
from flows.stories import group_lake, group_new_articles, is_worth_a_worker, regroup_articles
from flows.work.batches import BatchRef
from flows.work.engine import BatchFunction, Done, Engine, Failed
from flows.work.local import InlineEngine, LocalEngine
from tests.conftest import make_once
from warehouse.catalog.copying import FrozenLake
from warehouse.catalog.session import Lake

TOWNS = ("Halden", "Tarn", "Aldery", "Lowmarsh")
ASH = (
    "A gas line exploded in {0} on Monday and killed {1} people, the mayor of {0} told ash. The {0} gas line ran under the old "
    "market hall. {0} firefighters came from three towns."
)
TEXTS = {
    "ash": ASH,
    "birch": "Rescuers in {0} searched the ruins of the market hall for a second night. At least {1} people died when gas escaped "
    "from a line below it and exploded, the {0} fire brigade said. Streets around the square stay closed.",
    "cedar": "Gas had been smelled at the market hall of {0} for days, traders said after the explosion that killed {1} people on "
    "Monday. The company that owns the line did not answer. {0} mourns on Friday with a silent march.",
    "dorn": ASH,
}
EARLY, LATE = ("ash", "birch"), ("cedar", "dorn")
ALL = "SELECT article_id FROM articles ORDER BY ALL"


class WithoutStories(DirectSteps):
    """Runs the steps of a load as if it were killed before it grouped the articles."""

    def run(self, name: str, function: Callable[..., Any], *args: Any, **more: Any) -> Any:
        return None if function is group_new_articles else super().run(name, function, *args, **more)


class BlindEngine:
    """Works on a machine that sees the staged files and nothing else of the lake."""

    def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
        group = cast("partial[str]", function)
        (order,) = group.args
        if isinstance(order, FrozenLake):
            return (Done(ref, group.func(hide(order), ref)) for ref in refs)
        hidden = order.lake and hide(order.lake)
        return (Done(ref, group.func(replace(order, lake=hidden), ref)) for ref in refs)


class DyingEngine:
    """Gives up every batch."""

    def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
        return (Failed(ref, Reason.WORKER_DIED, "its worker died") for ref in refs)


class KillingEngine(LocalEngine):
    """A worker of its own, which is killed so many times after it has grouped a window."""

    times = 1

    def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
        return super().run(partial(kill_worker_while, function, self.times), refs)


class KillingAlwaysEngine(KillingEngine):
    times = 9


class ClusterEngine:
    """A Dask cluster of processes."""

    def __init__(self, settings: EngineSettings, preload: object = ()) -> None:
        self._settings = EngineSettings(name="dask", workers=1)

    def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
        from flows.work.dask import DaskEngine

        return DaskEngine(self._settings).run(function, refs)


def inline(settings: EngineSettings, preload: object = ()) -> Engine:
    return InlineEngine()


def dying(settings: EngineSettings, preload: object = ()) -> Engine:
    return DyingEngine()


def blind(settings: EngineSettings, preload: object = ()) -> Engine:
    return BlindEngine()


def settings_of(lake: Path) -> Settings:
    return Settings(lake=lake, engine=EngineSettings(name="inline"))


def write_reports(folder: Path, outlet: str) -> Path:
    """An accident in each town, a month apart. Outlet dorn prints what ash wrote, a day later."""
    records = [
        {
            "url": f"https://{outlet}.example/{town}",
            "title": f"Gas line explodes in {town}",
            "text": TEXTS[outlet].format(town, 3 + place),
            "published_at": (
                datetime(2031, 5, 5, tzinfo=UTC) + timedelta(days=30 * place + (outlet == "dorn"))
            ).isoformat(),
        }
        for place, town in enumerate(TOWNS)
    ]
    file = folder / f"{outlet}.jsonl"
    file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Path:
    """A lake with stories of two outlets, one of them corrected by hand, and ungrouped articles of two others."""

    def make(folder: Path) -> None:
        settings = settings_of(folder / "lake")
        shutil.copytree(empty_lake, settings.lake)
        for outlet in (*EARLY, *LATE):
            steps = WithoutStories() if outlet in LATE else None
            load_files(settings, [write_reports(folder, outlet)], outlet=outlet, steps=steps)
        split_off(settings, "Tarn")

    return make_once(tmp_path_factory, "waiting", make) / "lake"


def split_off(settings: Settings, town: str) -> None:
    """A person takes birch's report out of ash's story of a town."""
    story = find_story(settings, "ash", town)
    split_story(settings, story, [f"https://birch.example/{town}"], Decision("Ana", "another accident"))


def find_story(settings: Settings, outlet: str, town: str) -> str:
    """The story of an outlet's report from a town."""
    where = f"WHERE url = 'https://{outlet}.example/{town}'"
    ((story,),) = ask(
        settings, f"SELECT story_id FROM story_articles JOIN articles USING (article_id) {where}"
    )
    return str(story)


def group_all(lake: Path, folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The tables of a copy of the lake after its waiting articles were grouped, and all of them once more."""
    shutil.copytree(lake, folder / "lake")
    settings = settings_of(folder / "lake")
    group_lake(settings)
    with open_run(settings, "stories", {}) as run:
        run.lake.connection.execute(
            "UPDATE lake.main.story_articles SET story_id = 'odd' WHERE story_id > '8'"
        )
        run.lake.connection.execute("UPDATE lake.main.stories SET story_id = 'odd' WHERE story_id > '8'")
        regroup_articles(run, [name for (name,) in run.lake.fetch(ALL)])
        assert list(run.folder.glob("window-*")) == []
    assert find_bad_checks(settings) == []
    tables = read_tables(settings)
    tables["story_moves"] = sorted(
        ask(settings, "SELECT * EXCLUDE (run_id, moved_at) FROM story_moves"), key=repr
    )
    return tables


@pytest.fixture(scope="module")
def expected(waiting: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    """The tables if one process groups them."""
    return group_all(waiting, tmp_path_factory.mktemp("expected"))


def count_read_texts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """From now on, how many articles come with their texts from each query for a window's stories."""
    counts: list[int] = []

    def query(lake: Lake, articles: Any, decided: Any, packs: Any = ()) -> pa.Table:
        found = query_stories(lake, articles, decided, packs)
        counts.append(found.num_rows - found["body_text"].null_count)
        return found

    monkeypatch.setattr(candidates, "query_stories", query)
    return counts


@pytest.mark.parametrize(
    ("engine", "is_staged"),
    [
        (inline, False),
        pytest.param(inline, True, marks=pytest.mark.slow),
        pytest.param(dying, True, marks=pytest.mark.slow),
        pytest.param(blind, False, marks=pytest.mark.slow),
        pytest.param(dying, False, marks=pytest.mark.slow),
        pytest.param(blind, True, marks=pytest.mark.slow),
        *(
            pytest.param(engine, is_staged, marks=pytest.mark.slow)
            for engine in (KillingEngine, KillingAlwaysEngine, ClusterEngine)
            for is_staged in (False, True)
        ),
    ],
)
def test_a_worker_finds_the_stories_and_copies_that_one_process_finds(
    waiting: Path,
    expected: dict[str, list[tuple[Any, ...]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    engine: object,
    is_staged: bool,
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(stories, "is_worth_a_worker", lambda settings, count: asked.append(count) or True)
    monkeypatch.setattr(packing, "ENOUGH_TO_PACK", 16)  # so that all are packed when they are grouped again
    monkeypatch.setattr(packing, "PACK_ARTICLES", 3)
    read = count_read_texts(monkeypatch)
    for module in (windows, packing):
        monkeypatch.setattr(module, "make_engine", engine)
        if is_staged:  # as for a lake on a server
            monkeypatch.setattr(module, "freeze_for_readers", lambda lake, file, on_this_machine: None)
    found = group_all(waiting, tmp_path)
    if engine is inline and not is_staged:
        assert read == [16, 0], "a packed text is not read again"
    assert asked == [8, 16]
    assert len(expected["duplicates"]) == len(TOWNS)
    assert expected["story_moves"]
    assert found == expected


@pytest.mark.parametrize("size", [pytest.param(1, marks=pytest.mark.slow), 3])
def test_windows_of_any_size_form_the_same_stories(
    waiting: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: int,
) -> None:
    """Each window of a run goes where all that waits in it would go: the last one, too, which can be small. So it is asked once."""
    monkeypatch.setattr(windows, "make_engine", inline)
    found: dict[bool, list[tuple[Any, ...]]] = {}
    asked: list[int] = []
    for is_cut in (False, True):
        shutil.copytree(waiting, tmp_path / str(is_cut))
        settings = settings_of(tmp_path / str(is_cut))
        monkeypatch.setattr(
            stories,
            "is_worth_a_worker",
            lambda settings, count, is_cut=is_cut: asked.append(count) or is_cut,
        )
        with open_run(settings, "stories", {}) as run:
            group_new_articles(run, NoProgress(), size if is_cut else 1_000)
        found[is_cut] = ask(
            settings,
            "SELECT article_id, story_id, original_article_id, relation"
            " FROM story_articles LEFT JOIN duplicates USING (article_id) ORDER BY ALL",
        )
    assert len(found[False]) == 4 * len(TOWNS)
    assert found[True] == found[False]
    assert asked == [8, 8]


def test_the_process_that_hands_out_windows_loads_nothing_that_groups() -> None:
    code = "import sys, flows.grouping.windows, flows.grouping.packing; print([m for m in sys.modules if m.startswith('tasks.group')])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_an_article_that_changed_after_it_was_packed_is_read_again(
    waiting: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(waiting, tmp_path / "lake")
    read = count_read_texts(monkeypatch)
    monkeypatch.setattr(packing, "ENOUGH_TO_PACK", 1)
    monkeypatch.setattr(packing, "make_engine", inline)
    with open_run(settings_of(tmp_path / "lake"), "stories", {}) as run:
        names = [name for (name,) in run.lake.fetch(ALL)]
        rows = run.lake.execute("SELECT article_id, month, published_at FROM articles ORDER BY published_at")
        with packing.pack_waiting(run, rows.to_arrow_table()) as packed:
            window = Window(rows_of(run.lake), [])
            packs = [Pack(Path(folder)) for folder in packed.find_near(window.articles)]
            assert [len(pack.keys) for pack in packs] == [len(names)]
            group_from_lake(run.lake, window, packs)
            run.lake.connection.execute(
                "UPDATE lake.main.articles SET run_id = 'later', body_text = 'Other words.' WHERE article_id = ?",
                names[:1],
            )
            again = group_from_lake(run.lake, window, packs)
            assert again == group_from_lake(run.lake, window)
    assert read == [0, 1, len(names)]


def rows_of(lake: Lake) -> list[dict[str, Any]]:
    """All articles as those of a window."""
    found = lake.execute("SELECT article_id, month, published_at FROM articles").to_arrow_table()
    return list(found.to_pylist())


def test_a_correction_made_while_a_worker_groups_is_kept(
    waiting: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(waiting, tmp_path / "lake")
    settings, grouped = settings_of(tmp_path / "lake"), list[int]()

    class BesideAPerson(InlineEngine):
        def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
            yield from super().run(function, refs)
            grouped.append(1)
            if len(grouped) == 1:
                split_off(settings, "Halden")

    monkeypatch.setattr(stories, "is_worth_a_worker", lambda settings, count: True)
    monkeypatch.setattr(windows, "make_engine", lambda settings, preload: BesideAPerson())
    group_lake(settings)
    assert len(grouped) == 2
    assert find_story(settings, "birch", "Halden") != find_story(settings, "ash", "Halden")
    assert find_story(settings, "dorn", "Halden") == find_story(settings, "ash", "Halden")
    assert find_bad_checks(settings) == []


@pytest.mark.parametrize(
    ("engine", "count", "is_worth"),
    [
        (EngineSettings(name="local", workers=2), 500, True),
        (EngineSettings(name="local", workers=2), 499, False),
        (EngineSettings(name="local", workers=1), 5_000, False),
        (EngineSettings(name="inline"), 5_000, False),
        (EngineSettings(name="dask"), 5_000, False),
        (EngineSettings(name="dask", scheduler="tcp://127.0.0.1:8786"), 500, True),
    ],
)
def test_a_small_window_and_a_single_process_group_here(
    engine: EngineSettings, count: int, is_worth: bool
) -> None:
    assert is_worth_a_worker(engine, count) is is_worth
