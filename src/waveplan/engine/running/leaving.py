"""Work of a library that hears of no stop: it goes on in a thread that nobody waits for any more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from waveplan.engine.running.looking import StoppedError

Thing = TypeVar("Thing")
_GLANCE = 0.05  # seconds between two looks at whether a stop has been asked for


def unless_stopped(work: Callable[[], Thing], stop: threading.Event) -> Thing:
    """What the work comes to; it must change nothing, as it may go on after a stop.

    Raises what the work raises, and StoppedError once a stop is asked for.
    """
    answer: Future[Thing] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # noqa: BLE001 - carried over to who waits
            answer.set_exception(error)

    thread = threading.Thread(target=run, name="left to itself", daemon=True)
    thread.start()
    while not answer.done():
        if stop.is_set():
            raise StoppedError
        thread.join(_GLANCE)
    return answer.result()
