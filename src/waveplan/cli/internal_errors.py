"""What to say when waveplan itself is wrong: what happened, where, and what a report of it needs."""

from __future__ import annotations

import platform
import shlex
import sys
import traceback
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from waveplan.cli import exit_codes, streams
from waveplan.version import __version__

_PACKAGE = Path(__file__).parent.parent


def report(error: Exception, arguments: Sequence[str]) -> int:
    """Say that waveplan failed and what to report; with --verbose, the traceback too. Returns the exit code."""
    if "--verbose" in arguments or "-v" in arguments:
        streams.write_note("".join(traceback.format_exception(error)).rstrip())
    command = shlex.join(["waveplan", *arguments])
    lines = [
        f"waveplan: internal error: {type(error).__name__}: {error}",
        "This is a fault of waveplan, not of your files. Please report it with these lines:",
        f"  command   {command}",
        f"  where     {_where(error)}",
        f"  versions  {versions()}",
    ]
    if "--verbose" not in arguments and "-v" not in arguments:
        lines.append("The same command with --verbose adds the traceback.")
    streams.write_note("\n".join(lines))
    return exit_codes.INTERNAL_ERROR


def _where(error: Exception) -> str:
    """The innermost line of waveplan that the error passed through."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(_PACKAGE):
            return f"{file.relative_to(_PACKAGE.parent).as_posix()}:{frame.lineno} in {frame.name}"
    return "outside of waveplan's own code"


def versions() -> str:
    """waveplan, Python, the solver and the system, in one line."""
    try:
        solver = metadata.version("ortools")
    except metadata.PackageNotFoundError:
        solver = "missing"
    python = ".".join(map(str, sys.version_info[:3]))
    return f"waveplan {__version__}, Python {python}, OR-Tools {solver}, {platform.system()} {platform.machine()}"
