"""A process that has waveplan loaded and forks for each command.

The command gets a process of its own, with its own streams, folder and environment, through the same entry point; only
the second that Python takes to import everything is spent once instead of every time. Where the start of a process is
itself what is tried (hash seeds, signals, closed streams, what is imported) tests start a real one.

    python -m support.command_server NUMBER MODULES

NUMBER is the file descriptor of a socket that listens already, MODULES a file where commands note what they imported.
A caller sends one line of JSON, `{"arguments": […], "folder": …, "environment": {…}}`, with its three standard streams
beside it, and gets the exit code as a line. Whatever a command imported is imported here before the next one.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import io
import json
import os
import runpy
import signal
import socket
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

_LONGEST = 1 << 20  # bytes of a request; the system takes less for a process's arguments and environment
_WARMING = "waveplan.engine.compiling.warming"
_EXIT = os._exit
_SEARCH = "waveplan.engine.search"  # compiled; loading what is kept takes a moment too


def serve(number: int, learnt: Path) -> None:
    """Answer at this socket until the process that began this one is gone."""
    began_by = os.getppid()
    signal.signal(signal.SIGCHLD, lambda *_: _reap())
    with socket.socket(fileno=number) as door, learnt.open(encoding="utf-8") as modules:
        door.settimeout(5)
        while os.getppid() == began_by:
            with contextlib.suppress(TimeoutError):
                caller, _ = door.accept()
                _load(modules.read().split())
                _fork(door, caller, learnt)


def _reap() -> None:
    """Wait for commands that have ended, so that what they took counts as this process's."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _load(modules: Sequence[str]) -> None:
    for name in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    if _SEARCH in modules:
        importlib.import_module(_WARMING).warming("search").wait()


def _fork(door: socket.socket, caller: socket.socket, learnt: Path) -> None:
    with caller:
        caller.settimeout(None)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of forks beside threads: no thread of a library holds anything here
            child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            door.close()
            _answer(caller, learnt)


def _answer(caller: socket.socket, learnt: Path) -> NoReturn:
    code = 70
    try:
        request, streams = _received(caller)
        _become(request, streams)
        before = set(sys.modules)
        code = _ended(_run())
        new = [name for name in sys.modules if name not in before and name != "__main__"]
        if new:
            with learnt.open("a", encoding="utf-8") as file:
                file.write("".join(f"{name}\n" for name in new))
        caller.sendall(b"%d\n" % code)
    finally:
        os._exit(code)


def _received(caller: socket.socket) -> tuple[dict[str, Any], list[int]]:
    data, streams, _, _ = socket.recv_fds(caller, _LONGEST, 3)
    while not data.endswith(b"\n"):
        more = caller.recv(_LONGEST)
        if not more:
            raise EOFError("the caller has gone")
        data += more
    return json.loads(data), streams


def _become(request: dict[str, Any], streams: Sequence[int]) -> None:
    """Take the caller's streams, folder, environment and words."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    sys.argv = ["waveplan", *request["arguments"]]
    sys.path[0] = request["folder"]
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "utf-8").partition(":")
    sys.stdin = _stream(0, "r", encoding, errors)
    sys.stdout = _stream(1, "w", encoding, errors)
    sys.stderr = _stream(2, "w", encoding, "backslashreplace")
    sys.stderr.reconfigure(line_buffering=True)


def _stream(number: int, mode: str, encoding: str, errors: str) -> io.TextIOWrapper:
    raw = open(number, f"{mode}b", closefd=False)  # noqa: SIM115
    return io.TextIOWrapper(raw, encoding, errors or "strict", line_buffering=raw.isatty())


def _run() -> int:
    os._exit = _raised  # type: ignore[assignment]  # a command ends its process itself: here that is left to who forked
    try:
        runpy.run_module("waveplan", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        return 1
    finally:
        os._exit = _EXIT
    return 0


def _raised(code: int) -> NoReturn:
    raise SystemExit(code)


def _ended(code: int) -> int:
    """What the interpreter does at its end: threads, exit functions, streams."""
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            code = 120
    return code


if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2]))
