"""The stop of the run that a piece of work belongs to, wherever it is done.

Work that takes long asks `stop_here` for an event and ends early once it is set, keeping what it has. In the process
that hands out the work it is the run's own event; in a pool's process it follows that event; on a cluster it is never
set, since a task there is ended from outside.
"""

from __future__ import annotations

import threading

_stop = threading.Event()


def stop_here() -> threading.Event:
    """Set when the run has been asked to stop."""
    return _stop


def stop_is(event: threading.Event) -> None:
    """From now on, this is what ends work in this process."""
    global _stop
    _stop = event
