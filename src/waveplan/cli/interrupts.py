"""Ctrl-C or SIGTERM during a solve: once to stop and keep the best plan so far, twice to leave at once.

Containers, batch systems and CI jobs that are cancelled send SIGTERM, and wait some seconds for the end. A signal
arrives in the midst of anything, writing included, so that nothing is written here.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from waveplan.cli import exit_codes

_HEARD = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping_gently(stop: threading.Event) -> Iterator[None]:
    """Turn the first signal into `stop`, the second into an immediate end.

    The second one cannot wait for the search's own threads, so it ends the process itself.
    """
    heard: list[int] = []

    def on_interrupt(signum: int, frame: FrameType | None) -> None:
        code = exit_codes.TERMINATED if signum == signal.SIGTERM else exit_codes.INTERRUPTED
        if heard:
            os._exit(code)
        heard.append(signum)
        _Last.code = code
        stop.set()

    before = {number: signal.signal(number, on_interrupt) for number in _HEARD}
    try:
        with _heard_at_once(stop):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _heard_at_once(stop: threading.Event) -> Iterator[None]:
    """Set `stop` on a signal even while the main thread is in compiled code.

    Python runs handlers in its main thread only, and not before that is back from whatever it has called; a byte for
    each signal is written at once, and another thread waits for it.
    """
    here, there = socket.socketpair()
    there.setblocking(False)

    def listen() -> None:
        while byte := here.recv(1):
            if byte[0] in _HEARD:
                stop.set()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    before = signal.set_wakeup_fd(there.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        there.close()  # what listens hears the end
        thread.join()
        here.close()


def leave_in_peace() -> None:
    """All is done: a signal that comes while the interpreter takes itself apart must not change the exit code."""
    for number in _HEARD:
        signal.signal(number, signal.SIG_IGN)


class _Last:
    """Which exit code the last signal asked for."""

    code = exit_codes.INTERRUPTED


def by_signal(code: int) -> int:
    """An exit code, and in place of that of an interruption the one of the signal that came."""
    return _Last.code if code == exit_codes.INTERRUPTED else code
