"""Commands in processes that fork from one that has waveplan loaded: see `command_server`."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO

GUARD = 1200  # seconds after which a command is taken to hang: no machine on which tests run is that slow
_TESTS = Path(__file__).resolve().parents[1]
_SHIM = """\
#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({path!r})
    told = {{"arguments": sys.argv[1:], "folder": os.getcwd(), "environment": dict(os.environ)}}
    socket.send_fds(server, [json.dumps(told).encode() + b"\\n"], [0, 1, 2])
    sys.exit(int(server.recv(16) or 70))
"""


def can_fork(environment: Mapping[str, str]) -> bool:
    """Whether a command can be forked: not where the interpreter itself is asked for something else.

    WAVEPLAN_PROCESSES=1 asks for real processes everywhere; which languages there are is found out on import.
    """
    if environment.get("WAVEPLAN_LOCALE") != os.environ.get("WAVEPLAN_LOCALE"):
        return False
    given = {name for name in environment if name.startswith("PYTHON") and os.environ.get(name) != environment[name]}
    return hasattr(os, "fork") and not os.environ.get("WAVEPLAN_PROCESSES") and given <= {"PYTHONIOENCODING"}


def forked(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], streams: Sequence[IO[bytes]]) -> int:
    """Run a command with these streams (input, output, errors); gives its exit code."""
    told = {"arguments": list(arguments), "folder": str(folder), "environment": dict(environment)}
    with socket.socket(socket.AF_UNIX) as server:
        server.settimeout(GUARD)
        server.connect(_socket())
        socket.send_fds(server, [b"%s\n" % json.dumps(told).encode()], [stream.fileno() for stream in streams])
        code = server.recv(16)
    assert code, f"waveplan {' '.join(arguments)} ended without an exit code"
    return int(code)


@cache
def shim() -> Path:
    """A folder with a `waveplan` for shells, which forks too."""
    folder = Path(_socket()).parent / "bin"
    folder.mkdir()
    script = folder / "waveplan"
    script.write_text(_SHIM.format(python=sys.executable, path=_socket()), encoding="utf-8")
    script.chmod(0o755)
    return folder


@cache
def _socket() -> str:
    """Where the server of this process listens; it is begun at the first command, and ends with this process."""
    folder = Path(tempfile.mkdtemp(prefix="waveplan-"))
    path = str(folder / "socket")
    (folder / "modules").touch()
    with socket.socket(socket.AF_UNIX) as door, (folder / "errors").open("wb") as errors:
        door.bind(path)
        door.listen(64)
        process = subprocess.Popen(
            [sys.executable, "-m", "support.command_server", str(door.fileno()), str(folder / "modules")],
            cwd=_TESTS,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            pass_fds=[door.fileno()],
            start_new_session=True,
        )
    atexit.register(_end, process, folder)
    return path


def _end(process: subprocess.Popen[bytes], folder: Path) -> None:
    os.killpg(process.pid, signal.SIGTERM)  # and whatever command is still running
    process.wait()
    shutil.rmtree(folder, ignore_errors=True)
