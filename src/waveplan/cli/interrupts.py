"""Ctrl-C during a solve: once to stop and keep the best plan so far, twice to leave at once.

A signal arrives in the midst of anything, writing included, so that nothing is written here.
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
    """Turn the first Ctrl-C into `stop`, the second into an immediate end.

    The second one cannot wait for the search's own threads, so it ends the process itself.
    """

    def on_interrupt(signum: int, frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(exit_codes.INTERRUPTED)
        stop.set()

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
