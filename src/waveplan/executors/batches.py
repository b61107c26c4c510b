"""Batches of work handed to an executor, and what they come to in the order in which they were asked for."""

from __future__ import annotations

import os
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, wait
from itertools import islice
from typing import Any, Protocol, TypeVar, cast

from waveplan.errors import WaveplanError
from waveplan.executors.placed import taken
from waveplan.executors.stopping import stop_is
from waveplan.executors.versions import Versions, refuse_others, versions_here

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[S, T], R]
"""Takes what all batches share and one batch; a function of a module, its arguments and result plain data."""

_LOOK = 0.2  # seconds between two looks at whether to stop
_TRIES = 3  # of a batch whose worker went
_IN_FLIGHT = 16  # batches at once, where an executor does not say how many workers it has


class BatchLostError(WaveplanError):
    """The workers of a batch went away each time it was tried."""


class Placing(Protocol):
    """What executors of this package can do beyond `submit`."""

    at_once: int  # batches that are worked on side by side
    lost: tuple[type[BaseException], ...]  # what a batch ends with when its worker went

    def place(self, data: Any) -> Any:
        """Bring data to all workers once; what is given back stands for it among the arguments of `submit`."""

    def halt(self) -> None:
        """Ask what runs to end early."""


def in_order(
    executor: Executor | None, work: Work[S, T, R], shared: S, tasks: Iterable[T], stop: threading.Event
) -> Iterator[R]:
    """What each task comes to, in their order; without an executor they are worked on here, one after the other.

    `shared` goes to each worker once. When `stop` is set no new task is begun, and what has been finished in front of
    the first that has not is still given. Raises what a task raises, BatchLostError when its workers went away
    several times, and OtherVersionError when a worker is of another version.
    """
    stop_is(stop)
    if executor is None:
        for task in tasks:
            if stop.is_set():
                return
            yield work(shared, task)
        return
    yield from _Line(executor, work, shared, stop).results(iter(tasks))


def halt(executor: Executor | None) -> None:
    """Have what still runs end early, where that can be asked: nobody waits for it."""
    if executor is not None and hasattr(executor, "halt"):
        executor.halt()


class _Line:
    """Tasks in flight, the oldest first."""

    def __init__(self, executor: Executor, work: Work[Any, Any, Any], shared: Any, stop: threading.Event) -> None:
        self._executor = executor
        self._work = work
        self._shared = shared
        self._stop = stop
        self._here = versions_here()
        self._halted = False
        placing = hasattr(executor, "place")
        self._placing = cast("Placing", executor) if placing else None
        self._placed = self._placing.place(shared) if self._placing is not None else shared
        self._lost = self._placing.lost if self._placing is not None else ()
        self._most = 2 * self._placing.at_once if self._placing is not None else _IN_FLIGHT

    def results(self, tasks: Iterator[Any]) -> Iterator[Any]:
        """Keep so many tasks in flight that no worker waits, and give what is finished in their order."""
        flying: deque[tuple[Any, Future[Any]]] = deque()
        try:
            while True:
                if not self._stop.is_set():
                    flying.extend((task, self._submitted(task)) for task in islice(tasks, self._most - len(flying)))
                if not flying:
                    return
                task, future = flying.popleft()
                done, result = self._waited(task, future, flying)
                if not done:
                    return
                yield result
        finally:
            for _, future in flying:
                future.cancel()

    def _submitted(self, task: Any) -> Future[Any]:
        return self._executor.submit(_worked, self._here, self._work, self._placed, task)

    def _waited(self, task: Any, future: Future[Any], flying: Iterable[tuple[Any, Future[Any]]]) -> tuple[bool, Any]:
        """What a task comes to, tried anew when its worker went; or that it was not done when all was stopped."""
        for _ in range(_TRIES):
            while not future.done() and not wait([future], timeout=_LOOK).done:
                if self._stop.is_set():
                    self._halt([future, *(each for _, each in flying)])
            try:
                return True, future.result()
            except CancelledError:
                if self._stop.is_set():
                    return False, None
                future = self._again(task)
            except self._lost:
                future = self._again(task)
        raise BatchLostError(
            "a piece of work was given to {tries} workers, and each of them went away: look at what they say of "
            "themselves, for example whether they had enough memory",
            tries=_TRIES,
        )

    def _again(self, task: Any) -> Future[Any]:
        """The same task once more; what all share may have been lost with the worker."""
        if self._placing is not None:
            self._placed = self._placing.place(self._shared)
        return self._submitted(task)

    def _halt(self, futures: Iterable[Future[Any]]) -> None:
        if not self._halted:
            self._halted = True
            if self._placing is not None:
                self._placing.halt()
            for future in futures:
                future.cancel()  # what has not begun; what runs ends early by itself


def _worked(versions: Versions, work: Work[Any, Any, Any], shared: Any, task: Any) -> Any:
    """What a worker does: it refuses when it would not come to the same as the one who asks."""
    refuse_others(_name(), versions_here(), versions)
    return work(taken(shared), task)


def _name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
