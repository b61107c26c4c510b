"""The entry point, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from waveplan.cli import exit_codes, streams
from waveplan.cli.asked import asked, asks_for_ascii, listen
from waveplan.cli.interrupts import by_signal, leave_in_peace
from waveplan.errors import InternalError, WaveplanError

if TYPE_CHECKING:
    import typer

PROGRAM = "waveplan"


def main() -> None:
    """Run the command line and leave with its exit code."""
    streams.prepare()
    gc.set_threshold(100_000, 50, 100)  # a command is short, and what it makes lasts until it ends
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plug-ins takes longer than most commands
    try:
        code = run(sys.argv[1:], time.process_time())
    except KeyboardInterrupt:  # one that came when all was done
        code = exit_codes.INTERRUPTED
    leave_in_peace()
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process without having the interpreter take apart what was loaded, which takes it up to half a second.

    What wants to be told of the end (`atexit`) is, and what was written has been flushed.
    """
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # a reader that has gone has been told of
            stream.flush()
    os._exit(code)


def run(arguments: Sequence[str], already: float = 0.0) -> int:
    """Run one command and return its exit code; whatever goes wrong becomes a message on standard error.

    Limits of time count from so many seconds ago, in which the interpreter has begun.
    """
    listen(arguments, already)
    if asks_for_ascii(arguments):
        streams.keep_to_ascii()
    try:
        code = _run(arguments)
        streams.write_result("")  # the last flush, where a full disk shows
        return by_signal(code)
    except InternalError as error:
        return _report(error, arguments)
    except WaveplanError as error:
        return _told(error)
    except ModuleNotFoundError as error:
        from waveplan.cli.missing_packages import missing

        lacking = missing(error)
        return _report(error, arguments) if lacking is None else _told(lacking)
    except KeyboardInterrupt:
        streams.write_note(_interrupted())
        return exit_codes.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the boundary: a traceback is no message
        return _report(error, arguments)


def _told(error: WaveplanError) -> int:
    from waveplan.cli.usage_errors import told

    streams.write_note(told(error, asked(), PROGRAM))
    return exit_codes.USAGE


def _run(arguments: Sequence[str]) -> int:
    import typer  # here, so that an interrupt while it loads is met too

    from waveplan.cli.asked import composed
    from waveplan.cli.program import app

    try:
        words = [composed(each) for each in arguments]
        return int(app(args=words, prog_name=PROGRAM, standalone_mode=False) or exit_codes.CLEAN)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as error:
        return _usage_error(error)


def _usage_error(error: typer.TyperException) -> int:
    from waveplan.cli.usage_errors import said_of_usage

    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else PROGRAM
    if type(error).__name__ == "NoArgsIsHelpError":  # its message is the whole help
        streams.write_note(error.format_message())
    else:
        streams.write_note(said_of_usage(error.format_message(), path, asked()))
    return exit_codes.USAGE


def _interrupted() -> str:
    from waveplan.render.language import translator

    return translator(asked()).say("{program}: interrupted", program=PROGRAM)


def _report(error: Exception, arguments: Sequence[str]) -> int:
    from waveplan.cli.internal_errors import report

    return report(error, arguments)
