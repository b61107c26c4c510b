"""Live progress of a solve: one line on a terminal that redraws itself, nothing where it would not be a terminal."""

from __future__ import annotations

import os
import shutil
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

from waveplan.cli import streams
from waveplan.cli.session import Session

if TYPE_CHECKING:
    from waveplan.planning.options import Progress

_ERASE = "\r\x1b[K"


class ProgressLine:
    """Shows where a solve stands: elapsed time and limit, goal, value, proven bound, gap."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._live = not session.quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._shown = ""

    def update(self, progress: Progress) -> None:
        """Show the latest state; off a terminal, --verbose gets a line for each new goal or value."""
        if self._live:
            columns = shutil.get_terminal_size().columns
            streams.write_note(_ERASE + progress_words(self._session, progress)[: max(columns - 1, 20)])
            return
        state = f"{progress.phase} {progress.goal} {progress.value} {progress.bound}"
        if state != self._shown:
            self._shown = state
            self._session.detail(progress_words(self._session, progress))

    def clear(self) -> None:
        """Take the line away before something else is written."""
        if self._live:
            streams.write_note(_ERASE)


def progress_words(session: Session, progress: Progress) -> str:
    """One line: "12 s of 60 s · finish 131, bound 124, gap 5.4 %"."""
    from waveplan.render.goals import gap_words, goal_name, goal_value
    from waveplan.render.language import translator

    language = translator(session.language())
    elapsed = language.number(Decimal(int(progress.elapsed)))
    if progress.limit is None:
        words = session.say("{n} s", n=elapsed)
    else:
        words = session.say("{n} s of {limit} s", n=elapsed, limit=language.number(Decimal(round(progress.limit))))
    parts = [words]
    if progress.goal is None:
        parts.append(session.say(progress.phase))
        return " · ".join(parts)
    facts = [f"{goal_name(language, progress.goal)} {goal_value(language, progress.goal, progress.value)}".rstrip()]
    if progress.bound is not None:
        facts.append(session.say("bound {bound}", bound=goal_value(language, progress.goal, progress.bound)))
    if progress.gap is not None:
        facts.append(session.say("gap {gap}", gap=gap_words(language, progress.gap)))
    return " · ".join([*parts, ", ".join(facts)])
