"""A run that is watched from the command line: its progress shown, Ctrl-C heard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waveplan.cli.asked import began
from waveplan.cli.interrupts import stopping_gently
from waveplan.cli.session import Session

if TYPE_CHECKING:
    import threading

    from rich.console import Console

    from waveplan.planning.options import Progress, Watching
    from waveplan.render.progress import Display


@contextmanager
def watched(session: Session, *, silent: bool = False) -> Iterator[Watching]:
    """Progress shown, unless `silent` or --quiet, and Ctrl-C heard while something is searched."""
    from waveplan.planning.options import Watching

    watching = Watching(began=began())
    with stopping_gently(watching.stop):
        if silent or session.quiet:
            yield watching
            return
        with displayed(session, watching.stop) as watch:
            yield Watching(watch.show, watching.stop, watching.began)


@contextmanager
def displayed(session: Session, stop: threading.Event) -> Iterator[ProgressWatch]:
    """A display of progress on standard error."""
    from waveplan.render.progress import progress_on

    notes = session.notes()
    with progress_on(notes, session.translator()) as display:
        yield ProgressWatch(display, notes, session, stop)


@dataclass
class ProgressWatch:
    """Passes progress on to the display; says once that the search has been asked to stop."""

    display: Display
    notes: Console
    session: Session
    stop: threading.Event
    told: bool = False

    def show(self, progress: Progress) -> None:
        """Where the search stands."""
        if self.stop.is_set() and not self.told:
            self.told = True
            words = self.session.say("Stopping with the best plan so far; press Ctrl-C again to leave at once.")
            self.notes.print(words, soft_wrap=True)
        self.display.show(progress)
