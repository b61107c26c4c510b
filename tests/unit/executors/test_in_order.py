"""Batches on executors: their order, their losses, their end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from unit.executors import work

from waveplan.errors import UsageError
from waveplan.executors import BatchLostError, Shard, Where, in_order, opened
from waveplan.executors.processes import ProcessWorkers
from waveplan.executors.versions import OtherVersionError, refuse_others, versions_here


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessWorkers]:
    workers = ProcessWorkers(2)
    yield workers
    workers.shutdown()


def test_without_an_executor_tasks_are_worked_on_here() -> None:
    with opened(Where()) as executor:
        assert executor is None
        assert list(in_order(executor, work.multiplied, 3, range(5), threading.Event())) == [0, 3, 6, 9, 12]


def test_results_come_in_the_order_of_tasks(processes: ProcessWorkers) -> None:
    assert list(in_order(processes, work.slowly, None, range(40), threading.Event())) == list(range(40))


def test_any_executor_will_do() -> None:
    with ThreadPoolExecutor(3) as pool:
        assert list(in_order(pool, work.slowly, None, range(40), threading.Event())) == list(range(40))


def test_tasks_are_taken_as_they_are_needed(processes: ProcessWorkers) -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = in_order(processes, work.multiplied, 2, tasks(), threading.Event())
    assert next(results) == 0
    assert len(taken) == 2 * processes.at_once
    results.close()


def test_what_a_task_raises_is_raised(processes: ProcessWorkers) -> None:
    results = in_order(processes, work.refused, "four", range(4), threading.Event())
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(UsageError, match="task 2 of four") as raised:
        next(results)
    assert raised.value.values == {"task": 2, "shared": "four"}  # sayable in any language


def test_a_killed_worker_costs_its_batch_and_not_the_run(tmp_path: Path) -> None:
    with opened(Where(workers=2)) as executor:
        results = list(in_order(executor, work.killed_once, str(tmp_path), range(12), threading.Event()))
    assert results == [number * number for number in range(12)]
    assert (tmp_path / "killed").exists()


def test_a_batch_that_kills_every_worker_ends_the_run() -> None:
    with opened(Where(workers=1)) as executor, pytest.raises(BatchLostError, match="3 workers"):
        list(in_order(executor, work.always_killed, None, range(2), threading.Event()))


def test_a_stop_keeps_what_is_finished_and_ends_what_runs(tmp_path: Path) -> None:
    stop = threading.Event()

    def stop_when_all_run() -> None:
        while len(list(tmp_path.glob("begun-*"))) < 2:
            time.sleep(0.02)
        stop.set()

    threading.Thread(target=stop_when_all_run, daemon=True).start()
    with opened(Where(workers=2)) as executor:
        results = list(in_order(executor, work.until_stopped, str(tmp_path), range(20), stop))
    assert results[0] == "at once"
    assert set(results[1:]) <= {"stopped"}
    assert len(results) < 20


def test_a_stop_before_the_start_begins_nothing() -> None:
    stop = threading.Event()
    stop.set()
    assert list(in_order(None, work.multiplied, 3, range(5), stop)) == []


def test_a_worker_of_another_version_is_refused() -> None:
    others = tuple((name, "0.0.9" if name == "waveplan" else version) for name, version in versions_here())
    with pytest.raises(OtherVersionError, match=r"the worker w1 has waveplan 0\.0\.9, and here it is"):
        refuse_others("w1", others, versions_here())
    refuse_others("w1", versions_here(), versions_here())


def test_shards_are_all_tasks_and_each_once() -> None:
    shares = [Shard.read(f"{number}/3").share(range(10)) for number in (1, 2, 3)]
    assert shares == [[0, 3, 6, 9], [1, 4, 7], [2, 5, 8]]


@pytest.mark.parametrize("words", ["", "3", "0/3", "4/3", "a/b", "1/0", "-1/3", "1/3/5", "١/٣"])
def test_what_is_no_shard_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="--shard"):
        Shard.read(words)
