"""Files that commands write: refused before the work when they cannot be written, whole or not at all after it."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from waveplan.errors import UsageError


def refuse_unwritable(name: str) -> None:
    """Raise UsageError if a file could not be written there, so that a long solve is not lost at its end."""
    path = Path(name)
    if not name:
        raise UsageError("the name of the file to write is empty")
    if path.is_dir():
        raise UsageError(
            "{name} is a folder: name the file to write, for instance {example}", name=name, example=path / "plan.yaml"
        )
    if not path.parent.is_dir():
        raise UsageError("{name} cannot be written: there is no folder {folder}", name=name, folder=path.parent)
    if path.exists() and not os.access(path, os.W_OK):
        raise UsageError("{name} cannot be written: permission denied", name=name)
    if not path.exists() and not os.access(path.parent, os.W_OK):
        raise UsageError(
            "{name} cannot be written: permission denied in {folder}", name=name, folder=path.parent.resolve()
        )


def prepare_folder(name: str) -> None:
    """Make a folder to write into, if it is not there; UsageError if that cannot be."""
    path = Path(name)
    if not name:
        raise UsageError("the name of the folder to write into is empty")
    if path.exists() and not path.is_dir():
        raise UsageError("{name} is a file: name a folder to write into", name=name)
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError("{name} cannot be made: {reason}", name=name, reason=error.strerror) from error
    if not os.access(path, os.W_OK):
        raise UsageError("{name} cannot be written: permission denied", name=name)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other waveplan is about to replace a file there, where the system can tell."""
    try:
        import fcntl
    except ImportError:  # elsewhere than on POSIX
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_whole(name: str, content: str | bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it. Text is UTF-8, as it stands."""
    path = Path(name).resolve()  # a link keeps its name; what it points to is replaced
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):  # a device or a pipe cannot be replaced
            path.write_bytes(data)
        else:
            _replace(path, data)
    except OSError as error:
        raise UsageError("{name} cannot be written: {reason}", name=name, reason=error.strerror) from error


def _replace(path: Path, data: bytes) -> None:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).chmod(mode)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
