"""Compiling each part of the engine in a process of its own, whose result is kept on disk and then loaded in a moment.

Compiling is Python code of numba: in a thread it would hold the lock of the interpreter most of the time, and nothing
else would get on, neither the watch over CP-SAT nor what people see. `python -m waveplan.engine.compiling.warming PART`
is that process. It goes on to its end when the one that began it is done sooner, so that the next run finds its result.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

PARTS = {
    "search": "waveplan.engine.search",
    "packing": "waveplan.engine.proofs.packing",
    "spreading": "waveplan.engine.proofs.bounds.spreading",
    "exact": "waveplan.engine.proofs.exact",
    "boundaries": "waveplan.engine.proofs.bounds.boundaries",
    "histories": "waveplan.engine.simulation.playing",
    "steps": "waveplan.engine.simulation.stepping",
}
"""By name, where `warm_up` compiles it (or loads it from the cache)."""

_MEANWHILE = {"spreading": ("waveplan.engine.proofs.bounds.spreading.rounds", "scipy.optimize")}
"""What takes long to import and is needed at once when a part is compiled: imported meanwhile."""

_LOOK = 0.1  # seconds between two looks at a stop


class Warming:
    """One part being compiled, or loaded, in a thread that waits for its process."""

    def __init__(self, part: str, after: Sequence[Warming] = ()) -> None:
        self._part = part
        self._after = after
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def ready(self) -> bool:
        """Whether it is compiled."""
        return not self._thread.is_alive()

    def wait(self, stop: threading.Event | None = None, until: float | None = None) -> bool:
        """Wait until it is compiled, a stop is asked for, or a moment of the monotonic clock has come; whether it is.

        Raises what compiling failed with.
        """
        while not self.ready and not (stop is not None and stop.is_set()):
            if until is not None and time.monotonic() >= until:
                break
            self._thread.join(_LOOK)
        if self._failure is not None:
            raise self._failure
        return self.ready

    def settle(self) -> None:
        """Wait until it is compiled, or has failed."""
        self._thread.join()

    def _run(self) -> None:
        try:
            _warm(self._part, self._after)
        except BaseException as error:  # noqa: BLE001 - carried over to the thread that waits
            self._failure = error


_begun: dict[str, Warming] = {}  # what is compiled serves every problem of this process
_one_at_a_time = threading.Lock()


def warming(part: str, after: Sequence[Warming] = ()) -> Warming:
    """The compiling of a part, which begins when it is first asked for, and once others are compiled."""
    with _one_at_a_time:
        if part not in _begun:
            _begun[part] = Warming(part, after)
        return _begun[part]


def _warm(part: str, after: Sequence[Warming]) -> None:
    """Make a part ready: load what is kept, after having it made if it is not there yet."""
    from waveplan.engine.compiling.compiled import kept_mark

    mark = kept_mark(part)
    if mark is not None and not mark.exists():
        for other in after:
            other.settle()
        process = _in_a_process_of_its_own(part)
        for needed in _MEANWHILE.get(part, ()):
            import_module(needed)
        if process is not None:
            process.wait()
    import_module(PARTS[part]).warm_up()  # compiles here and now whatever could not be kept


def _in_a_process_of_its_own(part: str) -> subprocess.Popen[bytes] | None:
    """The process that compiles it; None where it can't be had, and it is compiled here."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "waveplan.engine.compiling.warming", part]
    try:
        return subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:  # no such interpreter, no more processes
        return None


def main(part: str) -> None:
    """Compile, and leave a mark that it is done. Of several processes that begin at once, one compiles."""
    from waveplan.engine.compiling.compiled import kept_mark

    mark = kept_mark(part)
    with _alone(mark):
        if mark is not None and mark.exists():
            return
        import_module(PARTS[part]).warm_up()
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
    main(sys.argv[1])
