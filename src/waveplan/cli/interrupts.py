"""Ctrl-C or SIGTERM during a solve: once to stop and keep the best plan so far, twice to leave at once.

Containers, batch systems and CI jobs that are cancelled send SIGTERM, and wait some seconds for the end. A signal
arrives in the midst of anything, writing included, so that nothing is written here.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from waveplan.cli import exit_codes


@contextmanager
def stopping_gently(stop: threading.Event) -> Iterator[None]:
    """Turn the first signal into `stop`, the second into an immediate end.

    The second one cannot wait for the search's own threads, so it ends the process itself.
    """

    def on_interrupt(signum: int, frame: FrameType | None) -> None:
        code = exit_codes.TERMINATED if signum == signal.SIGTERM else exit_codes.INTERRUPTED
        if stop.is_set():
            os._exit(code)
        _Last.code = code
        stop.set()

    before = {number: signal.signal(number, on_interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def leave_in_peace() -> None:
    """All is done: a signal that comes while the interpreter takes itself apart must not change the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


class _Last:
    """Which exit code the last signal asked for."""

    code = exit_codes.INTERRUPTED


def by_signal(code: int) -> int:
    """An exit code, and in place of that of an interruption the one of the signal that came."""
    return _Last.code if code == exit_codes.INTERRUPTED else code
