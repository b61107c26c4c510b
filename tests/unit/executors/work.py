"""Work that tests give to workers: functions of a module, since they are sent by name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from waveplan.errors import UsageError
from waveplan.executors import stop_here


def multiplied(shared: int, task: int) -> int:
    return shared * task


def refused(shared: str, task: int) -> int:
    if task == 2:
        raise UsageError("task {task} of {shared}", task=task, shared=shared)
    return task


def killed_once(folder: str, task: int) -> int:
    """The first who gets task 3 is killed while it works."""
    mark = Path(folder) / "killed"
    if task == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return task * task


def always_killed(_: object, task: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return task


def until_stopped(folder: str, task: int) -> str:
    """Works until the run is stopped; that it has begun is seen by a file."""
    if task == 0:
        return "at once"
    (Path(folder) / f"begun-{task}").touch()
    while not stop_here().wait(0.05):
        if (Path(folder) / "give-up").exists():
            return "given up"
    return "stopped"


def slowly(_: object, task: int) -> int:
    time.sleep(0.01 * (7 - task % 7))
    return task
