"""What takes long to make is made once for all processes of a test run, and kept in its temporary folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[], str]) -> str:
    """The text of this name: made by whoever asks first, read by the others, who wait for it."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # each worker has a folder of its own in that of the run
    file = folder / f"once-{name}"
    with _alone(file.with_name(f"{file.name}.lock")):
        if not file.exists():
            text = make()
            file.write_text(text, encoding="utf-8")
        return file.read_text(encoding="utf-8")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock; where there are no such locks, go on without: then it may be made twice."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
