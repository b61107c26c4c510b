"""A wish to stop that compiled code hears too: it looks at a number while it works, without the interpreter's lock."""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray


class Halt(threading.Event):
    """An event whose setting is also seen in `flag`: one number, 0 until then."""

    def __init__(self) -> None:
        super().__init__()
        self.flag: NDArray[np.int64] = np.zeros(1, np.int64)

    def set(self) -> None:
        """Ask all that looks to stop, in Python and in compiled code."""
        self.flag[0] = 1
        super().set()


def flag_of(stop: threading.Event) -> NDArray[np.int64]:
    """What compiled code looks at for an event: only of a `Halt` is it ever set."""
    return stop.flag if isinstance(stop, Halt) else np.zeros(1, np.int64)
