"""Every engine keeps the contract: each input comes back once, whatever happens to a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import engine_work
import psutil
import pyarrow as pa
import pytest

from core.errors import TransientError
from core.outcomes import Reason
from core.settings import EngineSettings
from flows.work.batches import BatchRef, StagedFile, batch_ranges, grow_batch
from flows.work.engine import Done, Engine, Failed
from flows.work.local import LocalEngine
from flows.work.process import make_engine

SCHEMA = pa.schema([("number", pa.int64())])


@pytest.fixture
def refs(tmp_path: Path) -> list[BatchRef]:
    """Twenty inputs in five batches of four."""
    rows = [{"number": number} for number in range(20)]
    staged = StagedFile(tmp_path, SCHEMA, "test")
    ranges = batch_ranges([1] * 20, batch_size=4, batch_bytes=1_000)
    return staged.stage(rows, [str(number) for number in range(20)], ranges)


def run(
    name: str, function: Callable[[BatchRef], str], refs: Iterable[BatchRef], **more: Any
) -> tuple[list[int], list[Failed]]:
    """The numbers that came back, sorted, and the failures."""
    limits = {"page_seconds": 1.0, "patience": 60.0}
    return collect(make_engine(EngineSettings(name=name, workers=2, **(limits | more))), function, refs)


def collect(
    engine: Engine, function: Callable[[BatchRef], str], refs: Iterable[BatchRef]
) -> tuple[list[int], list[Failed]]:
    """What an engine makes of the batches: the numbers that came back, sorted, and the failures."""
    results = list(engine.run(function, refs))
    numbers = [int(n) for result in results if isinstance(result, Done) for n in result.part.split(",")]
    return sorted(numbers), [result for result in results if isinstance(result, Failed)]


@pytest.mark.parametrize("name", ["inline", "local"])
def test_every_input_comes_back_once(name: str, refs: list[BatchRef]) -> None:
    assert run(name, engine_work.note_and_name, refs) == (list(range(20)), [])


@pytest.mark.parametrize("name", ["inline", "local"])
def test_an_input_that_raises_is_found_by_halving_and_the_rest_goes_on(
    name: str, refs: list[BatchRef]
) -> None:
    numbers, failed = run(name, engine_work.raise_on_seven, refs)
    assert numbers == [n for n in range(20) if n != 7]
    assert [(f.reason, f.detail, f.ref.read_rows()) for f in failed] == [
        (Reason.STAGE_ERROR, "ValueError: seven is not wanted", [{"number": 7}])
    ]


@pytest.mark.slow
def test_an_input_that_kills_its_worker_is_found_and_the_rest_goes_on(refs: list[BatchRef]) -> None:
    numbers, failed = run("local", engine_work.die_on_seven, refs)
    assert numbers == [n for n in range(20) if n != 7]
    assert [(f.reason, f.ref.read_rows()) for f in failed] == [(Reason.WORKER_DIED, [{"number": 7}])]


@pytest.mark.slow
def test_an_input_that_hangs_is_stopped_by_the_time_limit_and_the_rest_goes_on(refs: list[BatchRef]) -> None:
    numbers, failed = run("local", engine_work.hang_on_seven, refs, patience=2.0)
    assert numbers == [n for n in range(20) if n != 7]
    assert [(f.reason, f.ref.read_rows()) for f in failed] == [(Reason.TIMED_OUT, [{"number": 7}])]
    assert "longer than 2 s" in failed[0].detail


@pytest.mark.slow
def test_an_input_that_uses_up_the_cpu_is_stopped_by_the_kernel(refs: list[BatchRef]) -> None:
    numbers, failed = run("local", engine_work.spin_on_seven, refs)
    assert numbers == [n for n in range(20) if n != 7]
    assert [(f.reason, f.ref.read_rows()) for f in failed] == [(Reason.TIMED_OUT, [{"number": 7}])]


def test_a_worker_that_is_killed_costs_no_input(refs: list[BatchRef]) -> None:
    assert run("local", engine_work.kill_worker_once, refs) == (list(range(20)), [])


def test_a_worker_killed_at_a_single_input_costs_no_input(refs: list[BatchRef]) -> None:
    single = refs[0].split()[0].split()[0]
    assert run("local", engine_work.kill_worker_once, [single]) == ([0], [])


def draw_after(deed: Callable[[], None], refs: list[BatchRef], place: int) -> Iterator[BatchRef]:
    """The references; the deed is done before the one at this place is drawn."""
    for number, ref in enumerate(refs):
        if number == place:
            deed()
        yield ref


def find_fork_server() -> psutil.Process:
    """The process that starts our workers."""
    (server,) = [child for child in psutil.Process().children() if "forkserver" in " ".join(child.cmdline())]
    return server


def kill_workers() -> None:
    for worker in find_fork_server().children():
        with suppress(psutil.NoSuchProcess):  # it has ended by itself
            worker.kill()


def kill_fork_server() -> None:
    find_fork_server().kill()


def test_workers_that_are_killed_before_they_begin_a_batch_cost_no_input(refs: list[BatchRef]) -> None:
    coming = draw_after(kill_workers, refs, 0)
    assert run("local", engine_work.note_and_name, coming) == (list(range(20)), [])


@pytest.mark.slow
def test_a_fork_server_that_is_killed_costs_no_input(refs: list[BatchRef]) -> None:
    coming = draw_after(kill_fork_server, refs * 4, 8)
    engine = LocalEngine(EngineSettings(workers=2), most_batches=1)
    numbers, failed = collect(engine, engine_work.note_and_name, coming)
    assert (numbers, failed) == (sorted([*range(20)] * 4), [])


def test_workers_that_never_begin_are_told_and_worth_another_try(
    refs: list[BatchRef], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", Mock(side_effect=OSError("no memory")))
    engine = make_engine(EngineSettings(name="local", workers=2))
    with pytest.raises(TransientError, match="3 times in a row; check that memory"):
        list(engine.run(engine_work.note_and_name, refs))


def test_references_are_drawn_only_as_fast_as_they_are_worked(refs: list[BatchRef]) -> None:
    drawn: list[BatchRef] = []

    def draw() -> object:
        for ref in refs * 20:
            drawn.append(ref)
            yield ref

    engine = make_engine(EngineSettings(name="local", workers=2))
    results = engine.run(engine_work.note_and_name, draw())
    next(results)
    assert len(drawn) < 20
    results.close()


def test_batches_are_cut_by_count_and_by_bytes() -> None:
    assert list(batch_ranges([1, 1, 1], batch_size=2, batch_bytes=100)) == [range(2), range(2, 3)]
    assert list(batch_ranges([60, 60, 300, 1], batch_size=9, batch_bytes=100)) == [
        range(1),
        range(1, 2),
        range(2, 3),
        range(3, 4),
    ]
    assert list(batch_ranges([], batch_size=2, batch_bytes=100)) == []


def test_batches_grow_with_a_run_to_four_times_their_size() -> None:
    taken = [0, 1_000, 8_192, 16_384, 32_768, 10**6]
    assert [grow_batch(32, count) for count in taken] == [32, 32, 32, 64, 128, 128]
    assert grow_batch(500, 10**6) == 2_000


def test_the_same_inputs_and_work_have_the_same_key_in_every_run(tmp_path: Path) -> None:
    def key(work: str, ids: list[str]) -> str:
        staged = StagedFile(tmp_path, SCHEMA, work)
        return staged.stage([{"number": 1}], ids, [range(1)])[0].key

    assert key("v1", ["a"]) == key("v1", ["a"])
    assert len({key("v1", ["a"]), key("v2", ["a"]), key("v1", ["b"])}) == 3


def run_on_dask(function: Callable[[BatchRef], str], refs: list[BatchRef]) -> tuple[list[int], list[Failed]]:
    """The same on a local Dask cluster of two processes."""
    settings = EngineSettings(name="dask", workers=2, page_seconds=4.0)
    results = list(make_engine(settings).run(function, refs))
    numbers = [int(n) for result in results if isinstance(result, Done) for n in result.part.split(",")]
    return sorted(numbers), [result for result in results if isinstance(result, Failed)]


@pytest.mark.slow
def test_dask_finds_an_input_that_kills_its_worker_and_loses_no_other(refs: list[BatchRef]) -> None:
    numbers, failed = run_on_dask(engine_work.die_on_seven, refs)
    assert numbers == [n for n in range(20) if n != 7]
    assert [(f.reason, f.ref.read_rows()) for f in failed] == [(Reason.WORKER_DIED, [{"number": 7}])]


@pytest.mark.slow
def test_dask_loses_nothing_when_a_worker_is_killed(refs: list[BatchRef]) -> None:
    assert run_on_dask(engine_work.kill_worker_once, refs) == (list(range(20)), [])


@pytest.mark.slow
def test_the_lines_of_dask_steer_no_terminal(refs: list[BatchRef], capfd: pytest.CaptureFixture[str]) -> None:
    _, failed = run_on_dask(engine_work.raise_with_codes, refs)
    said = "".join(capfd.readouterr())
    assert len(failed) == 20
    assert "page tide<U+001B>]0;gone<U+202D>" in said
    assert "\x1b" not in said and "\u202d" not in said


@pytest.mark.parametrize("deaths", [pytest.param(1, marks=pytest.mark.slow), 3])
def test_a_cluster_whose_workers_die_while_it_starts_is_started_again(
    refs: list[BatchRef], monkeypatch: pytest.MonkeyPatch, deaths: int
) -> None:
    from flows.work import dask

    start, tries = dask.LocalCluster, []

    class DyingCluster(start):  # type: ignore[misc, valid-type]
        def __init__(self, **more: Any) -> None:
            tries.append(more)
            if len(tries) <= deaths:
                raise RuntimeError("Nanny failed to start.")
            super().__init__(**more)

    monkeypatch.setattr(dask, "LocalCluster", DyingCluster)
    if deaths == 1:
        assert run_on_dask(engine_work.note_and_name, refs) == (list(range(20)), [])
    else:
        with pytest.raises(TransientError, match="died while Dask started them, 3 times"):
            run_on_dask(engine_work.note_and_name, refs)
    assert len(tries) == min(deaths + 1, 3)
