"""Compiling the search in a process of its own, whose result is kept on disk and then loaded in a moment.

Compiling is Python code of numba: in a thread it would hold the lock of the interpreter most of the time, and nothing
else would get on, neither the watch over CP-SAT nor what people see. `python -m waveplan.engine.search.warming`
is that process. It goes on to its end when the one that began it is done sooner, so that the next run finds its result.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from waveplan.engine.search import warm_up


def warm() -> None:
    """Make the search ready: load what is kept, after having it made if it is not there yet."""
    from waveplan.engine.compiled import kept_mark

    mark = kept_mark()
    if mark is not None and not mark.exists():
        _in_a_process_of_its_own()
    warm_up()  # compiles here and now whatever could not be kept


def _in_a_process_of_its_own() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "waveplan.engine.search.warming"]
    try:
        subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, start_new_session=True
        )
    except OSError:  # no such interpreter, no more processes: then it is compiled here
        return


def main() -> None:
    """Compile, and leave a mark that it is done. Of several processes that begin at once, one compiles."""
    from waveplan.engine.compiled import kept_mark

    mark = kept_mark()
    with _alone(mark):
        if mark is not None and mark.exists():
            return
        warm_up()
        if mark is not None:
            mark.touch()


@contextmanager
def _alone(mark: Path | None) -> Iterator[None]:
    """Hold the lock beside the mark, waiting for whoever has it; where there are no such locks, go on without."""
    try:
        import fcntl
    except ImportError:  # Windows: at worst something is compiled twice
        yield
        return
    if mark is None:
        yield
        return
    with mark.with_suffix(".lock").open("w") as lock:  # the system releases it when the process ends, however it ends
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    main()
