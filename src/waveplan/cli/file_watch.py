"""`--watch`: the same command again whenever one of its files changes, for an editor beside a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from waveplan.cli import exit_codes
from waveplan.cli.findings import forget_lines
from waveplan.cli.session import Session
from waveplan.cli.usage_errors import told
from waveplan.errors import UnreadableInputError, UsageError

_LOOK_AGAIN = 0.3  # seconds; a look is a `stat` of each file
_AT_REST = 0.15  # seconds without a change
CLEAR = "\x1b[H\x1b[2J\x1b[3J"

Stamp = tuple[tuple[str, int, int], ...]


def watching(
    session: Session,
    files: Sequence[str | None],
    run: Callable[[], int],
    wait: Callable[[float], None] = time.sleep,
) -> int:
    """Run, and run again after each change of the files, until Ctrl-C.

    Ctrl-C is how this ends, so that it is no failure: the exit code is that of the last run. A file that cannot be
    read, since an editor is writing it or since it is gone, is told, and waited for. Raises UsageError for standard
    input, which cannot be watched.
    """
    named = [Path(file) for file in files if file is not None]
    if any(str(path) == "-" for path in named):
        raise UsageError("--watch looks at files: standard input cannot change")
    seen = stamp(named)
    code = run()  # what is wrong with the call itself ends it
    try:
        while True:
            session.note(session.say("Waiting for a change; Ctrl-C ends this."))
            seen = _changed(named, seen, wait)
            if sys.stdout.isatty():
                sys.stdout.write(CLEAR)
            forget_lines()
            code = _again(session, run)
    except KeyboardInterrupt:
        return code


def _again(session: Session, run: Callable[[], int]) -> int:
    try:
        return run()
    except (UsageError, UnreadableInputError) as error:
        session.tell(told(error, session.language()))
        return exit_codes.USAGE


def _changed(named: Sequence[Path], seen: Stamp, wait: Callable[[float], None]) -> Stamp:
    """Wait until files differ from what was seen and have come to rest: editors write in several steps."""
    now = seen
    while now == seen:
        wait(_LOOK_AGAIN)
        now = stamp(named)
    while True:
        wait(_AT_REST)
        later = stamp(named)
        if later == now:
            return now
        now = later


_READ = ("*.yaml", "*.yml", "*.txt")


def stamp(named: Iterable[Path]) -> Stamp:
    """What there is of the files, and of YAML files and texts in folders: name, time of change, size."""
    found = []
    for path in named:
        inside = [each for kind in _READ for each in path.rglob(kind)] if path.is_dir() else [path]
        for file in inside:
            try:
                state = file.stat()
            except OSError:
                continue
            found.append((str(file), state.st_mtime_ns, state.st_size))
    return tuple(sorted(found))
