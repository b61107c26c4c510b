"""A real scheduler and real workers on loopback."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.clusters import Cluster, cluster
from support.command_client import GUARD
from unit.executors import work

from waveplan.errors import UsageError
from waveplan.executors import Where, in_order, opened
from waveplan.executors.cluster import ClusterLostError
from waveplan.executors.versions import OtherVersionError

pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")  # of the cluster's library, when workers go


_PATIENCE = 120.0  # seconds, for machines that stand still for a while


def at(cluster: Cluster) -> Where:
    return Where(dask=cluster.address, patience=_PATIENCE)


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster"), 2) as made:
        yield made


def test_results_are_those_of_this_process_in_their_order(two_workers: Cluster) -> None:
    with opened(at(two_workers)) as executor:
        assert executor is not None
        assert list(in_order(executor, work.slowly, None, range(30), threading.Event())) == list(range(30))


def test_the_file_of_a_scheduler_will_do_as_well(two_workers: Cluster) -> None:
    with opened(Where(dask=str(two_workers.file), patience=_PATIENCE)) as executor:
        assert list(in_order(executor, work.multiplied, 5, range(3), threading.Event())) == [0, 5, 10]


def test_what_a_task_raises_is_raised(two_workers: Cluster) -> None:
    with opened(at(two_workers)) as executor, pytest.raises(UsageError, match="task 2 of four"):
        list(in_order(executor, work.refused, "four", range(4), threading.Event()))


def test_a_killed_worker_changes_nothing_but_time(tmp_path: Path) -> None:
    with cluster(tmp_path, 2) as made, opened(at(made)) as executor:
        results = list(in_order(executor, work.killed_once, str(tmp_path), range(12), threading.Event()))
        assert sorted(each.poll() is None for each in made.workers) == [False, True]
    assert results == [number * number for number in range(12)]


def test_a_worker_of_another_version_is_refused(tmp_path: Path) -> None:
    preload = tmp_path / "older.py"
    preload.write_text("import waveplan.version\nwaveplan.version.__version__ = '0.0.9'\n")
    with cluster(tmp_path, 1) as made:
        made.worker("--preload", str(preload))
        from distributed import Client

        with Client(made.address, timeout=GUARD, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=GUARD)
        with pytest.raises(OtherVersionError, match=r"has waveplan 0\.0\.9"), opened(at(made)):
            raise AssertionError("opened")


def test_a_scheduler_without_workers_is_told(tmp_path: Path) -> None:
    with cluster(tmp_path, 0) as made, pytest.raises(UsageError, match="no workers"), opened(at(made)):
        raise AssertionError("opened")


def test_a_scheduler_that_goes_in_the_middle_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    begun = tmp_path / "begun-1"
    with cluster(tmp_path, 1) as made:

        def end_the_scheduler() -> None:
            while not begun.exists():
                time.sleep(0.02)
            made.scheduler.kill()

        threading.Thread(target=end_the_scheduler, daemon=True).start()
        with opened(at(made)) as executor, pytest.raises(ClusterLostError, match="went"):
            executor._client._timeout = 2  # seconds that the library waits for it to come back
            list(in_order(executor, work.until_stopped, str(tmp_path), range(4), threading.Event()))
        (tmp_path / "give-up").touch()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "no-such-file.json", "127.0.0.1"])
def test_where_nobody_answers_it_is_told(address: str) -> None:
    with pytest.raises(UsageError, match="no Dask scheduler answers"), opened(Where(dask=address, patience=0.5)):
        raise AssertionError("opened")


def test_what_has_failed_closes_itself_in_peace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library closes a connection that never was when it is collected, whenever that is."""
    complaints, before = list[object](), set(threading.enumerate())
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)

    def failing() -> None:
        with pytest.raises(UsageError), opened(Where(dask="127.0.0.1", patience=0.1)):
            raise AssertionError("opened")

    failing()
    for each in set(threading.enumerate()) - before:
        each.join(0.2)  # an event loop that were ended would be closed by then
    gc.collect()
    assert not complaints


def test_the_event_loop_ends_with_the_connection(two_workers: Cluster) -> None:
    before = {each for each in threading.enumerate() if each.name == "cluster"}
    with opened(at(two_workers)):
        mine = {each for each in threading.enumerate() if each.name == "cluster"} - before
        assert len(mine) == 1
    for each in mine:
        each.join(GUARD)
        assert not each.is_alive()
