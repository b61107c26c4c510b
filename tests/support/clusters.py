"""A Dask scheduler and workers of this machine, as processes of their own, on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.command_client import GUARD

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 1200  # rounds of a tenth of a second, for what hangs and not for what is slow


class Cluster:
    """Where a scheduler writes its address, and its workers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.scheduler = self._started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.workers: list[subprocess.Popen[bytes]] = []

    @property
    def address(self) -> str:
        """Of the scheduler, once it has written it."""
        for _ in range(_PATIENCE):
            try:
                return str(json.loads(self.file.read_text())["address"])
            except (OSError, ValueError, KeyError):
                time.sleep(0.1)
        raise AssertionError("the scheduler has not started")

    def worker(self, *more: str) -> subprocess.Popen[bytes]:
        """One more, with a single thread."""
        words = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1", "--memory-limit", "0")
        worker = self._started("dask_worker", *words, "--local-directory", str(self.folder), *more)
        self.workers.append(worker)
        return worker

    def _started(self, module: str, *words: str) -> subprocess.Popen[bytes]:
        path = os.pathsep.join([str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", str(self.file), *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """A scheduler with so many workers that have joined it."""
    from distributed import Client

    made = Cluster(folder)
    try:
        for _ in range(workers):
            made.worker()
        with Client(made.address, timeout=GUARD, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=GUARD) if workers else None
        yield made
    finally:
        for process in [*made.workers, made.scheduler]:
            process.kill()
            process.wait()
