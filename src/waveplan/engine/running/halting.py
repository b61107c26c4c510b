"""A wish to stop that compiled code hears too: it looks at a number while it works, without the interpreter's lock."""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GLANCE = 0.05  # seconds between two looks at whether the work has ended by itself


class Halt(threading.Event):
    """An event whose setting is also seen in `flag`: one number, 0 until then."""

    def __init__(self) -> None:
        super().__init__()
        self.flag = array("q", [0])

    def set(self) -> None:
        """Ask all that looks to stop, in Python and in compiled code."""
        self.flag[0] = 1
        super().set()

    def clear(self) -> None:
        """Take it back."""
        self.flag[0] = 0
        super().clear()


def flag_of(stop: threading.Event) -> NDArray[np.int64]:
    """What compiled code looks at for an event: of one that is no `Halt` it tells only whether it is set by now."""
    import numpy as np

    flag = stop.flag if isinstance(stop, Halt) else array("q", [int(stop.is_set())])
    return np.frombuffer(flag, np.int64)


@contextmanager
def halted_after(stop: threading.Event, seconds: float | None) -> Iterator[Halt]:
    """A halt that is set once a stop is asked for, or so many seconds are over: compiled code knows no clock.

    None is no limit. Whether the halt is set says nothing of whether a stop was asked for.
    """
    if seconds is None and isinstance(stop, Halt):
        yield stop
        return
    halt, ended = Halt(), threading.Event()
    until = None if seconds is None else time.monotonic() + seconds

    def watch() -> None:
        while not ended.is_set():
            left = _GLANCE if until is None else min(_GLANCE, until - time.monotonic())
            if left <= 0.0 or stop.wait(left):
                halt.set()
                return

    if stop.is_set():
        halt.set()
    else:
        threading.Thread(target=watch, daemon=True).start()
    try:
        yield halt
    finally:
        ended.set()
