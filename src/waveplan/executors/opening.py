"""The executor that was wished for, open as long as it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass

PATIENCE = 10.0  # seconds until a scheduler must have answered


@dataclass(frozen=True, slots=True)
class Where:
    """Where work is to be done: on so many processes, or on the cluster of a Dask scheduler; else in this process.

    `dask` is the address of a scheduler (`tcp://host:8786`) or the file that it writes (`--scheduler-file`), which has
    `patience` seconds to answer.
    """

    workers: int | None = None
    dask: str | None = None
    patience: float = PATIENCE


@contextmanager
def opened(where: Where) -> Iterator[Executor | None]:
    """The executor, closed afterwards; None for this process.

    Raises UsageError when no scheduler answers or Dask is not installed, OtherVersionError for a worker of another
    version.
    """
    if where.dask is not None:
        from waveplan.executors.cluster import ClusterWorkers

        with ClusterWorkers(where.dask, where.patience) as cluster:
            yield cluster
    elif where.workers is not None:
        from waveplan.executors.processes import ProcessWorkers

        workers = ProcessWorkers(where.workers)
        try:
            yield workers
        finally:
            workers.shutdown(cancel_futures=True)
    else:
        yield None
