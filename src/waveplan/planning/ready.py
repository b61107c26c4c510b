"""A plan got ready while the search goes on: who stops it need not wait until its best is stated and checked.

Both take seconds where there are thousands of lots, and Ctrl-C promises an end within one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from waveplan.domain.plan import Plan
from waveplan.engine.optimising import Optimised
from waveplan.engine.running.looking import Look, StoppedError
from waveplan.planning.options import Outcome

Judge = Callable[[Plan, Look], bool]
"""Whether a plan keeps every rule; it looks now and then, and raises StoppedError as a look does."""

_GLANCE = 0.1  # seconds between two looks at whether there is something better
PROMPT = 0.5  # seconds in which a plan can be got ready after the stop as well
_SHARE = 0.1  # of a core, that is spent on it at most


class Ready:
    """Gets the best plan so far ready, again and again, as long as it is bettered."""

    def __init__(
        self,
        found: Callable[[], Optimised | None],
        state: Callable[[Optimised], Outcome | None],
        judge: Judge,
    ) -> None:
        """`found` is what there is, `state` writes it out in full, `judge` says whether it keeps every rule.

        All three are called in another thread than the search's.
        """
        self._found, self._state, self._judge = found, state, judge
        self._ended = threading.Event()  # nothing more is begun
        self._left = threading.Event()  # nobody waits for what has been begun
        self._begun = False
        self._outcome: Outcome | None = None
        self._seconds = 0.0  # what the last one took
        self._thread = threading.Thread(target=self._work, name="ready", daemon=True)

    def begin(self) -> None:
        """Get plans ready from now on, until `end`."""
        self._thread.start()

    def end(self, *, stopped: bool) -> Outcome | None:
        """What is ready after a stop; what is being got ready, where there is nothing else: that is nearest to its end.

        None without a stop, and where so little is to do that the best can be got ready as well.
        """
        self._ended.set()
        if stopped and self._outcome is None and self._begun:
            self._thread.join()
        self._left.set()
        return self._outcome if stopped and self._seconds > PROMPT else None

    def _work(self) -> None:
        last, free, look = None, 0.0, Look(self._left.is_set)
        while not self._ended.wait(_GLANCE):
            found = self._found() if time.monotonic() >= free else None
            if found is None or found.assignment is last:
                continue
            self._begun, began = True, time.monotonic()
            try:
                outcome = self._state(found)
                kept = outcome is not None and outcome.plan is not None and self._judge(outcome.plan, look)
            except StoppedError:
                return
            except Exception:  # noqa: BLE001 - whoever states and checks the best plan in the end meets it too
                return
            last, self._seconds = found.assignment, time.monotonic() - began
            free = time.monotonic() + self._seconds * (1.0 / _SHARE - 1.0)
            if outcome is not None and kept:
                self._outcome = replace(outcome, checked=True)
