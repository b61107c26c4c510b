"""A pool of processes of this machine that bears the loss of some of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from waveplan.executors.placed import Placed, written

_THREADS = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class ProcessWorkers(Executor):
    """So many processes, each of one thread; new ones take the place of those that are killed.

    Processes are started anew, not forked: what a thread of the parent holds at that moment would stay held.
    """

    lost: tuple[type[BaseException], ...] = (BrokenProcessPool,)
    shares_files = True  # workers see the files of this machine

    def __init__(self, workers: int) -> None:
        self.at_once = workers
        self._context = multiprocessing.get_context("spawn")
        self._stop = self._context.Event()
        self._folder = tempfile.TemporaryDirectory(prefix="waveplan-")
        self._lock = threading.Lock()
        self._files = 0
        self._over = False
        self._pool = self._new()

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.at_once, self._context, initializer=_begin, initargs=(self._stop,))

    def place(self, data: Any) -> Placed:
        """Write it to a file that each process reads once."""
        with self._lock:
            self._files += 1
            return written(data, Path(self._folder.name) / f"{self._files}.pickle")

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have it done; a pool that has lost a process is replaced first."""
        with self._lock:
            try:
                return self._pool.submit(fn, *args, **kwargs)
            except BrokenProcessPool:
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = self._new()
                return self._pool.submit(fn, *args, **kwargs)

    def halt(self) -> None:
        """Ask what runs to end early."""
        self._stop.set()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        if not self._over:
            self._over = True
            self._pool.shutdown(wait, cancel_futures=cancel_futures)
            self._folder.cleanup()


def _begin(stop: Event) -> None:
    """In each new process: one thread, interrupts left to the parent, an end with the parent, its stop as ours."""
    from waveplan.executors.stopping import stop_is

    for name in _THREADS:
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    here = threading.Event()
    stop_is(here)
    threading.Thread(target=_follow, args=(stop, here), daemon=True).start()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _follow(stop: Event, here: threading.Event) -> None:
    stop.wait()
    here.set()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
