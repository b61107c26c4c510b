"""Compiling in a process of its own, whose result is kept on disk and then loaded in a moment.

Compiling is Python code of numba: in a thread it would hold the lock of the interpreter most of the time, and nothing
else would get on. `python -m waveplan.engine.keeping MODULE FUNCTION` is that process: it calls a function that needs
all of what is to be compiled. It goes on to its end when the one that began it is done sooner, so that the next run
finds its result.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def make_kept(module: str, function: str) -> None:
    """Have all made that a function of a module compiles, and wait for it; nothing to do when it is kept already.

    Where nothing can be kept, nothing is made.
    """
    from waveplan.engine.compiled import kept_mark

    mark = kept_mark(function)
    if mark is not None and not mark.exists():
        _in_a_process_of_its_own(module, function)


def _in_a_process_of_its_own(module: str, function: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "waveplan.engine.keeping", module, function]
    try:
        subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, start_new_session=True
        )
    except OSError:  # no such interpreter, no more processes: then it is compiled here
        return


def main(module: str, function: str) -> None:
    """Compile, and leave a mark that it is done. Of several processes that begin at once, one compiles."""
    from waveplan.engine.compiled import kept_mark

    mark = kept_mark(function)
    with _alone(mark):
        if mark is not None and mark.exists():
            return
        getattr(importlib.import_module(module), function)()
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
    main(*sys.argv[1:])
