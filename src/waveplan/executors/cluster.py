"""Workers of a Dask cluster: whoever runs `dask scheduler` and `dask worker`, on one machine or on many."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from waveplan.errors import UsageError, WaveplanError
from waveplan.executors.event_loop import EventLoop
from waveplan.executors.versions import OtherVersionError, refuse_others, versions_here

_LEAVE = 10  # seconds until a scheduler must have let go
_RETRIES = 2  # by the scheduler itself, of a task that failed for the sake of its worker


class ClusterLostError(WaveplanError):
    """The scheduler of a cluster went away while its workers were at work."""


class ClusterWorkers(Executor):
    """The workers of one scheduler; a worker that goes costs what it was doing, which another one does again."""

    def __init__(self, address: str, patience: float) -> None:
        """`address` is a scheduler's, or a file that one wrote.

        Raises UsageError when nobody answers there within so many seconds.
        """
        self._address = address
        self._event_loop = EventLoop()
        self._client = _connected(address, patience, self._event_loop)
        self._executor = self._client.get_executor(pure=False, retries=_RETRIES)
        from distributed import KilledWorker

        self.lost: tuple[type[BaseException], ...] = (KilledWorker,)
        self.at_once = self._greeted(address)

    def _greeted(self, address: str) -> int:
        """How many tasks run side by side; refuses workers of another version, and a cluster without any."""
        try:
            there = self._client.run(versions_here)
            threads = sum(self._client.nthreads().values())
        except Exception as error:  # noqa: BLE001 - whatever a worker raises while it imports waveplan
            self.shutdown()
            raise UsageError(
                "a worker of {address} cannot run waveplan ({error}): install the same version there",
                address=address,
                error=f"{type(error).__name__}: {error}",
            ) from None
        if not there:
            self.shutdown()
            raise UsageError(
                "the scheduler {address} has no workers: start one with `dask worker {address}`", address=address
            )
        try:
            for worker, versions in sorted(there.items()):
                refuse_others(worker, versions, versions_here())
        except OtherVersionError:
            self.shutdown()
            raise
        return int(threads)

    def place(self, data: Any) -> Any:
        """Scatter it to every worker. Raises ClusterLostError when the scheduler has gone."""
        with self._heard():
            return self._client.scatter(data, broadcast=True, hash=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have it done by one of the workers. Raises ClusterLostError when the scheduler has gone."""
        with self._heard():
            future: Future[Any] = self._executor.submit(fn, *args, **kwargs)
        return future

    @contextmanager
    def _heard(self) -> Iterator[None]:
        """What the library raises when nobody hears it any more, as one error: it raises several."""
        try:
            yield
        except Exception as error:
            if not isinstance(error, OSError) and self._client.status == "running":
                raise
            raise ClusterLostError(
                "the Dask scheduler {address} went away before all was done: look at what it says of itself, start it "
                "and its workers again, and give the command again",
                address=self._address,
            ) from None

    def halt(self) -> None:
        """Nothing can be asked of tasks on other machines: those that wait are cancelled by whoever waits for them."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave; the cluster goes on."""
        self._client.close(timeout=_LEAVE)
        self._event_loop.end()


def _connected(address: str, patience: float, event_loop: EventLoop) -> Any:
    from distributed import Client

    _silence()
    where = {"scheduler_file": address} if Path(address).is_file() else {"address": address}
    make: Callable[..., Any] = Client  # its library has no types
    try:
        return make(**where, timeout=patience, set_as_default=False, loop=event_loop.loop)
    except (OSError, TimeoutError, ValueError):  # what has failed closes itself later, in the event loop, which goes on
        raise UsageError(
            "no Dask scheduler answers at {address}: give the address that `dask scheduler` prints, such as "
            "tcp://host:8786, or the file that it wrote with --scheduler-file",
            address=address,
        ) from None


def _silence() -> None:
    """What the library says of losses is what is borne here. Some of its loggers have a level of their own."""
    for name in ("distributed", *(each for each in logging.root.manager.loggerDict if each.startswith("distributed."))):
        logging.getLogger(name).setLevel(logging.CRITICAL)
