"""The event loop in which the library of a cluster talks: in a thread of its own, begun and ended here.

The library would begin one itself, but gives up, with an assertion, where its thread has not run within ten seconds:
on a machine that is busy enough this happens.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any


class EventLoop:
    """It runs until `end`; however long the machine takes to begin it is waited for."""

    def __init__(self) -> None:
        """Raises what a thread or its loop raises that cannot begin: OSError, RuntimeError."""
        self._begun: Future[tuple[Any, Callable[[], None]]] = Future()
        threading.Thread(target=self._run, name="cluster", daemon=True).start()
        self.loop, self._stop = self._begun.result()

    def end(self) -> None:
        """Let it end. Nobody waits: it may still look up the name of a machine, which cannot be interrupted."""
        self._stop()

    def _run(self) -> None:
        try:
            asyncio.run(self._until_ended())
        except BaseException as error:
            if self._begun.done():
                raise
            self._begun.set_exception(error)

    async def _until_ended(self) -> None:
        from tornado.ioloop import IOLoop

        here, ended = asyncio.get_running_loop(), asyncio.Event()

        def stop() -> None:
            if not here.is_closed():
                here.call_soon_threadsafe(ended.set)

        self._begun.set_result((IOLoop.current(), stop))
        await ended.wait()
