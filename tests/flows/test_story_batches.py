"""Questions that workers find are those that one process finds, however batches are cut and whatever fails."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from engine_work import hide
from lakes import read_tables

from core.outcomes import Reason
from core.settings import EngineSettings, Settings
from flows import questions, story_batches
from flows.load import load_files
from flows.questions import ask_stale_stories
from flows.runs.run import open_run
from flows.work.batches import BatchRef
from flows.work.engine import BatchFunction, Done, Engine, Failed
from flows.work.local import InlineEngine, LocalEngine
from tests.conftest import make_once

TOWNS = ("Halden", "Tarn", "Aldery", "Lowmarsh")
OUTLETS = ("ash", "birch", "cedar")


class DyingEngine:
    """Loses every batch until one article is left, and then gives that up too."""

    def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
        for ref in refs:
            yield from (
                self.run(function, ref.split())
                if ref.count > 1
                else [Failed(ref, Reason.WORKER_DIED, "its worker died")]
            )


class BlindEngine:
    """Works on a machine that sees the staged files and nothing else of the lake."""

    def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
        ask = cast("partial[str]", function)
        (lake,) = ask.args
        return (Done(ref, ask.func(lake and hide(lake), ref)) for ref in refs)


def inline(settings: EngineSettings, preload: object = ()) -> Engine:
    return InlineEngine()


def blind(settings: EngineSettings, preload: object = ()) -> Engine:
    return BlindEngine()


def dying(settings: EngineSettings, preload: object = ()) -> Engine:
    return DyingEngine()


def two_workers(settings: EngineSettings, preload: object = ()) -> Engine:
    return LocalEngine(EngineSettings(workers=2))


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Path:
    """A lake with an accident in each of four towns, told by three outlets with other numbers."""

    def make(folder: Path) -> None:
        shutil.copytree(empty_lake, folder / "lake")
        load_towns(folder)

    return make_once(tmp_path_factory, "towns", make) / "lake"


def load_towns(folder: Path) -> None:
    for number, outlet in enumerate(OUTLETS):
        records = [
            {
                "url": f"https://{outlet}.example/{town}",
                "title": f"Gas line explodes in {town}",
                "text": f"A gas line exploded in {town} on Monday and killed {number + place + 3} people, the mayor of {town} "
                f"said. The {town} gas line ran under the old market hall. {town} firefighters came from three towns.",
                "published_at": (datetime(2031, 5, 5, tzinfo=UTC) + timedelta(days=30 * place)).isoformat(),
            }
            for place, town in enumerate(TOWNS)
        ]
        file = folder / f"{outlet}.jsonl"
        file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        load_files(
            Settings(lake=folder / "lake", engine=EngineSettings(name="inline")), [file], outlet=outlet
        )


@pytest.mark.parametrize(
    ("engine", "articles", "is_staged"),
    [
        (inline, 50, False),
        (inline, 2, False),
        pytest.param(inline, 50, True, marks=pytest.mark.slow),
        pytest.param(inline, 2, True, marks=pytest.mark.slow),
        (dying, 50, True),
        (blind, 50, False),
        pytest.param(dying, 50, False, marks=pytest.mark.slow),
        pytest.param(blind, 50, True, marks=pytest.mark.slow),
        pytest.param(two_workers, 2, False, marks=pytest.mark.slow),
        pytest.param(two_workers, 2, True, marks=pytest.mark.slow),
    ],
)
def test_workers_find_the_same_questions(
    towns: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    engine: object,
    articles: int,
    is_staged: bool,
) -> None:
    if is_staged:  # as for a lake on a server and workers on other machines
        monkeypatch.setattr(story_batches, "freeze_for_readers", lambda lake, file, on_this_machine: None)
    shutil.copytree(towns, tmp_path / "lake")
    settings = Settings(lake=tmp_path / "lake", engine=EngineSettings(name="inline"))
    monkeypatch.setattr(story_batches, "make_engine", engine)
    monkeypatch.setattr(story_batches, "BATCH_ARTICLES", articles)
    monkeypatch.setattr(questions, "ARTICLES_AT_ONCE", 5)
    monkeypatch.setattr(questions, "are_worth_workers", lambda settings, count: count == 12)
    with open_run(settings, "stories", {}) as run:
        run.lake.connection.execute("UPDATE lake.main.stories SET has_stale_questions = TRUE")
        run.lake.connection.execute("UPDATE lake.main.readings SET low = -1")
        run.lake.connection.execute("UPDATE lake.main.questions SET label = 'to be asked again'")
        ask_stale_stories(run)
        assert list(run.folder.glob("stories-*")) == []
    expected, found = read_tables(towns), read_tables(settings)
    assert len(expected["readings"]) >= 12
    assert found["readings"] == expected["readings"]
    assert found["questions"] == expected["questions"]


@pytest.mark.parametrize(
    ("engine", "count", "is_worth"),
    [
        (EngineSettings(name="local", workers=4), 300, True),
        (EngineSettings(name="local", workers=4), 299, False),
        (EngineSettings(name="local", workers=1), 300, False),
        (EngineSettings(name="inline"), 300, False),
        (EngineSettings(name="dask"), 300, False),
        (EngineSettings(name="dask", scheduler="tcp://127.0.0.1:8786"), 300, True),
    ],
)
def test_few_articles_and_a_single_process_are_asked_here(
    engine: EngineSettings, count: int, is_worth: bool
) -> None:
    assert story_batches.are_worth_workers(engine, count) is is_worth
