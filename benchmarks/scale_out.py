"""What more workers are worth: `python benchmarks/scale_out.py`.

The same command in this process, on 1, 2 and 4 processes, and on as many workers of a Dask cluster on this machine. The
speed-up is against this process. What is lost is what CPU seconds are beyond those of this process, as a share of all:
starting interpreters, sending, reading twice. With more workers than cores the speed-up ends, and more is lost.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@dataclass(frozen=True)
class Took:
    """Seconds by the clock and of all cores together."""

    wall: float
    cpu: float


def waveplan(*words: str) -> Took:
    """One run, workers included."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "waveplan", *words]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(time.perf_counter() - began, cpu)


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[str]:
    """The file of a scheduler with so many workers, on loopback."""
    file = folder / f"scheduler-{workers}.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    loopback = ("--scheduler-file", str(file), "--host", "127.0.0.1", "--no-dashboard")
    module = (sys.executable, "-m")
    started = [subprocess.Popen([*module, "distributed.cli.dask_scheduler", "--port", "0", *loopback], **quiet)]
    single = ("--nthreads", "1", "--no-nanny", "--memory-limit", "0", "--local-directory", str(folder))
    worker = [*module, "distributed.cli.dask_worker", *single, *loopback]
    started.extend(subprocess.Popen(worker, **quiet) for _ in range(workers))
    try:
        _wait_for(workers, file)
        yield str(file)
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def _wait_for(workers: int, file: Path) -> None:
    from distributed import Client

    while not file.exists():
        time.sleep(0.1)
    with Client(scheduler_file=str(file), set_as_default=False) as client:
        client.wait_for_workers(workers)


def main() -> None:
    """A table for each kind of work."""
    parser = argparse.ArgumentParser(description="Speed-up over workers.")
    parser.add_argument("--pieces", type=int, default=16, help="inventories to validate, solves of a portfolio")
    parser.add_argument("--limit", type=float, default=2.0, help="deterministic seconds of each solve")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--example", default="datacentre-exit", help="one that has a plan beside it")
    parser.add_argument("--runs", type=int, default=10_000, help="histories of the simulation")
    parser.add_argument("--only", choices=("validate", "portfolio", "simulate"), help="one kind of work alone")
    parser.add_argument("--dask", action="store_true", help="on a cluster of this machine too")
    given = parser.parse_args()
    example = str(EXAMPLES / given.example)
    risks = ("--risks", f"{example}.risks.yaml") if Path(f"{example}.risks.yaml").exists() else ("--assume",)
    histories = (f"{example}.plan.yaml", example, *risks, "--runs", str(given.runs), "--dates-only", "--json", "-q")
    portfolio = ("--portfolio", str(given.pieces), "--reproducible", "--time-limit", str(given.limit))
    kinds = {
        "validate": ("validate", *[example] * given.pieces, "--output-format", "concise"),
        "portfolio": ("solve", example, *portfolio, "--goal", "coexistence", "-q"),
        "simulate": ("simulate", *histories),
    }
    print(f"{given.pieces} pieces, {len(os.sched_getaffinity(0))} cores")
    print(f"{'work':<12}{'where':<14}{'seconds':>9}{'CPU s':>8}{'speed-up':>10}{'lost':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for kind, words in kinds.items():
            if given.only in (None, kind):
                _show(kind, words, given, Path(folder))


def _show(kind: str, words: tuple[str, ...], given: argparse.Namespace, folder: Path) -> None:
    alone = waveplan(*words)
    _row(kind, "this process", alone, None)
    for workers in given.workers:
        _row(kind, f"{workers} processes", waveplan(*words, "--workers", str(workers)), alone)
    for workers in given.workers if given.dask else ():
        with cluster(workers, folder) as file:
            took = waveplan(*words, "--dask", file)
        print(f"{kind:<12}{f'{workers} on Dask':<14}{took.wall:>9.1f}{'':>8}{alone.wall / took.wall:>10.2f}")


def _row(kind: str, where: str, took: Took, alone: Took | None) -> None:
    line = f"{kind:<12}{where:<14}{took.wall:>9.1f}{took.cpu:>8.1f}"
    if alone is not None:
        line += f"{alone.wall / took.wall:>10.2f}{max(0.0, 1 - alone.cpu / took.cpu):>7.0%}"
    print(line, flush=True)


if __name__ == "__main__":
    main()
